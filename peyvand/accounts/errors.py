"""Rules of accounts that can be broken, each with the sentence a person reads."""

from peyvand.core.errors import Conflict, Invalid, NotAllowed


class LastAdministrator(Conflict):
    """There must always be somebody who can manage everything; name another administrator first."""

    code = "last_administrator"


class WiderThanYou(NotAllowed):
    """You can only give permissions that you hold yourself, as far as you hold them."""

    code = "wider_than_you"


class AboveYou(NotAllowed):
    """This person may do more than you; somebody with the same access must change this."""

    code = "above_you"


class NameTaken(Invalid):
    """This name is taken."""

    code = "name_taken"


class BranchInItself(Invalid):
    """A branch cannot be moved below itself."""

    code = "branch_in_itself"


class WeakPassword(Invalid):
    """This password is too easy to guess."""

    code = "weak_password"


class WrongPassword(Invalid):
    """This is not your current password."""

    code = "wrong_password"


class UnknownPermission(Invalid):
    """There is no such permission, or it has no such scope."""

    code = "unknown_permission"


class StillInUse(Conflict):
    """This is still in use and cannot be removed."""

    code = "still_in_use"


class WrongDays(Invalid):
    """The last day is before the first, has passed, or lies more than a year ahead."""

    code = "wrong_days"


class AlreadySubstituted(Conflict):
    """Somebody stands in already in some of these days; end that first or choose other days."""

    code = "already_substituted"


class SubstituteAway(Conflict):
    """This colleague is on leave in some of these days and has a substitute, too; choose somebody else."""

    code = "substitute_away"


class StandsInMeanwhile(Conflict):
    """The person on leave stands in for somebody else in some of these days; name another substitute there first."""

    code = "stands_in_meanwhile"


class SubstitutionOver(Conflict):
    """This substitution is over and cannot be changed any more."""

    code = "substitution_over"
