"""What a service refused, written beside the field that caused it."""

from collections.abc import Callable
from typing import TypeVar

from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.errors import AboveYou, WiderThanYou
from peyvand.core.errors import Conflict, Invalid, PeyvandError

T = TypeVar("T")
WORDS: dict[str, str | Promise] = {
    "required": _("Write something here."),
    "invalid": _("This value is not valid."),
    "taken": _("This is taken; choose another."),
    "too_long": _("This is too long."),
    "unknown": _("This does not exist any more."),
    "too_deep": _("The tree of branches would become too deep."),
    "in_itself": _("A branch cannot be moved below itself."),
    "inactive": _("This person's access is closed."),
    "wrong": _("This is not your current password."),
}


def attempt(form: BaseForm, act: Callable[[], T]) -> T | None:
    """Call a service; on a refusal that a person can mend return None and say why in `form`.

    A missing permission is not mended by typing: NotAllowed goes on, to become a page.
    """
    try:
        return act()
    except (Invalid, Conflict, WiderThanYou, AboveYou) as error:
        _explain(form, error)
    return None


def _explain(form: BaseForm, error: PeyvandError) -> None:
    for field, code in error.fields.items():
        form.add_error(field if field in form.fields else None, WORDS.get(code, code))
    if not error.fields:
        form.add_error(None, error.message)
