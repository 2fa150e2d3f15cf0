"""Rules of assignment, and forms for leads with what came through them, in the API."""

from django.db.models import QuerySet
from ninja import Query

from peyvand.api.kit import ApiRequest, Id, Paged, PageQuery, expected_version, page, router
from peyvand.core.errors import NotFound
from peyvand.core.paging import Page
from peyvand.sales import services
from peyvand.sales.api.capture_schemas import (
    AssignmentRuleIn,
    AssignmentRuleOut,
    LeadFormIn,
    LeadFormOut,
    SubmissionOut,
)
from peyvand.sales.models import AssignmentRule, LeadForm, LeadSubmission
from peyvand.sales.permissions import CONFIGURE
from peyvand.sales.selectors.assigning import rules_in_order
from peyvand.sales.selectors.capturing import forms_shown, submissions_of

rules = router(tag="assignment-rules", permission=CONFIGURE)
forms = router(tag="lead-forms", permission=CONFIGURE)


@rules.get("", response=list[AssignmentRuleOut])
def index(request: ApiRequest) -> list[AssignmentRule]:
    """The rules of assignment in the order in which they are asked."""
    return rules_in_order()


@rules.post("", response=AssignmentRuleOut, permission=CONFIGURE)
def create(request: ApiRequest, payload: AssignmentRuleIn) -> AssignmentRule:
    """Add a rule; it is asked last."""
    return services.save_assignment_rule(actor=request.auth.user, details=payload.details())


@rules.put("/{int:id}", response=AssignmentRuleOut, permission=CONFIGURE, versioned="required")
def change(request: ApiRequest, id: Id, payload: AssignmentRuleIn) -> AssignmentRule:
    """Change a rule."""
    version = expected_version(request)
    return services.save_assignment_rule(
        actor=request.auth.user, details=payload.details(), rule_id=id, version=version
    )


@rules.delete("/{int:id}", permission=CONFIGURE)
def delete(request: ApiRequest, id: Id) -> None:
    """Delete a rule."""
    services.delete_assignment_rule(actor=request.auth.user, rule_id=id)


@forms.get("", response=list[LeadFormOut])
def all_forms(request: ApiRequest) -> QuerySet[LeadForm]:
    """The forms for leads."""
    return forms_shown()


@forms.post("", response=LeadFormOut, permission=CONFIGURE)
def create_form(request: ApiRequest, payload: LeadFormIn) -> LeadForm:
    """Make a form; `path` says where it is served."""
    return services.save_lead_form(actor=request.auth.user, details=payload.details())


@forms.put("/{int:id}", response=LeadFormOut, permission=CONFIGURE, versioned="required")
def change_form(request: ApiRequest, id: Id, payload: LeadFormIn) -> LeadForm:
    """Change a form; a question that keeps its label and kind keeps its key."""
    version = expected_version(request)
    return services.save_lead_form(actor=request.auth.user, details=payload.details(), form_id=id, version=version)


@forms.delete("/{int:id}", permission=CONFIGURE)
def delete_form(request: ApiRequest, id: Id) -> None:
    """Close a form for good."""
    services.delete_lead_form(actor=request.auth.user, form_id=id)


@forms.get("/{int:id}/submissions", response=Paged[SubmissionOut])
def submissions(request: ApiRequest, id: Id, query: Query[PageQuery]) -> Page[LeadSubmission]:
    """What came through a form, the newest first."""
    form = LeadForm.objects.filter(pk=id, deleted_at=None).first()
    if form is None:
        raise NotFound
    return page(submissions_of(form), query, order=("-received_at", "-id"))
