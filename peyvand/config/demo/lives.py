"""What the demo company knows of its customers beside their names: places, numbers, roles, consents, lives, relations.

Everything is invented; numbers of the state and of banks begin with digits that nobody is given, and pass their checks.
"""

import datetime as dt
import json
import random
from collections.abc import Iterator, Mapping, Sequence

from django.db import connection
from django.utils import timezone

from peyvand.config.demo.customers import Customer
from peyvand.config.demo.numbers import card, economic_code, legal_id, national_id, postal_code, sheba
from peyvand.core import iran
from peyvand.parties.models import (
    Address,
    Consent,
    Identifier,
    Party,
    PartyRole,
    Profile,
    Relation,
    RelationType,
)
from peyvand.parties.services.derived import derive
from peyvand.parties.services.identifiers import make_identifier
from peyvand.parties.services.relations import ensure_relation_types
from peyvand.parties.types import EMPLOYEE

SEED = 1407
PROVINCES = {
    "تهران": "تهران", "کرج": "البرز", "قم": "قم", "رشت": "گیلان", "تبریز": "آذربایجان شرقی", "ساری": "مازندران",
    "اصفهان": "اصفهان", "شیراز": "فارس", "یزد": "یزد", "اهواز": "خوزستان", "مشهد": "خراسان رضوی",
    "نیشابور": "خراسان رضوی", "بجنورد": "خراسان شمالی", "کرمان": "کرمان",
}  # fmt: skip
STREETS = ("خیابان سرو", "خیابان نیلوفر", "بلوار باران", "کوچهٔ یاس", "خیابان فردا", "میدان آب")
INTERESTS = ("کوه‌نوردی", "کتاب", "باغبانی", "آشپزی", "سفر", "عکاسی", "موسیقی", "دوچرخه", "فناوری")
INDUSTRIES = ("خدمات", "تولید", "پذیرایی", "درمان", "آموزش", "کشاورزی")
OCCUPATIONS = ("معلم", "پزشک", "مهندس", "کارمند", "فروشنده", "خانه‌دار", "بازنشسته", "دانشجو")
SOURCES = ("فرم وب‌سایت", "تلفنی", "حضوری در نمایشگاه")
LIFESTYLES = ("خانواده‌محور", "پرکار و کم‌وقت", "سلامت‌محور", "آرام و محتاط")
MINDS = (
    ("کیفیت و دوام", "دقیق و پرسشگر", "آسودگی از خرابی دستگاه", "هزینهٔ تعویض فیلتر"),
    ("صرفه‌جویی", "منطقی", "کم شدن هزینهٔ ماهانه", "نوسان قیمت قطعه"),
    ("سلامت خانواده", "خوش‌برخورد", "آب سالم برای کودک", "تأخیر در سرویس"),
)

_UPDATE = """
UPDATE parties_party p SET life_cycle = n.life, life_cycle_since = n.since, last_contact_at = n.last,
       preferred_channel = n.channel, preferred_from = n."from", preferred_until = n.until, category_id = n.category,
       custom = n.custom, tag_ids = n.tags, created_at = n.met
FROM jsonb_to_recordset(%s::jsonb) AS n(id bigint, life text, since timestamptz, last timestamptz, channel text,
     "from" time, until time, category bigint, custom jsonb, tags int[], met timestamptz)
WHERE p.id = n.id
"""


def live(
    customers: Sequence[Customer],
    contacts: Mapping[int, Sequence[dt.datetime]],
    met: Mapping[int, dt.datetime],
    now: dt.datetime,
) -> None:
    """Write everything that is known of these customers, also what `shape` gave them.

    contacts: when each turned to us, the oldest first; met: since when each is known.
    """
    dice = random.Random(SEED)  # noqa: S311 -- invented data, not a secret
    today = timezone.localtime(now).date()
    parties = [customer.party for customer in customers]
    for party in parties:
        _stand(dice, party, contacts.get(party.pk, ()), now)
    _write(parties, met)
    PartyRole.objects.bulk_create([role for party in parties for role in _roles(dice, party, today)])
    Address.objects.bulk_create([_address(dice, party) for party in parties if party.city])
    Identifier.objects.bulk_create([number for n, party in enumerate(parties) for number in _numbers(dice, n, party)])
    Consent.objects.bulk_create([word for party in parties for word in _consents(dice, party, now)])
    Profile.objects.bulk_create([_profile(dice, party, today) for party in parties if dice.random() < 0.7])
    _relate(dice, parties, today)
    derive(party.pk for party in parties)


def _write(parties: Sequence[Party], met: Mapping[int, dt.datetime]) -> None:
    """Write the columns of all parties in one statement: each update of a party costs all its indexes."""
    rows = [
        {
            "id": party.pk,
            "life": party.life_cycle,
            "since": str(party.life_cycle_since),
            "last": str(party.last_contact_at) if party.last_contact_at else None,
            "channel": party.preferred_channel,
            "from": str(party.preferred_from) if party.preferred_from else None,
            "until": str(party.preferred_until) if party.preferred_until else None,
            "category": party.category_id,
            "custom": party.custom,
            "tags": party.tag_ids,
            "met": str(met[party.pk]),
        }
        for party in parties
    ]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [json.dumps(rows, ensure_ascii=False)])


def _stand(dice: random.Random, party: Party, moments: Sequence[dt.datetime], now: dt.datetime) -> None:
    """Who wrote lately is a customer of today; who fell silent is lost, and a few are not content."""
    party.last_contact_at = moments[-1] if moments else None
    silent = (now - moments[-1]).days if moments else 999
    if not moments:
        stands = Party.LifeCycle.POTENTIAL
    elif silent > 240:
        stands = Party.LifeCycle.LOST
    else:
        stands = Party.LifeCycle.DISSATISFIED if dice.random() < 0.12 else Party.LifeCycle.CURRENT
    party.life_cycle = stands
    party.life_cycle_since = moments[0] if moments else now - dt.timedelta(days=dice.randrange(5, 200))
    if dice.random() < 0.4:
        party.preferred_channel = dice.choice(Consent.Channel.values[:4])
        party.preferred_from, party.preferred_until = dt.time(dice.choice((9, 10, 14))), dt.time(17)


