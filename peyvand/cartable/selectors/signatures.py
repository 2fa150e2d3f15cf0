"""Questions about signatures: which stands below an answer, in the language of the request."""

from django.db.models import Q

from peyvand.accounts.models import User
from peyvand.accounts.scoping import Who, reach_of
from peyvand.cartable import variables
from peyvand.cartable.models import Request, Signature
from peyvand.cartable.selectors.variables import language_of_request, values_for

# What a signature may hold: nothing of the customer, and nothing that would be another thing in the next answer.
IN_SIGNATURES = frozenset({"officer", "position", "phone", "department", "branch", "organisation", "help_link"})


def signature_for(request: Request, writer: User) -> str:
    """The signature below an answer of `writer`, filled; empty when there is none.

    His own where the department's (or, without one, everybody's) lets people have theirs; else the department's, else
    everybody's. A line whose variable has no value is left out.
    """
    wanted = Q(owner=writer) | Q(owner=None, department=request.department_id) | Q(owner=None, department=None)
    found = {_place_of(each): each for each in Signature.objects.filter(wanted)}
    ours = found.get("department") or found.get("all")
    own = found.get("own") if ours is None or ours.personal else None
    if own is None and ours is None:
        return ""
    lang = language_of_request(request)
    text = next((text for each in (own, ours, found.get("all")) if each and (text := text_in(each, lang))), "")
    return filled(text, values_for(request, writer, lang)) if text else ""


def _place_of(signature: Signature) -> str:
    if signature.owner_id is not None:
        return "own"
    return "all" if signature.department_id is None else "department"


def text_in(signature: Signature, lang: str) -> str:
    """The text of a signature in one language."""
    return signature.text_fa if lang == "fa" else signature.text_en


def filled(text: str, values: dict[str, str]) -> str:
    """Fill a signature line by line; a line with a variable that has no value is left out."""
    lines = []
    for line in text.splitlines():
        asked = [known.name for name in variables.FIELD.findall(line) if (known := variables.variable(name))]
        if all(values.get(name) for name in asked):
            lines.append(variables.fill(line, values, "fa"))
    return "\n".join(lines).strip()


def own_signature(who: Who) -> Signature | None:
    """What `who` wrote for himself."""
    return Signature.objects.filter(owner=reach_of(who).user_id).first()


def may_have_own(who: Who) -> bool:
    """Does the signature of his department, or without one everybody's, let `who` have his own?"""
    rows = Signature.objects.filter(owner=None).filter(Q(department=reach_of(who).department_id) | Q(department=None))
    found = sorted(rows, key=lambda each: each.department_id is None)
    return found[0].personal if found else True


def shared_signatures() -> list[Signature]:
    """Those of departments and of everybody, everybody's first."""
    rows = Signature.objects.filter(owner=None).select_related("department__branch")
    return sorted(rows, key=lambda each: (each.department_id is not None, str(each.department or "")))
