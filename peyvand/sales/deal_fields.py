"""Every field of a lead or a deal that a list can show, narrow and order by, and an export writes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import Branch, User
from peyvand.core import record_conditions as conditions
from peyvand.core import record_fields
from peyvand.core.custom_fields import fields_for, record_field
from peyvand.core.list_state import Reader, register_reader
from peyvand.core.prepared import Prepared
from peyvand.core.record_fields import Asked, Bulk, Choice, Condition, Everyone, Kind, Op, Reading, RecordField
from peyvand.core.text import search_norm
from peyvand.parties.models import Party, Tag
from peyvand.sales.models import IS_TAGGED, Deal, DealPartner, LostReason, Partner, Pipeline, SalesChannel, Stage

HOST = "sales.Deal"
ONE = (Op.IS, Op.IS_NOT, Op.ANY_OF, Op.NONE_OF)


def _pipelines(asked: Asked) -> Iterable[Choice]:
    return [(str(pk), name) for pk, name in Pipeline.objects.order_by("position").values_list("pk", "name")]


_STAGES = Prepared(
    lambda: (
        Stage.objects.filter(deleted_at=None, pipeline__deleted_at=None)
        .order_by("pipeline__position", "position")
        .values_list("pk", "name", "pipeline__name")
    )
)


def _stages(asked: Asked) -> Iterable[Choice]:
    return [(str(pk), f"{name} ({way})") for pk, name, way in _STAGES.all()]


def _partners(asked: Asked) -> Iterable[Choice]:
    """The partners whom the reader sees, and those of deals that he sees: others are customers that are none of his."""
    rows = Partner.objects.order_by("-is_active", "party__sort_key", "pk").values_list("pk", "party__name")
    if not isinstance(asked.who, Everyone):
        through = Deal.objects.visible_to(asked.who).filter(partner__isnull=False, deleted_at=None).values("partner")
        rows = rows.filter(Q(pk__in=Partner.objects.visible_to(asked.who).values("pk")) | Q(pk__in=through))
    return [(str(pk), name) for pk, name in rows]


def _ways(asked: Asked) -> Iterable[Choice]:
    rows = SalesChannel.objects.filter(deleted_at=None).order_by("name").values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows]


def _reasons(asked: Asked) -> Iterable[Choice]:
    return [(str(pk), name) for pk, name in LostReason.objects.order_by("position").values_list("pk", "name")]


def _branches(asked: Asked) -> Iterable[Choice]:
    return [(str(pk), name) for pk, name in Branch.objects.order_by("path").values_list("pk", "name")]


def _people(asked: Asked) -> Iterable[Choice]:
    rows = User.objects.order_by("-is_active", "sort_key", "id").values_list("pk", "full_name", "username")
    return [(str(pk), name or login) for pk, name, login in rows]


def _plain(key: str, label: Any, kind: Kind = Kind.TEXT, **more: Any) -> RecordField:
    return RecordField(key=key, label=label, kind=kind, read=Reading(attrgetter(key), Bulk(path=key)), **more)


def _link(key: str, label: Any, choices: Any, kind: Kind = Kind.CHOICE) -> RecordField:
    """A foreign key whose records are few enough to be choices."""
    if kind is Kind.USER:
        read, condition = attrgetter(key), conditions.person(f"{key}_id")
    else:
        read, condition = _key_of(key), conditions.choice(f"{key}_id", int, empty=None)
    return RecordField(
        key=key,
        label=label,
        kind=kind,
        read=Reading(read, Bulk(path=f"{key}_id", made=_as_key if kind is Kind.CHOICE else None)),
        condition=condition,
        operators=(*ONE, Op.EMPTY, Op.FILLED),
        choices=choices,
        load=lambda rows: rows.select_related(key),
    )


def _through(path: str) -> Condition:
    """Deals that go through a partner, whether he is their first or shares them. path: from either to what is asked."""
    plain = conditions.choice(path, int, empty=None)

    def condition(op: Op, value: Any, asked: Asked) -> Q:
        if op in (Op.EMPTY, Op.FILLED):
            return plain(op, value, asked)
        found = Q(pk__in=DealPartner.objects.filter(plain(Op.ANY_OF, value, asked)).values("deal"))
        return ~found if op in (Op.IS_NOT, Op.NONE_OF) else found

    return condition


def _as_key(pk: int | None) -> str | None:
    return None if pk is None else str(pk)


def _key_of(key: str) -> Any:
    column = attrgetter(f"{key}_id")
    return lambda deal: _as_key(column(deal))


def _way_of(deal: Deal) -> str | None:
    return None if deal.partner is None else str(deal.partner.channel_id)


def _choice(key: str, label: Any, choices: Any) -> RecordField:
    condition = conditions.choice(key)
    return _plain(key, label, Kind.CHOICE, condition=condition, operators=ONE, choices=lambda asked: choices)


def _tags(asked: Asked) -> Iterable[Choice]:
    return [(str(pk), name) for pk, name in Tag.objects.order_by("norm").values_list("pk", "name")]


def _tagged(op: Op, value: Any, asked: Asked) -> Q:
    """The index of tags knows only deals that have some."""
    found = conditions.array("tag_ids", int)(op, value, asked)
    return IS_TAGGED & found if op in (Op.IS, Op.ANY_OF) else found


def _keys(numbers: list[int] | None) -> list[str]:
    return [str(each) for each in numbers or ()]


def _party(op: Op, value: Any, asked: Asked) -> Q:
    """Deals of a customer whom the reader may see; of another there are none to be asked for."""
    found = conditions.record("party_id")(op, value, asked)
    return found & Q(party__in=Party.objects.visible_to(asked.who)) if op is Op.IS else found


def _party_name(deal: Deal) -> str:
    """Whoever sees a deal knows whose it is."""
    return deal.party.name


record_fields.register(
    HOST,
    _plain("name", _("Deal"), condition=conditions.text("name")),
    RecordField(
        key="party",
        label=_("Customer"),
        kind=Kind.PARTY,
        read=Reading(_party_name, Bulk(path="party__name")),
        condition=_party,
        operators=(Op.IS,),
        load=lambda rows: rows.select_related("party"),
    ),
    _plain("amount", _("Amount"), Kind.MONEY, condition=conditions.number("amount"), order=("amount", "id")),
    _link("pipeline", _("Pipeline"), _pipelines),
    _link("stage", _("Stage"), _stages),
    _choice("state", _("State"), Deal.State.choices),
    _link("owner", _("Responsible"), _people, Kind.USER),
    _plain("close_on", _("Expected close"), Kind.DATE, condition=conditions.day("close_on")),
    _plain(
        "opened_at",
        pgettext_lazy("deal", "Opened"),
        Kind.MOMENT,
        condition=conditions.moment("opened_at"),
        order=("opened_at", "id"),
    ),
    _plain("stage_since", _("In its stage since"), Kind.MOMENT, condition=conditions.moment("stage_since")),
    _plain("closed_at", _("Closed on"), Kind.MOMENT, condition=conditions.moment("closed_at")),
    _plain("source", _("Source"), condition=conditions.text("source")),
    _choice("channel", _("Sales channel"), Deal.SalesChannel.choices),
    replace(_link("partner", _("Sales partner"), _partners), condition=_through("partner_id")),
    RecordField(
        key="partner_channel",
        label=_("Channel of the partner"),
        kind=Kind.CHOICE,
        read=Reading(_way_of, Bulk(path="partner__channel_id", made=_as_key)),
        condition=_through("partner__channel_id"),
        operators=(*ONE, Op.EMPTY, Op.FILLED),
        choices=_ways,
        load=lambda rows: rows.select_related("partner"),
    ),
    _plain("probability", _("Own probability"), Kind.NUMBER, condition=conditions.number("probability")),
    _link("lost_reason", _("Lost because of"), _reasons),
    _plain("competitor", _("Won by"), condition=conditions.text("competitor")),
    _link("branch", _("Branch"), _branches),
    _plain("is_hot", _("Hot"), Kind.YES_NO, condition=conditions.yes_no("is_hot")),
    RecordField(
        key="tags",
        label=_("Tags"),
        kind=Kind.CHOICES,
        read=Reading(lambda deal: _keys(deal.tag_ids), Bulk(path="tag_ids", made=_keys)),
        condition=_tagged,
        choices=_tags,
    ),
    _plain("id", _("Number of the record"), Kind.NUMBER, order=("id",)),
)


def _custom() -> Iterator[RecordField]:
    """The fields that the business added to deals."""
    return map(partial(record_field, group=_("Custom")), fields_for(HOST))


record_fields.register_source(HOST, _custom)


def _search(rows: QuerySet[Any], words: str, asked: Asked) -> QuerySet[Any]:
    for word in search_norm(words).split()[:6]:
        rows = rows.filter(search__contains=word)
    return rows


register_reader(HOST, Reader(search=_search))
