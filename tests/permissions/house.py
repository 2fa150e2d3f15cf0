"""A house full of alice's things: one of everything that an address can name, all in logistics, Tehran."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from peyvand.accounts.models import ApiToken, Notification, Substitution
from peyvand.accounts.services import create_token
from peyvand.activities.models import Activity, Invitee, Outcome
from peyvand.cartable import code
from peyvand.cartable.models import Answer, Article, CannedAnswer, Note, Referral, Request, RequestMessage, Routed
from peyvand.channels.models import Attachment, Channel, Message
from peyvand.core import blobs
from peyvand.core.imports.blocks import pack
from peyvand.core.models import DeadLetter, File, Import, ImportBlock, LongJob, SavedView
from peyvand.parties.models import (
    ContactPoint,
    DuplicatePair,
    Merge,
    MergeSource,
    Party,
    PartyFile,
    PartyNote,
    Relation,
    RelationType,
    Segment,
    SegmentMember,
)
from peyvand.sales.models import (
    AssignmentRule,
    Deal,
    DealPartner,
    DealRegistration,
    DealRequest,
    DealSpan,
    LeadForm,
    LeadSubmission,
    LostReason,
    Partner,
    PartnerRule,
    PartnerSeat,
    Pipeline,
    SalesChannel,
    Stage,
    StageApproval,
)
from tests.cast import Cast

RAW = b"From: sepideh@arman.example\r\nSubject: late\r\n\r\nWhere is my order?\r\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


@dataclass(frozen=True)
class House:
    """What the matrix of permissions asks for."""

    cast: Cast
    mailbox: Channel
    form: Channel
    party: Party
    point: ContactPoint
    request: Request
    received: Message
    unsent: Message
    file: File
    referral: Referral
    answer: Answer
    note: Note
    party_note: PartyNote
    paper: PartyFile
    relation: Relation
    news: Notification
    token: ApiToken
    letter: DeadLetter
    job: LongJob
    view: SavedView
    segment: Segment
    frozen: Segment
    bringing: Import
    merge: Merge
    pair: DuplicatePair
    substitution: Substitution
    canned: CannedAnswer
    article: Article
    activity: Activity
    binned: Activity
    outcome: Outcome
    deal: Deal
    approval: StageApproval
    lead_form: LeadForm
    submission: LeadSubmission
    sales_rule: AssignmentRule
    seat: PartnerSeat
    registration: DealRegistration
    partner_rule: PartnerRule


def make_house(cast: Cast) -> House:
    """Store everything, past the services: what is tested here is who may reach it."""
    now = timezone.now()
    mailbox = Channel.objects.create(
        kind=Channel.Kind.EMAIL, name="پشتیبانی", address="support@company.example", token="mailbox-token",
        branch=cast.tehran, department=cast.customer_relations, settings={"incoming": "smtp"},
    )  # fmt: skip
    form = Channel.objects.create(kind=Channel.Kind.WEB_FORM, name="فرم", token="form-token", branch=cast.tehran)
    party = Party.objects.create(
        name="سپیده نیک‌نام", branch=cast.tehran, owner=cast.olivia, is_provisional=True, search="سپیده نیک‌نام"
    )
    point = ContactPoint.objects.create(
        party=party, kind="email", typed="sepideh@arman.example", value="sepideh@arman.example", is_primary=True
    )
    request = _request(cast, mailbox, party)
    Routed.objects.create(
        request=request, reason="channel", details={"department": cast.logistics.pk}, at=request.opened_at
    )
    received = _message(mailbox, Message.Direction.IN, Message.State.PARSED, "in-1")
    unsent = _message(mailbox, Message.Direction.OUT, Message.State.UNCERTAIN, "out-1")
    for message in (received, unsent):
        RequestMessage.objects.create(request=request, message=message)
    blob = blobs.put(PNG)
    file = File.objects.create(blob=blob, name="a.png", content_type="image/png", size=len(PNG))
    Attachment.objects.create(message=received, file=file, position=0)
    referral = Referral.objects.create(
        request=request, by=cast.olivia, to_user=cast.alice, instruction="پاسخ دهید", created_at=timezone.now()
    )
    answer = Answer.objects.create(
        request=request, author=cast.alice, reviewer=cast.olivia, state=Answer.State.REVIEW, body="فردا می‌رسد.",
        recipient="sepideh@arman.example", submitted_at=timezone.now(),
    )  # fmt: skip
    token, _secret = create_token(actor=None, user=cast.alice, name="گزارش", scopes=["cartable.view"])
    letter = DeadLetter.objects.create(
        kind="job", name="core.nothing", queue="inbound", arguments={}, error="boom", attempts=8
    )
    note = Note.objects.create(request=request, author=cast.alice, body="یادداشت")
    party_note = PartyNote.objects.create(party=party, author=cast.olivia, body="او مدیر خرید است")
    paper = PartyFile.objects.create(party=party, file=file, label="قرارداد", added_by=cast.olivia)
    kind = RelationType.objects.create(
        code="friend", name_fa="دوست", name_en="Friend", inverse_fa="دوست", inverse_en="Friend", is_symmetric=True
    )
    other = Party.objects.create(name="مهدی کاظمی‌نژاد", branch=cast.tehran, owner=cast.olivia)
    relation = Relation.objects.create(type=kind, source=party, target=other)
    news = Notification.objects.create(
        user=cast.alice, kind="mention", text="%(name)s mentioned you in a note on %(party)s",
        data={"name": "لیلا", "party": party.name}, url=f"/customers/{party.pk}/",
    )  # fmt: skip
    view = SavedView.objects.create(list="customers", name="نمای من", owner=cast.alice)
    job = LongJob.objects.create(
        kind="parties.bulk_edit", title="تغییر سپیده نیک‌نام", owner=cast.alice, state="paused", total=1
    )
    rule = {"rules": [{"rules": [{"field": "name", "op": "is", "values": ["سپیده نیک‌نام"]}]}]}
    segment = Segment.objects.create(name="بخش سپیده نیک‌نام", rule=rule, owner=cast.olivia, branch=cast.tehran)
    frozen = Segment.objects.create(name="بخش سپیده", kind="static", owner=cast.olivia, branch=cast.tehran)
    SegmentMember.objects.create(segment=frozen, party=party)
    bringing = Import.objects.create(
        host="parties.Party", owner=cast.alice, file_name="مشتریان سپیده نیک‌نام.csv", size=20, state="ready", total=1,
        format="csv", columns=[{"index": 0, "header": "نام", "kind": "name", "field": "name"}],
    )  # fmt: skip
    ImportBlock.objects.create(of=bringing, number=0, first=0, count=1, rows=pack([["سپیده نیک‌نام"]]))
    merge = Merge.objects.create(survivor=party, by=cast.olivia, at=now, undo_until=now + timedelta(days=90))
    alias = Party.objects.create(
        name="سپیده نیک‌نام", branch=cast.tehran, owner=cast.olivia, deleted_at=now, merged_into=party
    )
    MergeSource.objects.create(merge=merge, party=alias, place=0)
    pair = DuplicatePair.objects.create(first=party, second=other, score=90, reasons=["phone_same"], checked_at=now)
    day = timezone.localdate() + timedelta(days=100)
    substitution = Substitution.objects.create(
        person=cast.alice, substitute=cast.bob, first_day=day, last_day=day, by=cast.alice, note="سپیده نیک‌نام"
    )
    canned = CannedAnswer.objects.create(title="تأخیر در تحویل سفارش", body="فردا می‌رسد.", owner=cast.alice)
    article = Article.objects.create(title="تحویل", body="دو روزه", state="published")
    article.versions.create(number=1, title="تحویل", body="دو روزه", at=now)
    activity = Activity.objects.create(
        kind="meeting", subject="نشست پنهان آرمان", at=now + timedelta(days=1), ends_at=now + timedelta(days=2),
        owner=cast.alice, created_by=cast.alice, department=cast.logistics, branch=cast.tehran, party=party,
        search="نشست پنهان آرمان",
    )  # fmt: skip
    Invitee.objects.create(activity=activity, user=cast.bob)
    binned = Activity.objects.create(
        kind="task", subject="در زباله‌دان", owner=cast.alice, department=cast.logistics, branch=cast.tehran,
        deleted_at=now,
    )  # fmt: skip
    outcome = Outcome.objects.create(kind="meeting", name_fa="برگزار شد", name_en="Took place", state="done")
    deal = _deal(cast, party)
    waiting = StageApproval.objects.create(deal=deal, stage=deal.stage, asked_by=cast.alice, asked_at=now)
    leads = LeadForm.objects.create(name="فرم سرنخ", token="lead-token", pipeline=deal.pipeline, branch=cast.tehran)
    submission = LeadSubmission.objects.create(
        form=leads, nonce="n", answers={"name": "سپیده نیک‌نام"}, state="failed", received_at=now
    )
    rule_of_sales = AssignmentRule.objects.create(name="قاعدهٔ فروش", people=[cast.alice.pk], position=1)
    DealRequest.objects.create(deal=deal, request=request, by=cast.alice, at=now)
    seat, registration = _partner(cast, deal, other)
    return House(
        seat=seat, registration=registration,
        partner_rule=PartnerRule.objects.create(name="سپیده نیک‌نام", bands=[{"from": 0, "value": 100}]),
        lead_form=leads, submission=submission, sales_rule=rule_of_sales,
        activity=activity, binned=binned, outcome=outcome,
        pair=pair, substitution=substitution, canned=canned, article=article,
        cast=cast, mailbox=mailbox, form=form, party=party, point=point, request=request, received=received,
        unsent=unsent, file=file, referral=referral, answer=answer, note=note,
        party_note=party_note, paper=paper, relation=relation, news=news, token=token, letter=letter,
        job=job, view=view, segment=segment, frozen=frozen, bringing=bringing, merge=merge, deal=deal, approval=waiting,
    )  # fmt: skip


def _partner(cast: Cast, deal: Deal, party: Party) -> tuple[PartnerSeat, DealRegistration]:
    """An agent of alice's through whom her deal goes, with somebody who may enter and a claim that waits."""
    channel = SalesChannel.objects.create(name="نمایندگان", kind="agent")
    partner = Partner.objects.create(
        party=party, channel=channel, owner=cast.alice, department=cast.logistics, branch=cast.tehran
    )
    Deal.objects.filter(pk=deal.pk).update(partner=partner, channel="partner")
    DealPartner.objects.create(deal=deal, partner=partner)
    seat = PartnerSeat.objects.create(partner=partner, name="سپیده نیک‌نام", email="seat@arman.example")
    claim = DealRegistration.objects.create(
        partner=partner, seat=seat, name="سپیده نیک‌نام", product="سپیده نیک‌نام", fingerprint="x", state="conflict",
        rival_deal=deal, received_at=timezone.now(),
    )  # fmt: skip
    return seat, claim


