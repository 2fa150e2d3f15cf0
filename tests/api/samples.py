"""One row of everything in one branch, so that calls reach more than «not found»."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from peyvand.accounts.context import Actor
from peyvand.accounts.models import Department, Substitution, User
from peyvand.accounts.services import create_post, create_role, create_token, grant_role
from peyvand.activities.services import plan as plan_activity
from peyvand.activities.types import Planned
from peyvand.api.testing import everything, make_department, make_user
from peyvand.cartable import services as cartable
from peyvand.cartable.models import Kind, Request
from peyvand.cartable.services import regrouping, tying
from peyvand.cartable.services.texts import CannedDetails
from peyvand.cartable.types import Draft, ManualEntry, Target, TargetKind
from peyvand.channels.models import Channel, Message
from peyvand.channels.services import ChannelDetails, create_channel, receive
from peyvand.channels.types import Inbound
from peyvand.core.files import store
from peyvand.core.imports.blocks import pack
from peyvand.core.list_state import ListState
from peyvand.core.models import DeadLetter, Import, ImportBlock, LongJob
from peyvand.core.saved_views import create_view
from peyvand.parties.models import DuplicatePair, Merge, Party, PartyFile
from peyvand.parties.services import create_party
from peyvand.parties.services.categories import create_category
from peyvand.parties.services.custom_fields import create_custom_field
from peyvand.parties.services.merging import merge_parties
from peyvand.parties.services.notes import add_note as add_party_note
from peyvand.parties.services.relations import ensure_relation_types, relate
from peyvand.parties.services.segments import SegmentDetails, make_segment
from peyvand.parties.services.tags import create_tag
from peyvand.parties.shapes import CategoryDetails, FieldDetails
from peyvand.parties.types import ContactDetails, IdentifierDetails, PartyDetails
from peyvand.sales import channel_types
from peyvand.sales.channel_types import Claim, PartnerDetails
from peyvand.sales.models import Deal, DealRegistration, LostReason, Pipeline, Stage, StageApproval
from peyvand.sales.services import add_seat, open_deal, register_deal, save_channel, save_partner
from peyvand.sales.types import DealDetails

MAIL = b"From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\nMessage-ID: <%d@example.com>\r\n\r\nhello\r\n"

NUMBER = IdentifierDetails(kind="national_id", typed="0499370899")

SEGMENT = SegmentDetails(name="sample", rule={"rules": [{"field": "kind", "op": "is", "values": ["person"]}]})


@dataclass(frozen=True)
class Samples:
    """The numbers of the rows, by the part of the path that they stand behind, and by parameter for the rest."""

    numbers: Mapping[str, int | str]

    def of(self, path: str, parameter: str) -> int | str | None:
        """The value of a path's parameter; None when there is no row for it."""
        if parameter == "id":
            return self.numbers.get(path.split("/")[3])
        return self.numbers.get(parameter)


