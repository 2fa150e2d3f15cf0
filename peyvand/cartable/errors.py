"""Rules of the cartable that can be broken, each with the sentence a person reads."""

from collections.abc import Sequence
from typing import Any, Self

from django.utils.translation import gettext as _

from peyvand.core.errors import Conflict, Invalid, NotFound
from peyvand.core.text import isolated


class AlreadyClosed(Conflict):
    """This request is closed; reopen it first."""

    code = "already_closed"


class NotClosed(Conflict):
    """This request is not closed."""

    code = "not_closed"


class HeldAlready(Conflict):
    """This request is in that colleague's hands already."""

    code = "held_already"


class TooManyTags(Invalid):
    """A request carries at most 20 tags."""

    code = "too_many_tags"


class NotInYourWork(Conflict):
    """Only what stands in your own work can be put aside; take the request first."""

    code = "not_in_your_work"


class ReferralEndedAlready(Conflict):
    """This referral has already ended."""

    code = "referral_ended"


class AlreadyRead(Conflict):
    """This referral has been read; ask for it back instead."""

    code = "already_read"


class NobodyThere(Invalid):
    """Nobody can receive this: choose somebody who is active."""

    code = "nobody_there"


class ToYourself(Invalid):
    """You already hold this request; choose somebody else."""

    code = "to_yourself"


class NobodyChosen(Invalid):
    """Choose who receives the request or a copy of it."""

    code = "nobody_chosen"


class ChosenTwice(Invalid):
    """One receiver was chosen twice; each gets the request or a copy once."""

    code = "chosen_twice"


class TooManyReceivers(Invalid):
    """A request cannot be referred to so many at once; choose a department or a branch."""

    code = "too_many_receivers"


class SurveyOver(NotFound):
    """This question was answered already, or is no longer open. Thank you all the same."""

    code = "survey_over"


class NotAnInsider(Invalid):
    """This request is confidential and somebody you mention is not named on it; name him first."""

    code = "not_an_insider"


class RuleTwice(Conflict):
    """There is a rule for this department and kind already."""

    code = "rule_twice"


class NothingWritten(Invalid):
    """There is nothing to send; write the answer first."""

    code = "nothing_written"


class NoAddress(Invalid):
    """There is no address to send this answer to; choose one or another way."""

    code = "no_address"


class TooManyAddresses(Invalid):
    """A message cannot go to so many addresses at once; send it in parts."""

    code = "too_many_addresses"


class ApprovalNeeded(Conflict):
    """A rule asks others to approve this answer; send it for approval."""

    code = "approval_needed"


class NotYourTurn(Conflict):
    """It is not your turn to approve this answer, or you have approved it already."""

    code = "not_your_turn"


class NobodyApproves(Conflict):
    """A rule asks for approvals of this answer and nobody is there who could give them; tell your administrator."""

    code = "nobody_approves"


class NothingToTakeBack(Conflict):
    """This answer did not go out, or it was recorded as told; there is nothing to take back."""

    code = "nothing_to_take_back"


class AnswerDecided(Conflict):
    """This answer has already been decided."""

    code = "answer_decided"


class NothingToUndo(Conflict):
    """This can no longer be undone; the request has changed since, or too much time has passed."""

    code = "nothing_to_undo"


class OutOfSight(Conflict):
    """You would not see this request any more; ask a colleague who sees it to take this back."""

    code = "out_of_sight"


class NoContinuation(Conflict):
    """There is no other request that this one could continue."""

    code = "no_continuation"


class NoDepartment(Conflict):
    """There is no active department that could receive requests; add one first."""

    code = "no_department"
    permanent = False


class AnswerAwaitsReview(Conflict):
    """Your last answer waits for review; it has to be decided first."""

    code = "answer_awaits_review"


class DraftChanged(Conflict):
    """This answer was changed meanwhile; both versions are kept for you to compare."""

    code = "draft_changed"

    def __init__(self, stored: Any) -> None:
        super().__init__()
        self.stored = stored  # the answer as it stands in the database


