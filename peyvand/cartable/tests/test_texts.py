"""Canned answers and signatures: for whom they are, how they are filled, and what may not go out."""

from collections.abc import Callable

import pytest
from django.test import Client

from peyvand.accounts.models import User
from peyvand.cartable import services
from peyvand.cartable.errors import LeftOpen, NoOwnSignature, ShortcutTaken, UnknownVariable
from peyvand.cartable.models import CannedAnswer, CannedUse, Request, Signature
from peyvand.cartable.selectors.canned import canned_for, ordered
from peyvand.cartable.selectors.signatures import filled, signature_for
from peyvand.cartable.services.signing import SignatureDetails
from peyvand.cartable.services.texts import CannedDetails
from peyvand.cartable.tests.desk import as_actor, drafted, mailbox, opened, referred, submitted, user_target
from peyvand.cartable.variables import VARIABLES, fill, language_of, left_open, unknown
from peyvand.channels.models import Message
from peyvand.core.errors import Conflict, Invalid, NotAllowed, NotFound
from peyvand.parties.models import Party, Profile
from tests.cast import Cast

Login = Callable[[User], Client]


@pytest.fixture
def request_(cast: Cast) -> Request:
    request = opened(mailbox(cast))
    referred(cast.olivia, request, user_target(cast.alice))
    return Request.objects.get()


def written(user: User, title: str = "سلام", body: str = "سلام {{نام_مشتری}}", **more: object) -> CannedAnswer:
    details = CannedDetails(title=title, body=body, **more)  # type: ignore[arg-type]
    return services.save_canned(actor=as_actor(user), details=details)


def names(user: User, request: Request, typed: str = "") -> list[str]:
    return [one.title for one in canned_for(as_actor(user), request, typed)]


# ---------------------------------------------------------------- variables


def test_variables_go_by_both_names() -> None:
    assert fill("{{code}} {{ کد_پیگیری }} {{کد پیگیری}}", {"code": "1"}, "fa") == "1 1 1"
    assert unknown("{{code}} {{نیست}} {{nothing}}") == ["نیست", "nothing"]
    assert len({each.name_fa for each in VARIABLES.values()}) == len(VARIABLES)


def test_what_has_no_value_becomes_a_mark() -> None:
    text = fill("{{customer}}، {{subject}}", {"subject": "{{code}} ⟦x⟧"}, "fa")
    assert text == "⟦نام مشتری⟧، {{code}} ⟦x⟧"
    assert left_open(text) == ["⟦نام مشتری⟧", "⟦x⟧", "{{code}}"]
    assert left_open("{{ not a variable }} {} ⟧⟦") == []


@pytest.mark.parametrize(
    ("text", "lang"),
    [("سلام", "fa"), ("Hello", "en"), ("سفارش PO-1405 رسید", "fa"), ("۱۲۳", "fa"), ("Hi سلا all of you", "en")],
)
def test_the_language_is_seen_by_its_letters(text: str, lang: str) -> None:
    assert language_of(text) == lang


# ---------------------------------------------------------------- canned answers


def test_mine_is_mine_and_ours_is_ours(cast: Cast, request_: Request) -> None:
    written(cast.alice, "مال من")
    written(cast.bob, "واحد", department_id=cast.logistics.pk)
    written(cast.ada, "همه", everybody=True)
    assert set(names(cast.alice, request_)) == {"مال من", "واحد", "همه"}
    assert [one.title for one in CannedAnswer.objects.visible_to(as_actor(cast.charlie))] == ["همه"]
    with pytest.raises(NotAllowed):
        written(cast.alice, "x", department_id=cast.logistics.pk)
    with pytest.raises(NotAllowed):
        written(cast.bob, "x", everybody=True)
    with pytest.raises(NotAllowed):
        written(cast.bob, "x", department_id=cast.sales.pk)


def test_nobody_changes_what_is_not_his(cast: Cast) -> None:
    mine, ours = written(cast.alice), written(cast.bob, "واحد", department_id=cast.logistics.pk)
    for user, canned, refusal in ((cast.bob, mine, NotFound), (cast.alice, ours, NotAllowed)):
        with pytest.raises(refusal):
            services.save_canned(actor=as_actor(user), details=CannedDetails(title="x", body="x"), canned_id=canned.pk)
        with pytest.raises(refusal):
            services.delete_canned(actor=as_actor(user), canned_id=canned.pk)
    assert set(CannedAnswer.objects.values_list("title", flat=True)) == {"سلام", "واحد"}


