"""Every address of the product, and how the matrix fills it with alice's things."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from peyvand.config.api import api
from tests.permissions.house import House

Values = dict[str, Any]
API = "/api/v1"
DOORS = ("/accounts/login/", "/partner/enter/")  # where who is not known is sent
READS = {"get", "head", "options"}


@cache
def page_names() -> list[str]:
    """The names of all pages (the API has its own list)."""
    return [name for name in _names(get_resolver(), ()) if not name.startswith("api:")]


def _names(resolver: URLResolver, spaces: tuple[str, ...]) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield ":".join((*spaces, entry.name or str(entry.pattern)))
        else:
            yield from _names(entry, (*spaces, entry.namespace) if entry.namespace else spaces)


@cache
def api_operations() -> dict[str, tuple[str, str]]:
    """Every operation of the OpenAPI description: id → method and path."""
    schema: Any = api.get_openapi_schema()
    found: dict[str, tuple[str, str]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            name = operation["operationId"]
            assert name not in found, f"two operations are named {name}"
            found[name] = (method, path)
    return found


@dataclass(frozen=True)
class Call:
    """One request to be made by each of the cast."""

    name: str
    method: str
    address: str
    data: Values
    as_json: bool = False

    @property
    def is_write(self) -> bool:
        return self.method not in READS

    def make(self, client: Client) -> Any:
        send: Callable[..., Any] = getattr(client, self.method)
        uploads = [each for each in self.data.values() if isinstance(each, UploadedFile)]
        for each in uploads:
            each.seek(0)  # everybody sends the same one
        if self.as_json and self.is_write and not uploads:
            headers = {"If-Match": '"1"'}
            return send(self.address, json.dumps(self.data), content_type="application/json", headers=headers)
        return send(self.address, self.data) if self.data else send(self.address)


def arguments(house: House, name: str) -> Values:
    """The values of the parameters in the address `name`: always alice's."""
    cast = house.cast
    by_area: dict[str, Values] = {
        "administration:branch": {"pk": cast.tehran.pk},
        "administration:department": {"pk": cast.logistics.pk},
        "administration:close_department": {"pk": cast.logistics.pk},
        "administration:new_post": {"pk": cast.logistics.pk},
        "administration:post": {"pk": cast.head_of_logistics.pk},
        "administration:delete_post": {"pk": cast.head_of_logistics.pk},
        "administration:role": {"pk": cast.roles["expert"].pk},
        "administration:delete_role": {"pk": cast.roles["marketer"].pk},
        "administration:decide": {"pk": house.letter.pk},
        "administration": {"pk": cast.alice.pk, "token": house.token.pk},
        "administration:substitute": {"pk": cast.alice.pk, "substitution": house.substitution.pk},
        "administration:end_substitute": {"pk": cast.alice.pk, "substitution": house.substitution.pk},
        "profile:substitute": {"pk": house.substitution.pk},
        "profile:end_substitute": {"pk": house.substitution.pk},
        "profile": {"pk": house.token.pk},
        "jobs": {"job_id": house.job.pk},
        "imports": {"import_id": house.bringing.pk, "number": 0, "host": "parties.Party", "kind": "csv"},
        "parties:cell": {"party_id": house.party.pk, "key": "city"},
        "parties:cell_undo": {"party_id": house.party.pk, "key": "city"},
        "parties:bulk_undo": {"job_id": house.job.pk},
        "parties:segment_members": {"segment_id": house.frozen.pk},
        "notifications": {"notification_id": house.news.pk},
        "lists": {"key": "customers", "view_id": house.view.pk},
        "lists:take_out": {"listed": "users"},
        "parties": {
            "segment_id": house.segment.pk, "event_id": 1, "merge_id": house.merge.pk,
            "pk": 1, "party_id": house.party.pk, "note_id": house.party_note.pk, "relation_id": house.relation.pk,
            "file_id": house.paper.file_id, "point_id": house.point.pk, "address_id": 1, "identifier_id": 1,
        },
        "parties:tab": {"party_id": house.party.pk, "key": "files"},
        "channels:decide": {"message_id": house.unsent.pk, "decision": "sent"},
        "channels:create": {"kind": "web_form"},
        "channels": {
            "channel_id": house.mailbox.pk, "token": house.form.token, "receipt": "x", "file_id": house.file.pk
        },
        "activities:outcome": {"pk": house.outcome.pk},
        "activities:restore": {"pk": house.binned.pk},
        "activities": {"pk": house.activity.pk, "party": house.party.pk, "token": "x", "secret": "x"},
        "activities:about": {"kind": "cartable.Request", "record": house.request.pk},
        "activities:take_up": {"kind": "cartable.Request", "record": house.request.pk},
        "caldav": {"uid": house.activity.uid},
        "cartable-public": {"token": "1-x", "article": house.article.pk},
        "cartable": {
            "folder": "mine", "code": house.request.code, "referral": house.referral.pk, "answer": house.answer.pk,
            "message": house.received.pk, "file": house.file.pk, "token": "x", "pk": 1,
            "canned": house.canned.pk, "article": house.article.pk,
            "how": "reply", "party": house.party.pk,
            "way": "next",
        },
        "cartable:rule_back": {"pk": 1, "version": 1},
        "cartable:resend_to": {"code": house.request.code, "message": house.unsent.pk},
        "cartable:bulk_undo": {"job_id": house.job.pk},
        **dict.fromkeys(
            ("cartable:canned_answer", "cartable:delete_canned", "cartable:restore_canned"), {"pk": house.canned.pk}
        ),
        **dict.fromkeys(
            (
                "cartable:article", "cartable:edit_article", "cartable:delete_article", "cartable:restore_article",
                "cartable:article_version", "cartable:restore_version",
            ),
            {"pk": house.article.pk, "number": 1},
        ),
        "sales": {
            "deal_id": house.deal.pk, "stage_id": house.deal.stage_id, "pk": house.deal.pipeline_id, "token": "x",
            "approval_id": house.approval.pk, "party_id": house.party.pk, "user_id": cast.bob.pk,
            "job_id": 1,
            "form_id": house.lead_form.pk, "submission_id": house.submission.pk, "rule_id": house.sales_rule.pk,
            "request_id": house.request.pk, "channel_id": house.seat.partner.channel_id,
            "partner_id": house.seat.partner_id, "seat_id": house.seat.pk, "registration_id": house.registration.pk,
            "month": 140509,
        },
        **dict.fromkeys(
            ("sales:partner_rule", "sales:delete_partner_rule"), {"rule_id": house.partner_rule.pk}
        ),
        "portal": {"deal_id": house.deal.pk, "registration_id": house.registration.pk, "secret": "x", "month": 140509},
        "lead-forms": {"token": house.lead_form.token},
        "cartable:retry": {"code": house.request.code, "message": house.unsent.pk},
        "cartable:decide": {"code": house.request.code, "message": house.unsent.pk},
    }  # fmt: skip
    return by_area.get(name) or by_area.get(name.partition(":")[0]) or {"pk": 1, "uidb36": "1", "key": "x-y"}


