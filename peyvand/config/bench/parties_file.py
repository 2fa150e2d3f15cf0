"""The file of one customer with ten thousand entries, against a page of the same shell with one query."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.db import connection, transaction
from django.utils import timezone

from peyvand.accounts.models import Branch, Department, Role, RoleGrant, User
from peyvand.accounts.services import ensure_starter_roles
from peyvand.cartable import code
from peyvand.cartable.models import Request
from peyvand.channels.models import Channel
from peyvand.config.bench.load import Client, Page, in_turn
from peyvand.config.bench.stack import web_server
from peyvand.core.loopback import free_port
from peyvand.parties import timeline
from peyvand.parties.models import Consent, Party, PartyNote, Relation
from peyvand.parties.services.relations import ensure_relation_types

NAME = "bench-file"
BUDGET = 3.0  # times the yardstick's p95
NOTES, CONSENTS, RELATIONS, REQUESTS, MESSAGES = 2_500, 1_000, 500, 2_000, 4_000
ROUNDS = 150
FILL = """
INSERT INTO parties_partynote (party_id, author_id, body, mentioned, is_pinned, version, created_at)
SELECT %(party)s, %(user)s, 'یادداشت ' || i, '{}', i %% 1000 = 0, 1, now() - make_interval(hours => i)
FROM generate_series(1, %(notes)s) i;
INSERT INTO parties_consent (party_id, channel, purpose, is_given, source, text_version, at)
SELECT %(party)s, (ARRAY['email','sms','phone'])[1 + i %% 3], 'marketing', i %% 2 = 0, 'form', '',
       now() - make_interval(hours => 2 * i) FROM generate_series(1, %(consents)s) i;
INSERT INTO parties_party (name, kind, branch_id, search, sort_key, first_name, last_name, honorific, job_title, city,
       province, life_cycle, roles, tag_ids, custom, consents, preferred_channel, completeness, missing, is_provisional,
       version, created_at, changed_at, change_xid)
SELECT 'کارمند ' || i, 'person', branch_id, '', 'karmand' || i, '', '', '', '', '', '', 'potential', '{}', '{}', '{}',
       '{}', '', 0, '{}', false, 1, now(), now(), 0
FROM generate_series(1, %(relations)s) i, parties_party WHERE id = %(party)s;
INSERT INTO parties_relation (type_id, source_id, target_id, note, created_at)
SELECT (SELECT id FROM parties_relationtype WHERE code = 'employee'), p.id, %(party)s, '', now() - make_interval(
       hours => (p.id %% 9000)::int)
FROM parties_party p WHERE p.sort_key LIKE 'karmand%%';
INSERT INTO cartable_request (code, subject, search, priority, status, medium, channel_id, party_id, matched_by,
       branch_id, department_id, needs_review, confidential, trouble, opened_at, paused_at, closed_at, last_activity_at,
       first_answered_at, message_count, version, tied)
SELECT c.code, 'تأخیر در تحویل ' || i, '', 'normal', 'closed', 'mail', %(channel)s, %(party)s, '[]', %(branch)s,
       %(department)s, false, false, '', now() - make_interval(hours => 5 * i::int), now(),
       now() - make_interval(hours => 5 * i::int - 4), now(), now() - make_interval(hours => 5 * i::int - 2), 2, 1,
       false
FROM unnest(%(codes)s::text[]) WITH ORDINALITY AS c(code, i);
INSERT INTO channels_message (channel_id, direction, medium, state, external_id, message_id, in_reply_to, "references",
       sender, sender_name, recipients, subject, text, quoted, html, automatic, details, error, attempt, claimed_by,
       occurred_at, created_at)
SELECT %(channel)s, (ARRAY['in','out'])[1 + i %% 2], 'mail', (ARRAY['parsed','sent'])[1 + i %% 2], 'file-' || i, '', '',
       '[]', 'a@bench.example', '', '{}', '', repeat('سفارش ما دیروز باید می‌رسید. ', 12), '', '', '', '{}', '', 0, '',
       now() - make_interval(hours => (2.5 * i)::int), now()