@pytest.mark.parametrize("body", ["{{نیست}}", "{{ }}", "{{code}} {{x}}"])
def test_an_unknown_variable_is_refused_by_name(cast: Cast, body: str) -> None:
    with pytest.raises(UnknownVariable) as refused:
        written(cast.alice, body=body)
    assert "body" in refused.value.fields and not CannedAnswer.objects.exists()


def test_a_shortcut_is_one_text_s(cast: Cast) -> None:
    written(cast.alice, "یک", shortcut="/Salam")
    with pytest.raises(ShortcutTaken):
        written(cast.alice, "دو", shortcut="salam")
    written(cast.bob, "سه", shortcut="salam")
    first = CannedAnswer.objects.get(title="یک")
    services.delete_canned(actor=as_actor(cast.alice), canned_id=first.pk)
    written(cast.alice, "دو", shortcut="salam")
    with pytest.raises(ShortcutTaken):
        services.restore_canned(actor=as_actor(cast.alice), canned_id=first.pk)


def test_two_who_change_one_text_lose_nothing(cast: Cast) -> None:
    canned = written(cast.alice)
    details = CannedDetails(title="تازه", body="متن")
    services.save_canned(actor=as_actor(cast.alice), details=details, canned_id=canned.pk, expected_version=1)
    with pytest.raises(Conflict):
        services.save_canned(actor=as_actor(cast.alice), details=details, canned_id=canned.pk, expected_version=1)
    with pytest.raises(Invalid):
        written(cast.alice, title=" ", body="x")
    assert CannedAnswer.objects.get().version == 2


def test_words_are_found_in_any_spelling_and_the_used_comes_first(cast: Cast, request_: Request) -> None:
    written(cast.alice, "تأخیر ارسال", "کالاي شما در راه است", shortcut="takhir")
    second = written(cast.alice, "پایان", "با تشکر از شکیبایی")
    assert names(cast.alice, request_, "تاخیر كالای") == ["تأخیر ارسال"]
    assert names(cast.alice, request_, "takh") == ["تأخیر ارسال"] and names(cast.alice, request_, "نیست") == []
    for _time in range(2):
        services.use_canned(actor=as_actor(cast.alice), canned_id=second.pk, request_id=request_.pk)
    assert names(cast.alice, request_)[0] == "پایان"
    assert CannedUse.objects.get().count == 2 == CannedAnswer.objects.get(pk=second.pk).uses


def test_a_text_is_filled_for_its_request(cast: Cast, request_: Request) -> None:
    body = "{{customer_title}}، {{code}}، {{department}}، {{officer}}، {{tracking_link}}، {{تاریخ}}"
    canned = written(cast.alice, body=body)
    party = Party.objects.get(pk=request_.party_id)
    Party.objects.filter(pk=party.pk).update(name="نگار رستمی")
    Profile.objects.update_or_create(party=party, defaults={"gender": "woman"})
    text = services.use_canned(actor=as_actor(cast.alice), canned_id=canned.pk, request_id=request_.pk)
    assert text.startswith(
        f"سرکار خانم نگار رستمی، {request_.code}، {request_.department}، {cast.alice.full_name}، http"
    )
    assert f"code={request_.code}" in text and "۱۴" in text and left_open(text) == []
    Party.objects.filter(pk=party.pk).update(honorific="دکتر")
    assert "دکتر نگار رستمی" in services.use_canned(
        actor=as_actor(cast.alice), canned_id=canned.pk, request_id=request_.pk
    )
    with pytest.raises(NotFound):
        services.use_canned(actor=as_actor(cast.charlie), canned_id=canned.pk, request_id=request_.pk)


def test_a_mark_goes_to_nobody(cast: Cast, request_: Request) -> None:
    canned = written(cast.alice, body="{{مهلت}} {{customer_title}}")
    text = services.use_canned(actor=as_actor(cast.alice), canned_id=canned.pk, request_id=request_.pk)
    assert "⟦نام مشتری با عنوان⟧" in text
    answer = drafted(cast.alice, request_, text)
    with pytest.raises(LeftOpen) as refused:
        services.submit_draft(actor=as_actor(cast.alice), answer_id=answer.pk)
    assert "⟦نام مشتری با عنوان⟧" in refused.value.message
    answer = submitted(cast.alice, request_)
    with pytest.raises(LeftOpen):
        services.approve_and_send(
            actor=as_actor(cast.olivia), answer_id=answer.pk, approval=services.Approval(body="{{code}}")
        )
    assert not Message.objects.filter(direction="out").exists()