def _request(cast: Cast, channel: Channel, party: Party) -> Request:
    now = timezone.now()
    return Request.objects.create(
        code=code.make(1405, 482), subject="تأخیر در تحویل سفارش", medium=Message.Medium.MAIL, channel=channel,
        party=party, status=Request.Status.REVIEW, branch=cast.tehran, department=cast.logistics,
        officer=cast.olivia, assignee=cast.alice, opened_at=now, next_due=now + timedelta(hours=4),
        last_activity_at=now, last_inbound_at=now, needs_review=True, message_count=2,
    )  # fmt: skip


def _message(channel: Channel, direction: str, state: str, external_id: str) -> Message:
    return Message.objects.create(
        channel=channel, direction=direction, medium=Message.Medium.MAIL, state=state, external_id=external_id,
        message_id=f"{external_id}@arman.example", sender="sepideh@arman.example", subject="late", text="Where?",
        html="<p>Where?</p>", recipients={"to": ["sepideh@arman.example"]}, raw=blobs.put(RAW),
        occurred_at=timezone.now(),
    )  # fmt: skip


def _deal(cast: Cast, party: Party) -> Deal:
    """Something that alice's customer may buy."""
    now = timezone.now()
    LostReason.objects.create(name="بها")
    pipeline = Pipeline.objects.create(name="کاریز")
    stages = [Stage.objects.create(pipeline=pipeline, name=name, position=place) for place, name in enumerate("ab", 1)]
    deal = Deal.objects.create(
        name="خط سپیده", party=party, pipeline=pipeline, stage=stages[0], owner=cast.alice, amount=50_000_000,
        department=cast.logistics, branch=cast.tehran, stage_since=now, opened_at=now, search="خط سپیده",
    )  # fmt: skip
    DealSpan.objects.create(deal=deal, pipeline=pipeline, stage=stages[0], state="open", since=now)
    return deal
