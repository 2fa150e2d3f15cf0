"""Requests in the API."""

from peyvand.cartable.api import bulk, confiding, desk, exports, ties
from peyvand.cartable.api.answers import answers
from peyvand.cartable.api.approval_rules import approval_rules
from peyvand.cartable.api.knowledge import articles
from peyvand.cartable.api.mentions import mentions
from peyvand.cartable.api.ordering import actions, rules
from peyvand.cartable.api.outward import outward
from peyvand.cartable.api.papers import files
from peyvand.cartable.api.referrals import referrals
from peyvand.cartable.api.requests import folders, kinds, requests
from peyvand.cartable.api.routing import routing
from peyvand.cartable.api.sending import sending
from peyvand.cartable.api.texts import canned_answers, signatures

__all__ = ["ROUTERS", "bulk", "confiding", "desk", "exports", "ties"]

ROUTERS = {
    "/folders": folders,
    "/kinds": kinds,
    "/requests": requests,
    "/referrals": referrals,
    "/referral-actions": actions,
    "/return-rules": rules,
    "/answers": answers,
    "/files": files,
    "/articles": articles,
    "/canned-answers": canned_answers,
    "/signatures": signatures,
    "/mentions": mentions,
    "/outward": outward,
    "/answer-ways": sending,
    "/routing": routing,
    "/approval-rules": approval_rules,
}
