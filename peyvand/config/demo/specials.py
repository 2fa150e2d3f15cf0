"""Requests that need a person's eye: mail that could not be read, mail that perhaps continues another request."""

import datetime as dt
from collections import defaultdict

from peyvand.cartable import sla
from peyvand.cartable.models import Request, Step
from peyvand.cartable.types import StepKind
from peyvand.channels.models import Message
from peyvand.config.demo.customers import Customer
from peyvand.config.demo.story import Story, World
from peyvand.core.text import sort_key
from peyvand.parties.models import Party

UNREADABLE = 8
CONTINUING = 14
ERRORS = ("time: the message was too deeply nested", "memory: a part claimed 3 GB", "failed: no boundary was found")


def unreadable(world: World) -> list[Story]:
    """Messages whose parts could not be taken apart; any officer may open them."""
    return [_unreadable(world, number) for number in range(UNREADABLE)]


def _unreadable(world: World, number: int) -> Story:
    at = world.calendar.add(world.now - dt.timedelta(days=1 + number), world.dice.randint(1, 200))
    at = min(at, world.now - dt.timedelta(minutes=7 + number))
    nobody = Customer(Party(name="?", sort_key=sort_key("?")), "tehran")
    story = Story(world, nobody, "enquiry", at)
    channel, relations = world.company.mailboxes["tehran"], world.company.departments["relations"]
    message = Message(
        channel=channel, direction="in", medium="mail", state=Message.State.NEEDS_REVIEW, occurred_at=at, done_at=at,
        sender=f"sender{number}@nameh.example", error=world.dice.choice(ERRORS),
    )  # fmt: skip
    story.messages.append(message)
    due = sla.due_times(world.calendar, sla.choose(world.policies, None, "normal"), at)
    story.request = Request(
        subject="پیامی که خوانده نشد", status=Request.Status.NEW, medium="mail", channel=channel, needs_review=True,
        branch=channel.branch, department=relations, opened_at=at, last_activity_at=at, last_inbound_at=at,
        first_answer_due=due.first_answer, resolution_due=due.resolution, next_due=due.first_answer, message_count=1,
    )  # fmt: skip
    story.steps.append(
        Step(kind=StepKind.OPENED, at=at, message=message, details={"medium": "mail", "department": relations.pk})
    )
    return story


def continue_others(world: World, stories: list[Story]) -> None:
    """Say of some new requests that they perhaps continue an earlier one of the same customer."""
    by_party: dict[int, list[Story]] = defaultdict(list)
    for story in sorted(stories, key=lambda one: one.request.opened_at):
        if story.request.party is not None and story.request.party.pk:
            by_party[story.request.party.pk].append(story)
    left = CONTINUING
    for mine in by_party.values():
        newest = mine[-1]
        fresh = newest.request.status in (Request.Status.NEW, Request.Status.OPEN) and newest.request.medium == "mail"
        if len(mine) > 1 and fresh and left:
            newest.request.perhaps_of = mine[-2].request
            details = {"request": 0}  # its number is known once it is stored
            newest.steps.insert(1, Step(kind=StepKind.PERHAPS_OF, at=newest.request.opened_at, details=details))
            left -= 1
