"""Leads from outside: what a public form brings is stored first, then its sender is found, then a lead is written."""

from collections.abc import Mapping

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from peyvand.accounts.models import User
from peyvand.accounts.services.notifications import notify
from peyvand.core.errors import NotFound, PeyvandError
from peyvand.core.events import publish
from peyvand.core.text import display_norm
from peyvand.parties.errors import AddressTaken, BadAddress
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.services import add_contact_point, identify
from peyvand.parties.services.addresses import save_address
from peyvand.parties.services.consents import record_consent
from peyvand.parties.types import AddressDetails, ConsentDetails, ContactDetails, normalise_address
from peyvand.sales.events import LeadSubmitted
from peyvand.sales.models import Deal, LeadForm, LeadSubmission
from peyvand.sales.policies import configurers, require_configure
from peyvand.sales.services.opening import LONGEST_NOTE, open_deal
from peyvand.sales.services.telling import KIND
from peyvand.sales.types import DealDetails

LOCK = 0x5A1EAD
FAILED = gettext_noop("What came through the form «%(form)s» became no lead; see why")
CITY = "city"  # the key of the question by whose answer a new customer gets his city
CONSENTS = {"mobile": "sms", "email": "email"}


@transaction.atomic
def take_submission(*, form: LeadForm, answers: Mapping[str, str], nonce: str) -> LeadSubmission:
    """Store what somebody sent, as it came; the same opened form sent twice gives the same row."""
    values = {"answers": dict(answers), "received_at": timezone.now()}
    stored, is_new = LeadSubmission.objects.get_or_create(form=form, nonce=nonce[:64], defaults=values)
    if is_new:
        publish(LeadSubmitted(submission_id=stored.pk))
    return stored


def take_in(event: LeadSubmitted) -> None:
    """The reaction to a stored submission: it becomes a lead, or its row says why it could not. Idempotent."""
    try:
        make_lead(submission_id=event.submission_id)
    except PeyvandError as error:
        problem = " ".join([error.message, *error.fields.values()])[:300]
        waiting = LeadSubmission.objects.filter(pk=event.submission_id, state=LeadSubmission.State.STORED)
        if waiting.update(state=LeadSubmission.State.FAILED, problem=problem):
            _tell(event.submission_id)


def _tell(submission_id: int) -> None:
    """Tell whoever configures sales that something came and became no lead."""
    form = LeadForm.objects.get(submissions=submission_id)
    url = reverse("sales:lead_form", args=[form.pk])
    notify(users=configurers(), kind=KIND, text=FAILED, data={"form": form.name}, url=url)


@transaction.atomic
def retry_submission(*, actor: User, submission_id: int) -> Deal | None:
    """Try once more to make a lead of what could not become one. Errors: NotAllowed, NotFound, and why it fails."""
    require_configure(actor)
    waiting = LeadSubmission.objects.filter(pk=submission_id, state=LeadSubmission.State.FAILED)
    if not waiting.update(state=LeadSubmission.State.STORED, problem=""):
        raise NotFound
    return make_lead(submission_id=submission_id)


@transaction.atomic
def make_lead(*, submission_id: int) -> Deal | None:
    """Make a lead of a stored submission, once.

    The sender is who is known by his mobile number, else by his e-mail, else somebody new; of a customer who is known
    nothing is changed, because anybody may type his number. Whoever has an open lead from this form keeps that one,
    with what he wrote now under it. Errors: what `identify` and `open_deal` raise.
    """
    rows = LeadSubmission.objects.select_for_update(of=("self",)).select_related("form__pipeline")
    submission = rows.filter(pk=submission_id, state=LeadSubmission.State.STORED).first()
    if submission is None:
        return None
    form, answers = submission.form, submission.answers
    party = _sender(form, answers)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, party.pk % 2**31])
    deal = _open_lead(form, party) or _new_lead(form, party, answers)
    if LeadSubmission.objects.filter(deal=deal).exists():
        deal.note = f"{deal.note}\n\n{_words(form, answers)}"[:LONGEST_NOTE]
        deal.version += 1
        deal.save(update_fields=["note", "version", "changed_at"])
    submission.state, submission.deal, submission.party = LeadSubmission.State.DONE, deal, party
    submission.save(update_fields=["state", "deal", "party"])
    return deal


def _open_lead(form: LeadForm, party: Party) -> Deal | None:
    """The open lead that this customer has from this form."""
    rows = Deal.objects.select_for_update(of=("self",)).filter(
        party=party, state=Deal.State.OPEN, deleted_at=None, submissions__form=form
    )
    return rows.order_by("pk").first()


def _new_lead(form: LeadForm, party: Party, answers: Mapping[str, str]) -> Deal:
    name = _("%(form)s: %(name)s") % {"form": form.name, "name": display_norm(answers.get("name", ""))}
    details = DealDetails(name=name[:200], source=form.source or form.name, note=_words(form, answers))
    return open_deal(actor=None, party_id=party.pk, pipeline_id=form.pipeline_id, details=details)


def _words(form: LeadForm, answers: Mapping[str, str]) -> str:
    """What he wrote, a line for each answer, under the labels of the form."""
    labels = {"name": _("Name"), "mobile": _("Mobile"), "email": _("E-mail")}
    labels |= {one["key"]: one["label"] for one in form.questions}
    lines = [f"{label}: {answers[key]}" for key, label in labels.items() if answers.get(key)]
    return "\n".join(lines)[:LONGEST_NOTE]


def _sender(form: LeadForm, answers: Mapping[str, str]) -> Party:
    ways = [(kind, answers[kind]) for kind in ("mobile", "email") if answers.get(kind)]
    known = [address for kind, typed in ways if (address := normalise_address(kind, typed)) is not None]
    if not known:
        raise BadAddress
    for address in known:
        point = ContactPoint.objects.filter(kind=address.kind, value=address.value, identifies=True).first()
        if point is not None:
            return Party.objects.get(pk=point.party_id)
    kind, typed = ways[0]
    found = identify(kind, typed, name=answers.get("name", ""), branch=form.branch_id)
    party = Party.objects.get(pk=found.party_id)
    if found.created:
        _complete(form, party, answers, ways)
    return party


def _complete(form: LeadForm, party: Party, answers: Mapping[str, str], ways: list[tuple[str, str]]) -> None:
    """Write down what somebody new says about himself: his other address, his city, his consent."""
    for kind, typed in ways[1:]:
        try:
            with transaction.atomic():
                add_contact_point(actor=None, party=party, contact=ContactDetails(kind=kind, typed=typed))
        except (AddressTaken, BadAddress):
            continue  # it became somebody else's at this instant; what he typed stays in the lead
    city = {one["key"]: answers.get(one["key"], "") for one in form.questions if one["kind"] == CITY}
    if typed_city := next((word for word in city.values() if word), ""):
        save_address(actor=None, party=party, details=AddressDetails(city=typed_city, primary=True))
    if form.consent and answers.get("consent"):
        for kind, _typed in ways:
            details = ConsentDetails(
                channel=CONSENTS[kind], purpose="marketing", is_given=True, source=form.name,
                text_version=f"{form.pk}.{form.version}",
            )  # fmt: skip
            record_consent(actor=None, party=party, details=details)