def page_address(house: House, name: str) -> str:
    """The address of a page, filled."""
    known = arguments(house, name)
    wanted = next(iter(_parameters(name)), ())
    return reverse(name, kwargs={each: known[each] for each in wanted})


def _parameters(name: str) -> Iterator[tuple[str, ...]]:
    resolver: Any = get_resolver()
    *spaces, last = name.split(":")
    for space in spaces:
        resolver = resolver.namespace_dict[space][1]
    for possibilities, *_rest in resolver.reverse_dict.getlist(last):
        yield tuple(possibilities[0][1])


def api_address(house: House, path: str) -> str:
    """A path of the API, filled: `{id}` is that of the thing the path names first."""
    cast, parts = house.cast, path.removeprefix(f"{API}/").split("/")
    ids = {
        "tokens": house.token.pk, "notifications": house.news.pk,
        "users": cast.alice.pk, "branches": cast.tehran.pk, "departments": cast.logistics.pk,
        "posts": cast.head_of_logistics.pk, "roles": cast.roles["marketer"].pk, "dead-letters": house.letter.pk,
        "parties": house.party.pk, "channels": house.mailbox.pk, "requests": house.request.pk,
        "referrals": house.referral.pk, "answers": house.answer.pk, "jobs": house.job.pk, "views": house.view.pk,
        "substitutions": house.substitution.pk, "referral-actions": 1, "return-rules": 1,
        "imports": house.bringing.pk, "routing": 1, "canned-answers": house.canned.pk, "articles": house.article.pk,
        "signatures": cast.logistics.pk, "approval-rules": 1, "activities": house.activity.pk,
        "deals": house.deal.pk, "stage-approvals": house.approval.pk, "pipelines": house.deal.pipeline_id,
        "assignment-rules": house.sales_rule.pk, "lead-forms": house.lead_form.pk,
        "sales-channels": house.seat.partner.channel_id, "sales-partners": house.seat.partner_id,
        "deal-registrations": house.registration.pk,
        "merges": house.merge.pk, "duplicates": house.pair.pk, "categories": 1, "custom-fields": 1, "tags": 1,
        "segments": house.frozen.pk if "members" in parts else house.segment.pk,
    }  # fmt: skip
    message = house.unsent if parts[-1] in {"retry", "settle"} else house.received
    values = {
        "party_id": house.party.pk, "point_id": house.point.pk,
        "id": ids.get(parts[0]), "role_id": cast.roles["auditor"].pk,
        "address_id": 1, "identifier_id": 1, "note_id": house.party_note.pk, "relation_id": house.relation.pk,
        "file_id": house.file.pk, "code": house.request.code, "tie_id": 1, "regrouping_id": 1,
        "message_id": message.pk, "number": 1 if parts[0] == "articles" else 0, "topic_id": 1,
        "canned_id": house.canned.pk,
    }  # fmt: skip
    return path.format(**values)


def filled_page(house: House, name: str, method: str, data: dict[str, Values]) -> Call:
    """A page, ready to be called."""
    return Call(name, method, page_address(house, name), data.get(name, {}) if method == "post" else {})


def filled_operation(house: House, name: str, data: dict[str, Values]) -> Call:
    """An operation of the API, ready to be called."""
    method, path = api_operations()[name]
    return Call(name, method, api_address(house, path), data.get(name, {}), as_json=True)


def outcome(response: Any) -> str:
    """`yes` when the rules let somebody through (even if his values were then refused), else how he was stopped."""
    if response.status_code in (302, 303) and response.headers["Location"].startswith(DOORS):
        return "login"
    return str(response.status_code) if response.status_code in (401, 403, 404, 405) else "yes"
