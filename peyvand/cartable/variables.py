"""Variables of canned answers and signatures: their names, how they are filled, and what is left open. Pure.

A variable is written «{{code}}» or by its Persian name «{{کد_پیگیری}}». One without a value becomes a mark «⟦…⟧» in the
text, which everybody sees and which no answer goes out with.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIELD = re.compile(r"\{\{([^{}\n]{0,60})\}\}")
MARK = re.compile(r"⟦([^⟦⟧\n]{1,80})⟧")
PERSIAN = re.compile(r"[\u0600-\u06ff]")
LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class Variable:
    """One variable. name_fa: its Persian name; label: what pages call it; always: it never lacks a value."""

    name: str
    name_fa: str
    label: str | Promise
    label_fa: str
    label_en: str
    always: bool = False


def _variable(name: str, fa: str, en: str, label: str | Promise, *, always: bool = False) -> Variable:
    return Variable(name, fa.replace(" ", "_"), label, fa, en, always)


VARIABLES: dict[str, Variable] = {
    each.name: each
    for each in (
        _variable("customer", "نام مشتری", "customer's name", _("Customer's name")),
        _variable(
            "customer_title", "نام مشتری با عنوان", "customer's name with title", _("Customer's name with title")
        ),
        _variable("code", "کد پیگیری", "follow-up code", _("Follow-up code"), always=True),
        _variable("subject", "موضوع", "subject", _("Subject")),
        _variable("kind", "نوع درخواست", "kind of request", _("Kind of request")),
        _variable("department", "واحد", "department", _("Department"), always=True),
        _variable("branch", "شعبه", "branch", _("Branch"), always=True),
        _variable("officer", "نام کارشناس", "officer", _("Officer who writes"), always=True),
        _variable("position", "سمت کارشناس", "officer's post", _("Officer's post")),
        _variable("phone", "تلفن کارشناس", "officer's phone", _("Officer's phone")),
        _variable("date", "تاریخ", "today's date", _("Today's date"), always=True),
        _variable("opened_on", "تاریخ ثبت", "day of the request", _("Day of the request"), always=True),
        _variable("deadline", "مهلت", "deadline", _("Deadline")),
        _variable("tracking_link", "نشانی پیگیری", "tracking page", _("Link to the tracking page"), always=True),
        _variable("help_link", "نشانی راهنما", "help pages", _("Link to the help pages"), always=True),
        _variable("organisation", "نام سازمان", "our name", _("Our organisation")),
    )
}
_BY_PERSIAN = {each.name_fa: each for each in VARIABLES.values()}


def language_of(text: str, fallback: str = "fa") -> str:
    """The language that a text is written in, «fa» or «en», by its letters; `fallback` for one without letters."""
    persian, latin = len(PERSIAN.findall(text)), len(LATIN.findall(text))
    if not persian and not latin:
        return fallback
    return "fa" if persian * 3 >= latin else "en"


def variable(name: str) -> Variable | None:
    """The variable of this name, Persian or English; None for an unknown one."""
    plain = name.strip()
    return VARIABLES.get(plain.lower()) or _BY_PERSIAN.get(re.sub(r"[\s\u200c]+", "_", plain))


def unknown(text: str) -> list[str]:
    """The names in «{{…}}» that are no variable, as they were written, each once."""
    return list(dict.fromkeys(name.strip() for name in FIELD.findall(text) if variable(name) is None))


def fill(text: str, values: Mapping[str, str], lang: str) -> str:
    """Put values into a text, once and as they are; one that is missing becomes a mark with its name in `lang`."""

    def one(found: re.Match[str]) -> str:
        known = variable(found[1])
        if known is None:
            return found[0]
        return values.get(known.name) or f"⟦{known.label_fa if lang == 'fa' else known.label_en}⟧"

    return FIELD.sub(one, text)


def left_open(text: str) -> list[str]:
    """What still has to be filled in before a text may go out: marks, and variables that nobody filled."""
    names = [f"⟦{mark}⟧" for mark in MARK.findall(text)]
    names += [f"{{{{{name.strip()}}}}}" for name in FIELD.findall(text) if variable(name) is not None]
    return list(dict.fromkeys(names))
