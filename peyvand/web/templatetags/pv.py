"""Tags and filters of the kit, known in every template without `{% load %}`."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.template.defaultfilters import urlize
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from peyvand.core.jalali import format_date
from peyvand.core.money import format_money, format_money_short
from peyvand.core.text import format_phone, to_latin_digits, to_persian_digits
from peyvand.web import build, icons, prefs, quick_tags, slots
from peyvand.web.channel_marks import channel_of
from peyvand.web.clocks import Clock
from peyvand.web.paging import Page, links
from peyvand.web.palette import marked
from peyvand.web.shown_field import ShownField

register = template.Library()

KILO = 1024
LONG_CLOCK = 100 * 60  # minutes from which a deadline is told in days
UNITS = ("B", "KB", "MB", "GB")
SELECTED = SafeString(" selected")
LINKISH = re.compile(r"\w[.:@]\S")


def localised(text: object) -> str:
    """Return `text` with the digits that this person reads."""
    return to_persian_digits(str(text)) if prefs.current().digits == "persian" else to_latin_digits(str(text))


def grouped(number: float) -> str:
    """Return a number with thousands and decimal marks in this person's digits."""
    text = f"{number:,}"
    if prefs.current().digits != "persian":
        return text
    return to_persian_digits(text.replace(",", "٬").replace(".", "٫"))


# Filters


@register.filter
def digits(value: object) -> str:
    """`{{ code|digits }}`: the same text in the reader's digits, without grouping."""
    return "" if value is None else localised(value)


@register.filter
def number(value: float | None) -> str:
    """`{{ count|number }}`: grouped, in the reader's digits."""
    return "" if value is None else grouped(value)


@register.filter
def percent(value: float | None) -> str:
    """`{{ share|percent }}`: «۹۴٪»."""
    if value is None:
        return ""
    sign = "٪" if prefs.current().digits == "persian" else "%"
    return f"{grouped(value)}{sign}"


@register.filter
def money(value: int | None, style: str = "short") -> str:
    """`{{ rials|money }}` «۱٫۸۴ میلیارد تومان»; `|money:"full"` every digit."""
    if value is None:
        return ""
    now = prefs.current()
    write = format_money if style == "full" else format_money_short
    return write(value, lang=now.language, digits=now.digits)


def written(value: dt.date | None, style: str) -> str:
    """Write a date or moment in the reader's calendar, language and digits."""
    now = prefs.current()
    return format_date(value, calendar=now.calendar, lang=now.language, style=style, digits=now.digits)


def _time_tag(value: dt.date | None, style: str) -> SafeString | str:
    if value is None or value == "":
        return ""
    is_moment = isinstance(value, dt.datetime)
    at = value.isoformat(timespec="minutes") if isinstance(value, dt.datetime) else value.isoformat()
    full, text = escape(written(value, "full" if is_moment else "long")), escape(written(value, style))
    return mark_safe(f'<time datetime="{at}" title="{full}">{text}</time>')  # noqa: S308 -- words of ours, escaped


@register.filter
def jdate(value: dt.date | None, style: str = "short") -> SafeString | str:
    """`{{ day|jdate:"short|long|full|datetime|numeric" }}` as <time> with the full date in its tooltip."""
    return _time_tag(value, style)


@register.filter
def jtext(value: dt.date | None, style: str = "short") -> str:
    """As `jdate`, without markup: for attributes and inputs."""
    return written(value, style) if value else ""


@register.filter
def jtime(value: dt.datetime | None) -> SafeString | str:
    """`{{ moment|jtime }}`: «۱۰:۱۸»."""
    return _time_tag(value, "time")


@register.filter
def ago(value: dt.datetime | None) -> SafeString | str:
    """`{{ moment|ago }}`: today its time, then «دیروز», «۳ روز پیش», then the date."""
    return _time_tag(value, "relative")