def _roles(dice: random.Random, party: Party, today: dt.date) -> list[PartyRole]:
    since = timezone.localdate(party.life_cycle_since) if party.life_cycle_since else today
    role = "lead" if party.life_cycle == Party.LifeCycle.POTENTIAL else "customer"
    made = [PartyRole(party=party, role=role, since=since)]
    if role == "customer" and dice.random() < 0.3:
        made.append(PartyRole(party=party, role="lead", since=since - dt.timedelta(days=60), until=since))
    if party.kind == Party.Kind.ORGANISATION and dice.random() < 0.12:
        other = dice.choice(("supplier", "partner", "reseller", "distributor"))
        made.append(PartyRole(party=party, role=other, since=since))
    return made


def _address(dice: random.Random, party: Party) -> Address:
    return Address(
        party=party,
        use="work" if party.kind == Party.Kind.ORGANISATION else "home",
        province=PROVINCES.get(party.city, ""),
        city=party.city,
        street=f"{dice.choice(STREETS)}، پلاک {dice.randrange(1, 200)}" if dice.random() < 0.7 else "",
        postal_code=postal_code(dice) if dice.random() < 0.6 else "",
        is_primary=True,
    )


def _numbers(dice: random.Random, number: int, party: Party) -> list[Identifier]:
    """Half of the people and most organisations have numbers; one in a hundred was kept although it looks wrong."""
    if party.kind == Party.Kind.ORGANISATION:
        code = legal_id(number)
        wanted = [("legal_id", code), ("economic", economic_code(code))] if dice.random() < 0.8 else []
        wanted += [("sheba", sheba(number))] if dice.random() < 0.3 else []
    else:
        wanted = [("national_id", national_id(number))] if dice.random() < 0.5 else []
        wanted += [("card", card(number))] if dice.random() < 0.1 else []
    if wanted and dice.random() < 0.01:
        kind, value = wanted[0]
        wanted[0] = (kind, value[:-1] + str((int(value[-1]) + 1) % 10))
    return [make_identifier(party, kind, iran.check(kind, value)) for kind, value in wanted]


def _consents(dice: random.Random, party: Party, now: dt.datetime) -> list[Consent]:
    made = []
    for channel in ("email", "sms", "phone"):
        for purpose, share in (("service", 0.8), ("marketing", 0.45)):
            if dice.random() < 0.55:
                at = now - dt.timedelta(days=dice.randrange(3, 330), minutes=dice.randrange(600))
                given, source = dice.random() < share, dice.choice(SOURCES)
                made.append(Consent(party=party, channel=channel, purpose=purpose, is_given=given, source=source,
                                    text_version="۱۴۰۴-۲", at=at))  # fmt: skip
    return made


def _profile(dice: random.Random, party: Party, today: dt.date) -> Profile:
    profile = Profile(party=party, language="fa")
    if party.kind == Party.Kind.ORGANISATION:
        profile.industry = dice.choice(INDUSTRIES)
        profile.employees = dice.choice((8, 15, 30, 60, 120, 350, 900))
        profile.founded_on = today - dt.timedelta(days=dice.randrange(700, 15000))
        return profile
    profile.birth_date = today - dt.timedelta(days=dice.randrange(20 * 365, 70 * 365))
    profile.gender = dice.choice(("woman", "man"))
    profile.marital_status = dice.choice(("single", "married", "married"))
    profile.children = dice.randrange(4) if profile.marital_status == "married" else None
    profile.education = dice.choice(Profile.Education.values)
    profile.occupation = dice.choice(OCCUPATIONS)
    profile.income_band = dice.choice(Profile.Band.values)
    profile.interests = sorted(dice.sample(INTERESTS, dice.choice((1, 2, 3))))
    if dice.random() < 0.3:
        profile.lifestyle = dice.choice(LIFESTYLES)
        profile.values, profile.personality, profile.motivations, profile.pains = dice.choice(MINDS)
    return profile


def _relate(dice: random.Random, parties: Sequence[Party], today: dt.date) -> None:
    """Write who works where, who is married to whom, who brought whom, which company belongs to which."""
    ensure_relation_types()
    kinds = {kind.code: kind for kind in RelationType.objects.all()}
    rows: dict[tuple[str, int, int], Relation] = {}
    for code, source, target in _pairs(parties):
        if kinds[code].is_symmetric and source.pk > target.pk:
            source, target = target, source
        since = today - dt.timedelta(days=dice.randrange(30, 3000))
        rows[code, source.pk, target.pk] = Relation(type=kinds[code], source=source, target=target, since=since)
    Relation.objects.bulk_create(rows.values())


def _pairs(parties: Sequence[Party]) -> Iterator[tuple[str, Party, Party]]:
    """Yield what the first is to the second."""
    people = [party for party in parties if party.kind == Party.Kind.PERSON]
    firms = [party for party in parties if party.kind == Party.Kind.ORGANISATION]
    yield from ((EMPLOYEE, person, person.organisation) for person in people if person.organisation)
    private = [person for person in people if not person.organisation]
    yield from (("spouse", one, other) for one, other in zip(private[::14], private[7::14], strict=False))
    yield from (("referrer", by, brought) for brought, by in zip(people[3::15], people[::15], strict=False))
    yield from (("parent_company", parent, child) for child, parent in zip(firms[1::20], firms[::20], strict=False))
