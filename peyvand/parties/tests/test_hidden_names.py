"""The name of a customer whom a reader may not see is nowhere: not where somebody works, not in a custom field.

alice of Tehran sees `sara`, who works at an organisation of Tabriz and was sent by a customer of Tabriz. bob sees all,
charlie sees those of Tabriz only.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from peyvand.accounts.models import RolePermission, User
from peyvand.api.testing import Caller
from peyvand.core import custom_fields, exports
from peyvand.core.custom_fields import forget
from peyvand.core.list_selection import Selection
from peyvand.core.list_state import ListState
from peyvand.core.models import CustomField
from peyvand.core.record_links import HIDDEN
from peyvand.core.sheets import Format
from peyvand.parties.fields import HOST
from peyvand.parties.models import Party, Segment
from peyvand.parties.services import exporting
from peyvand.parties.services.derived import derive
from peyvand.parties.tests.settling import settle
from peyvand.parties.tests.test_form import opened, save

pytestmark = pytest.mark.django_db
FIRM, SENDER = "Zarin Wholesale", "Kaveh Sender"
SECRETS = (FIRM, SENDER)
RIGHTS = {
    "parties.export",
    "parties.segments",
    "parties.merge",
    "parties.duplicates",
    "parties.delete",
    "parties.change",
}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@dataclass
class Stage:
    """Who is there: what alice sees, and what she does not."""

    sara: Party
    twin: Party
    firm: Party
    sender: Party
    field: CustomField

    @property
    def key(self) -> str:
        return custom_fields.key_of(self.field)


def made(owner: User, name: str, kind: str = "person", **values: Any) -> Party:
    row = {"sort_key": name.lower(), "branch": owner.branch, "owner": owner} | values
    return Party.objects.create(name=name, kind=kind, **row)


@pytest.fixture
def stage(alice: User, bob: User, charlie: User) -> Iterator[Stage]:
    for user in (alice, bob, charlie):
        User.objects.filter(pk=user.pk).update(language="en", calendar="gregorian")
        user.refresh_from_db()
        role, scope = user.grants.get().role, "all" if user is bob else "branch"
        held = set(role.permissions.values_list("permission", flat=True))
        RolePermission.objects.bulk_create(
            RolePermission(role=role, permission=one, scope=scope) for one in RIGHTS - held
        )
        user.reach = None
    field = CustomField.objects.create(host=HOST, kind="party", label="Sent by", norm="sent by", order=1)
    forget()
    firm, sender = made(charlie, FIRM, "organisation"), made(charlie, SENDER)
    about = {"organisation": firm, "custom": {str(field.pk): sender.pk}}
    sara, twin = made(alice, "Sara", **about), made(alice, "Sarah", **about)
    derive([firm.pk, sender.pk, sara.pk, twin.pk])
    yield Stage(sara, twin, firm, sender, field)
    forget()


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.content[:500]
    return str(b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode())


PAGES: dict[str, Callable[[Client, Stage], str]] = {
    "list": lambda client, s: text_of(client.get(reverse("parties:list"), {"cols": f"name,organisation,{s.key}"})),
    "file": lambda client, s: text_of(client.get(reverse("parties:detail", args=[s.sara.pk]))),
    "details": lambda client, s: text_of(client.get(reverse("parties:tab", args=[s.sara.pk, "details"]))),
    "changes": lambda client, s: text_of(client.get(reverse("parties:history", args=[s.sara.pk]))),
    "form": lambda client, s: text_of(client.get(reverse("parties:change", args=[s.sara.pk]))),
    "merge": lambda client, s: text_of(client.get(reverse("parties:merge"), {"id": [s.sara.pk, s.twin.pk]})),
    "merge with": lambda client, s: text_of(client.get(reverse("parties:merge_with", args=[s.sara.pk]))),
    "relate": lambda client, s: text_of(client.get(reverse("parties:relatable", args=[s.twin.pk]), {"who": "sara"})),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_whom_the_reader_sees_and_nobody_else(page: str, stage: Stage, alice: User, bob: User) -> None:
    shown = PAGES[page](of(alice), stage)
    assert "Sara" in shown
    assert not [name for name in SECRETS if name in shown]
    if page in {"list", "details", "form", "merge", "changes"}:
        assert FIRM in PAGES[page](of(bob), stage), "who sees the organisation reads its name"
    if page in {"list", "details", "form"}:
        assert shown.count(HIDDEN) >= 2, "that there is one, but not who"


def test_the_list_asks_for_all_names_at_once(stage: Stage, alice: User, bob: User, charlie: User) -> None:
    client, query = of(bob), {"cols": f"name,organisation,{stage.key}"}
    client.get(reverse("parties:list"), query)

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("parties:list"), query)
        return len(caught)

    few = asked()
    for number in range(20):
        firm = made(charlie, f"Firm {number}", "organisation")
        made(alice, f"Person {number}", organisation=firm, custom={str(stage.field.pk): firm.pk})
    assert asked() == few


@pytest.mark.parametrize("format", [Format.CSV, Format.JSONL, Format.VCARD4])
def test_a_file_names_whom_its_maker_sees(format: Format, stage: Stage, alice: User, bob: User) -> None:
    def taken(user: User) -> str:
        columns = ["name", "organisation", stage.key]
        wanted = exporting.wanted(Selection(state=ListState()), columns=columns, format=format)
        return b"".join(exports.export_now(actor=user, export=wanted)).decode("utf-8-sig")

    hidden, whole = taken(alice), taken(bob)
    assert "Sara" in hidden
    assert not [name for name in SECRETS if name in hidden]
    assert all(name in whole for name in SECRETS)
    if format is not Format.VCARD4:
        assert hidden.count(HIDDEN) == 4, "an import leaves what stands there as it is"


API = (
    "/parties",
    "/parties?fields=name,organisation,{key}",
    "/parties/{sara}",
    "/parties/{sara}/history",
    "/search?q=sara",
)


@pytest.mark.parametrize("path", API)
def test_the_api_names_whom_the_caller_sees(path: str, stage: Stage, alice: User, bob: User) -> None:
    address = path.format(key=stage.key, sara=stage.sara.pk)
    answer = Caller(alice).get(address)
    assert answer.status_code == 200, answer.content
    text = json.dumps(answer.json(), ensure_ascii=False)
    assert "Sara" in text
    assert not [name for name in SECRETS if name in text]
    if path != "/search?q=sara" and "history" not in path:
        assert FIRM in json.dumps(Caller(bob).get(address).json(), ensure_ascii=False)


@pytest.mark.django_db(transaction=True)
def test_the_feed_names_whom_the_caller_sees(stage: Stage, alice: User, bob: User) -> None:
    settle()
    mine, theirs = (Caller(user).get("/parties/changes?size=100").content.decode() for user in (alice, bob))
    assert "Sara" in mine
    assert FIRM not in mine
    assert FIRM in theirs


@pytest.mark.parametrize("op", ["is", "is_not"])
@pytest.mark.parametrize("which", ["organisation", "custom"])
def test_a_filter_answers_alike_for_who_is_hidden_and_who_is_not_there(
    op: str, which: str, stage: Stage, alice: User, bob: User
) -> None:
    key = stage.key if which == "custom" else "organisation"
    theirs = stage.sender if which == "custom" else stage.firm
    hidden, nobody = ({"f": f"{key}~{op}~{pk}"} for pk in (theirs.pk, 10**12))
    paths = ["/parties?" + urlencode(query) for query in (hidden, nobody)]

    def said(query: dict[str, str]) -> tuple[int, list[str]]:
        answer = of(alice).get(reverse("parties:list"), query)
        return answer.status_code, re.findall(r'<tr data-row="(\d+)"', answer.content.decode())

    assert said(hidden) == said(nobody)
    api = [Caller(alice).get(path) for path in paths]
    assert [answer.status_code for answer in api] == [422, 422]
    assert len({json.dumps(answer.json()["fields"]) for answer in api}) == 1
    assert Caller(bob).get(paths[0]).status_code == 200


def test_neither_name_nor_number_is_told_by_a_segment(stage: Stage, alice: User, bob: User) -> None:
    rules = [{"field": "organisation", "op": "is", "values": [str(stage.firm.pk)]}]
    rule = {"match": "all", "rules": [*rules, {"field": stage.key, "op": "filled", "values": []}]}
    segment = Segment.objects.create(name="of the firm", rule=rule, owner=bob, branch=alice.branch)
    about = {"segment": segment.pk, "party": stage.sara.pk}

    def why(user: User) -> str:
        page = text_of(of(user).post(reverse("parties:segment_why"), about))
        return page + Caller(user).get(f"/segments/{segment.pk}/why/{stage.sara.pk}").content.decode()

    mine, theirs = why(alice), why(bob)
    assert not [name for name in SECRETS if name in mine]
    assert FIRM in theirs and SENDER in theirs
    members = of(alice).get(reverse("parties:list"), {"segment": segment.pk})
    assert not re.findall(r'<tr data-row="(\d+)"', members.content.decode())


def test_saving_the_form_as_it_is_keeps_who_is_hidden(stage: Stage, alice: User) -> None:
    client = of(alice)
    save(client, stage.sara, opened(client, stage.sara) | {"job_title": "Buyer"})
    stage.sara.refresh_from_db()
    assert stage.sara.job_title == "Buyer"
    assert stage.sara.organisation_id == stage.firm.pk
    assert stage.sara.custom == {str(stage.field.pk): stage.sender.pk}


def test_who_is_in_the_trash_is_named_to_nobody(stage: Stage, bob: User) -> None:
    Party.objects.filter(pk=stage.firm.pk).update(deleted_at="2026-01-01T00:00Z")
    for page in ("list", "file", "details", "form"):
        assert FIRM not in PAGES[page](of(bob), stage)
