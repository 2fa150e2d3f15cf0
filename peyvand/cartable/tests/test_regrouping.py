"""Merging, splitting, moving: where everything goes, what answers to old codes, and the way back."""

import pytest
from django.utils import timezone

from peyvand.cartable import services
from peyvand.cartable.errors import (
    LastMessage,
    MergedAlready,
    NothingToMerge,
    NotOfThisRequest,
    RegroupedFurther,
    TooLate,
    WouldWiden,
)
from peyvand.cartable.models import Answer, Note, Regrouping, Request, RequestMessage
from peyvand.cartable.selectors.outward import tracked
from peyvand.cartable.selectors.reading import get_request
from peyvand.cartable.selectors.regroupings import later_messages
from peyvand.cartable.services.erasing import erase_requests
from peyvand.cartable.services.regrouping import merge
from peyvand.cartable.tests.desk import (
    as_actor,
    drafted,
    mail,
    mailbox,
    opened,
    referred,
    request_of,
    submitted,
    user_target,
)
from peyvand.cartable.tests.regrouping import everything, merged, moved, split, taken_back
from peyvand.cartable.types import Changes
from peyvand.core.errors import Conflict, NotFound
from tests.cast import Cast

FAR = "another@else.example"


def two(cast: Cast) -> tuple[Request, Request]:
    channel = mailbox(cast)
    return opened(channel), opened(channel, FAR, subject="بار دوم", text="همان سفارش")


def fresh(request: Request) -> Request:
    return Request.objects.get(pk=request.pk)


def thread(request: Request) -> list[int]:
    return list(RequestMessage.objects.filter(request=request).order_by("pk").values_list("message_id", flat=True))


def test_merging_moves_everything_and_closes_the_other(cast: Cast) -> None:
    survivor, other = two(cast)
    services.add_note(actor=as_actor(cast.olivia), request_id=other.pk, body="تلفنی هم گفت")
    submitted(cast.olivia, other)
    made = merged(cast.olivia, survivor, other)
    survivor, other = fresh(survivor), fresh(other)
    assert (other.status, other.merged_into, other.message_count) == ("closed", survivor, 0)
    assert (survivor.message_count, len(thread(survivor)), thread(other)) == (2, 2, [])
    assert Note.objects.get().request == survivor and Answer.objects.get().request == survivor
    assert survivor.status == "review" and survivor.tied and other.tied
    assert made.kind == Regrouping.Kind.MERGE and made.is_open
    kinds = list(survivor.steps.order_by("pk").values_list("kind", flat=True))
    assert kinds[-1] == "absorbed" and other.steps.order_by("pk").last().kind == "merged"


def test_the_old_code_answers_everywhere(cast: Cast) -> None:
    survivor, other = two(cast)
    merged(cast.olivia, survivor, other)
    found = tracked(other.code, FAR)
    assert found is not None and found.code == other.code and found.closed_at is None
    later = mail(mailbox(cast), FAR, subject=f"Re: [{other.code}]")
    services.take_in([later.pk])
    assert request_of(later) == survivor
    assert Request.objects.filter(search__contains=other.code).order_by("pk").first() == survivor


def test_a_colleague_who_sees_only_the_survivor_finds_it_by_the_old_code(cast: Cast) -> None:
    survivor, other = two(cast)
    referred(cast.olivia, survivor, user_target(cast.alice))
    merged(cast.olivia, survivor, other)
    assert get_request(cast.alice, other.code) == survivor
    with pytest.raises(NotFound):
        get_request(cast.charlie, other.code)


def test_the_earlier_deadline_counts_and_the_way_back_is_exact(cast: Cast) -> None:
    survivor, other = two(cast)
    referred(cast.olivia, other, user_target(cast.alice), tell_when_done=True)
    early = timezone.now()
    Request.objects.filter(pk=other.pk).update(resolution_due=early, first_answer_due=early, next_due=early)
    before = everything()
    made = merged(cast.olivia, survivor, other)
    assert fresh(survivor).next_due == early
    assert everything() != before
    taken_back(cast.olivia, made)
    assert everything() == before


