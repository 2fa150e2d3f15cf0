"""What a mail with an invitation says to a person whose program does not understand calendars."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from peyvand.activities.itip import CANCEL, REPLY, Component
from peyvand.core.jalali import format_date

MOST_DAYS = 24
WHY_LEFT = {
    "called_off": _l("It calls off something that nobody has."),
    "answer": _l("It answers an invitation that is not ours."),
    "no_organizer": _l("It does not say who holds it."),
    "forged": _l("The domain of the sender says that this mail is not his."),
    "no_time": _l("No calendar holds its times: too long, too often or unreadable."),
    "over": _l("It is over."),
    "forwarded": _l("Somebody else than who holds it has sent it."),
    "told": _l("It tells of a meeting and asks nobody."),
    "confidential": _l("It came with a confidential request; more people see your calendar."),
    "nobody": _l("It names none of us, and no one person looks after the sender."),
}


def subject_of(method: str, one: Component, *, is_new: bool) -> str:
    """The subject of the mail."""
    values = {"subject": one.subject}
    if method == CANCEL:
        return _("Cancelled: %(subject)s") % values
    if method == REPLY:
        return _("Answer: %(subject)s") % values
    return _("Invitation: %(subject)s") % values if is_new else _("Changed: %(subject)s") % values


def text_of(method: str, one: Component, who: str) -> str:
    """The words of the mail: who asks, to what, when, where; the days of a series that only lists them."""
    first = {
        CANCEL: _("%(name)s has called this off:"),
        REPLY: _("%(name)s has answered your invitation:"),
    }.get(method, _("%(name)s invites you:"))
    lines = [first % {"name": who}, "", one.subject, written(one), *[each for each in (one.place, one.link) if each]]
    if one.days:
        lines += ["", _("It comes again on these days:"), *[_date(at, "long") for at in one.days[:MOST_DAYS]]]
    return "\n".join(lines)


def written(one: Component) -> str:
    """When it takes place, in the calendar of the language; another zone than ours is named."""
    text = _date(one.starts, "long" if one.all_day else "full")
    if not one.all_day and one.ends > one.starts:
        text = f"{text}–{_date(one.ends, 'time')}"
    return text if one.zone == settings.TIME_ZONE or one.all_day else f"{text} ({settings.TIME_ZONE})"


def _date(at: datetime, style: str) -> str:
    lang = get_language() or "fa"
    return format_date(at, calendar="jalali" if lang == "fa" else "gregorian", lang=lang, style=style)
