"""Rules of activities that can be broken, each with the sentence a person reads."""

from peyvand.core.errors import Conflict, Invalid


class NotPlanned(Conflict):
    """This activity is not planned any more; reopen it first."""

    code = "not_planned"


class NotClosed(Conflict):
    """This activity is still planned."""

    code = "activity_not_closed"


class HeldOutside(Conflict):
    """Somebody outside holds this meeting; he alone changes it. Answer him instead."""

    code = "held_outside"


class NoTime(Invalid):
    """Say when this takes place; only a task can be without a time."""

    code = "no_time"


class EndsBefore(Invalid):
    """This ends before it begins."""

    code = "ends_before"


class TooLong(Invalid):
    """An activity lasts at most 31 days."""

    code = "activity_too_long"


class UnknownZone(Invalid):
    """There is no such time zone."""

    code = "unknown_zone"


class NotALink(Invalid):
    """An online link begins with https:// or http://."""

    code = "not_a_link"


class NoSuchPerson(Invalid):
    """Choose somebody who is active and for whom you may plan."""

    code = "no_such_person"


class NoSuchCustomer(Invalid):
    """There is no such customer, or you may not see it."""

    code = "no_such_customer"


class NoSuchRecord(Invalid):
    """There is no such record to link to, or you may not see it."""

    code = "no_such_record"


class NoSuchOutcome(Invalid):
    """This outcome does not exist for this kind of activity."""

    code = "no_such_outcome"


class TooManyInvited(Invalid):
    """At most 100 people can be invited."""

    code = "too_many_invited"


class NotInvited(Conflict):
    """You are not invited to this activity."""

    code = "not_invited"


class NotAMeeting(Invalid):
    """A task has no minutes."""

    code = "not_a_meeting"


class NoSuchOccurrence(Conflict):
    """This activity does not come again, so there are no later ones to change."""

    code = "no_such_occurrence"


class NothingToUndo(Conflict):
    """This cannot be undone any more: the activity has changed since."""

    code = "nothing_to_undo"
