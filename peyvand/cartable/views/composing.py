"""The composer of a request page: whose draft, which way it goes, who reviews it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.cartable import policies
from peyvand.cartable.models import Answer, Endorsement, Request
from peyvand.cartable.recipients import listed
from peyvand.cartable.selectors.approvals import is_in_order, missing, open_turns, rule_for, turn_of, turns_of
from peyvand.cartable.selectors.choices import reviewers_of
from peyvand.cartable.selectors.people import ways_to_answer
from peyvand.cartable.selectors.reading import RequestPage
from peyvand.cartable.selectors.signatures import signature_for
from peyvand.cartable.views.thread import Attached, attached
from peyvand.cartable.words import MEDIUMS
from peyvand.channels.models import Message
from peyvand.parties.models import ContactPoint

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Waiting:
    """A draft of somebody that waits for somebody else."""

    author: str
    reviewer: str
    body: str
    turns: Sequence["Turn"] = ()


@dataclass(frozen=True)
class Turn:
    """One of several approvals of an answer."""

    name: str
    state: str
    at: datetime | None
    instead: str = ""  # whom he stands in for


@dataclass(frozen=True)
class Composer:
    """What the composer shows. `mode`: reply, review or closed; `key` changes when the page must redraw it."""

    mode: str
    key: str
    tab: str = "reply"
    answer_id: int = 0
    version: int = 0
    body: str = ""
    to: str = ""
    ways: Choices = ()
    reviewer: str = ""
    reviewers: Choices = ()
    files: Sequence[Attached] = ()
    remark: str = ""
    returned_by: str = ""
    author: str = ""
    recipient: str = ""
    submitted_at: datetime | None = None
    purpose: str = "reply"
    subject: str = ""
    cc: str = ""
    bcc: str = ""
    addresses: Sequence[str] = ()  # of the customer, to choose from
    seen: int = 0  # the newest line of the history that the page shows
    rule: str = ""  # the rule that asks others to approve this answer, as far as one knows before it is written
    turns: Sequence[Turn] = ()
    last_turn: bool = True  # this approval lets the answer out
    signature: str = ""  # what stands below it when it goes out

    @property
    def is_many(self) -> bool:
        """Does it go to several addresses?"""
        return len(listed(self.recipient)) > 1 and self.to.startswith("mail:")

    waiting: Waiting | None = None


@dataclass(frozen=True)
class Desk:
    """What a user finds on his desk for one request, as the selectors read it."""

    mine: Answer | None  # my draft, or my draft that came back
    in_review: Answer | None
    reviews: bool  # whether the one in review is mine to decide
    ways: Choices
    reviewers: Choices
    direct: bool  # whether I may send without approval
    seen: int = 0
    turns: Sequence[Endorsement] = ()  # of the one in review
    missing: int = 0
    sent: int = 0  # the last answer of mine that was let out


def composer_of(request: Request, desk: Desk, *, tab: str) -> Composer:
    """Choose between the reviewer's form, one's own draft and an empty one."""
    if request.status == Request.Status.CLOSED:
        return Composer("closed", "closed")
    if desk.in_review and desk.reviews:
        return _reviewing(request, desk, desk.in_review, tab)
    return _writing(request, desk, tab)


def _reviewing(request: Request, desk: Desk, answer: Answer, tab: str) -> Composer:
    return Composer(
        "review",
        f"review-{answer.pk}-{answer.version}",
        tab=tab,
        answer_id=answer.pk,
        version=answer.version,
        body=answer.body,
        author=str(answer.author),
        recipient=answer.recipient,
        submitted_at=answer.submitted_at,
        files=attached(answer.files.all(), request.code),
        purpose=answer.purpose,
        cc=", ".join(answer.cc),
        bcc=", ".join(answer.bcc),
        seen=desk.seen,
        turns=_turns(desk.turns),
        last_turn=desk.missing <= 1,
        signature=signature_for(request, answer.author) if answer.medium == Message.Medium.MAIL else "",
    )


def _turns(turns: Sequence[Endorsement]) -> list[Turn]:
    return [
        Turn(str(each.user), each.state, each.at, str(each.instead_of) if each.instead_of else "") for each in turns
    ]


def _writing(request: Request, desk: Desk, tab: str) -> Composer:
    mine = desk.mine
    waiting = desk.in_review
    returned = mine is not None and mine.state == Answer.State.RETURNED
    return Composer(
        "reply",
        "-".join(map(str, ["reply", *_mark_of(mine, desk.sent), waiting.pk if waiting else 0, len(desk.turns)])),
        tab=tab,
        answer_id=mine.pk if mine else 0,
        version=mine.version if mine else 0,
        body=mine.body if mine else "",
        to=f"{mine.medium}:{mine.recipient}" if mine else (desk.ways[0][0] if desk.ways else ""),
        ways=desk.ways,
        reviewer=_chosen(request, mine, desk),
        reviewers=desk.reviewers,
        files=attached(mine.files.all(), request.code) if mine else (),
        purpose=mine.purpose if mine else "reply",
        recipient=mine.recipient if mine else "",
        subject=mine.subject if mine else "",
        cc=", ".join(mine.cc) if mine else "",
        bcc=", ".join(mine.bcc) if mine else "",
        addresses=[value.partition(":")[2] for value, _text in desk.ways if value.startswith("mail:")],
        seen=desk.seen,
        rule=rule.name if (rule := rule_for(request, mine.body if mine else "")) else "",
        remark=mine.remark if mine and returned else "",
        returned_by=str(mine.reviewer or "") if mine and returned else "",
        waiting=Waiting(str(waiting.author), str(waiting.reviewer or ""), waiting.body, _turns(desk.turns))
        if waiting
        else None,
    )


def _mark_of(mine: Answer | None, sent: int) -> tuple[object, ...]:
    """What tells one draft from another; without one, the last that went out: the text of it must leave the page."""
    return (mine.pk, mine.state, mine.addressed) if mine else (0, "", sent)


def _chosen(request: Request, mine: Answer | None, desk: Desk) -> str:
    if mine and mine.reviewer_id:
        return str(mine.reviewer_id)
    if desk.direct:
        return ""
    known = {value for value, _text in desk.reviewers}
    officer = str(request.officer_id or "")
    return officer if officer in known else ""


def way_text(medium: str, address: str) -> str:
    """«E-mail · negar@…»."""
    name = str(MEDIUMS.get(medium, medium))
    return f"{name} · {address}" if address else name


def desk_of(who: User, page: RequestPage, points: Sequence[ContactPoint], *, may_draft: bool) -> Desk:
    """Read what a user finds on his desk for this request; choices only for who may write.

    points: the addresses of the customer.
    """
    request = page.request
    waiting = page.in_review()
    turns = turns_of(waiting) if waiting is not None and waiting.rule_id else []
    reviews = waiting is not None and _reviews(who, request, waiting, turns)
    writes = may_draft and not reviews and request.status != Request.Status.CLOSED
    return Desk(
        mine=page.draft_of(who),
        in_review=waiting,
        reviews=reviews,
        ways=_ways(ways_to_answer(page.messages, points), page.draft_of(who)) if writes else (),
        reviewers=[(str(pk), name) for pk, name in reviewers_of(request) if pk != who.pk] if writes else (),
        direct=may(who, "cartable.send"),
        seen=page.steps[-1].pk if page.steps else 0,
        turns=turns,
        missing=missing(waiting, turns) if waiting is not None and turns else 0,
        sent=page.sent_by(who),
    )


def _reviews(who: User, request: Request, waiting: Answer, turns: Sequence[Endorsement]) -> bool:
    """Is the answer his to decide: by his turn, where a rule asks for several, else by what he may?"""
    if turns:
        opened = open_turns(turns, in_order=is_in_order(waiting.rule_id))
        return turn_of(who, waiting, turns, opened) is not None
    return policies.may_act(who, "cartable.approve", request) and _is_his(who, waiting)


def _is_his(who: User, answer: Answer) -> bool:
    """One's own draft is for another to review, unless one may send without approval."""
    return answer.author_id != who.pk or may(who, "cartable.send")


def _ways(ways: list[tuple[str, str]], mine: Answer | None) -> Choices:
    if mine and len(listed(mine.recipient)) == 1 and (mine.medium, mine.recipient) not in ways:
        ways.insert(0, (mine.medium, mine.recipient))
    often = Counter(medium for medium, _address in ways)
    return [(f"{medium}:{address}", way_text(medium, address if often[medium] > 1 else "")) for medium, address in ways]
