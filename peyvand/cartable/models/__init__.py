"""The cartable (کارتابل): requests, referrals, answers, notes, their history and their clock."""

from peyvand.cartable.models.approvals import ApprovalRule, Endorsement, RuleApprover
from peyvand.cartable.models.confidential import Confidant, ConfidentialView
from peyvand.cartable.models.desks import Presence, Snooze
from peyvand.cartable.models.kinds import Kind, ReferralAction, ReturnRule, SlaPolicy
from peyvand.cartable.models.knowledge import Article, ArticleVersion, Topic
from peyvand.cartable.models.mentions import Mention
from peyvand.cartable.models.outward import Receipt, Survey
from peyvand.cartable.models.papers import Answer, Note, ReadMark, RequestMessage, Step
from peyvand.cartable.models.referrals import (
    IS_OPEN,
    IS_ORIGINAL,
    OPEN_REFERRAL,
    SEE_BLIND,
    Referral,
    for_self_q,
    own_ways,
    received_q,
    received_ways,
    referred_to_q,
    sent_q,
    sent_ways,
)
from peyvand.cartable.models.requests import (
    ACTIVE,
    IN_REVIEW,
    IS_ACTIVE,
    IS_ANSWERED,
    IS_CLOSED,
    IS_TAGGED,
    LEXEMES,
    Request,
    RequestQuerySet,
    insider_q,
    seen_q,
    stood_in_q,
)
from peyvand.cartable.models.routing import Routed, RoutingRule, Seat, Skill, Turn
from peyvand.cartable.models.texts import CannedAnswer, CannedUse, Signature
from peyvand.cartable.models.ties import Regrouping, RegroupMove, RegroupRow, Tie

__all__ = [
    "ACTIVE",
    "IN_REVIEW",
    "IS_ACTIVE",
    "IS_ANSWERED",
    "IS_CLOSED",
    "IS_OPEN",
    "IS_ORIGINAL",
    "IS_TAGGED",
    "LEXEMES",
    "OPEN_REFERRAL",
    "SEE_BLIND",
    "Answer",
    "ApprovalRule",
    "Article",
    "ArticleVersion",
    "CannedAnswer",
    "CannedUse",
    "Confidant",
    "ConfidentialView",
    "Endorsement",
    "Kind",
    "Mention",
    "Note",
    "Presence",
    "ReadMark",
    "Receipt",
    "Referral",
    "ReferralAction",
    "RegroupMove",
    "RegroupRow",
    "Regrouping",
    "Request",
    "RequestMessage",
    "RequestQuerySet",
    "ReturnRule",
    "Routed",
    "RoutingRule",
    "RuleApprover",
    "Seat",
    "Signature",
    "Skill",
    "SlaPolicy",
    "Snooze",
    "Step",
    "Survey",
    "Tie",
    "Topic",
    "Turn",
    "for_self_q",
    "insider_q",
    "received_q",
    "own_ways",
    "received_ways",
    "referred_to_q",
    "seen_q",
    "sent_q",
    "sent_ways",
    "stood_in_q",
]
