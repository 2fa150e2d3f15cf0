"""The rows of sales that belong to a customer, for merging, handing over and erasing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from peyvand.activities.registry import LinkKind, link_to
from peyvand.core.custom_fields import hosts
from peyvand.core.secrets import decrypt
from peyvand.parties.models import ContactPoint, Identifier
from peyvand.parties.numbers import digest_of
from peyvand.parties.registry import refers_to_party
from peyvand.parties.types import normalise_address
from peyvand.sales.errors import PartnersMeet
from peyvand.sales.models import Deal, DealPerson, DealRegistration, LeadSubmission, Partner, PartnerNote, PartnerSeat
from peyvand.sales.selectors.rivals import number_kind
from peyvand.sales.services.field_host import DEALS


def _deals(party_id: int) -> Iterator[Mapping[str, Any]]:
    rows = Deal.objects.filter(party=party_id, deleted_at=None).order_by("id")
    yield from rows.values("name", "amount", "state", "opened_at", "closed_at", "close_on", "source", "note", "custom")


def _erase_words(party_id: int) -> Mapping[str, int]:
    """Names, notes and words of a deal may speak of the person; what figures are made of stays."""
    told = Deal.objects.filter(party=party_id).exclude(name="—")
    passed = PartnerNote.objects.filter(deal__party=party_id).exclude(body="—")
    return {
        "sales.Deal": told.update(name="—", note="", source="", search="", lost_note="", custom={}),
        "sales.PartnerNote": passed.update(body="—"),
    }


def _erase_person(party_id: int) -> Mapping[str, int]:
    return {"sales.DealPerson": DealPerson.objects.filter(party=party_id).delete()[0]}


def _of_person(party_id: int) -> QuerySet[LeadSubmission]:
    """What a person sent through forms: what became his lead, and what became none but names an address of his."""
    known = _known(party_id)
    waiting = LeadSubmission.objects.filter(party=None).exclude(answers={}).values_list("pk", "answers")
    ids = [pk for pk, answers in waiting.iterator(chunk_size=500) if known and known & _addresses(answers)]
    return LeadSubmission.objects.filter(Q(party=party_id) | Q(pk__in=ids)).exclude(answers={})


def _known(party_id: int) -> set[tuple[str, str]]:
    points = ContactPoint.objects.filter(party=party_id).values_list("kind", "value")
    return {(str(kind), value) for kind, value in points}


def _addresses(answers: Mapping[str, str]) -> set[tuple[str, str]]:
    typed = [(kind, answers[kind]) for kind in ("mobile", "email") if answers.get(kind)]
    found = [normalise_address(kind, text) for kind, text in typed]
    return {(str(each.kind), each.value) for each in found if each is not None}


def _submissions(party_id: int) -> Iterator[Mapping[str, Any]]:
    yield from _of_person(party_id).order_by("id").values("form__name", "answers", "received_at")


def _erase_submissions(party_id: int) -> Mapping[str, int]:
    """What he typed goes, also what became no lead; that something came through the form stays counted."""
    told = _of_person(party_id)
    return {"sales.LeadSubmission": told.update(answers={})}


def _deal_words(ids: Sequence[int]) -> Mapping[int, str]:
    return dict(Deal.objects.filter(pk__in=ids).values_list("pk", "name"))


def _roles(party_id: int) -> Iterator[Mapping[str, Any]]:
    yield from DealPerson.objects.filter(party=party_id).order_by("id").values("deal__name", "role", "influence")


def _claims_of(party_id: int) -> QuerySet[DealRegistration]:
    """What partners registered of a person: what is known as his, and by his addresses what never became his."""
    known = _known(party_id) | set(Identifier.objects.filter(party=party_id).values_list("kind", "digest"))
    loose = DealRegistration.objects.filter(party=None).exclude(name="—")
    ids = [one.pk for one in loose.iterator(chunk_size=500) if known and known & _marks(one)]
    return DealRegistration.objects.filter(Q(party=party_id) | Q(pk__in=ids))


def _marks(one: DealRegistration) -> set[tuple[str, str]]:
    kind, number = number_kind(one.kind), decrypt(one.number) if one.number else ""
    numbers = {(kind, digest_of(kind, number))} if number else set()
    return _addresses({"mobile": one.mobile, "email": one.email}) | numbers


def _claims(party_id: int) -> Iterator[Mapping[str, Any]]:
    rows = _claims_of(party_id).order_by("id")
    yield from rows.values("name", "mobile", "email", "city", "product", "amount", "note", "received_at", "state")


def _erase_claims(party_id: int) -> Mapping[str, int]:
    """What a partner typed about the person goes; that something was registered, and how it was decided, stays."""
    told = _claims_of(party_id).exclude(name="—")
    emptied = {"mobile": "", "email": "", "number": "", "city": "", "note": "", "remark": "", "keys": []}
    mine = list(told.values_list("pk", flat=True))
    DealRegistration.objects.filter(Q(pk__in=mine) | Q(rival__in=mine)).update(memory={})  # remarks lie there, too
    return {"sales.DealRegistration": told.update(name="—", **emptied)}


def _partnerships(party_id: int) -> Iterator[Mapping[str, Any]]:
    rows = Partner.objects.filter(party=party_id).order_by("id")
    yield from rows.values("channel__name", "level", "territory", "contract_from", "contract_to", "created_at")


def _erase_partnership(party_id: int) -> Mapping[str, int]:
    """It sells no longer, and its people are forgotten, he among them; the ledger of what it earned stays."""
    own = Q(email__in=[value for kind, value in _known(party_id) if kind == "email"])
    seats = PartnerSeat.objects.filter(own | Q(partner__party=party_id)).delete()[1].get("sales.PartnerSeat", 0)
    ended = Partner.objects.filter(party=party_id, is_active=True).update(is_active=False, territory="")
    return {"sales.Partner": ended, "sales.PartnerSeat": seats}


def _refuse_two(moving: Any) -> None:
    """Two partners have people, claims, shares and statements of their own: which one goes on a person says first."""
    active = Partner.objects.filter(party__in=moving.everybody, is_active=True).select_related("party")
    names = [str(one) for one in active.order_by("pk")]
    if len(names) > 1:
        text = now("%(names)s sell for us; end all these partnerships but one on their pages first, then merge.")
        raise PartnersMeet(text % {"names": "، ".join(f"«{name}»" for name in names)})


def _partner_words(ids: Sequence[int]) -> Mapping[int, str]:
    return dict(Partner.objects.filter(pk__in=ids).values_list("pk", "channel__name"))


hosts.register(DEALS)
refers_to_party("sales.Deal", "party", label=_("Deals"), hand_over=_deals, erase=_erase_words, words=_deal_words)
refers_to_party("sales.DealPerson", "party", label=_("Parts in deals"), hand_over=_roles, erase=_erase_person)
refers_to_party(
    "sales.LeadSubmission", "party", label=_("Sent forms for leads"), hand_over=_submissions, erase=_erase_submissions
)
refers_to_party("sales.DealRegistration", "party", label=_("Registered deals"), hand_over=_claims, erase=_erase_claims)
refers_to_party(
    "sales.Partner",
    "party",
    label=_("Sales partners"),
    hand_over=_partnerships,
    erase=_erase_partnership,
    prepare=_refuse_two,
    words=_partner_words,
)
link_to(
    LinkKind(
        key="sales.Deal",
        label=_("Deal"),
        icon="layout-kanban",
        seen=lambda who: Deal.objects.visible_to(who),
        title=lambda deal: deal.name,
        address=lambda deal: reverse("sales:deal", args=[deal.pk]),
        party=lambda deal: deal.party_id,
        permission="sales.change",
    )
)
