"""The columns of a party that follow from its other rows, written set by set after every change."""

import datetime as dt
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from peyvand.core.events import publish_many
from peyvand.core.text import sort_key
from peyvand.parties.completeness import compute
from peyvand.parties.events import PartyChanged
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.models.categories import MINIMUM
from peyvand.parties.search import search_text
from peyvand.parties.services.vocabulary import learn
from peyvand.parties.types import EMPLOYEE, MAIN_FIELDS, PROFILE_FIELDS

Row = Mapping[str, Any]
SLICE = 1000
_COLUMNS = (
    "id", "name", "first_name", "last_name", "honorific", "job_title", "category_id", "owner_id", "branch_id",
    "preferred_channel", "tag_ids", "custom", "city", "province", "roles", "consents",
)  # fmt: skip
_NAMED = re.compile(r"%\((\w+)\)s")

# What follows from rows of other tables, and what the party says of it since it was last written.
_FRESH = {
    "points": """
       ARRAY(SELECT x.kind || ':' || x.value FROM parties_contactpoint x WHERE x.party_id = p.id ORDER BY x.id)""",
    "roles": """
       ARRAY(SELECT DISTINCT x.role FROM parties_partyrole x WHERE x.party_id = p.id AND x.since <= %(today)s
             AND (x.until IS NULL OR x.until >= %(today)s) ORDER BY x.role)""",
    "consents": """
       ARRAY(SELECT last.channel || ':' || last.purpose FROM (
               SELECT DISTINCT ON (x.channel, x.purpose) x.channel, x.purpose, x.is_given FROM parties_consent x
               WHERE x.party_id = p.id ORDER BY x.channel, x.purpose, x.at DESC, x.id DESC) last
             WHERE last.is_given)""",
    "employer": """
LEFT JOIN LATERAL (
    SELECT bool_or(true) AS told, (array_agg(r.target_id ORDER BY r.since DESC NULLS LAST, r.id DESC)
           FILTER (WHERE r.until IS NULL OR r.until >= %(today)s)) [1] AS present
    FROM parties_relation r JOIN parties_relationtype t ON t.id = r.type_id
    WHERE r.source_id = p.id AND t.code = %(employee)s) job ON true
LEFT JOIN parties_party employer ON employer.id = CASE WHEN job.told THEN job.present ELSE p.organisation_id END""",
}
_KEPT = {
    "points": "NULL::text[]",
    "roles": "p.roles",
    "consents": "p.consents",
    "employer": "LEFT JOIN parties_party employer ON employer.id = p.organisation_id",
}
# `organisation` follows the relations as soon as there is one of that kind, and the place the main address.
_READ = """
SELECT p.id, p.name, p.first_name, p.last_name, p.honorific, p.job_title, p.category_id, p.owner_id, p.branch_id,
       p.preferred_channel, p.tag_ids, p.custom,
       coalesce(a.city, p.city) AS city, coalesce(a.province, p.province) AS province,
       a.id AS address, coalesce(a.postal_code, '') AS postal_code,
       employer.id AS organisation_id, employer.name AS organisation,
       c.required, to_jsonb(f) AS profile,
       {points} AS points,
       ARRAY(SELECT x.kind || ':' || x.value FROM parties_identifier x WHERE x.party_id = p.id ORDER BY x.id)
         AS identifiers,
       {roles} AS roles,
       {consents} AS consents
FROM unnest(%(ids)s::bigint[]) AS wanted(id) JOIN parties_party p ON p.id = wanted.id
LEFT JOIN parties_address a ON a.party_id = p.id AND a.is_primary
LEFT JOIN parties_profile f ON f.party_id = p.id
LEFT JOIN parties_category c ON c.id = p.category_id
{employer}
ORDER BY p.id FOR UPDATE OF p
"""
_WRITE = """
UPDATE parties_party p SET search = n.search, sort_key = n.sort_key, roles = n.roles, consents = n.consents,
       city = n.city, province = n.province, organisation_id = n.organisation_id,
       completeness = n.completeness, missing = n.missing,
       version = p.version + %(step)s, changed_at = CASE WHEN %(step)s = 0 THEN p.changed_at ELSE %(now)s END
FROM jsonb_to_recordset(%(rows)s::jsonb) AS n(id bigint, search text, sort_key text, roles varchar[],
     consents varchar[], city text, province text, organisation_id bigint, completeness int, missing varchar[])
WHERE p.id = n.id
"""


@transaction.atomic
def touch(party_ids: Iterable[int]) -> None:
    """After any write on parties or on what belongs to them: derive, count the version up, and say so.

    Call it once for all parties of a transaction, last. Costs two statements for a thousand parties, and two for
    the events. Locks the rows in the order of their ids.
    """
    ids = sorted(set(party_ids))
    _derive(ids, step=1)
    publish_many(PartyChanged(party_id=pk) for pk in ids)


