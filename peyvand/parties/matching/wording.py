"""The reasons of a pair in words."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peyvand.parties.matching.weights import WEIGHTS

REASONS: dict[str, Promise | str] = {
    "name_same": _("the same name"),
    "name_turned": _("the same words of the name in another order"),
    "name_sounds": _("names that sound the same"),
    "name_script": _("the same name in Persian and Latin letters"),
    "name_near": _("a name with a typing error"),
    "name_close": _("names that are close"),
    "name_part": _("a part of the name is missing"),
    "name_form": _("the same name with another kind of business"),
    "name_unlike": _("names that are not much alike"),
    "name_other": _("different names"),
    "phone_same": _("the same phone number"),
    "phone_shared": _("a phone number that several have"),
    "phone_near": _("phone numbers that differ in one digit"),
    "email_same": _("the same e-mail"),
    "email_shared": _("an e-mail that several have"),
    "email_near": _("e-mails that differ in one letter"),
    "number_same": _("the same number of the state"),
    "account_same": _("the same bank account or card"),
    "birth_same": _("the same birth date"),
    "place_same": _("the same address"),
    "organisation_same": _("the same organisation"),
    "city_same": _("the same city"),
    "city_other": _("different cities"),
    "gender_other": _("different genders"),
    "birth_other": _("different birth dates"),
    "kind_other": _("one is a person, the other is not"),
    "number_other": _("different numbers of the state"),
}


def said(codes: Iterable[str]) -> list[tuple[str, str, int]]:
    """The code, the words and the points of each reason, as far as it is still one."""
    return [(code, str(REASONS[code]), WEIGHTS[code]) for code in codes if code in REASONS]
