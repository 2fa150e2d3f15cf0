"""Asking the rules of a message that somebody types, to see what they would do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peyvand.accounts.models import User
from peyvand.accounts.policies import require_everywhere
from peyvand.cartable.permissions import CONFIGURE
from peyvand.cartable.routing import Asked
from peyvand.cartable.routing_rules import decide
from peyvand.cartable.selectors.routing import channel_facts, ready, rules_in_order, world_of
from peyvand.cartable.services.opening import words_of
from peyvand.cartable.services.placing import incoming_of
from peyvand.channels.models import Channel, Message
from peyvand.core.errors import Invalid

MEDIUM_OF = {Channel.Kind.EMAIL: Message.Medium.MAIL, Channel.Kind.WEB_FORM: Message.Medium.FORM}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One rule: what it misses; why it leads nowhere; is_chosen: it takes the message."""

    rule_id: int
    name: str
    is_active: bool
    misses: Sequence[str] = ()
    why: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What the rules that are on would do; `rows` has those that are off, too."""

    rows: Sequence[Row]
    department_id: int | None
    kind_id: int | None
    language: str


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A message as it might come; category, branch: of its customer."""

    channel: int
    at: datetime
    sender: str = ""
    recipient: str = ""
    subject: str = ""
    text: str = ""
    category: int | None = None
    branch: int | None = None


def try_rules(*, actor: User, typed: Typed) -> Trial:
    """Ask every rule of such a message; nothing is stored. Errors: NotAllowed, Invalid (channel)."""
    require_everywhere(actor, CONFIGURE)
    through = Channel.objects.filter(pk=typed.channel).first()
    if through is None:
        raise Invalid(fields={"channel": "unknown"})
    message = Message(
        channel=through, medium=MEDIUM_OF.get(Channel.Kind(through.kind), Message.Medium.PHONE), sender=typed.sender,
        subject=typed.subject, text=typed.text, recipients={"to": [typed.recipient] if typed.recipient else []},
    )  # fmt: skip
    stored = rules_in_order()
    rules = [ready(one) for one in stored if one.is_active]
    asked = Asked(text=words_of(message), party_branch_id=typed.branch, party_category_id=typed.category)
    incoming = incoming_of(message, asked, typed.at)
    found = decide(asked, incoming, channel_facts(through), world_of([through], rules))
    if incoming.kind_id is None and found is not None and found.rule is None:
        incoming.kind_id = found.route.kind_id  # no rule was asked: those that are off are asked below
    skipped = {one.rule_id: one.why for one in found.skipped} if found else {}
    chosen = found.rule.id if found and found.rule else None
    return Trial(
        rows=[
            Row(
                rule_id=one.pk, name=one.name, is_active=one.is_active, misses=list(ready(one).misses(incoming)),
                why=skipped.get(one.pk, ""), is_chosen=one.pk == chosen,
            )
            for one in stored
        ],
        department_id=found.route.department_id if found else None,
        kind_id=found.route.kind_id if found else None,
        language=incoming.language,
    )  # fmt: skip
