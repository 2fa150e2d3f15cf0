"""The forms for leads, and what came through them."""

from django.db.models import Count, Q, QuerySet

from peyvand.sales.models import LeadForm, LeadSubmission


def forms_shown() -> QuerySet[LeadForm]:
    """The forms that are not deleted, with `sent` and `failed`: how much came, and what became no lead."""
    rows = LeadForm.objects.filter(deleted_at=None).select_related("pipeline").order_by("name")
    failed = Q(submissions__state=LeadSubmission.State.FAILED)
    return rows.annotate(sent=Count("submissions"), failed=Count("submissions", filter=failed))


def submissions_of(form: LeadForm) -> QuerySet[LeadSubmission]:
    """What came through a form, the newest first."""
    rows = LeadSubmission.objects.filter(form=form).select_related("deal", "party")
    return rows.order_by("-received_at", "-pk")