@transaction.atomic
def derive(party_ids: Iterable[int], *, is_changed: bool = False) -> None:
    """Derive again where nothing was changed by a person: no new version, no event (a new minimum, a new day).

    is_changed: what they belong to was changed; a new version, so that the change feed tells it, but no event.
    """
    _derive(sorted(set(party_ids)), step=int(is_changed))


def lay_derived(party: Party, points: Sequence[ContactPoint]) -> None:
    """Lay what follows over a party that is not stored yet and will have nothing but its columns and these points.

    Not for one with an organisation or a category, whose rows would have to be read. `learn` its search text then.
    """
    row = dict.fromkeys(("address", "organisation", "organisation_id", "required", "profile")) | {
        "point_kinds": [point.kind for point in points],
        "points": [point.value for point in points],
        "identifier_kinds": [],
        "identifiers": [],
        "postal_code": "",
    }
    for name in _COLUMNS:
        row[name] = getattr(party, name)
    derived = derived_of(row)
    for name in ("search", "sort_key", "completeness", "missing"):
        setattr(party, name, derived[name])


def _derive(ids: Sequence[int], *, step: int) -> None:
    now = timezone.now()
    for start in range(0, len(ids), SLICE):
        rows = [derived_of(row) for row in read_rows(ids[start : start + SLICE], now)]
        with connection.cursor() as cursor:
            _execute(cursor, _WRITE, {"rows": json.dumps(rows, ensure_ascii=False), "step": step, "now": now})
        learn(row["search"] for row in rows)


def read_rows(
    ids: Sequence[int], now: dt.datetime | None = None, *, kept: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Read what `derived_of` needs of these parties, whose rows are locked in the order of their ids.

    kept: what is taken as the party has it, because nothing that it follows from was written: `roles`, `consents`,
    `employer`. With `points` the caller knows the addresses, and none are read.
    """
    statement = _READ.format_map({name: _KEPT[name] if name in kept else fresh for name, fresh in _FRESH.items()})
    with connection.cursor() as cursor:
        today = timezone.localtime(now or timezone.now()).date()
        _execute(cursor, statement, {"ids": list(ids), "today": today, "employee": EMPLOYEE})
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        for name, kinds in (("points", "point_kinds"), ("identifiers", "identifier_kinds")):
            pairs = [pair.partition(":") for pair in row[name] or ()]
            row[kinds] = [kind for kind, _colon, _value in pairs]
            row[name] = [value for _kind, _colon, value in pairs if value]
    return rows


def _execute(cursor: Any, statement: str, values: Mapping[str, Any]) -> None:
    """Run a statement with its values in their places: where triggers are ignored, one more stands before them."""
    names = _NAMED.findall(statement)
    cursor.execute(_NAMED.sub("%s", statement), [values[name] for name in names])


def derived_of(row: Row) -> dict[str, Any]:
    """Return the columns that follow from everything else, for a row of `read_rows` or one made like it."""
    required = MINIMUM if row["required"] is None else row["required"]
    percent, missing = compute(required, filled_of(row))
    others = (row["organisation"] or "", row["job_title"], row["city"])
    return {
        "id": row["id"],
        "search": search_text(row["name"], [*row["points"], *row["identifiers"]], *others),
        "sort_key": sort_key(row["name"]),
        "roles": row["roles"],
        "consents": row["consents"],
        "city": row["city"],
        "province": row["province"],
        "organisation_id": row["organisation_id"],
        "completeness": percent,
        "missing": missing,
    }


def filled_of(row: Row) -> set[str]:
    """Return the keys of the fields that are known, as the minimum of a category names them."""
    filled = {key for key in MAIN_FIELDS if row.get(key)}
    for kind in row["point_kinds"]:
        filled.update(_BY_POINTS.get(kind, ()))
    filled.update(row["identifier_kinds"])
    filled.update([name for name, column in _BY_IDS.items() if row[column]])
    if row["profile"] is not None:
        profile = _json(row["profile"])
        filled.update([key for key in PROFILE_FIELDS if profile.get(key) not in (None, "", [])])
    if row["custom"] != "{}":
        custom = _json(row["custom"])
        filled.update([f"custom:{key}" for key, value in custom.items() if value not in (None, "", [])])
    return filled


_BY_POINTS = {"email": ("email",), "phone": ("phone",), "mobile": ("mobile", "phone"), "messenger": ("messenger",)}
_BY_IDS = {
    "organisation": "organisation_id",
    "category": "category_id",
    "owner": "owner_id",
    "branch": "branch_id",
    "tags": "tag_ids",
    "roles": "roles",
    "consents": "consents",
    "address": "address",
}


def _json(value: Any) -> dict[str, Any]:
    """Read a JSON column of a raw cursor, which Django hands over as text."""
    if isinstance(value, str):
        value = json.loads(value)
    return value or {}