@register.filter
def since(value: dt.datetime | None) -> str:
    """`{{ moment|since }}`: «۸ دقیقه پیش» for today's news, later as `ago`."""
    if value is None:
        return ""
    minutes = int((timezone.now() - value).total_seconds() // 60)
    if minutes < 1:
        return gettext("just now")
    if minutes < 60:
        return localised(ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes) % {"n": minutes})
    if minutes < 24 * 60:
        return localised(ngettext("%(n)s hour ago", "%(n)s hours ago", minutes // 60) % {"n": minutes // 60})
    return written(value, "relative")


@register.filter
def bdi_phone(value: str | None) -> SafeString | str:
    """`{{ e164|bdi_phone }}`: the number as people read it, isolated and left to right."""
    if not value:
        return ""
    text = format_phone(value)
    return format_html('<bdi dir="ltr">{}</bdi>', text if text.startswith("+") else localised(text))


@register.filter
def ltr(value: object) -> SafeString | str:
    """`{{ email|ltr }}`: e-mail, code, file name: isolated, left to right, never wrapped."""
    return format_html('<bdi dir="ltr">{}</bdi>', value) if value else ""


@register.filter
def filesize(value: int | None) -> str:
    """`{{ bytes|filesize }}`: «۲۱۴ کیلوبایت»."""
    if value is None:
        return ""
    amount, unit = float(value), 0
    while amount >= KILO and unit < len(UNITS) - 1:
        amount, unit = amount / KILO, unit + 1
    short = round(amount, 1) if amount < 10 and unit else round(amount)
    names = (gettext("bytes"), gettext("KB"), gettext("MB"), gettext("GB"))
    return f"{grouped(int(short) if short == int(short) else short)} {names[unit]}"


@register.filter(is_safe=True, needs_autoescape=True)
def linked(value: str, autoescape: bool = True) -> str:
    """`{{ text|linked }}`: as `urlize`, which looks at each word, though most texts have no link."""
    return urlize(value, autoescape=autoescape) if LINKISH.search(value) else conditional_escape(value)


@register.filter
def initial(name: str | None) -> str:
    """Return the letter that stands for a name; two joined Persian letters would look like a word."""
    for letter in (name or "").strip():
        if letter.isalnum():
            return letter.upper()
    return "؟" if prefs.current().language == "fa" else "?"


# Tags


@register.simple_tag(name="icon")
def icon_tag(name: str, size: int = 0, css: str = "", *, filled: bool = False) -> SafeString:
    """`{% icon "inbox" %}`, `{% icon "plus" size=16 %}`, `{% icon "star" filled=True %}`."""
    return icons.icon(name, size=size, css=css, filled=filled)


register.tag("icon", quick_tags.once(register.tags["icon"]))
register.tag("translate", quick_tags.translate)
register.tag("url", quick_tags.url)


@register.simple_tag
def asset(name: str) -> str:
    """`{% asset "app.css" %}`: the address of a built file with the build's version."""
    return f"{static(f'web/dist/{name}')}?v={build.built_version()}"


@register.simple_tag
def avatar(name: str | None, key: int | None = None, size: int = 32, *, square: bool = False) -> SafeString:
    """`{% avatar name id %}`, `{% avatar name id size=34 square=True %}` (organisations are square)."""
    css, hue = " is-square" if square else "", "" if key is None else f' data-h="{key % 6 + 1}"'
    head = f'<span class="pv-ava{css}"{hue} data-size="{int(size)}" aria-hidden="true">'
    return mark_safe(f"{head}{escape(initial(name))}</span>")  # noqa: S308 -- one letter, escaped


@register.simple_tag
def chip(text: object, tone: str = "n", icon: str = "", *, dot: bool = False) -> SafeString:
    """`{% chip text "info" %}`, `{% chip text "warn" "lock" %}`, `{% chip text "new" dot=True %}`.

    tone: new info rev ok warn late bad n line.
    """
    return format_html(
        '<span class="pv-chip" data-c="{}"{}>{}{}</span>',
        tone,
        SafeString(" data-dot") if dot else "",
        icons.icon(icon) if icon else "",
        localised(text),
    )


@register.simple_tag
def channel_mark(kind: str) -> SafeString:
    """`{% channel_mark "mail" %}`: also takes our channel kinds (`email`, `web_form`, `manual`)."""
    return _channel_mark(kind, get_language())


@lru_cache(maxsize=256)
def _channel_mark(kind: str, _language: str | None) -> SafeString:
    """Every row of a list has one, and there are few."""
    channel = channel_of(kind)
    return format_html(
        '<span class="pv-ch" data-ch="{}" title="{}" role="img" aria-label="{}">{}</span>',
        channel.mark,
        channel.label,
        channel.label,
        icons.icon(channel.icon),
    )


@register.simple_tag
def options(choices: Iterable[tuple[Any, Any]], chosen: Any = "") -> SafeString:
    """`{% options sorts sort %}`: the options of a <select> from pairs of value and text."""
    pairs = ((value, SELECTED if value == chosen else "", text) for value, text in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', pairs)


@register.simple_tag
def meter(value: int, tone: str = "", *, wide: bool = False, label: str = "") -> SafeString:
    """`{% meter 94 "ok" %}`: a share of 100; put the number beside it."""
    return format_html(
        '<svg class="pv-meter{}" data-c="{}" viewBox="0 0 100 6" preserveAspectRatio="none" role="img"'
        ' aria-label="{}"><rect width="{}" height="6" rx="2"/></svg>',
        " is-wide" if wide else "",
        tone,
        label or percent(value),
        max(0, min(100, int(value))),
    )


def _clock_text(clock: Clock) -> str:
    if clock.minutes >= LONG_CLOCK:
        days = abs((timezone.now() - clock.due).days) if clock.due else clock.minutes // (24 * 60)
        return localised(ngettext("%(n)s day", "%(n)s days", days) % {"n": days})
    return localised(f"{clock.minutes // 60:02}:{clock.minutes % 60:02}")


@register.simple_tag
def sla(item: Any, label: str = "") -> SafeString | str:
    """`{% sla clock %}`: a `web.clocks.Clock`, or anything with one as `.clock`. Ticks on the page."""
    clock = item if isinstance(item, Clock) else getattr(item, "clock", None)
    if clock is None:
        return ""
    if clock.is_done:
        shape, text = icons.icon("circle-check"), gettext("done")
        return format_html('<span class="pv-sla" data-s="done">{}{}</span>', shape, text)
    before = gettext("overdue") if clock.state == "late" else label
    return format_html(
        '<span class="pv-sla pv-timer" data-s="{}" data-sla-minutes="{}" data-sla-warn="{}"{} title="{}">{}'
        "<span data-sla-label>{}</span> <bdi{} data-sla-time>{}</bdi></span>",
        clock.state,
        -clock.minutes if clock.state == "late" else clock.minutes,
        clock.warn_at,
        SafeString(" data-sla-running") if clock.running else "",
        written(clock.due, "full") if clock.due else "",
        icons.icon("clock"),
        before,
        SafeString(' dir="ltr"') if clock.minutes < LONG_CLOCK else "",
        _clock_text(clock),
    )


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, obj: Any = None) -> SafeString:
    """`{% slot "party.tabs" party %}`: what higher apps registered for this place."""
    request = context.get("request")
    return slots.render(name, obj, request=request if isinstance(request, HttpRequest) else None)


@register.inclusion_tag("web/_field.html")
def field(bound: BoundField, ltr: bool = False, autofocus: bool = False, label: str = "") -> dict[str, Any]:
    """`{% field form.name %}`, `{% field form.email ltr=True %}`: label, input, help and error, tied by aria."""
    return {"field": ShownField(bound, ltr=ltr, autofocus=autofocus, label=label)}


@register.inclusion_tag("web/_empty.html")
def empty_state(title: str, text: str = "", icon: str = "inbox", url: str = "", action: str = "") -> dict[str, Any]:
    """`{% empty_state title text icon=… url=… action=… %}`: the small empty state of a list or panel."""
    return {"title": title, "text": text, "icon": icon, "url": url, "action": action}


@register.inclusion_tag("web/_note.html")
def note(text: object, tone: str = "info", icon: str = "info-circle") -> dict[str, Any]:
    """`{% note text "warn" "wifi-off" %}`: a sentence in a tinted box."""
    return {"text": text, "tone": tone, "icon": icon}


@register.inclusion_tag("web/_skeleton.html")
def skeleton(rows: int = 3) -> dict[str, Any]:
    """`{% skeleton 5 %}`: grey rows in the shape of a list, for the first load only."""
    return {"rows": range(rows)}


@register.inclusion_tag("web/_pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any], target: str = "") -> dict[str, Any]:
    """`{% pager page %}`: «پیشین» and «پسین» of a keyset page; `target` is the id that htmx swaps."""
    return {"links": links(context["request"], page), "target": target}


@register.inclusion_tag("web/_crumbs.html")
def crumbs(*parts: Any) -> dict[str, Any]:
    """`{% crumbs label url label url label %}`: the path to this page; the last is the page itself."""
    return {
        "crumbs": [
            {"label": parts[at], "url": parts[at + 1] if at + 1 < len(parts) else ""} for at in range(0, len(parts), 2)
        ]
    }


@register.simple_tag
def mark_found(text: str, query: str, words: Iterable[str] = ()) -> SafeString:
    """`{% mark_found title query words %}`: the found part underlined, whatever its spelling; `words` besides it."""
    return marked(text, query, words)


@register.simple_tag
def now_date(style: str = "long") -> str:
    """`{% now_date %}`: today in the reader's calendar."""
    return written(timezone.localdate(), style)


@register.inclusion_tag("web/_files.html")
def files(items: Any, url_name: str = "") -> dict[str, Any]:
    """`{% files message.attachments "cartable:file" %}`: names, sizes and links of attached files."""
    return {"items": items, "url_name": url_name}


@register.inclusion_tag("web/_upload.html")
def upload(url: str, name: str = "files", multiple: bool = True) -> dict[str, Any]:
    """`{% upload url name="files" %}`: chooser and drop zone; each file goes up at once with its progress."""
    return {"url": url, "name": name, "multiple": multiple}


@register.inclusion_tag("web/_datepicker.html")
def datepicker(name: str, value: dt.date | str | None = None, label: str = "", id: str = "") -> dict[str, Any]:
    """`{% datepicker "due" value label %}`: a text input in the reader's calendar with a month to choose from."""
    shown = written(value, "numeric") if isinstance(value, dt.date) else value or ""
    return {"name": name, "value": shown, "label": label, "id": id or f"id_{name}"}
