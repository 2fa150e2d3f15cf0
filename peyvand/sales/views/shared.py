"""What the pages of sales have in common."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from peyvand.core.errors import Conflict, Invalid, NotFound
from peyvand.parties.selectors.aliases import survivor_of
from peyvand.sales.models import Deal
from peyvand.sales.services.bulk.changes import KINDS
from peyvand.web.http import fragment, redirect
from peyvand.web.toasts import toast

LONGEST_ID = 18  # digits of the largest number that a row may have


def number_in(text: str | None) -> int | None:
    """A number of a record from an address or a form; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else None


def party_in(request: HttpRequest) -> int | None:
    """The customer that an address or a form names: of one that was merged the one in which it lives on."""
    named = number_in(request.POST.get("party") or request.GET.get("party"))
    return None if named is None else survivor_of(named) or named


def list_in(request: HttpRequest) -> str:
    """Which list rows were chosen from. Errors: NotFound for none of ours."""
    named = request.GET.get("list") or request.POST.get("list", "")
    if named not in KINDS:
        raise NotFound
    return named


def version_in(request: HttpRequest) -> int | None:
    """The version that the reader saw."""
    return number_in(request.POST.get("version"))


def address_of(deal: Deal | int) -> str:
    """The page of a deal."""
    return reverse("sales:deal", args=[deal.pk if isinstance(deal, Deal) else deal])


def say(request: HttpRequest, error: Invalid | Conflict) -> None:
    """Tell why something was refused: the sentences of the fields, or that of the rule."""
    toast(request, " ".join(error.fields.values()) or error.message, level="bad")


def dialog(
    request: HttpRequest, content: str, context: dict[str, Any], *, back: str, title: str, status: int = 200
) -> HttpResponse:
    """A dialog over the page, or a page of its own without script."""
    place = {"content": f"sales/{content}.html", "back": back, "title": title, "action": request.get_full_path()}
    return fragment(request, "sales/dialog.html", place | context, "dialog", status=status)


def back_to(request: HttpRequest, deal: Deal | int) -> HttpResponse:
    """To the page of the deal."""
    return redirect(request, address_of(deal))