def make_samples(owner: User, department: Department) -> Samples:
    """Make one row of each kind in the department; `owner` may do everything there."""
    actor = Actor(owner)
    role = create_role(actor=None, name=f"sample {department.pk}", permissions={})
    colleague = make_user(department)
    grant_role(actor=None, user=colleague, role=role)
    contact = ContactDetails(kind="email", typed=f"sample{department.pk}@example.com")
    details = PartyDetails(name="Sample", branch_id=department.branch_id, owner_id=owner.pk)
    party = create_party(actor=None, details=details, contacts=[contact])
    letter = DeadLetter.objects.create(
        kind=DeadLetter.JOB, name="nothing.known", queue="bulk", arguments={}, error="x", attempts=1
    )
    channel = make_channel(department)
    received = receive(Inbound(channel_id=channel.pk, raw=MAIL % department.pk, place="test", uid="1"))
    own = make_request(actor, party.pk)
    written = Message.objects.get(in_request__request=own)
    draft = cartable.save_draft(actor=actor, request_id=own.pk, draft=Draft(body="answer", medium="phone"))
    file = store(data=b"a file", name="a.txt", user_id=owner.pk)
    note = cartable.add_note(actor=actor, request_id=own.pk, body="note", file_ids=[file.pk])
    canned = cartable.save_canned(actor=actor, details=CannedDetails(title=f"sample {department.pk}", body="sample"))
    referred = make_request(actor, party.pk)
    target = Target(TargetKind.USER, colleague.pk)
    cartable.refer(actor=actor, request_id=referred.pk, to=target)
    tied, joined = make_request(actor, party.pk), make_request(actor, party.pk)
    tie = tying.tie(actor=actor, request_id=own.pk, other_id=tied.pk, kind="related")
    merged = regrouping.merge(actor=actor, survivor_id=own.pk, request_ids=[joined.pk])
    Request.objects.filter(pk=own.pk).update(version=2)  # callers of the API send it
    party_note = add_party_note(actor=owner, party=party, body="note")
    PartyFile.objects.create(party=party, file=file, added_by=owner)
    other = create_party(actor=None, details=PartyDetails(name="Other", branch_id=department.branch_id))
    ensure_relation_types()
    relation = relate(actor=None, party=party, other=other, code="friend", is_source=True)
    pipeline = Pipeline.objects.create(name=f"sample {department.pk}")
    stages = [Stage.objects.create(pipeline=pipeline, name=name, position=place) for place, name in enumerate("ab", 1)]
    deal, later = _deal_of(owner, party, stages[0]), stages[1]
    claimed = _claim_of(owner, department, pipeline)
    numbers: dict[str, int | str] = {
        "sales-channels": claimed.partner.channel_id,
        "sales-partners": claimed.partner_id,
        "deal-registrations": claimed.pk,
        "users": colleague.pk,
        "views": create_view(owner=owner, list_key="customers", name=f"sample {department.pk}", state=ListState()).pk,
        "role_id": role.pk,
        "branches": department.branch_id,
        "departments": make_department(department.branch).pk,
        "posts": create_post(actor=None, title_=f"sample {department.pk}", department=department).pk,
        "tokens": create_token(actor=None, user=owner, name="other", scopes=["cartable.view"])[0].pk,
        "jobs": LongJob.objects.create(kind="parties.bulk_edit", title="sample", owner=owner, state="paused").pk,
        "imports": _import_of(owner).pk,
        "substitutions": _leave_of(owner, colleague).pk,
        "merges": _merge_of(owner, department.branch_id).pk,
        "duplicates": _pair_of(party, other).pk,
        "number": 0,
        "parties": party.pk,
        "notifications": owner.notifications.create(kind="job", text="done").pk,
        "categories": create_category(actor=None, details=CategoryDetails(name=f"sample {department.pk}")).pk,
        "custom-fields": create_custom_field(
            actor=None, kind="text", details=FieldDetails(label=f"sample {department.pk}")
        ).pk,
        "tags": create_tag(actor=None, name=f"sample {department.pk}").pk,
        "note_id": party_note.pk,
        "relation_id": relation.pk,
        "segments": make_segment(actor=owner, details=SEGMENT).pk,
        "party_id": party.pk,
        "other": other.pk,
        "point_id": party.contact_points.get().pk,
        "address_id": party.addresses.create(city="Tehran").pk,
        "identifier_id": party.identifiers.create(kind="other", value="1", digest="1", shown="1").pk,
        "deals": deal.pk,
        "other_deal": _deal_of(owner, party, deal.stage).pk,
        "pipelines": deal.pipeline_id,
        "stage": deal.stage_id,
        "later_stage": later.pk,
        "lost_reason": LostReason.objects.create(name=f"sample {department.pk}").pk,
        "stage-approvals": StageApproval.objects.create(
            deal=deal, stage=later, asked_by=owner, asked_at=timezone.now()
        ).pk,
        "dead-letters": letter.pk,
        "channels": channel.pk,
        "channel_message_id": received.message_id,
        "requests": own.pk,
        "code": own.code,
        "message_id": written.pk,
        "answers": draft.pk,
        "canned-answers": canned.pk,
        "canned_id": canned.pk,
        "other_request": tied.pk,
        "tie_id": tie.pk,
        "regrouping_id": merged.pk,
        "referrals": referred.referrals.get().pk,
        "file_id": file.pk,
        "roles": create_role(actor=None, name=f"unheld {department.pk}", permissions={}).pk,
        "note": note.pk,
        "activities": plan_activity(
            actor=actor, planned=Planned(kind="call", subject="sample", at=timezone.now() + timedelta(days=1))
        ).pk,
        "kind": Kind.objects.create(code=f"k{department.pk}", name_fa="x", name_en="x").pk,
    }
    Party.objects.filter(pk=party.pk).update(version=1)  # callers send the first version
    return Samples(numbers)


