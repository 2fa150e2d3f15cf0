"""The rows of one invented customer in all tables, as COPY wants them, written in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Model

from peyvand.config.bench.parties_copy import escaped
from peyvand.config.bench.parties_people import (
    BRANCHES,
    FIRST_POINT,
    Customer,
    Part,
    dice,
    name_of,
    points_of,
    search_of,
)
from peyvand.parties.completeness import compute
from peyvand.parties.models import Address, Consent, ContactPoint, Party, PartyRole, Profile, Relation
from peyvand.parties.models.categories import MINIMUM

PARTY = (
    "id kind name first_name last_name search sort_key job_title organisation_id city province life_cycle"
    " life_cycle_since roles category_id tag_ids custom consents branch_id owner_id completeness missing"
    " last_contact_at created_at changed_at change_xid"
)
# In the order of the blocks that `Writer.write` fills.
WRITTEN: tuple[tuple[type[Model], str], ...] = (
    (Party, PARTY),
    (PartyRole, "id party_id role since"),
    (ContactPoint, "id party_id kind typed value is_primary is_verified created_at"),
    (Address, "id party_id province city is_primary created_at"),
    (Profile, "party_id birth_date gender marital_status education income_band language interests"),
    (Consent, "id party_id channel purpose is_given source at"),
    (Relation, "id type_id source_id target_id since created_at"),
)
MOST_EACH = 2  # roles or consents of one customer
_LIKES = ("کتاب", "سفر", "ورزش", "فناوری", "باغبانی", "موسیقی", "آشپزی", "عکاسی")
_STUDIES = ("school", "diploma", "associate", "bachelor", "master", "doctor")

Blocks = Sequence[list[str]]


@dataclass(frozen=True)
class Plan:
    """What all processes must know: how many, which day is today, the ids of what was made before."""

    count: int
    days: list[str]
    branches: list[int]
    users: list[int]
    categories: list[int]
    tags: list[int]
    fields: list[int]
    employee: int
    xid: int = 1
    seconds: dict[str, float] = field(default_factory=dict)


class Writer:
    """Writes customers into one block of rows for each table."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        every: list[tuple[str, ...]] = [(), ("email",), ("phone",), ("email", "phone")]
        self.missings = {kinds: _missing(kinds) for kinds in every}
        today = dt.date.fromisoformat(plan.days[0])
        self.born = [(today - dt.timedelta(days=18 * 365 + 29 * step)).isoformat() for step in range(700)]

    def write(self, someone: Customer, blocks: Blocks) -> None:
        """Add every row of a customer; blocks: as `WRITTEN` has the tables."""
        parties, roles, points, addresses, profiles, consents, relations = blocks
        n, day = someone.n, self.plan.days[someone.day]
        reached = points_of(someone)
        parties.append(self._party(someone, reached, day))
        if someone.roles:
            for number, role in enumerate(someone.roles.split(",")):
                roles.append(f"{n * MOST_EACH + number}\t{n}\t{role}\t{day}")
        _points(someone, reached, day, points)
        if someone.has_address:
            city, province, _area = someone.city
            addresses.append(f"{n}\t{n}\t{province}\t{city.shown}\tt\t{day}")
        if someone.has_profile:
            profiles.append(self._profile(someone))
        if someone.consents:
            for number, pair in enumerate(someone.consents.split(",")):
                channel, _colon, purpose = pair.partition(":")
                consents.append(f"{n * MOST_EACH + number}\t{n}\t{channel}\t{purpose}\tt\tفرم\t{day}")
        if someone.employer:
            relations.append(f"{n}\t{self.plan.employee}\t{n}\t{someone.employer}\t{day}\t{day}")

    def _party(self, someone: Customer, points: Sequence[tuple[str, str]], day: str) -> str:
        plan, n, name, x = self.plan, someone.n, someone.name, dice(someone.n, 4)
        employer: tuple[Part, ...] = name_of(someone.employer) if someone.employer else ()
        has = {"phone" if kind == "mobile" else kind for kind, _value in points}
        percent, missing = self.missings[tuple(kind for kind in ("email", "phone") if kind in has)]
        first, last = _split(someone)
        born = day + " 08:30:00+00"
        seen = plan.days[someone.day * (x % 64) // 64] + " 10:00:00+00" if x % 5 < 3 else "\\N"
        return "\t".join(
            (
                str(n), someone.kind, " ".join([piece.shown for piece in name]), first, last,
                escaped(search_of(someone, employer, points)), escaped(" ".join([piece.key for piece in name])),
                someone.job.shown, str(someone.employer or "\\N"), someone.city[0].shown, someone.city[1],
                someone.cycle, born, f"{{{someone.roles}}}",
                str(plan.categories[(x >> 24) % len(plan.categories)]) if x % 7 < 5 else "\\N",
                self._tags(x), self._custom(x), f"{{{someone.consents}}}",
                str(plan.branches[n % BRANCHES]), str(plan.users[someone.owner - 1]) if someone.owner else "\\N",
                str(percent), missing, seen, born, born, str(plan.xid),
            )
        )  # fmt: skip

    def _tags(self, x: int) -> str:
        if x % 3:
            return "{}"
        tags = self.plan.tags
        one, other = tags[(x >> 8) % len(tags)], tags[(x >> 16) % len(tags)]
        return f"{{{one}}}" if one == other else f"{{{min(one, other)},{max(one, other)}}}"

    def _custom(self, x: int) -> str:
        if x % 2:
            return "{}"
        text, number, yes, choice = self.plan.fields
        is_agent = "true" if x & 8 else "false"
        return (
            f'{{"{text}": "A{x % 100000:05d}", "{number}": {(x >> 10) % 500}, "{yes}": {is_agent},'
            f' "{choice}": {1 + (x >> 20) % 4}}}'
        )

    def _profile(self, someone: Customer) -> str:
        x = dice(someone.n, 5)
        is_person = someone.kind == "person"
        columns = (
            self.born[x % 700] if is_person else "\\N",
            ("woman", "man")[x >> 10 & 1] if is_person else "",
            ("single", "married")[x >> 11 & 1] if is_person else "",
            _STUDIES[(x >> 12) % 6] if is_person else "",
            ("low", "middle", "high")[(x >> 16) % 3],
            ("fa", "fa", "fa", "en")[x >> 20 & 3],
            "{" + _LIKES[x >> 24 & 7] + "," + _LIKES[x >> 28 & 7] + "}",
        )
        return f"{someone.n}\t" + "\t".join(columns)


def _points(someone: Customer, reached: Sequence[tuple[str, str]], day: str, rows: list[str]) -> None:
    number = (someone.n - 1) // 4 * 10 + FIRST_POINT[(someone.n - 1) % 4]
    proven = "t" if someone.x & 1 else "f"
    for at, (kind, value) in enumerate(reached, 1):
        typed = value if kind == "email" else f"0{value[3:6]} {value[6:9]} {value[9:]}"
        main = "t" if at == 1 else "f"
        rows.append(f"{number + at}\t{someone.n}\t{kind}\t{typed}\t{value}\t{main}\t{proven}\t{day}")


def _missing(kinds: tuple[str, ...]) -> tuple[int, str]:
    percent, missing = compute(MINIMUM, {"name", *kinds})
    return percent, "{" + ",".join(missing) + "}"


def _split(someone: Customer) -> tuple[str, str]:
    """First and last name of people; the last name is what comes after the first names."""
    if someone.kind != "person":
        return "", ""
    shown = [piece.shown for piece in someone.name]
    at = 2 if len(shown) == 3 and (shown[0] == "سید" or shown[0].isascii()) else 1
    return " ".join(shown[:at]), " ".join(shown[at:])
