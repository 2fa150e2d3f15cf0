"""The importer of leads and deals, as the core's imports know it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.custom_fields import field_of, fields_for, id_of, key_of, label_of, show
from peyvand.core.imports.kinds import Importer, ImportField, Key, register_importer
from peyvand.core.imports.types import CellVerdict, Outcome, Plan, Row, RowOutcome, RowVerdict, Undone
from peyvand.core.models import CustomField, LongJob
from peyvand.core.record_fields import Kind
from peyvand.sales.deal_fields import HOST
from peyvand.sales.importing import deciding, writing
from peyvand.sales.importing.heads import OF_OTHERS
from peyvand.sales.models import Deal
from peyvand.sales.permissions import ASSIGN, CHANGE
from peyvand.sales.types import DealDetails

_CUSTOMER, _OWN = _("Customer"), _("Custom")
_FIELDS = (
    ImportField(
        key="name", label=_("What it is about"), kind=Kind.TEXT, is_required=True,
        aliases=("عنوان", "عنوان معامله", "نام معامله", "موضوع", "فرصت", "deal", "deal name", "opportunity", "title"),
    ),
    ImportField(
        key="customer", label=_("Customer by name"), kind=Kind.TEXT, group=_CUSTOMER,
        aliases=("مشتری", "نام مشتری", "شرکت", "customer", "company", "account", "contact"),
    ),
    ImportField(
        key="mobile", label=_("Customer by mobile or phone"), kind=Kind.PHONE, group=_CUSTOMER,
        aliases=("موبایل", "تلفن", "شماره تماس", "mobile", "phone"), suits=("phone",),
    ),
    ImportField(
        key="email", label=_("Customer by e-mail"), kind=Kind.EMAIL, group=_CUSTOMER,
        aliases=("ایمیل", "پست الکترونیک", "email", "e-mail"), suits=("email",),
    ),
    ImportField(
        key="party", label=_("Customer by number"), kind=Kind.NUMBER, group=_CUSTOMER,
        aliases=("شماره مشتری", "کد مشتری", "customer id", "customer number"),
    ),
    ImportField(
        key="pipeline", label=_("Pipeline"), kind=Kind.TEXT, aliases=("کاریز", "کاریز فروش", "pipeline"),
    ),
    ImportField(key="stage", label=_("Stage"), kind=Kind.TEXT, aliases=("مرحله", "stage", "deal stage")),
    ImportField(
        key="state", label=_("State"), kind=Kind.CHOICE, aliases=("وضعیت", "نتیجه", "status", "state"),
        choices=[(str(state), Deal.State(state).label) for state in (Deal.State.OPEN, Deal.State.WON, Deal.State.LOST)],
    ),
    ImportField(
        key="amount", label=_("Amount"), kind=Kind.MONEY, suits=("money",),
        aliases=("مبلغ", "ارزش", "مبلغ معامله", "amount", "value", "deal value"),
    ),
    ImportField(key="probability", label=_("Own probability"), kind=Kind.NUMBER, aliases=("احتمال", "probability")),
    ImportField(
        key="owner", label=_("Responsible"), kind=Kind.TEXT,
        aliases=("مسئول", "کارشناس", "کارشناس فروش", "owner", "assigned to", "sales rep"),
    ),
    ImportField(
        key="source", label=_("Source"), kind=Kind.TEXT, aliases=("منبع", "نحوه آشنایی", "source", "lead source"),
    ),
    ImportField(
        key="close_on", label=_("Expected close"), kind=Kind.DATE,
        aliases=("تاریخ بسته شدن", "بسته‌شدن پیش‌بینی‌شده", "expected close", "close date"),
    ),
    ImportField(
        key="opened_on", label=pgettext_lazy("deal", "Opened"), kind=Kind.DATE,
        aliases=("تاریخ ایجاد", "تاریخ شروع", "created", "created at", "open date"),
    ),
    ImportField(
        key="closed_on", label=_("Closed on"), kind=Kind.DATE, aliases=("تاریخ پایان", "closed", "closed on"),
    ),
    ImportField(
        key="note", label=_("Description"), kind=Kind.LONG_TEXT, aliases=("شرح", "توضیحات", "description", "note"),
    ),
    ImportField(key="id", label=_("Number of the record"), kind=Kind.NUMBER, aliases=("شماره معامله", "deal id")),
)  # fmt: skip
_KEYS = (
    Key(key=deciding.BY_NAME, label=_("Customer and what it is about"), fields=("name",)),
    Key(key=deciding.BY_ID, label=_("Number of the record"), fields=("id",)),
)


def guard(actor: User) -> None:
    """Raise NotAllowed unless the actor may write down deals and give them to others."""
    require(actor, CHANGE)
    require(actor, ASSIGN)


def fields(actor: User) -> Sequence[ImportField]:
    """What may be imported, the fields of the business among them."""
    known = [replace(each, aliases=(*each.aliases, *OF_OTHERS.get(each.key, ()))) for each in _FIELDS]
    return [*known, *map(_own, fields_for(HOST))]


def _own(custom: CustomField) -> ImportField:
    return ImportField(
        key=key_of(custom), label=label_of(custom), kind=Kind(custom.kind), group=_OWN,
        aliases=tuple(filter(None, (custom.label, custom.label_en))),
    )  # fmt: skip


def keys(actor: User) -> Sequence[Key]:
    """By what a row finds its deal."""
    return _KEYS


def check(actor: User, plan: Plan, rows: Sequence[Row]) -> list[RowVerdict]:
    """Say what would become of rows. Errors: NotAllowed."""
    guard(actor)
    return [_verdict(one) for one in deciding.decide(actor, plan, rows)]


def _verdict(one: deciding.Decision) -> RowVerdict:
    given, before = one.given, deciding.details_of(one.deal) if one.deal else None
    wrong = {key: sentence for _column, key, sentence in given.problems}
    cells = [
        CellVerdict(column, key, _before(before, key), _shown(key, given.values.get(key)), wrong.pop(key, ""))
        for key, column in given.columns.items()
    ]
    cells += [CellVerdict(-1, key, problem=sentence) for key, sentence in wrong.items()]
    label = str(given.values.get("name", "")) or (one.deal.name if one.deal else "")
    return RowVerdict(
        number=given.number, action=one.action, ref=one.deal.pk if one.deal else None, label=label, cells=cells,
        problems=one.problems, warnings=[one.reason] if one.reason else [],
    )  # fmt: skip


def _before(details: DealDetails | None, key: str) -> str:
    if details is None:
        return ""
    number = id_of(key)
    return _shown(key, getattr(details, key, "") if number is None else details.custom.get(str(number)))


def _shown(key: str, value: Any) -> str:
    custom = field_of(HOST, key)
    if custom is not None:
        return show(custom, value, "en" if get_language() == "en" else "fa")
    return "" if value is None else str(value)


def apply(actor: User, plan: Plan, rows: Sequence[Row], job: LongJob) -> Outcome:
    """Write the rows of a block. Errors: NotAllowed."""
    guard(actor)
    return writing.write(actor, plan, deciding.decide(actor, plan, rows))


def undo(actor: User, outcome: Outcome, job: LongJob) -> Undone:
    """Take the rows of a block back. Errors: NotAllowed."""
    guard(actor)
    return writing.take_back(actor, outcome)


def erase(outcome: Outcome, ref: int) -> Outcome:
    """What became of rows, without a word about a deal or about its customer; that there was a row stays."""
    rows = [
        RowOutcome(row.number, row.action, row.ref, "", None, row.reason, row.refs)
        if ref in (row.ref, *row.refs)
        else row
        for row in outcome.rows
    ]
    return Outcome(rows, outcome.shared)


def link(ref: int) -> str:
    """The page of a deal."""
    return reverse("sales:deal", args=[ref])


register_importer(
    Importer(
        host=HOST, label=_("Leads and deals"), guard=guard, fields=fields, keys=keys, check=check, apply=apply,
        undo=undo, erase=erase, link=link,
    )
)  # fmt: skip
