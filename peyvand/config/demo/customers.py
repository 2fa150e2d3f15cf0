"""The customers of the demo company: people and organisations with invented addresses."""

import datetime as dt
import random
from dataclasses import dataclass, field

from peyvand.config.demo.names import CITIES, FIRST, JOBS, LAST, MAIL, SORTS, TITLES
from peyvand.config.demo.organisation import Company
from peyvand.core.text import format_phone, sort_key
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.search import search_text

ORGANISATIONS = 480
PEOPLE = 1520
UNASSIGNED = "995"  # a mobile range that no operator has
BRANCH_SHARES = (("tehran", 60), ("isfahan", 22), ("mashhad", 18))


@dataclass
class Customer:
    """A customer with what the stories need to know."""

    party: Party
    branch: str
    email: str = ""
    mobile: str = ""
    points: list[ContactPoint] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.party.name


def _branch(dice: random.Random) -> str:
    return dice.choices([name for name, _share in BRANCH_SHARES], [share for _name, share in BRANCH_SHARES])[0]


def _point(party: Party, kind: str, value: str, *, primary: bool = False) -> ContactPoint:
    typed = value if kind == "email" else format_phone(value)
    return ContactPoint(
        party=party, kind=kind, typed=typed, value=value, is_primary=primary, is_verified=kind == "email"
    )


def organisations(dice: random.Random, company: Company) -> list[Customer]:
    """Invent the organisations: kind of business and title, each pair once."""
    pairs = [(sort, title) for sort in SORTS for title in TITLES]
    made = []
    for number, ((sort, short), (title, slug)) in enumerate(dice.sample(pairs, ORGANISATIONS)):
        branch = _branch(dice)
        city, area = dice.choice(CITIES[branch])
        party = _party(company, f"{sort} {title}", branch, city, kind=Party.Kind.ORGANISATION)
        domain = f"{slug}-{short}.example" if short else f"{slug}.example"
        customer = Customer(party, branch, email=f"info@{domain}")
        customer.points = [
            _point(party, "email", customer.email, primary=True),
            _point(party, "phone", f"+98{area}0{number:07d}"),
        ]
        made.append(customer)
    return made


def people(dice: random.Random, company: Company, firms: list[Customer]) -> list[Customer]:
    """Invent the people: half of them work for one of the organisations."""
    made = []
    for number in range(PEOPLE):
        (first, first_latin), (last, last_latin) = dice.choice(FIRST), dice.choice(LAST)
        firm = dice.choice(firms) if dice.random() < 0.5 else None
        branch = firm.branch if firm else _branch(dice)
        city = firm.party.city if firm else dice.choice(CITIES[branch])[0]
        party = _party(company, f"{first} {last}", branch, city)
        party.first_name, party.last_name = first, last
        if firm:
            party.organisation, party.job_title = firm.party, dice.choice(JOBS)
        domain = firm.email.partition("@")[2] if firm else dice.choice(MAIL)
        customer = Customer(party, branch, mobile=f"+98{UNASSIGNED}{number:07d}")
        customer.points = [_point(party, "mobile", customer.mobile, primary=True)]
        if dice.random() < 0.8:
            customer.email = f"{first_latin}.{last_latin}{number}@{domain}"
            customer.points.append(_point(party, "email", customer.email))
        made.append(customer)
    return made


def _party(company: Company, name: str, branch: str, city: str, *, kind: str = Party.Kind.PERSON) -> Party:
    return Party(kind=kind, name=name, sort_key=sort_key(name), city=city, branch=company.branches[branch])


def store(dice: random.Random, company: Company, firms: list[Customer], persons: list[Customer]) -> None:
    """Write all customers: organisations first, their people after them."""
    owners = company.people_in("sales", "salesperson")
    for customer in [*firms, *persons]:
        party = customer.party
        if customer.branch == "tehran" and dice.random() < 0.4:
            party.owner = dice.choice(owners)
        others = (party.organisation.name if party.organisation else "", party.job_title, party.city)
        party.search = search_text(party.name, [point.value for point in customer.points], *others)
    Party.objects.bulk_create([customer.party for customer in firms])
    Party.objects.bulk_create([customer.party for customer in persons])
    ContactPoint.objects.bulk_create([point for customer in [*firms, *persons] for point in customer.points])


def first_met(customers: list[Customer], opened: dict[int, dt.datetime], now: dt.datetime) -> dict[int, dt.datetime]:
    """Return since when each customer is known: its first request, or some day of the year before."""
    moments = {}
    for number, customer in enumerate(customers):
        pk = customer.party.pk
        moments[pk] = opened.get(pk, now - dt.timedelta(days=30 + number * 7 % 330, minutes=number * 37 % 400))
    return moments
