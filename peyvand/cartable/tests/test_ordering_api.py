"""Kinds of action and return rules in the API."""

import pytest

from peyvand.api.testing import Caller
from peyvand.cartable.models import ReferralAction, ReturnRule
from tests.cast import Cast


@pytest.fixture
def office(cast: Cast) -> Caller:
    return Caller(cast.ada)


def test_a_kind_of_action_is_added_renamed_and_taken_out_of_use(office: Caller) -> None:
    made = office("POST", "/referral-actions", {"name_fa": "جهت پیگیری", "name_en": "For follow-up"}).json()
    changed = office("PATCH", f"/referral-actions/{made['id']}", {"is_active": False})
    assert changed.status_code == 200
    assert ReferralAction.objects.get(pk=made["id"]).is_active is False
    assert made["id"] in [one["id"] for one in office("GET", "/referral-actions").json()]


def test_a_rule_is_added_once_changed_and_deleted(office: Caller, cast: Cast) -> None:
    body = {"department_id": cast.logistics.pk, "minutes": 240, "to": "head"}
    made = office("POST", "/return-rules", body).json()
    assert office("POST", "/return-rules", body).status_code == 409
    assert office("PUT", f"/return-rules/{made['id']}", body | {"minutes": 60}).json()["minutes"] == 60
    assert office("POST", "/return-rules", {"minutes": 0}).status_code == 422
    assert office("DELETE", f"/return-rules/{made['id']}").status_code in (200, 204)
    assert not ReturnRule.objects.exists()
