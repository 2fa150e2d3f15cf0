"""Leads from public forms and from requests: stored first, one for each sender, no customer made twice."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.models import Notification, User
from peyvand.cartable import code
from peyvand.cartable.models import Confidant, Kind, Request
from peyvand.channels import guard
from peyvand.channels.models import Message
from peyvand.core.errors import Invalid, NotAllowed, NotFound
from peyvand.parties.models import Consent, ContactPoint, Party
from peyvand.parties.registry import references
from peyvand.parties.services.erasing import erase_party
from peyvand.sales import services
from peyvand.sales.errors import DealChanged, RequestWithoutCustomer
from peyvand.sales.models import Deal, DealRequest, LeadForm, LeadSubmission, Pipeline
from peyvand.sales.services.capturing import FAILED
from peyvand.sales.tests.selling import House, allow, customer, house
from peyvand.sales.types import LeadFormDetails, Question
from tests.cast import Cast

Drain = Callable[[], int]
Login = Callable[[User], Client]
TYPED = {"name": "نگار رستمی", "mobile": "0912 345 6789", "email": "negar@x.example"}


@pytest.fixture
def place(cast: Cast) -> House:
    cache.clear()
    return house(cast)


def details(place: House, **more: object) -> LeadFormDetails:
    return LeadFormDetails(
        name="نسخهٔ آزمایشی", pipeline_id=place.leads.pk, branch_id=place.cast.tehran.pk, source="وب‌سایت",
        consent="می‌پذیرم که با من تماس بگیرید.",
        questions=(Question(label="شهر", kind="city"), Question(label="شمار کاربران", kind="number", is_required=True)),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def form(place: House) -> LeadForm:
    return services.save_lead_form(actor=place.cast.ada, details=details(place))


def sent(form: LeadForm, nonce: str = "n", **more: str) -> LeadSubmission:
    answers = TYPED | {"q1": "تبریز", "q2": "۱۲", "consent": "on"} | more
    return services.take_submission(form=form, answers=answers, nonce=nonce)


def test_a_submission_is_stored_becomes_a_lead_and_a_customer_once(form: LeadForm, place: House, drain: Drain) -> None:
    first = sent(form)
    assert first.state == "stored" and not Deal.objects.exists()
    assert sent(form) == first
    drain()
    drain()
    one = Deal.objects.get()
    assert (one.pipeline, one.source, one.branch) == (place.leads, "وب‌سایت", place.cast.tehran)
    assert "شمار کاربران: ۱۲" in one.note and "0912 345 6789" in one.note
    party = one.party
    assert (party.name, party.city, party.is_provisional) == ("نگار رستمی", "تبریز", True)
    kinds = set(ContactPoint.objects.filter(party=party).values_list("kind", flat=True))
    assert kinds == {"mobile", "email"}
    assert set(Consent.objects.filter(party=party).values_list("channel", "is_given")) == {
        ("sms", True),
        ("email", True),
    }
    first.refresh_from_db()
    assert (first.state, first.deal, first.party) == ("done", one, party)


def test_a_known_number_is_its_customer_of_whom_nothing_is_changed(form: LeadForm, place: House, drain: Drain) -> None:
    point = ContactPoint.objects.create(party=place.party, kind="mobile", typed="09123456789", value="+989123456789")
    before, people = Party.objects.values().get(pk=place.party.pk), Party.objects.count()
    sent(form, name="کسی دیگر")
    drain()
    one = Deal.objects.get()
    assert one.party == place.party and Party.objects.count() == people
    assert Party.objects.values().get(pk=place.party.pk) == before
    assert list(ContactPoint.objects.filter(party=place.party)) == [point] and not Consent.objects.exists()


def test_who_sends_again_keeps_his_open_lead_and_gets_a_new_one_when_it_is_closed(
    form: LeadForm, place: House, drain: Drain
) -> None:
    sent(form, "one")
    drain()
    sent(form, "two", mobile="", q2="۹۹")
    drain()
    one = Deal.objects.get()
    assert "شمار کاربران: ۹۹" in one.note and one.note.startswith("نام: ") and Party.objects.count() == 2
    services.win_deal(actor=place.cast.ada, deal_id=one.pk)
    sent(form, "three")
    drain()
    assert Deal.objects.count() == 2 and LeadSubmission.objects.filter(state="done").count() == 3


def test_what_cannot_become_a_lead_says_why_and_can_be_tried_again(form: LeadForm, place: House, drain: Drain) -> None:
    Pipeline.objects.filter(pk=place.leads.pk).update(deleted_at=timezone.now())
    one = sent(form)
    drain()
    one.refresh_from_db()
    assert one.state == "failed" and one.problem and not Deal.objects.exists()
    assert Notification.objects.get(text=FAILED).user == place.cast.ada
    services.restore_pipeline(actor=place.cast.ada, pipeline_id=place.leads.pk)
    with pytest.raises(NotAllowed):
        services.retry_submission(actor=place.cast.bob, submission_id=one.pk)
    assert services.retry_submission(actor=place.cast.ada, submission_id=one.pk) == Deal.objects.get()
    with pytest.raises(NotFound):
        services.retry_submission(actor=place.cast.ada, submission_id=one.pk)


def posted(form: LeadForm, **more: str) -> dict[str, str]:
    age = guard.YOUNGEST + 1
    stamp = f"{-form.pk}.{int(timezone.now().timestamp()) - age}.{'ab' * 8}"
    signed = f"{stamp}.{guard.sign(guard.PURPOSE, stamp)}"
    return TYPED | {"q1": "تبریز", "q2": "۱۲", "consent": "on", "stamp": signed, "website": ""} | more


def test_the_public_page_takes_a_lead_without_login_and_a_robot_not(form: LeadForm, client: Client) -> None:
    url = reverse("lead-forms:form", args=[form.token])
    shown = client.get(url).content.decode()
    assert "شمار کاربران" in shown and form.consent in shown
    assert "://" not in shown.replace("http://www.w3.org/", "")
    assert client.post(url, posted(form, website="http://spam")).status_code == 422
    assert client.post(url, posted(form, stamp="x")).status_code == 422
    assert client.post(url, posted(form, q2="")).status_code == 422
    assert client.post(url, posted(form, q2="many")).status_code == 422
    assert client.post(url, posted(form, mobile="", email="")).status_code == 422
    assert not LeadSubmission.objects.exists()
    for _twice in range(2):
        answer = client.post(url, posted(form))
        assert answer.status_code == 303 and client.get(answer["Location"]).status_code == 200
    assert LeadSubmission.objects.get().answers["q2"] == "12"
    for _number in range(guard.PER_ADDRESS):
        answer = client.post(url, posted(form))
    assert answer.status_code == 429


def test_a_closed_form_answers_no_more(form: LeadForm, place: House, client: Client) -> None:
    url = reverse("lead-forms:form", args=[form.token])
    services.save_lead_form(actor=place.cast.ada, details=replace(details(place), is_active=False), form_id=form.pk)
    assert client.get(url).status_code == 404 and client.post(url, posted(form)).status_code == 404
    services.delete_lead_form(actor=place.cast.ada, form_id=form.pk)
    assert client.get(url).status_code == 404


def test_only_who_configures_everywhere_makes_forms_and_questions_keep_their_keys(form: LeadForm, place: House) -> None:
    for somebody in (place.cast.alice, place.cast.bob, place.cast.charlie):
        with pytest.raises(NotAllowed):
            services.save_lead_form(actor=somebody, details=details(place))
    new = (Question(label="کشور"), Question(label="شمار کاربران", kind="number"))
    changed = services.save_lead_form(
        actor=place.cast.ada, details=replace(details(place), questions=new), form_id=form.pk
    )
    assert [(one["key"], one["label"]) for one in changed.questions] == [("q3", "کشور"), ("q2", "شمار کاربران")]
    for wrong in ((Question(label=""),), (Question(label="x", kind="choice"),), (Question(label="x", kind="file"),)):
        with pytest.raises(Invalid):
            services.save_lead_form(
                actor=place.cast.ada, details=replace(details(place), questions=wrong), form_id=form.pk
            )


@pytest.fixture
def request_(place: House) -> Request:
    cast, now = place.cast, timezone.now()
    kind = Kind.objects.create(code="question", name_fa="پرسش", name_en="Question")
    return Request.objects.create(
        code=code.make(1405, 1), subject="قیمت دستگاه تصفیه", medium=Message.Medium.MAIL, party=place.party, kind=kind,
        branch=cast.tehran, department=cast.logistics, assignee=cast.alice, opened_at=now, next_due=now,
        last_activity_at=now,
    )  # fmt: skip


def test_a_request_becomes_a_lead_by_one_click_once_and_back(place: House, request_: Request, logged_in: Login) -> None:
    cast, alice = place.cast, logged_in(place.cast.alice)
    url = reverse("sales:from_request", args=[request_.pk])
    assert url in alice.get(reverse("cartable:any", args=[request_.code]), follow=True).content.decode()
    for _twice in range(2):
        assert alice.post(url).status_code == 303
    one = Deal.objects.get()
    assert (one.name, one.party, one.owner, one.pipeline) == (request_.subject, place.party, cast.alice, place.leads)
    page = alice.get(reverse("cartable:any", args=[request_.code]), follow=True).content.decode()
    assert reverse("sales:deal", args=[one.pk]) in page and url not in page
    assert request_.code in alice.get(reverse("sales:deal", args=[one.pk])).content.decode()
    assert logged_in(cast.charlie).post(url).status_code in {403, 404}
    assert alice.post(reverse("sales:undo_from_request", args=[one.pk])).status_code == 204
    assert Deal.objects.get().deleted_at is not None
    services.open_from_request(actor=cast.alice, request_id=request_.pk)
    assert DealRequest.objects.count() == 2


def test_the_lead_of_a_confidential_request_does_not_tell_its_subject(place: House, request_: Request) -> None:
    alice = place.cast.alice
    Confidant.objects.create(request=request_, user=alice, by=alice)
    Request.objects.filter(pk=request_.pk).update(confidential=True)
    assert services.open_from_request(actor=alice, request_id=request_.pk).name == place.party.name


def test_a_lead_that_was_changed_is_not_taken_back(place: House, request_: Request) -> None:
    cast = place.cast
    one = services.open_from_request(actor=cast.alice, request_id=request_.pk)
    allow(cast.bob, "sales.view", "sales.change")
    with pytest.raises(NotAllowed):
        services.undo_from_request(actor=cast.bob, deal_id=one.pk)
    services.assign_deal(actor=cast.bob, deal_id=one.pk, owner_id=cast.alice.pk)
    with pytest.raises(DealChanged):
        services.undo_from_request(actor=cast.alice, deal_id=one.pk)
    Request.objects.filter(pk=request_.pk).update(party=None)
    Deal.objects.update(deleted_at=timezone.now())
    with pytest.raises(RequestWithoutCustomer):
        services.open_from_request(actor=cast.alice, request_id=request_.pk)
    assert customer("x", cast.alice).pk


def test_what_somebody_typed_is_handed_over_and_erased(form: LeadForm, place: House, drain: Drain) -> None:
    sent(form)
    drain()
    party = Deal.objects.get().party
    handed = {each.model: list(each.hand_over(party.pk)) for each in references() if each.hand_over is not None}
    assert handed["sales.LeadSubmission"][0]["answers"]["email"] == TYPED["email"]
    for each in references():
        if each.model.startswith("sales.") and each.erase is not None:
            each.erase(party.pk)
    assert LeadSubmission.objects.get().answers == {} and Deal.objects.get().note == ""


def test_what_became_no_lead_is_reached_by_the_address_in_it(form: LeadForm, place: House) -> None:
    """What failed has no customer; who is known by the typed mobile or e-mail owns the words all the same."""
    ContactPoint.objects.create(party=place.party, kind="email", typed="N@x.example", value="n@x.example")
    for number, answers in enumerate(({"email": "N@X.example", "name": "نور"}, {"email": "other@x.example"})):
        LeadSubmission.objects.create(
            form=form, nonce=str(number), answers=answers, state="failed", problem="x", received_at=timezone.now()
        )
    one = next(each for each in references() if each.model == "sales.LeadSubmission")
    assert one.hand_over is not None
    assert [row["answers"]["name"] for row in one.hand_over(place.party.pk)] == ["نور"]
    erase_party(actor=None, party=place.party)
    erase_party(actor=None, party=place.party)
    assert list(LeadSubmission.objects.order_by("pk").values_list("answers", flat=True)) == [
        {}, {"email": "other@x.example"}
    ]  # fmt: skip
