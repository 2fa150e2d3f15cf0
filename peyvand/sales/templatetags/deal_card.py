"""Cards of the board; written by hand, for a board has a hundred and each was dear as a template."""

from collections.abc import Iterable, Sequence
from html import escape

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from peyvand.sales.models import Deal, Stage
from peyvand.sales.selectors.board import Card
from peyvand.web.addresses import by_number
from peyvand.web.icons import icon
from peyvand.web.templatetags.pv import avatar, grouped, jdate, money

register = template.Library()
_deal, _move, _edit = by_number("sales:deal"), by_number("sales:move"), by_number("sales:card")


@register.simple_tag(takes_context=True)
def deal_cards(context: Context, cards: Iterable[Card], stages: Sequence[Stage]) -> SafeString:
    """`{% deal_cards cards stages %}`: name, customer, amount, what is next, who sells; and where each can be moved."""
    writer = _Writer(context, stages)
    return mark_safe("".join(writer.card(card) for card in cards))  # noqa: S308 -- words of people are escaped


@register.simple_tag(takes_context=True)
def moved_card(context: Context, card: Card, stages: Sequence[Stage]) -> SafeString:
    """`{% moved_card card stages %}`: the card for an open board, which puts it into the column that it names."""
    place = f' data-to="{card.deal.stage_id}" hx-swap-oob="outerHTML:.pv-deal[data-deal=\'{card.deal.pk}\']"'
    return mark_safe(_Writer(context, stages).card(card, place))  # noqa: S308 -- words of people are escaped


class _Writer:
    """What all cards of a column have in common, said once."""

    def __init__(self, context: Context, stages: Sequence[Stage]) -> None:
        self.may_change, self.stages = bool(context.get("may_change")), stages
        self.token = escape(str(context.get("csrf_token", ""))) if self.may_change else ""
        self.hot, self.unknown = escape(gettext("Hot")), escape(gettext("Amount not known"))
        self.move_to, self.label = escape(gettext("Move to")), gettext("Move %(name)s to …")
        self.edit = f"{icon('pencil', size=16)}{escape(gettext('Edit quickly'))}"
        self.dots, self.calendar = icon("dots", size=15), icon("calendar", size=13)
        self.ways: dict[int, str] = {}

    def card(self, card: Card, place: str = "") -> str:
        """One card. place: attributes for where it goes."""
        deal, name = card.deal, escape(card.deal.name)
        head = f'<a id="deal-{deal.pk}" href="{_deal(deal.pk)}" dir="auto" title="{name}">{name}</a>'
        return (
            f'<article class="pv-deal{" is-rot" if card.is_rotten else ""}" data-deal="{deal.pk}"'
            f' data-version="{deal.version}" data-name="{name}"{place}>'
            f'<div class="pv-deal-t">{head}{self._hot() if deal.is_hot else ""}{self._menu(deal)}</div>'
            f'<div class="pv-sub truncate" dir="auto">{escape(deal.party.name)}</div>'
            f'<div class="pv-deal-m"><b>{self._amount(deal)}</b>{self._next(card)}{_owner(deal)}</div>'
            f"{_rot(card.days) if card.is_rotten else ''}</article>"
        )

    def _hot(self) -> str:
        return (
            f'<span data-hot title="{self.hot}">{icon("flame", size=15)}<span class="sr-only">{self.hot}</span></span>'
        )

    def _menu(self, deal: Deal) -> str:
        """The stages it can be moved to, and the quick way to change it."""
        if not self.may_change:
            return ""
        move, card = _move(deal.pk), _edit(deal.pk)
        return (
            f'<details class="pv-menu" data-align="end"><summary class="btn btn-ghost btn-xs btn-square"'
            f' aria-label="{escape(self.label % {"name": deal.name})}">{self.dots}</summary>'
            f'<form class="pv-pop" method="post" action="{move}" hx-post="{move}" hx-target="#board"'
            f' hx-swap="outerHTML"><input type="hidden" name="csrfmiddlewaretoken" value="{self.token}">'
            f'<input type="hidden" name="version" value="{deal.version}">'
            f'<input type="hidden" name="pipeline" value="{deal.pipeline_id}">'
            f'<a class="pv-mi" href="{card}" hx-get="{card}" hx-target="#dialog" hx-swap="innerHTML">{self.edit}</a>'
            f'<span class="pv-lbl px-2">{self.move_to}</span>{self._ways(deal.stage_id)}</form></details>'
        )

    def _ways(self, stage_id: int) -> str:
        """The buttons that lead out of a stage: the same on each of its cards."""
        if stage_id not in self.ways:
            self.ways[stage_id] = "".join(
                f'<button class="pv-mi" name="stage" value="{each.pk}"><bdi>{escape(each.name)}</bdi></button>'
                for each in self.stages
                if each.pk != stage_id
            )
        return self.ways[stage_id]

    def _amount(self, deal: Deal) -> str:
        return f'<span class="pv-sub">{self.unknown}</span>' if deal.amount is None else escape(money(deal.amount))

    def _next(self, card: Card) -> str:
        if card.next is not None:
            return f'<span class="pv-next">{self.calendar}{jdate(card.next.at)}</span>'
        return f'<span class="pv-sub">{jdate(card.deal.close_on)}</span>' if card.deal.close_on else ""


def _owner(deal: Deal) -> str:
    return avatar(deal.owner.full_name, deal.owner_id, size=22) if deal.owner else ""


def _rot(days: int) -> str:
    text = ngettext("%(shown)s day without a move", "%(shown)s days without a move", days)
    return f'<div class="pv-rot">{icon("hourglass", size=13)}{escape(text % {"shown": grouped(days)})}</div>'
