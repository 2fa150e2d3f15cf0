"""`{% load party_timeline %}{% timeline_entry entry group.slug %}{% party_note note %}`.

Written in Python: a page holds many of them, and a template for each would be most of its cost.
"""

from typing import Any

from django import template
from django.template import Context
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from peyvand.parties.models import PartyNote
from peyvand.parties.timeline import Entry
from peyvand.web.icons import icon
from peyvand.web.templatetags.pv import channel_mark, chip, jdate, jtime

register = template.Library()
EMPTY = SafeString("")
RECENT = ("today", "yesterday")
NOTE = "parties/file/_note.html"


@register.simple_tag(takes_context=True)
def timeline_entry(context: Context, entry: Entry, day: str) -> SafeString:
    """One line of the timeline; day: the slug of the heading that it stands under."""
    place = {"at": jtime(entry.at) if day in RECENT else jdate(entry.at, "short"), "title": str(entry.title)}
    link = '<a class="truncate" dir="auto" href="{url}" title="{title}">{title}</a>'
    title = format_html(link if entry.url else '<b class="truncate" dir="auto" title="{title}">{title}</b>',
                        url=entry.url, **place)  # fmt: skip
    return format_html(
        '<li id="{}"><span class="pv-tl-i">{}</span>\n<div class="min-w-0"><div class="pv-tl-h">{}<span class="grow">'
        '</span><span class="pv-sub whitespace-nowrap">{}</span></div>{}{}</div></li>\n',
        entry.key, _mark(entry), title, place["at"], _body(context, entry), _chips(entry),
    )  # fmt: skip


def _mark(entry: Entry) -> SafeString:
    if entry.mark:
        return channel_mark(entry.mark)
    return format_html('<span class="pv-ch" data-c="{}">{}</span>', entry.tone, icon(entry.icon))


def _chips(entry: Entry) -> SafeString:
    if not entry.chips:
        return EMPTY
    found = format_html_join("", "{}", ((chip(one.text, one.tone, one.icon),) for one in entry.chips))
    return format_html('<div class="pv-tl-c">{}</div>', found)


def _body(context: Context, entry: Entry) -> SafeString:
    if entry.body == NOTE:
        return party_note(context, entry.thing)
    if entry.body and context.template is not None:
        with context.push(entry=entry, note=entry.thing):
            return context.template.engine.get_template(entry.body).render(context)
    return format_html('<p class="pv-tl-t truncate" dir="auto">{}</p>', entry.text) if entry.text else EMPTY


@register.simple_tag(takes_context=True)
def party_note(context: Context, note: PartyNote) -> SafeString:
    """The words of a note, and what the reader may do with it."""
    edited = format_html('<span class="pv-lbl">{}</span>', _("edited")) if note.edited_at else EMPTY
    return format_html(
        '<div class="pv-party-note" data-note="{}"><div class="pv-party-note-b" dir="auto">{}</div>{}{}</div>',
        note.pk, linebreaksbr(note.body), edited, _menu(context, note),
    )  # fmt: skip


def _menu(context: Context, note: PartyNote) -> SafeString:
    may: dict[str, Any] = context["head"]["may"] if isinstance(context["head"], dict) else context["head"].may
    if not may["contribute"]:
        return EMPTY
    own = may["delete"] or note.author_id == context["request"].user.pk
    return format_html(
        '<details class="pv-menu pv-party-note-m"><summary class="btn btn-ghost btn-xs btn-square" aria-label="{}">{}'
        '</summary><div class="pv-pop">{}{}</div></details>',
        _("Act on this note"), icon("dots"), _pin(note), _change(note) if own else EMPTY,
    )  # fmt: skip


def _pin(note: PartyNote) -> SafeString:
    mark, word = ("pinned-off", _("Unpin")) if note.is_pinned else ("pin", _("Pin"))
    return format_html(
        '<button class="pv-mi" hx-post="{}" hx-vals=\'{{"pinned": "{}"}}\' hx-swap="none">{}<span class="grow">{}'
        "</span></button>",
        reverse("parties:pin_note", args=[note.party_id, note.pk]), "0" if note.is_pinned else "1", icon(mark, size=16),
        word,
    )  # fmt: skip


def _change(note: PartyNote) -> SafeString:
    place = [note.party_id, note.pk]
    return format_html(
        '<a class="pv-mi" href="{0}" hx-get="{0}" hx-target="#dialog">{1}<span class="grow">{2}</span></a>'
        '<button class="pv-mi is-bad" hx-post="{3}" hx-swap="none">{4}<span class="grow">{5}</span></button>',
        reverse("parties:note", args=place), icon("pencil", size=16), _("Edit"),
        reverse("parties:delete_note", args=place), icon("trash", size=16), _("Delete"),
    )  # fmt: skip