def test_merging_into_what_was_answered_or_closed_makes_it_work_again_and_back(cast: Cast) -> None:
    survivor, other = two(cast)
    services.take(actor=as_actor(cast.olivia), request_id=survivor.pk)
    services.close(actor=as_actor(cast.olivia), request_id=survivor.pk)
    before = everything()
    made = merged(cast.olivia, survivor, other)
    assert (fresh(survivor).status, fresh(survivor).assignee) == ("open", cast.olivia)
    taken_back(cast.olivia, made)
    assert everything() == before and fresh(survivor).status == "closed"


def test_two_closed_requests_stay_closed(cast: Cast) -> None:
    survivor, other = two(cast)
    for one in (survivor, other):
        services.close(actor=as_actor(cast.olivia), request_id=one.pk)
    closed_at = fresh(other).closed_at
    merged(cast.olivia, survivor, other)
    assert fresh(survivor).status == "closed" and fresh(other).closed_at == closed_at


def test_drafts_of_one_author_are_joined_and_come_apart(cast: Cast) -> None:
    survivor, other = two(cast)
    drafted(cast.olivia, survivor, "نخست")
    drafted(cast.olivia, other, "دوم")
    before = everything()
    made = merged(cast.olivia, survivor, other)
    assert Answer.objects.get(request=survivor, state="draft").body == "نخست\n\nدوم"
    taken_back(cast.olivia, made)
    assert [row for row in everything()["cartable_answer"] if "changed_at" not in row] == [
        row for row in before["cartable_answer"] if "changed_at" not in row
    ]
    assert set(Answer.objects.values_list("request", "state", "body")) == {
        (survivor.pk, "draft", "نخست"),
        (other.pk, "draft", "دوم"),
    }


def test_what_came_since_goes_where_it_points_or_where_one_says(cast: Cast) -> None:
    survivor, other = two(cast)
    made = merged(cast.olivia, survivor, other)
    channel = mailbox(cast)
    pointed, plain = mail(channel, FAR, subject=f"Re: [{other.code}]"), mail(channel)
    services.take_in([pointed.pk, plain.pk])
    assert {one.message.pk: one.proposed for one in later_messages(made)} == {
        pointed.pk: other.pk,
        plain.pk: survivor.pk,
    }
    taken_back(cast.olivia, made)
    assert request_of(pointed) == other and request_of(plain) == survivor
    assert (fresh(survivor).message_count, fresh(other).message_count) == (2, 2)


def test_one_may_say_where_later_messages_go(cast: Cast) -> None:
    survivor, other = two(cast)
    made = merged(cast.olivia, survivor, other)
    plain = mail(mailbox(cast))
    services.take_in([plain.pk])
    taken_back(cast.olivia, made, {plain.pk: other.pk})
    assert request_of(plain) == other


def test_a_state_that_somebody_changed_since_stays(cast: Cast) -> None:
    survivor, other = two(cast)
    services.close(actor=as_actor(cast.olivia), request_id=survivor.pk)
    made = merged(cast.olivia, survivor, other)
    services.take(actor=as_actor(cast.olivia), request_id=survivor.pk)
    taken_back(cast.olivia, made)
    assert fresh(survivor).status == "open" and fresh(other).status == "new"


def test_a_merged_request_takes_no_more_acts(cast: Cast) -> None:
    survivor, other = two(cast)
    merged(cast.olivia, survivor, other)
    with pytest.raises(MergedAlready) as caught:
        services.take(actor=as_actor(cast.olivia), request_id=other.pk)
    assert survivor.code in caught.value.message
    with pytest.raises(MergedAlready):
        merged(cast.olivia, survivor, other)


def test_chains_are_flat_and_come_back_in_turn(cast: Cast) -> None:
    first, second = two(cast)
    third = opened(mailbox(cast), "third@else.example")
    before = everything()
    inner = merged(cast.olivia, second, third)
    outer = merged(cast.olivia, first, second)
    assert fresh(third).merged_into == first
    with pytest.raises(RegroupedFurther):
        taken_back(cast.olivia, inner)
    taken_back(cast.olivia, outer)
    assert fresh(third).merged_into == second
    taken_back(cast.olivia, inner)
    assert everything() == before
    with pytest.raises(TooLate):
        taken_back(cast.olivia, inner)