def test_history_is_kept_of_every_text(cast: Cast) -> None:
    canned = written(cast.alice)
    services.save_canned(
        actor=as_actor(cast.alice), details=CannedDetails(title="تازه", body="متن"), canned_id=canned.pk
    )
    services.delete_canned(actor=as_actor(cast.alice), canned_id=canned.pk)
    events = CannedAnswer._meta.get_field("events").related_model.objects.order_by("pgh_id")  # type: ignore[union-attr]
    assert [one.title for one in events] == ["سلام", "تازه", "تازه"]


# ---------------------------------------------------------------- signatures


def sign(user: User, place: int | None, fa: str, en: str = "", *, personal: bool = True) -> None:
    details = SignatureDetails(text_fa=fa, text_en=en, personal=personal)
    services.save_signature(actor=as_actor(user), department_id=place, details=details)


def own(user: User, text: str) -> None:
    services.save_own_signature(actor=as_actor(user), details=SignatureDetails(text_fa=text))


def test_the_nearest_signature_counts(cast: Cast, request_: Request) -> None:
    assert signature_for(request_, cast.alice) == ""
    sign(cast.ada, None, "سازمان", "Our company")
    assert signature_for(request_, cast.alice) == "سازمان"
    sign(cast.ada, request_.department_id, "{{نام_کارشناس}} از {{واحد}}")
    assert signature_for(request_, cast.alice) == f"{cast.alice.full_name} از {request_.department}"
    own(cast.alice, "آلیس")
    assert signature_for(request_, cast.alice) == "آلیس" and signature_for(request_, cast.bob) != "آلیس"
    sign(cast.ada, request_.department_id, "واحد", personal=False)
    assert signature_for(request_, cast.alice) == "واحد"


def test_a_signature_speaks_the_customer_s_language(cast: Cast) -> None:
    sign(cast.ada, None, "سازمان", "Our company")
    request = opened(mailbox(cast), "john@example.com", text="Where is my order?", subject="Order", sender_name="John")
    assert signature_for(request, cast.alice) == "Our company"
    sign(cast.ada, request.department_id, "واحد")
    assert signature_for(request, cast.alice) == "Our company"  # the department wrote none in English


def test_the_answer_goes_out_with_its_author_s_signature(cast: Cast, request_: Request) -> None:
    own(cast.alice, "آلیس\n{{سمت_کارشناس}}\nتلفن: {{تلفن_کارشناس}}")
    User.objects.filter(pk=cast.alice.pk).update(phone="02188776655")
    answer = submitted(cast.alice, request_, "فردا می‌رسد.")
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    sent = Message.objects.get(direction="out")
    assert sent.text.startswith("فردا می‌رسد.\n\nآلیس\n") and sent.text.endswith("تلفن: 02188776655")


def test_who_may_not_have_his_own_is_told(cast: Cast) -> None:
    sign(cast.ada, cast.logistics.pk, "واحد", personal=False)
    with pytest.raises(NoOwnSignature):
        own(cast.alice, "آلیس")
    with pytest.raises(NotAllowed):
        sign(cast.alice, cast.logistics.pk, "x")
    with pytest.raises(UnknownVariable):
        sign(cast.ada, None, "{{customer}}")
    sign(cast.ada, cast.logistics.pk, "")
    assert not Signature.objects.exists()


def test_a_line_without_its_value_is_left_out() -> None:
    assert filled("نام\nتلفن: {{phone}}\nپایان", {"phone": ""}) == "نام\nپایان"


# ---------------------------------------------------------------- pages


def test_the_composer_finds_and_inserts(cast: Cast, request_: Request, logged_in: Login) -> None:
    canned = written(cast.alice, "تأخیر", "{{code}}", shortcut="late")
    browser = logged_in(cast.alice)
    found = browser.get(f"/cartable/{request_.code}/inserts/", {"q": "تاخیر"}).content.decode()
    address = f"/cartable/{request_.code}/inserts/canned/{canned.pk}/"
    assert address in found and "/late" in found
    assert browser.post(address).json() == {"text": request_.code}
    assert logged_in(cast.bob).post(address).status_code == 404
    own(cast.alice, "امضای آلیس")
    assert "امضای آلیس" in logged_in(cast.alice).get(f"/cartable/{request_.code}/signature/").content.decode()