FROM generate_series(1, %(messages)s) i;
INSERT INTO cartable_requestmessage (request_id, message_id, matched_by, opens)
SELECT r.id, m.id, '', false
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM cartable_request WHERE party_id = %(party)s) r
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM channels_message WHERE external_id LIKE 'file-%%') m
  ON (m.n + 1) / 2 = r.n;
"""


def run(*, say: Callable[[str], None]) -> bool:
    """The same alone, in a database of its own."""
    return measure(say)


def measure(say: Callable[[str], None]) -> bool:
    """Print the times of the file, of an older part of its timeline and of its tabs; return whether all hold."""
    user, party = _filled()
    pages = _pages(user, party)
    port = free_port()
    with web_server(port):
        times = in_turn(Client(port=port, user=user), pages, rounds=ROUNDS)
    yard = times.pop("yardstick")
    entries = NOTES + CONSENTS + RELATIONS + 2 * REQUESTS + MESSAGES - REQUESTS
    say(f"yardstick: median {yard.median:.1f} ms, p95 {yard.p95:.1f} ms")
    for name, taken in times.items():
        ratio = taken.p95 / yard.p95
        figures = f"median {taken.median:.1f} ms, p95 {taken.p95:.1f} ms, {ratio:.2f} × the yardstick's (budget 3 ×)"
        say(f"{name} ({entries:,} entries): {figures}")
    return all(taken.p95 <= BUDGET * yard.p95 for taken in times.values())


def _far_down(user: User, party: Party) -> str:
    """The cursor behind the first thousand entries."""
    cursor = ""
    for _page in range(5):
        cursor = timeline.read(user, party, before=cursor, size=200).next
    return cursor


def _pages(user: User, party: Party) -> dict[str, Page]:
    return {
        "yardstick": Page([f"/bench/yardstick/{party.pk}/"]),
        "customer file": Page([f"/customers/{party.pk}/"]),
        "one source": Page([f"/customers/{party.pk}/?only=messages"]),
        "tab of requests": Page([f"/customers/{party.pk}/tab/requests/"]),
        "part: older entries": Page([f"/customers/{party.pk}/events/?before={quote(_far_down(user, party))}"], True),
        "part: figures and counts": Page([f"/customers/{party.pk}/figures/"], True),
        "part: cards beside": Page([f"/customers/{party.pk}/beside/"], True),
        "part: tab of requests, on a click": Page([f"/customers/{party.pk}/tab/requests/"], True),
    }


@transaction.atomic
def _filled() -> tuple[User, Party]:
    """The customer with its entries, made once and whole, and an officer who sees all of it."""
    known = Party.objects.filter(owner__username=NAME).order_by("pk").first()
    if known is not None:
        return User.objects.get(username=NAME), known
    ensure_starter_roles()
    ensure_relation_types()
    branch = Branch.objects.order_by("id").first() or Branch.objects.create(name="تهران", path="/1/")
    department = Department.objects.create(name=NAME, branch=branch)
    user = User.objects.create(username=NAME, full_name="لیلا", department=department, branch=branch)
    RoleGrant.objects.create(user=user, role=Role.objects.get(code="officer"))
    party = Party.objects.create(
        name="گروه صنعتی آرمان", kind="organisation", sort_key=NAME, branch=branch, owner=user, roles=["customer"],
        last_contact_at=timezone.now(),
    )  # fmt: skip
    channel = Channel.objects.create(kind="manual", name=NAME, token=NAME, branch=branch)
    values: dict[str, Any] = {
        "party": party.pk, "user": user.pk, "channel": channel.pk, "branch": branch.pk, "department": department.pk,
        "notes": NOTES, "consents": CONSENTS, "relations": RELATIONS, "messages": MESSAGES,
        "codes": [code.make(1398, number) for number in range(1, REQUESTS + 1)],
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in FILL.strip().removesuffix(";").split(";\n"):
            cursor.execute(statement, values)
    with connection.cursor() as cursor:
        for model in (PartyNote, Consent, Relation, Request, Party):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
        cursor.execute("ANALYZE cartable_requestmessage")
    return user, party
