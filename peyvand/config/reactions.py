"""Who reacts to what: the one table of what follows an event. A reaction is idempotent and commits with its note."""

from peyvand.accounts.events import SubstitutionEnded, WholeInstallationTaken
from peyvand.activities.events import (
    ActivityCancelled,
    ActivityChanged,
    ActivityDeleted,
    ActivityPlanned,
    ActivityReopened,
    InvitationAnswered,
    SeriesChanged,
)
from peyvand.cartable.events import (
    NoteAdded,
    ReferralEnded,
    RegroupingUndone,
    RequestClosed,
    RequestOpened,
    RequestsMerged,
)
from peyvand.channels.events import (
    MessageBounced,
    MessageDelivered,
    MessageFailed,
    MessageParsed,
    MessageReceived,
    MessageSent,
    MessageUncertain,
)
from peyvand.core.events import Event, Reaction
from peyvand.core.long_jobs import LongJobEnded
from peyvand.core.queue import Queue
from peyvand.parties.events import PartyMerged
from peyvand.sales.events import (
    ApprovalAsked,
    ApprovalDecided,
    DealAssigned,
    DealOpened,
    DealReopened,
    DealWorthChanged,
    DecisionTakenBack,
    LeadSubmitted,
    PartnerNoteAdded,
    PortalLinkAsked,
    RegistrationDecided,
    RegistrationReceived,
)

GUESTS = Reaction("peyvand.activities.services.tell_outside", queue=Queue.INTERACTIVE, batch=50)

REACTIONS: dict[type[Event], list[Reaction]] = {
    MessageReceived: [Reaction("peyvand.channels.services.parse_received", queue=Queue.INBOUND, batch=50)],
    MessageParsed: [
        Reaction("peyvand.cartable.services.open_from_messages", queue=Queue.INBOUND, batch=50),
        Reaction("peyvand.activities.services.take_answers", queue=Queue.INBOUND, batch=50),
    ],
    MessageSent: [
        Reaction("peyvand.cartable.services.note_sent", queue=Queue.INTERACTIVE),
        Reaction("peyvand.config.bounces.hope_for_delivery", queue=Queue.BULK),
    ],
    MessageDelivered: [Reaction("peyvand.cartable.services.note_delivered", queue=Queue.INBOUND)],
    MessageFailed: [Reaction("peyvand.cartable.services.note_failed", queue=Queue.INTERACTIVE)],
    MessageUncertain: [Reaction("peyvand.cartable.services.note_uncertain", queue=Queue.INTERACTIVE)],
    MessageBounced: [
        Reaction("peyvand.cartable.services.note_bounced", queue=Queue.INBOUND),
        Reaction("peyvand.config.bounces.mark_bounced", queue=Queue.BULK),
    ],
    ReferralEnded: [Reaction("peyvand.cartable.services.tell_referrer", queue=Queue.INTERACTIVE)],
    NoteAdded: [Reaction("peyvand.cartable.services.tell_mentioned", queue=Queue.INTERACTIVE)],
    SubstitutionEnded: [Reaction("peyvand.cartable.services.give_back_after", queue=Queue.INTERACTIVE)],
    RequestsMerged: [Reaction("peyvand.config.merged_requests.take_activities_along", queue=Queue.INTERACTIVE)],
    RegroupingUndone: [Reaction("peyvand.config.merged_requests.bring_activities_back", queue=Queue.INTERACTIVE)],
    PartyMerged: [Reaction("peyvand.parties.services.merging.gather", queue=Queue.INTERACTIVE)],
    RequestOpened: [Reaction("peyvand.cartable.services.receipts.acknowledge", queue=Queue.INTERACTIVE, batch=50)],
    RequestClosed: [
        Reaction("peyvand.cartable.services.surveys.plan_survey", queue=Queue.BULK),
        Reaction("peyvand.cartable.services.parts.tell_whole", queue=Queue.INTERACTIVE),
    ],
    WholeInstallationTaken: [Reaction("peyvand.parties.services.access_log.note_whole_export")],
    ApprovalAsked: [Reaction("peyvand.sales.services.telling.tell_approvers", queue=Queue.INTERACTIVE)],
    ApprovalDecided: [Reaction("peyvand.sales.services.telling.tell_asker", queue=Queue.INTERACTIVE)],
    LeadSubmitted: [Reaction("peyvand.sales.services.capturing.take_in", queue=Queue.INBOUND)],
    DealOpened: [Reaction("peyvand.sales.services.assigning.assign_opened", queue=Queue.INTERACTIVE)],
    DealAssigned: [Reaction("peyvand.sales.services.telling.tell_owner", queue=Queue.INTERACTIVE)],
    RegistrationReceived: [Reaction("peyvand.sales.services.partner_telling.tell_received", queue=Queue.INTERACTIVE)],
    RegistrationDecided: [Reaction("peyvand.sales.services.partner_telling.tell_decided", queue=Queue.INTERACTIVE)],
    DecisionTakenBack: [Reaction("peyvand.sales.services.partner_telling.tell_taken_back", queue=Queue.INTERACTIVE)],
    PortalLinkAsked: [Reaction("peyvand.sales.services.seats.mail_asked_key", queue=Queue.INTERACTIVE)],
    PartnerNoteAdded: [Reaction("peyvand.sales.services.partner_telling.tell_noted", queue=Queue.INTERACTIVE)],
    DealWorthChanged: [Reaction("peyvand.sales.services.commissions.count_worth", queue=Queue.INTERACTIVE)],
    DealReopened: [Reaction("peyvand.sales.services.commissions.count_worth", queue=Queue.INTERACTIVE)],
    ActivityPlanned: [GUESTS],
    ActivityChanged: [GUESTS],
    ActivityCancelled: [GUESTS],
    ActivityReopened: [GUESTS],
    ActivityDeleted: [GUESTS],
    InvitationAnswered: [Reaction("peyvand.activities.services.tell_organizers", queue=Queue.INTERACTIVE, batch=50)],
    SeriesChanged: [Reaction("peyvand.activities.services.tell_of_series", queue=Queue.INTERACTIVE, batch=50)],
    LongJobEnded: [Reaction("peyvand.web.jobs.telling.tell_owner", queue=Queue.INTERACTIVE)],
}
