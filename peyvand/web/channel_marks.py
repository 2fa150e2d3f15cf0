"""How each channel is marked on pages. Names only: channels themselves are an app above this one."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class ChannelMark:
    """The colour key, icon and name of a channel."""

    mark: str
    icon: str
    label: Promise


MARKS = {
    "mail": ChannelMark("mail", "mail", _("E-mail")),
    "sms": ChannelMark("sms", "device-mobile-message", _("SMS")),
    "phone": ChannelMark("phone", "phone", _("Phone")),
    "form": ChannelMark("form", "forms", _("Web form")),
    "telegram": ChannelMark("telegram", "brand-telegram", _("Telegram")),
    "bale": ChannelMark("bale", "message-circle", _("Bale")),
    "instagram": ChannelMark("instagram", "brand-instagram", _("Instagram")),
    "fax": ChannelMark("fax", "printer", _("Fax")),
    "letter": ChannelMark("letter", "mail-opened", _("Letter")),
    "visit": ChannelMark("visit", "walk", _("Visit in person")),
    "other": ChannelMark("other", "message", _("Other")),
}
SAME = {
    "email": "mail",
    "web_form": "form",
    "manual": "phone",
    "call": "phone",
    "walk_in": "visit",
    "walkin": "visit",
    "in_person": "visit",
}


def channel_of(kind: str) -> ChannelMark:
    """Return the mark of a channel kind; a kind that has none is shown as «other»."""
    return MARKS.get(SAME.get(kind, kind), MARKS["other"])
