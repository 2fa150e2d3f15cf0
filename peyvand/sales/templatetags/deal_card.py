"""A card of the board; written by hand, for a board has a hundred and each was dear as a template."""

from collections.abc import Sequence
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
def deal_card(context: Context, card: Card, stages: Sequence[Stage]) -> SafeString:
    """`{% deal_card card stages %}`: name, customer, amount, what is next, who sells; and where it can be moved."""
    deal, name = card.deal, escape(card.deal.name)
    menu = _menu(deal, name, stages, str(context.get("csrf_token", ""))) if context.get("may_change") else ""
    head = f'<a id="deal-{deal.pk}" href="{_deal(deal.pk)}" dir="auto" title="{name}">{name}</a>'
    return mark_safe(  # noqa: S308 -- words of people are escaped
        f'<article class="pv-deal{" is-rot" if card.is_rotten else ""}" data-deal="{deal.pk}"'
        f' data-version="{deal.version}" data-name="{name}">'
        f'<div class="pv-deal-t">{head}{_hot() if deal.is_hot else ""}{menu}</div>'
        f'<div class="pv-sub truncate" dir="auto">{escape(deal.party.name)}</div>'
        f'<div class="pv-deal-m"><b>{_amount(deal)}</b>{_next(card)}{_owner(deal)}</div>'
        f"{_rot(card.days) if card.is_rotten else ''}</article>"
    )


def _hot() -> str:
    word = escape(gettext("Hot"))
    return f'<span data-hot title="{word}">{icon("flame", size=15)}<span class="sr-only">{word}</span></span>'


def _menu(deal: Deal, name: str, stages: Sequence[Stage], token: str) -> str:
    """The stages it can be moved to, and the quick way to change it."""
    move, card = _move(deal.pk), _edit(deal.pk)
    label = escape(gettext("Move %(name)s to …") % {"name": deal.name})
    to = "".join(
        f'<button class="pv-mi" name="stage" value="{each.pk}"><bdi>{escape(each.name)}</bdi></button>'
        for each in stages
        if each.pk != deal.stage_id
    )
    return (
        f'<details class="pv-menu" data-align="end"><summary class="btn btn-ghost btn-xs btn-square"'
        f' aria-label="{label}">{icon("dots", size=15)}</summary>'
        f'<form class="pv-pop" method="post" action="{move}" hx-post="{move}" hx-target="#board" hx-swap="outerHTML">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
        f'<input type="hidden" name="version" value="{deal.version}">'
        f'<input type="hidden" name="pipeline" value="{deal.pipeline_id}">'
        f'<a class="pv-mi" href="{card}" hx-get="{card}" hx-target="#dialog" hx-swap="innerHTML">'
        f"{icon('pencil', size=16)}{escape(gettext('Edit quickly'))}</a>"
        f'<span class="pv-lbl px-2">{escape(gettext("Move to"))}</span>{to}</form></details>'
    )


def _amount(deal: Deal) -> str:
    if deal.amount is None:
        return f'<span class="pv-sub">{escape(gettext("Amount not known"))}</span>'
    return escape(money(deal.amount))


def _next(card: Card) -> str:
    if card.next is not None:
        return f'<span class="pv-next">{icon("calendar", size=13)}{jdate(card.next.at)}</span>'
    return f'<span class="pv-sub">{jdate(card.deal.close_on)}</span>' if card.deal.close_on else ""


def _owner(deal: Deal) -> str:
    return avatar(deal.owner.full_name, deal.owner_id, size=22) if deal.owner else ""


def _rot(days: int) -> str:
    text = ngettext("%(shown)s day without a move", "%(shown)s days without a move", days)
    return f'<div class="pv-rot">{icon("hourglass", size=13)}{escape(text % {"shown": grouped(days)})}</div>'
