"""The rows of sales that belong to a customer, for merging, handing over and erasing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from peyvand.activities.registry import LinkKind, link_to
from peyvand.core.custom_fields import hosts
from peyvand.parties.registry import refers_to_party
from peyvand.sales.models import Deal, DealPerson, LeadSubmission
from peyvand.sales.services.field_host import DEALS


def _deals(party_id: int) -> Iterator[Mapping[str, Any]]:
    rows = Deal.objects.filter(party=party_id, deleted_at=None).order_by("id")
    yield from rows.values("name", "amount", "state", "opened_at", "closed_at", "close_on", "source", "note", "custom")


def _erase_words(party_id: int) -> Mapping[str, int]:
    """Names, notes and words of a deal may speak of the person; what figures are made of stays."""
    told = Deal.objects.filter(party=party_id).exclude(name="—")
    return {"sales.Deal": told.update(name="—", note="", source="", search="", lost_note="", custom={})}


def _erase_person(party_id: int) -> Mapping[str, int]:
    return {"sales.DealPerson": DealPerson.objects.filter(party=party_id).delete()[0]}


def _submissions(party_id: int) -> Iterator[Mapping[str, Any]]:
    rows = LeadSubmission.objects.filter(party=party_id).order_by("id")
    yield from rows.values("form__name", "answers", "received_at")


def _erase_submissions(party_id: int) -> Mapping[str, int]:
    """What he typed goes; that something came through the form stays counted."""
    told = LeadSubmission.objects.filter(party=party_id).exclude(answers={})
    return {"sales.LeadSubmission": told.update(answers={})}


def _deal_words(ids: Sequence[int]) -> Mapping[int, str]:
    return dict(Deal.objects.filter(pk__in=ids).values_list("pk", "name"))


def _roles(party_id: int) -> Iterator[Mapping[str, Any]]:
    yield from DealPerson.objects.filter(party=party_id).order_by("id").values("deal__name", "role", "influence")


hosts.register(DEALS)
refers_to_party("sales.Deal", "party", label=_("Deals"), hand_over=_deals, erase=_erase_words, words=_deal_words)
refers_to_party("sales.DealPerson", "party", label=_("Parts in deals"), hand_over=_roles, erase=_erase_person)
refers_to_party(
    "sales.LeadSubmission", "party", label=_("Sent forms for leads"), hand_over=_submissions, erase=_erase_submissions
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
