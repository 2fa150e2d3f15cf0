"""What a service refused, written beside the field that caused it."""

from collections.abc import Callable
from typing import TypeVar

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.errors import AboveYou, WiderThanYou
from peyvand.core.errors import Conflict, Invalid, PeyvandError
from peyvand.web.toasts import toast

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


def succeeded(form: BaseForm, act: Callable[[], object]) -> bool:
    """As `attempt`, for who needs no result."""
    return attempt(form, lambda: (act(),)) is not None


def tell(request: HttpRequest, done: str, act: Callable[[], object]) -> bool:
    """Call a service behind a button: say `done`, or why it was refused; return whether it was done."""
    try:
        act()
    except (Invalid, Conflict, WiderThanYou, AboveYou) as error:
        toast(request, error.message, level="bad")
        return False
    toast(request, done)
    return True


def _explain(form: BaseForm, error: PeyvandError) -> None:
    for field, code in error.fields.items():
        form.add_error(field if field in form.fields else None, str(WORDS.get(code, code)))
    if not error.fields:
        form.add_error(None, error.message)