def test_without_a_script_a_page_inserts_below_what_was_typed(cast: Cast, request_: Request, logged_in: Login) -> None:
    canned, browser = written(cast.alice, "تأخیر", "{{code}}"), logged_in(cast.alice)
    address = f"/cartable/{request_.code}/insert/"
    to = f"mail:{request_.thread.get().message.sender}"
    typed = browser.post(address, {"body": "سلام", "version": "0", "to": to, "reviewer": ""})
    assert typed.headers["Location"] == address
    assert f'value="canned:{canned.pk}"' in browser.get(address).content.decode()
    assert browser.post(address, {"what": f"canned:{canned.pk}"}).headers["Location"] == f"/cartable/{request_.code}/"
    draft = request_.answers.get()
    assert (draft.body, f"{draft.medium}:{draft.recipient}") == (f"سلام\n\n{request_.code}", to)
    for strange in ("canned:999999", "article:1", "link:x", "", "canned:" + "9" * 40):
        assert browser.post(address, {"what": strange}).status_code == 404
    assert "value=" not in browser.get(address, {"q": "چیز دیگر"}).content.decode().partition('name="what"')[2]
    assert logged_in(cast.charlie).get(address).status_code == 404


def test_what_was_sent_leaves_the_composer(cast: Cast, request_: Request, logged_in: Login) -> None:
    """Also when it went out before it was ever kept as a draft: the page must know that it is to draw anew."""
    browser = logged_in(cast.olivia)
    page = f"/cartable/{request_.code}/"
    before = browser.get(page, follow=True).context["composer"].key
    to = f"mail:{request_.thread.get().message.sender}"
    sent = browser.post(f"{page}submit/", {"body": "سلام", "version": "0", "to": to, "reviewer": ""})
    assert sent.status_code == 303 and request_.answers.get().state == "approved"
    after = browser.get(page, follow=True).context["composer"]
    assert after.key != before and after.body == ""


def test_a_refused_text_comes_back_with_its_reason(cast: Cast, logged_in: Login) -> None:
    browser = logged_in(cast.alice)
    answer = browser.post("/cartable/canned/", {"title": "یک", "scope": "mine", "body": "{{نیست}}"})
    assert answer.status_code == 422 and "{{نیست}}" in answer.content.decode()
    assert browser.post("/cartable/canned/", {"title": "یک", "scope": "mine", "body": "متن"}).status_code == 303
    page = browser.get("/cartable/canned/?q=یک").content.decode()
    canned = CannedAnswer.objects.get()
    assert f"/cartable/canned/{canned.pk}/" in page and "department:" not in page
    browser.post(f"/cartable/canned/{canned.pk}/delete/")
    assert list(ordered(CannedAnswer.objects.kept(), cast.alice)) == []
    browser.post(f"/cartable/canned/{canned.pk}/restore/")
    assert CannedAnswer.objects.kept().count() == 1


def test_signatures_are_written_on_their_page(cast: Cast, logged_in: Login) -> None:
    browser = logged_in(cast.bob)
    assert browser.post("/cartable/signatures/", {"of": "mine", "text_fa": "باب", "version": "0"}).status_code == 303
    place = {"of": f"department:{cast.logistics.pk}", "text_fa": "واحد", "version": "0"}
    assert browser.post("/cartable/signatures/", place).status_code == 303
    assert browser.post("/cartable/signatures/", place).status_code == 422  # it was written meanwhile
    assert Signature.objects.get(department=cast.logistics).personal is False
    assert "باب" in browser.get("/cartable/signatures/").content.decode()
    browser.post("/cartable/signatures/", {"of": "all", "text_fa": "x", "version": "0"})
    assert not Signature.objects.filter(owner=None, department=None).exists()


def test_lists_cost_the_same_at_any_length(
    cast: Cast, request_: Request, logged_in: Login, django_assert_max_num_queries: Callable
) -> None:
    browser = logged_in(cast.ada)
    for number in range(8):
        written(cast.ada, f"متن {number}", everybody=True)
    browser.get("/cartable/canned/")
    with django_assert_max_num_queries(7):
        browser.get("/cartable/canned/")
    with django_assert_max_num_queries(9):
        browser.get(f"/cartable/{request_.code}/inserts/")