def test_what_changed_since_it_was_looked_at_is_not_merged(cast: Cast) -> None:
    survivor, other = two(cast)
    seen = {survivor.pk: survivor.version, other.pk: other.version}
    services.close(actor=as_actor(cast.olivia), request_id=other.pk)
    with pytest.raises(Conflict):
        merge(actor=as_actor(cast.olivia), survivor_id=survivor.pk, request_ids=[other.pk], versions=seen, agreed=True)
    with pytest.raises(NothingToMerge):
        merged(cast.olivia, survivor, survivor)


def test_whoever_sees_not_all_of_them_merges_nothing(cast: Cast) -> None:
    survivor, other = two(cast)
    referred(cast.olivia, survivor, user_target(cast.alice))
    with pytest.raises(NotFound):
        merged(cast.alice, survivor, other)


def test_others_who_would_read_along_are_named_first(cast: Cast) -> None:
    survivor, other = two(cast)
    referred(cast.olivia, survivor, user_target(cast.alice))
    with pytest.raises(WouldWiden) as caught:
        merged(cast.olivia, survivor, other, agreed=False)
    assert str(fresh(survivor).department) in caught.value.message
    made = merged(cast.olivia, survivor, other)
    assert made.details["agreed"] == [str(cast.logistics)]


def test_a_confidential_request_makes_the_whole_confidential_and_names_who_would_read_it(cast: Cast) -> None:
    survivor, other = two(cast)
    services.take(actor=as_actor(cast.olivia), request_id=other.pk)
    services.confide(actor=as_actor(cast.olivia), request_id=other.pk, confidential=True)
    referred(cast.olivia, survivor, user_target(cast.alice))
    before = everything()
    with pytest.raises(WouldWiden) as caught:
        merged(cast.olivia, survivor, other, agreed=False)
    assert str(cast.alice) in caught.value.message and str(cast.bob) not in caught.value.message
    made = merged(cast.olivia, survivor, other)
    assert fresh(survivor).confidential
    assert not Request.objects.visible_to(cast.bob).filter(pk__in=[survivor.pk, other.pk]).exists()
    taken_back(cast.olivia, made)
    assert everything() == before


def test_a_message_becomes_a_request_of_its_own(cast: Cast) -> None:
    request = opened(mailbox(cast))
    second = mail(mailbox(cast), subject="چیز دیگر")
    services.take_in([second.pk])
    assert thread(request)[-1] == second.pk
    before = everything()
    made = split(cast.olivia, request, second.pk)
    new = made.target
    assert (request_of(second), new.subject, new.assignee) == (new, "چیز دیگر", cast.olivia)
    assert (fresh(request).message_count, fresh(new).message_count) == (1, 1)
    later = mail(mailbox(cast), in_reply_to=second.message_id, subject="Re: چیز دیگر")
    services.take_in([later.pk])
    assert request_of(later) == new
    RequestMessage.objects.filter(message=later).delete()
    later.delete()
    taken_back(cast.olivia, made)
    assert fresh(request).tied  # the code of what was split off answers here
    Request.objects.filter(pk=request.pk).update(tied=False)
    assert everything((new.pk,)) == before
    assert fresh(new).merged_into == request and fresh(new).status == "closed"
    again = mail(mailbox(cast), subject=f"Re: [{new.code}]")
    services.take_in([again.pk])
    assert request_of(again) == request


def test_what_happened_in_a_split_off_request_comes_home_with_it(cast: Cast) -> None:
    request = opened(mailbox(cast))
    second = mail(mailbox(cast))
    services.take_in([second.pk])
    made = split(cast.olivia, request, second.pk)
    services.add_note(actor=as_actor(cast.olivia), request_id=made.target_id, body="یادداشت")
    answer = drafted(cast.olivia, made.target, recipient="negar@arman.example")
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    taken_back(cast.olivia, made)
    assert Note.objects.get().request == request and Answer.objects.get().request == request
    assert fresh(request).message_count == 3


def test_the_customer_hears_of_the_new_code_only_when_asked_to(cast: Cast) -> None:
    request = opened(mailbox(cast))
    ids = [mail(mailbox(cast)).pk for _each in range(2)]
    services.take_in(ids)
    quiet, told = split(cast.olivia, request, ids[0]), split(cast.olivia, request, ids[1], tell_customer=True)
    assert quiet.target.receipt.reason == "split"
    assert not hasattr(told.target, "receipt")