class AnsweredMeanwhile(Conflict):
    """A colleague has answered this request since you began; read his answer before yours goes out."""

    code = "answered_meanwhile"

    def __init__(self, theirs: Any, step_id: int) -> None:
        super().__init__()
        self.theirs = theirs  # the colleague's answer as it stands in the database
        self.step_id = step_id  # what the next attempt names as seen


class MergedAlready(Conflict):
    """This request was merged into another meanwhile; its messages are there."""

    code = "merged_already"

    def __init__(self, code: str = "") -> None:
        super().__init__(
            _("This request was merged into %(code)s; its messages are there.") % {"code": isolated(code)}
            if code
            else None
        )


class NothingToMerge(Invalid):
    """Choose at least one other request."""

    code = "nothing_to_merge"


class TooManyToMerge(Invalid):
    """So many requests cannot be merged at once."""

    code = "too_many_to_merge"


class NotOneWhole(Conflict):
    """A part of a request can be merged with another part of the same request only."""

    code = "not_one_whole"


class WouldWiden(Conflict):
    """Others would see these messages too; say that this is meant."""

    code = "would_widen"

    def __init__(self, names: Sequence[str] = ()) -> None:
        message = _("These would see the messages too: %(names)s. Say that this is meant.")
        super().__init__(message % {"names": _(", ").join(names)} if names else None)


class InACircle(Invalid):
    """Whom you chose has passed this on already; return it instead."""

    code = "in_a_circle"

    def __init__(self, name: str = "") -> None:
        message = _("%(name)s has passed this on already, and it is on its way back there; return it instead.")
        super().__init__(message % {"name": name} if name else None, fields={"to": "circle"})


class WouldLetIn(Conflict):
    """Whom your note names does not see this request yet; say that this is meant."""

    code = "would_let_in"

    def __init__(self, people: Sequence[Any] = ()) -> None:
        self.people = people
        names = _(", ").join(str(one) for one in people)
        message = _("By being named, %(names)s will see this request and everything in it. Say that this is meant.")
        super().__init__(message % {"names": names} if people else None)


class LastMessage(Conflict):
    """No message would be left; merge the requests instead."""

    code = "last_message"


class NotOfThisRequest(Invalid):
    """Choose messages of this request."""

    code = "not_of_this_request"


class RegroupedFurther(Conflict):
    """One of these requests was merged further; take that back first."""

    code = "regrouped_further"


class TooLate(Conflict):
    """This was taken back already, or too long ago to be taken back."""

    code = "too_late"


class ToItself(Invalid):
    """A request cannot be tied to itself."""

    code = "to_itself"


class TiedAlready(Conflict):
    """These requests are tied this way already."""

    code = "tied_already"


class PartsOpen(Conflict):
    """Parts of this request are still open; close it with a reason if it is not to wait for them."""

    code = "parts_open"


class TooDeep(Conflict):
    """This is a part of a part already; it cannot have so many levels."""

    code = "too_deep"


class UnknownVariable(Invalid):
    """This text asks for a variable that does not exist; choose one of the list."""

    code = "unknown_variable"

    @classmethod
    def named(cls, name: str, *, field: str) -> Self:
        """The error that says which variable it was."""
        words = _("There is no variable «%(name)s» here; choose one of the list.") % {"name": f"{{{{{name}}}}}"}
        return cls(words, fields={field: words})


class ShortcutTaken(Conflict):
    """Another of these canned answers has this shortcut; choose another."""

    code = "shortcut_taken"


class LeftOpen(Invalid):
    """Something in this answer still has to be filled in before it may go out."""

    code = "left_open"

    @classmethod
    def named(cls, marks: Sequence[str]) -> Self:
        """The error that says which places are open."""
        words = _("Fill in or remove before sending: %(marks)s") % {"marks": " ".join(marks[:5])}
        return cls(words, fields={"body": words})


class NoOwnSignature(Invalid):
    """Your department gives one signature for all; yours is not used."""

    code = "no_own_signature"