def _deal_of(owner: User, party: Party, stage: Stage) -> Deal:
    """Something that the customer may buy from the owner."""
    return open_deal(
        actor=None,
        party_id=party.pk,
        stage_id=stage.pk,
        owner_id=owner.pk,
        details=DealDetails(name="sample", amount=1000),
    )


def _claim_of(owner: User, department: Department, pipeline: Pipeline) -> DealRegistration:
    """What a partner, cared for by the owner, has registered and nobody has decided."""
    party = PartyDetails(name="Partner", branch_id=department.branch_id, owner_id=owner.pk)
    channel = save_channel(
        actor=None,
        details=channel_types.ChannelDetails(
            name=f"sample {department.pk}", kind="agent", pipeline_id=pipeline.pk, accepts_itself=False
        ),
    )
    details = PartnerDetails(channel_id=channel.pk, owner_id=owner.pk)
    partner = save_partner(actor=None, details=details, party_id=create_party(actor=None, details=party).pk)
    seat = add_seat(actor=None, partner_id=partner.pk, name="sample", email=f"partner{department.pk}@example.com")
    claim = Claim(name=f"customer {department.pk}", product="sample", email=f"customer{department.pk}@example.com")
    return register_deal(seat=seat, claim=claim).registration


def _leave_of(owner: User, substitute: User) -> Substitution:
    """A day far ahead on which a colleague stands in."""
    day = timezone.localdate() + timedelta(days=90)
    return Substitution.objects.create(person=owner, substitute=substitute, first_day=day, last_day=day)


def _import_of(owner: User) -> Import:
    """A file of one row that was read."""
    item = Import.objects.create(
        host="parties.Party", owner=owner, file_name="sample.csv", size=12, state="ready", total=1, format="csv",
        columns=[{"index": 0, "header": "name", "kind": "name", "field": "name"}],
        plan={"mode": "add", "key": "", "columns": [{"index": 0, "header": "name", "field": "name"}]},
    )  # fmt: skip
    ImportBlock.objects.create(of=item, number=0, first=0, count=1, rows=pack([["Sample"]]))
    return item


def _merge_of(owner: User, branch_id: int) -> Merge:
    """Two customers that were made one."""
    details = PartyDetails(name="Double", branch_id=branch_id, owner_id=owner.pk)
    first, second = (create_party(actor=None, details=details) for _each in range(2))
    return merge_parties(actor=None, survivor_id=first.pk, party_ids=[second.pk])


def _pair_of(first: Party, second: Party) -> DuplicatePair:
    """Two customers that may be one."""
    Party.objects.filter(pk=second.pk).update(owner=first.owner_id)
    return DuplicatePair.objects.create(
        first=first, second=second, score=80, reasons=["name"], checked_at=timezone.now()
    )


def make_channel(department: Department) -> Channel:
    """A mailbox of the department."""
    owner = make_user(department, permissions=everything())
    details = ChannelDetails(
        kind="email",
        name=f"mailbox {department.pk}",
        branch=department.branch,
        department=department,
        address=f"box{department.pk}@example.com",
    )
    return create_channel(who=owner, details=details)


def make_request(actor: Actor, party_id: int) -> Request:
    """A request that `actor` wrote down."""
    return cartable.open_manually(
        actor=actor, entry=ManualEntry(medium="phone", subject="s", text="t", party_id=party_id)
    )