def test_a_message_is_moved_to_the_right_request_and_its_answers_follow(cast: Cast) -> None:
    right, wrong = two(cast)
    services.close(actor=as_actor(cast.olivia), request_id=right.pk)
    second = mail(mailbox(cast), FAR)
    services.take_in([second.pk])
    made = moved(cast.olivia, wrong, right, second.pk)
    assert request_of(second) == right and fresh(right).is_active
    later = mail(mailbox(cast), FAR, in_reply_to=second.message_id)
    services.take_in([later.pk])
    assert request_of(later) == right
    taken_back(cast.olivia, made)
    assert request_of(second) == wrong and request_of(later) == right


def test_moving_and_back_is_exact(cast: Cast) -> None:
    right, wrong = two(cast)
    services.close(actor=as_actor(cast.olivia), request_id=right.pk)
    second = mail(mailbox(cast), FAR)
    services.take_in([second.pk])
    before = everything()
    taken_back(cast.olivia, moved(cast.olivia, wrong, right, second.pk))
    assert everything() == before


def test_an_answer_moves_with_its_message_and_a_reply_to_it_follows(cast: Cast) -> None:
    right, wrong = two(cast)
    answer = drafted(cast.olivia, wrong, recipient=FAR)
    services.approve_and_send(actor=as_actor(cast.olivia), answer_id=answer.pk)
    answer.refresh_from_db()
    assert answer.message is not None
    moved(cast.olivia, wrong, right, answer.message.pk)
    answer.refresh_from_db()
    assert answer.request == right
    reply = mail(mailbox(cast), FAR, in_reply_to=answer.message.message_id)
    services.take_in([reply.pk])
    assert request_of(reply) == right


def test_no_request_is_left_without_a_message(cast: Cast) -> None:
    request, other = two(cast)
    with pytest.raises(LastMessage):
        split(cast.olivia, request, *thread(request))
    with pytest.raises(LastMessage):
        moved(cast.olivia, request, other, *thread(request))
    with pytest.raises(NotOfThisRequest):
        split(cast.olivia, request, *thread(other))
    assert not Regrouping.objects.exists()


def test_a_confirmed_continuation_can_be_taken_back(cast: Cast) -> None:
    channel = mailbox(cast)
    request = opened(channel)
    stranger = opened(channel, "husband@home.example", subject=f"Re: [{request.code}]")
    before = everything()
    services.confirm_continuation(actor=as_actor(cast.olivia), request_id=stranger.pk)
    taken_back(cast.olivia, Regrouping.objects.get())
    assert everything() == before


def test_erasing_a_person_reaches_what_was_merged_into_another_s_request(cast: Cast) -> None:
    survivor, other = two(cast)
    services.add_note(actor=as_actor(cast.olivia), request_id=other.pk, body="شماره‌اش را داد")
    merged(cast.olivia, survivor, other)
    assert other.party_id is not None
    erase_requests(other.party_id)
    survivor = fresh(survivor)
    assert Note.objects.get().body == "—" and FAR not in survivor.search and "دوم" not in survivor.search
    texts = set(survivor.thread.values_list("message__text", flat=True))
    assert "همان سفارش" not in texts and "سفارش ما هنوز نرسیده است." in texts


def test_a_survivor_that_was_renamed_is_found_by_all_its_words_until_those_of_the_other_go_home(cast: Cast) -> None:
    channel, olivia = mailbox(cast), as_actor(cast.olivia)
    survivor, other = opened(channel, text="سفارش " * 90), opened(channel, FAR, text="محرمانه " * 90)
    made = merged(cast.olivia, survivor, other)
    services.change(actor=olivia, request_id=survivor.pk, changes=Changes(subject="نام تازه"))
    words = fresh(survivor).search
    assert all(one in words for one in (survivor.code, "نام تازه", "سفارش", other.code, "محرمانه"))
    taken_back(cast.olivia, made)
    words = fresh(survivor).search
    assert "نام تازه" in words and "سفارش" in words and "محرمانه" not in words and other.code not in words
