"""Short news at the foot of the page, with «Undo» for seven seconds where an act can be taken back."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise

LEVELS = {"ok": messages.SUCCESS, "info": messages.INFO, "warn": messages.WARNING, "bad": messages.ERROR}


def toast(
    request: HttpRequest, text: str | Promise, undo_url: str | None = None, level: str = "ok", seconds: int = 0
) -> None:
    """Show `text` with the answer to this request, or on the next page after a redirect.

    undo_url: takes a POST that undoes the act. level: ok, info, warn or bad. seconds: how long it can be undone, for
    what happens only then; the button counts them down and says «Take back».
    """
    tags = [level, undo_url or "", *([str(seconds)] if undo_url and seconds else [])]
    messages.add_message(request, LEVELS[level], str(text), extra_tags=" ".join(tags).strip())
