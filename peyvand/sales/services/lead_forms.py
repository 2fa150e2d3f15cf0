"""The forms for leads that a business puts on its pages."""

import secrets
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import Branch, User
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.text import display_norm, display_text
from peyvand.sales.errors import NameTaken, RuleChanged
from peyvand.sales.models import LeadForm, Pipeline
from peyvand.sales.policies import require_configure
from peyvand.sales.types import LeadFormDetails, Question

KINDS = ("text", "long", "number", "choice", "city")
MOST_QUESTIONS = 20


@transaction.atomic
def save_lead_form(
    *, actor: User | None, details: LeadFormDetails, form_id: int | None = None, version: int | None = None
) -> LeadForm:
    """Write a form; a new one gets an address that nobody guesses, and keeps it.

    Errors: NotAllowed, NotFound, RuleChanged, NameTaken, Invalid.
    """
    require_configure(actor)
    form = LeadForm(token=secrets.token_urlsafe(12)) if form_id is None else _held(form_id)
    if form_id is not None and version is not None and form.version != version:
        raise RuleChanged
    for key, value in _checked(details, form).items():
        setattr(form, key, value)
    form.version += 0 if form._state.adding else 1
    form.save()
    return form


@transaction.atomic
def delete_lead_form(*, actor: User, form_id: int) -> None:
    """Close a form for good; its address answers no more, what came through it stays. Errors: NotAllowed, NotFound."""
    require_configure(actor)
    form = _held(form_id)
    form.deleted_at, form.is_active, form.version = timezone.now(), False, form.version + 1
    form.save()


def _held(form_id: int) -> LeadForm:
    form = LeadForm.objects.select_for_update().filter(pk=form_id, deleted_at=None).first()
    if form is None:
        raise NotFound
    return form


def _checked(details: LeadFormDetails, form: LeadForm) -> dict[str, Any]:
    """What a form is written with. Errors: Invalid, NameTaken."""
    name = display_norm(details.name)[:120]
    wrong = {} if name else {"name": _("Write a name.")}
    if not Pipeline.objects.filter(pk=details.pipeline_id, deleted_at=None).exists():
        wrong["pipeline"] = _("There is no such record.")
    if not Branch.objects.filter(pk=details.branch_id, is_active=True).exists():
        wrong["branch"] = _("There is no such record.")
    if wrong:
        raise Invalid(fields=wrong)
    if LeadForm.objects.filter(name=name, deleted_at=None).exclude(pk=form.pk).exists():
        raise NameTaken
    return {
        "name": name,
        "pipeline_id": details.pipeline_id,
        "branch_id": details.branch_id,
        "intro": display_text(details.intro)[:2000],
        "thanks": display_text(details.thanks)[:2000],
        "consent": display_norm(details.consent)[:500],
        "source": display_norm(details.source)[:120],
        "is_active": details.is_active,
        "questions": _questions(details, form),
    }


def _questions(details: LeadFormDetails, form: LeadForm) -> list[dict[str, Any]]:
    """The questions with their keys: one that was there keeps its key, so that old answers keep their label."""
    known = {(one["label"], one["kind"]): one["key"] for one in form.questions}
    last = max((int(one["key"][1:]) for one in form.questions), default=0)
    found: list[dict[str, Any]] = []
    for each in details.questions:
        question = _question(each)
        key = known.pop((question["label"], question["kind"]), "")
        if not key:
            last += 1
            key = f"q{last}"
        found.append({"key": key, **question})
    if len(found) > MOST_QUESTIONS or len({one["label"] for one in found}) < len(found):
        raise Invalid(fields={"questions": _("Name each question once, and at most 20.")})
    return found


def _question(details: Question) -> dict[str, Any]:
    label = display_norm(details.label)[:120]
    choices = list(dict.fromkeys(word for each in details.choices if (word := display_norm(each)[:120])))[:50]
    if not label or details.kind not in KINDS or (details.kind == "choice" and not choices):
        raise Invalid(fields={"questions": _("Write what is asked; a choice needs something to choose from.")})
    return asdict(details) | {"label": label, "choices": choices if details.kind == "choice" else []}
