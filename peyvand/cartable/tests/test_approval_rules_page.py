"""Rules of approval are changed where they stand: prefilled, with a version, by one of two at once."""

from collections.abc import Callable

import pytest
from django.test import Client

from peyvand.accounts.models import Post, User
from peyvand.accounts.services import create_token
from peyvand.cartable.models import ApprovalRule
from peyvand.cartable.services.approval_rules import RuleDetails, save_approval_rule
from peyvand.cartable.types import Target, TargetKind
from peyvand.core.errors import Conflict
from peyvand.parties.errors import CategoryNamed
from peyvand.parties.models import Category
from peyvand.parties.services.categories import remove_category
from tests.cast import Cast, make_user

Login = Callable[[User], Client]
PAGE = "/cartable/answers/"


def approvers_of(rule: ApprovalRule) -> list[int | None]:
    return list(rule.approvers.order_by("position").values_list("user", flat=True))


@pytest.fixture
def rule(cast: Cast) -> ApprovalRule:
    approvers = [Target(TargetKind.USER, cast.bob.pk), Target(TargetKind.USER, cast.olivia.pk)]
    return save_approval_rule(actor=cast.ada, rule=None, details=RuleDetails(name="دو امضا", approvers=approvers))


def typed(cast: Cast, rule: ApprovalRule, **more: object) -> dict[str, object]:
    return {
        "form": "rule", "rule": rule.pk, "version": rule.version, "name": "سه امضا", "manner": "any", "needed": "2",
        "position": "7", "is_active": "on", "approver_1": f"user:{cast.olivia.pk}",
        "approver_2": f"user:{cast.bob.pk}", **more,
    }  # fmt: skip


def test_it_is_shown_as_it_is_and_changed(cast: Cast, rule: ApprovalRule, logged_in: Login) -> None:
    browser = logged_in(cast.ada)
    page = browser.get(f"{PAGE}?rule={rule.pk}").content.decode()
    assert 'value="دو امضا"' in page and 'name="version" value="1"' in page and page.count(" selected") >= 2
    assert browser.post(PAGE, typed(cast, rule)).status_code == 303
    rule.refresh_from_db()
    assert (rule.name, rule.in_order, rule.needed, rule.position, rule.version) == ("سه امضا", False, 2, 7, 2)
    assert approvers_of(rule) == [cast.olivia.pk, cast.bob.pk] and ApprovalRule.objects.count() == 1
    assert browser.post(PAGE, typed(cast, rule, is_active="")).status_code == 303
    rule.refresh_from_db()
    assert not rule.is_active and "به کار نمی‌رود" in browser.get(PAGE).content.decode()
    assert browser.get(f"{PAGE}?rule=99999").status_code == 404
    assert logged_in(cast.olivia).post(PAGE, typed(cast, rule)).status_code == 403


def test_the_second_of_two_sees_both_and_loses_nothing(cast: Cast, rule: ApprovalRule, logged_in: Login) -> None:
    browser, seen = logged_in(cast.ada), rule.version
    details = RuleDetails(name="دیگری", approvers=[Target(TargetKind.USER, cast.bob.pk)])
    save_approval_rule(actor=cast.ada, rule=rule, details=details, expected_version=seen)
    with pytest.raises(Conflict):
        save_approval_rule(actor=cast.ada, rule=rule, details=details, expected_version=seen)
    refused = browser.post(PAGE, typed(cast, rule, version=seen))
    page = refused.content.decode()
    assert refused.status_code == 422 and "<b>دیگری</b>" in page and 'value="سه امضا"' in page
    assert 'name="version" value="2"' in page, "saved again it is meant"
    assert browser.post(PAGE, typed(cast, rule, version=2)).status_code == 303
    assert ApprovalRule.objects.get().name == "سه امضا"


def test_more_approvers_than_the_form_has_fields_are_not_lost(cast: Cast, rule: ApprovalRule, logged_in: Login) -> None:
    roles = [cast.roles["officer"]]
    people = [make_user(f"officer{number}", department=cast.sales, roles=roles) for number in range(7)]
    post = Post.objects.create(title="معاون", department=cast.sales, holder=people[0])
    asked = [*(Target(TargetKind.USER, one.pk) for one in people), Target(TargetKind.POST, post.pk)]
    save_approval_rule(actor=cast.ada, rule=rule, details=RuleDetails(name="هشت", approvers=asked))
    User.objects.filter(pk=people[6].pk).update(is_active=False)
    page = logged_in(cast.ada).get(f"{PAGE}?rule={rule.pk}").content.decode()
    assert 'name="approver_8"' in page and f'value="post:{post.pk}" selected' in page
    assert f'value="user:{people[6].pk}" selected' in page


def test_the_api_says_the_version_and_asks_for_it(cast: Cast, rule: ApprovalRule) -> None:
    _row, key = create_token(actor=cast.ada, user=cast.ada, name="t", scopes=["cartable.configure"])
    body = {"name": "سه", "approvers": [{"kind": "user", "id": cast.bob.pk}]}

    def put(**headers: str) -> tuple[int, dict[str, object]]:
        headers = {"Authorization": f"Bearer {key}"} | headers
        path = f"/api/v1/approval-rules/{rule.pk}"
        answer = Client().put(path, body, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    status, found = put(**{"If-Match": '"1"'})
    assert (status, found["version"]) == (200, 2)
    assert put(**{"If-Match": '"1"'})[0] in (409, 412)
    assert put()[0] == 200 and ApprovalRule.objects.get().version == 3


def test_a_category_that_a_rule_names_is_not_removed_and_the_rule_is_named(cast: Cast, rule: ApprovalRule) -> None:
    category = Category.objects.create(name="کلیدی", order=900)
    ApprovalRule.objects.filter(pk=rule.pk).update(category=category)
    with pytest.raises(CategoryNamed, match="دو امضا"):
        remove_category(actor=cast.ada, category=category, leave_none=True)
    ApprovalRule.objects.filter(pk=rule.pk).update(category=None)
    remove_category(actor=cast.ada, category=category, leave_none=True)
    assert not Category.objects.filter(pk=category.pk).exists() and ApprovalRule.objects.filter(pk=rule.pk).exists()
