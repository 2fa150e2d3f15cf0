"""Who is invited to an activity, and what he answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.accounts.services.notifications import notify
from peyvand.activities.errors import NoSuchCustomer, NoSuchPerson, NotInvited, NotPlanned, TooManyInvited
from peyvand.activities.events import InvitationAnswered
from peyvand.activities.models import Activity, Invitee, Outside, State
from peyvand.activities.services.answering_all import answer_all
from peyvand.activities.services.shaping import remind
from peyvand.activities.services.writing import Work, check_version
from peyvand.activities.types import Guest, StepKind, Undoable, page_of
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.text import display_norm, normalise_email
from peyvand.parties.models import ContactPoint, Party
from peyvand.parties.selectors.aliases import survivors_of

MOST = 100
NOTICE = "activity"


def lay_guests(actor: Actor | None, activity: Activity, guests: Sequence[Guest]) -> bool:
    """Make the invitees of an activity these; answers that were given stay. Returns whether anything changed.

    Raises TooManyInvited, NoSuchPerson, NoSuchCustomer, Invalid (an address that is none).
    """
    named = survivors_of({guest.party_id for guest in guests if guest.party_id is not None})
    clean = [_clean(guest, named) for guest in guests]
    wanted = {one.key: one for one in clean if one.user_id != activity.owner_id}
    if len(wanted) > MOST:
        raise TooManyInvited(fields={"guests": "too_many_invited"})
    present = {_key(one): one for one in activity.invitees.all()}
    gone = [one.pk for key, one in present.items() if key not in wanted]
    added = [guest for key, guest in wanted.items() if key not in present]
    _check(actor, added)
    Invitee.objects.filter(pk__in=gone).delete()
    Invitee.objects.bulk_create([_invitee(activity, guest) for guest in added])
    tell_invited(actor, activity, [guest.user_id for guest in added if guest.user_id is not None])
    return bool(gone or added)


def _clean(guest: Guest, moved: Mapping[int, int]) -> Guest:
    """moved: by the number of a customer that was merged the one in which it lives on."""
    if guest.party_id is not None:
        guest = replace(guest, party_id=moved.get(guest.party_id, guest.party_id))
    if guest.user_id is not None or (guest.party_id is not None and not guest.email):
        return guest
    email = normalise_email(guest.email)
    if email is None:
        raise Invalid(fields={"guests": guest.email})
    return Guest(party_id=guest.party_id, email=email, name=display_norm(guest.name)[:120])


def _key(one: Invitee) -> tuple[str, object]:
    return Guest(user_id=one.user_id, party_id=one.party_id, email=one.email).key


def _check(actor: Actor | None, added: Sequence[Guest]) -> None:
    users = {guest.user_id for guest in added if guest.user_id is not None}
    if User.objects.filter(pk__in=users, is_active=True).count() != len(users):
        raise NoSuchPerson(fields={"guests": "no_such_person"})
    parties = {guest.party_id for guest in added if guest.party_id is not None}
    seen = Party.objects.filter(deleted_at=None) if actor is None else Party.objects.visible_to(actor)
    if parties and seen.filter(pk__in=parties).count() != len(parties):
        raise NoSuchCustomer(fields={"guests": "no_such_customer"})


def _invitee(activity: Activity, guest: Guest) -> Invitee:
    email = guest.email or (_address_of(guest.party_id) if guest.party_id is not None else "")
    return Invitee(activity=activity, user_id=guest.user_id, party_id=guest.party_id, email=email, name=guest.name)


def _address_of(party_id: int) -> str:
    """The main e-mail address of a customer; empty when none is known."""
    points = ContactPoint.objects.filter(party=party_id, kind=ContactPoint.Kind.EMAIL)
    return points.order_by("-is_primary", "id").values_list("value", flat=True).first() or ""


def tell_invited(actor: Actor | None, activity: Activity, people: Sequence[int]) -> None:
    """Tell colleagues that they are invited; nobody is told of what he did himself."""
    others = [one for one in people if actor is None or one != actor.user.pk]
    notify(
        users=others,
        kind=NOTICE,
        text=gettext_noop("You are invited: %(subject)s"),
        data={"subject": activity.subject},
        url=page_of(activity.pk),
    )


@transaction.atomic
def answer(
    *, actor: Actor, activity_id: int, answer: str, whole: bool = False, expected_version: int | None = None
) -> Undoable:
    """Say whether one comes to what one is invited to.

    whole: to all coming times of a series that somebody outside holds; he gets one answer. Raises NotFound, NotInvited,
    NotPlanned, Invalid, Conflict.
    """
    activity = Activity.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=activity_id).first()
    if activity is None:
        raise NotFound
    check_version(activity, expected_version)
    invitee = Invitee.objects.filter(activity=activity, user=actor.user).first()
    if invitee is None:
        raise NotInvited
    held = Outside.objects.filter(activity=activity).select_related("series").first()
    if held is not None and held.is_cancelled:
        raise NotPlanned
    done = record_answer(actor, activity, invitee, answer)
    if whole and held is not None and held.series is not None:
        answer_all(held.series, answer, activity.pk)
    return done


def record_answer(
    actor: Actor | None, activity: Activity, invitee: Invitee, answer: str, *, comment: str = ""
) -> Undoable:
    """Keep an answer and tell who does it. The caller has locked the activity and knows who answers."""
    if answer not in Invitee.Answer.values or answer == Invitee.Answer.WAITING:
        raise Invalid(fields={"answer": answer})
    work, former = Work(actor, activity), invitee.answer
    if invitee.user_id == activity.owner_id:
        stand(work, answer)
    invitee.answer, invitee.answered_at = answer, timezone.now()
    invitee.save(update_fields=["answer", "answered_at"])
    said = {"comment": comment} if comment else {}
    event = InvitationAnswered(activity_id=activity.pk, invitee_id=invitee.pk, answer=answer)
    who = invitee.user.full_name if invitee.user else invitee.name or invitee.email
    if actor is None or actor.user.pk != activity.owner_id:
        _tell_owner(activity, who, answer)
    details = {"invitee": invitee.pk, "who": who, "answer": answer, "former": former} | said
    return work.done(StepKind.ANSWERED, events=[event], details=details)


def stand(work: Work, answer: str) -> None:
    """Who is asked from outside has it in his calendar: what he declines does not take place for him."""
    activity = work.activity
    if answer == Invitee.Answer.DECLINED and activity.is_planned:
        activity.state, activity.done_at, activity.remind_at = State.CANCELLED, work.now, None
        activity.done_by = work.actor.user if work.actor else None
    elif answer != Invitee.Answer.DECLINED and activity.state == State.CANCELLED:
        activity.state, activity.done_at, activity.done_by = State.PLANNED, None, None
        remind(activity)


_WORDS = {
    "accepted": gettext_noop("%(name)s comes: %(subject)s"),
    "tentative": gettext_noop("%(name)s perhaps comes: %(subject)s"),
    "declined": gettext_noop("%(name)s does not come: %(subject)s"),
}


def _tell_owner(activity: Activity, who: str, answer: str) -> None:
    notify(
        users=[activity.owner_id],
        kind=NOTICE,
        text=_WORDS[answer],
        data={"name": who, "subject": activity.subject},
        url=page_of(activity.pk),
    )
