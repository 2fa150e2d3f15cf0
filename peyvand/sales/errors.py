"""What can go wrong with leads and deals."""

from peyvand.core.errors import Conflict, Invalid


class DealChanged(Conflict):
    """Somebody else changed this meanwhile; what you see now is the newest."""

    code = "deal_changed"


class NotOpen(Conflict):
    """It was won, lost or joined to another already; reopen it first."""

    code = "deal_not_open"


class StillOpen(Conflict):
    """It is open already."""

    code = "deal_still_open"


class StageGone(Conflict):
    """This stage was removed meanwhile."""

    code = "stage_gone"


class MoveBlocked(Invalid):
    """Something is missing before it may come to this stage."""

    code = "move_blocked"


class ApprovalNeeded(Conflict):
    """This stage needs an approval; ask for it."""

    code = "approval_needed"


class ApprovalWaits(Conflict):
    """An approval was asked for already; wait for the answer."""

    code = "approval_waits"


class AlreadyDecided(Conflict):
    """This was decided meanwhile, or is no longer asked."""

    code = "approval_decided"


class LastStage(Invalid):
    """A pipeline needs at least one stage."""

    code = "last_stage"


class StageInUse(Conflict):
    """Deals stand in this stage; say to which stage they go."""

    code = "stage_in_use"


class PipelineInUse(Conflict):
    """Open deals are in this pipeline; move or close them first."""

    code = "pipeline_in_use"


class TooManyTags(Invalid):
    """A deal carries at most 20 tags."""

    code = "too_many_tags"


class NameTaken(Conflict):
    """There is one of this name already."""

    code = "name_taken"


class RuleChanged(Conflict):
    """Somebody else changed this rule meanwhile; open it again."""

    code = "rule_changed"


class RequestWithoutCustomer(Conflict):
    """It is not known yet who wrote this request; say so first."""

    code = "request_without_customer"


class ChannelInUse(Conflict):
    """Active partners sell through this channel; move them first."""

    code = "channel_in_use"


class PartnerThere(Conflict):
    """This customer record is a partner already."""

    code = "partner_there"


class PartnersMeet(Conflict):
    """Several of these customers sell for us; end all partnerships but one on their pages first, then merge."""

    code = "partners_meet"


class NotTakenBack(Conflict):
    """This decision cannot be taken back any more."""

    code = "not_taken_back"


class SeatShut(Conflict):
    """Your access to the portal has ended; write to whoever cares for you."""

    code = "seat_shut"


class KeyUsed(Conflict):
    """This link has been used or is too old; ask for a new one."""

    code = "key_used"


class RuleUsed(Conflict):
    """Something was earned by this rule; end it with a last day and write a new one."""

    code = "rule_used"
