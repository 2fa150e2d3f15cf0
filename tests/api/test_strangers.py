"""Every endpoint with a number in its address, called by charlie of another branch: 404, and not a byte changes.

The owner makes the same calls right after, so that no refusal is right for the wrong reason.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from peyvand.accounts.types import Scope
from peyvand.api.testing import Caller, everything, make_department, make_user
from peyvand.config.api import api
from tests.api.samples import MAIL, Samples, make_samples
from tests.permissions.writes import Written, written

pytestmark = pytest.mark.django_db
BODIES: dict[str, Any] = {
    "users_set_password": {"password": "a-long-enough-one-77"},
    "branches_move_branch": {"parent_id": None},
    "posts_assign_post": {"holder_id": None},
    "parties_add_contact_point": {"kind": "email", "typed": "c@d.example"},
    "parties_change": {"city": "x"},
    "parties_change_contact_point": {"kind": "email", "typed": "c2@d.example"},
    "parties_add_address": {"city": "x"},
    "parties_change_address": {"city": "x"},
    "parties_add_identifier": {"kind": "legal_id", "typed": "10380284790"},
    "parties_add_consent": {"channel": "sms", "purpose": "survey", "is_given": True, "source": "x"},
    "parties_set_roles": {"roles": []},
    "parties_add_note": {"body": "x"},
    "parties_change_note": {"body": "x"},
    "parties_change_relation": {"note": "x"},
    "requests_add_note": {"body": "x"},
    "requests_save_draft": {"body": "x"},
    "requests_change": {"subject": "x"},
    "referrals_give_back": {"remark": "x"},
    "answers_give_back": {"remark": "x"},
    "channels_ingest": MAIL % 999,
    "requests_settle": {"outcome": "sent"},
    "channels_submit": {"reference": "a", "message": "x"},
    "imports_plan": {"mode": "add", "columns": [{"index": 0, "field": "name"}]},
    "imports_fix": {"leave_out": True},
    "substitutions_change": {"note": "x"},
    "canned_change": {"title": "x", "body": "x"},
    "requests_confide": {"confidential": True, "people": []},
    "requests_snooze": {"until": (timezone.now() + timedelta(days=30)).isoformat()},
    "requests_open_part": {"title": "x"},
    "requests_close_anyway": {"remark": "x"},
    "requests_answer_all": {"body": "x"},
    "requests_address": {"how": "new"},
    "requests_elsewhere": {"recipient": "x@y.example"},
    "deals_change": {"name": "x"},
    "activities_change": {"kind": "task", "subject": "x"},
    "activities_move": {"at": (timezone.now() + timedelta(days=30)).isoformat()},
    "activities_answer": {"answer": "accepted"},
    "deals_split": {"name": "x", "amount": 10},
    "deals_assign": {"owner_id": None},
    "deals_tag": {"add": []},
    "deals_set_shares": {"shares": []},
    "deals_decide": {"is_approved": True},
    "deal-registrations_decide": {"answer": "refuse", "remark": "x"},
}
EXPECTED = {  # what the owner's own call answers when it is not a success
    "jobs_pause": 409,  # it is paused
    "jobs_retry": 409,  # it did not fail
    "jobs_undo": 409,  # it has done nothing
    "jobs_file": 404,  # it made no file
    "branches_move_branch": 403,  # the tree belongs to who manages all of it
    "requests_take": 422,  # the sample is held already
    "referrals_give_back": 403,  # only its addressee
    "referrals_finish": 403,
    "parties_restore": 404,  # it is not in the trash
    "views_restore": 404,  # it was not taken away
    "canned_restore": 404,  # it is not in the trash
    "requests_retry": 409,  # it was not refused
    "requests_settle": 409,  # its outcome is known
    "deals_reopen": 409,  # it is open
    "activities_restore": 404,  # it is not in the trash
    "deals_separate": 409,  # it was not joined
    "deals_restore": 404,  # it is not in the trash
    "deals_ask": 409,  # an approval waits already
    "channels_submit": 422,  # the sample is a mailbox, not a form
}
# 403 for a branch's manager, or shown to all
ORGANISATION_WIDE = (
    "/roles",
    "/dead-letters",
    "/users/{id}/roles",
    "/categories",
    "/custom-fields",
    "/referral-actions",
    "/return-rules",
    "/tags",
    "/approval-rules",
    "/articles",
    "/signatures",
    "/routing",
    "/pipelines",
    "/assignment-rules",
    "/lead-forms",
    "/sales-channels",
)
REFUSED = (400, 403, 404, 412, 422, 428, 500)
NOT_A_TABLE_OF_OURS = ("accounts_apitoken", "core_cache", "django_session", "pghistory_context")


Digests = dict[str, str]


class Operation(NamedTuple):
    name: str
    method: str
    path: str


def operations() -> Iterator[Operation]:
    for path, methods in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items():
        for method, operation in methods.items():
            if "{" in path and not path.removeprefix("/api/v1").startswith(ORGANISATION_WIDE):
                yield Operation(operation["operationId"], method.upper(), path)


def area_of(operation: Operation) -> str:
    return operation.name.split("_")[0]


OPERATIONS = list(operations())
AREAS = sorted({area_of(each) for each in OPERATIONS})


def ours_written() -> Written:
    """What was written so far into the tables that are compared; what was taken back counts, too."""
    return {name: count for name, count in written().items() if name not in NOT_A_TABLE_OF_OURS}


def snapshot() -> Digests:
    """A digest of every table."""
    names = [n for n in connection.introspection.table_names() if n not in NOT_A_TABLE_OF_OURS]
    parts = [
        f"SELECT '{name}', coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') FROM \"{name}\" t"
        for name in names
        if not name.startswith("procrastinate_")
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def numbered(samples: Samples) -> dict[str, Any]:
    """The bodies that name the owner's own things."""
    numbers = samples.numbers
    return {
        "deals_move": {"stage_id": numbers["later_stage"]},
        "deals_ask": {"stage_id": numbers["later_stage"]},
        "deals_lose": {"reason_id": numbers["lost_reason"]},
        "deals_join": {"others": [numbers["other_deal"]]},
        "deals_set_partners": {"partners": [{"partner_id": numbers["sales-partners"]}]},
        "sales-partners_change": {"channel_id": numbers["sales-channels"]},
        "deals_set_people": {"people": [{"party_id": numbers["other"]}]},
        "requests_link_party": {"party_id": numbers["parties"]},
        "requests_tie": {"other_id": numbers["other_request"], "kind": "caused"},
        "requests_merge": {"others": [numbers["other_request"]], "agreed": True},
        "requests_split": {"messages": [numbers["message_id"]]},
        "requests_move": {"messages": [numbers["message_id"]], "to_id": numbers["other_request"], "agreed": True},
        "requests_refer": {"to": {"kind": "user", "id": numbers["users"]}},
        "channels_change": {"name": "x", "branch_id": numbers["branches"], "address": "box@example.com"},
        "parties_relate": {"other_id": numbers["other"], "code": "partner", "other_is_source": True},
        "segments_add": {"party_ids": [numbers["parties"]]},
        "segments_remove": {"party_ids": [numbers["parties"]]},
    }


def call(caller: Caller, samples: Samples, name: str, method: str, path: str) -> Any:
    """Make the call with the owner's numbers in the address and the body."""
    address = path.removeprefix("/api/v1")
    for parameter in [part.split("}")[0] for part in path.split("{")[1:]]:
        key = "channel_message_id" if parameter == "message_id" and "/channels/" in path else parameter
        address = address.replace("{" + parameter + "}", str(samples.of(path, key)))
    if name == "parties_add_file":
        return caller.upload(address, {"file": SimpleUploadedFile("x.txt", b"x")})
    body = BODIES.get(name, {} if method in ("POST", "PATCH", "PUT") else None)
    body = numbered(samples).get(name, body)
    version = "2" if name in ("requests_change",) else "1"
    if name in ("requests_save_draft", "referrals_give_back", "referrals_finish", "referrals_recall"):
        return caller(method, address, body)
    if "/requests/" in path and name != "requests_change":
        return caller(method, address, body)
    return caller(method, address, body, if_match=f'"{version}"')


def wrongs(charlie: Caller, alice: Caller, samples: Samples, operation: Operation, before: Digests) -> Iterator[str]:
    """What is wrong about one call by a stranger and then by the owner; both are taken back."""
    with transaction.atomic():
        begun = ours_written()
        answer = call(charlie, samples, *operation)
        if answer.status_code != 404:
            yield f"{operation.name}: a stranger got {answer.status_code}: {answer.content[:300]!r}"
        if ours_written() != begun and (after := snapshot()) != before:
            yield f"{operation.name}: a stranger changed {[table for table in before if before[table] != after[table]]}"
        transaction.set_rollback(True)
    with transaction.atomic():
        own = call(alice, samples, *operation)
        if own.status_code in REFUSED and own.status_code != EXPECTED.get(operation.name):
            yield f"{operation.name}: its owner got {own.status_code}: {own.content[:300]!r}"
        transaction.set_rollback(True)


@pytest.mark.parametrize("area", AREAS)
def test_a_stranger_finds_nothing_and_changes_nothing(area: str) -> None:
    department = make_department()
    alice = Caller(make_user(department, permissions=everything(Scope.BRANCH), name="alice"))
    charlie = Caller(make_user(permissions=everything(Scope.BRANCH), name="charlie"))
    samples = make_samples(alice.user, department)
    before = snapshot()
    assert [
        wrong
        for operation in OPERATIONS
        if area_of(operation) == area
        for wrong in wrongs(charlie, alice, samples, operation, before)
    ] == []
