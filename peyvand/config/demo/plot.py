"""What happens in a story: who takes it, whom it is referred to, who answers, whether the customer writes again."""

import datetime as dt

from peyvand.accounts.models import User
from peyvand.cartable.models import Referral
from peyvand.channels.models import Message
from peyvand.config.demo import texts
from peyvand.config.demo.customers import Customer
from peyvand.config.demo.story import BY_HAND, MEDIA, Story, Target, TheFuture, World, departments_for

KINDS = (("service", 30), ("order", 22), ("enquiry", 20), ("invoice", 12), ("complaint", 11), ("dealership", 5))
RECENT = dt.timedelta(days=12)
WORKERS = ("expert", "salesperson")


def tell(world: World, customer: Customer, opened_at: dt.datetime) -> Story:
    """Tell the story of one request until now."""
    story = Story(world, customer, str(world.pick(KINDS)), opened_at)
    officer = world.dice.choice(world.company.officers_of(customer.branch))
    medium = str(world.pick(MEDIA))
    if medium == "mail" and not customer.email:
        medium = "phone"
    story.arrive(medium, officer)
    try:
        _live(story, officer)
    except TheFuture:
        story.at = world.now
    return story


def _live(story: Story, officer: User) -> None:
    dice = story.world.dice
    if story.request.medium not in BY_HAND:
        story.wait(8, 75)
        story.take(officer)
    author = officer if dice.random() < 0.35 else _ask_colleagues(story, officer)
    _answer(story, author, officer)
    if story.customer.email and dice.random() < 0.16:
        _correspond(story, officer)
    story.wait(240, 1900)
    story.close(officer)


def _ask_colleagues(story: Story, officer: User) -> User:
    """Refer the request, perhaps twice, until somebody works on it; return who."""
    dice = story.world.dice
    story.wait(3, 40)
    referral, worker = _refer(story, officer)
    if dice.random() < 0.09:
        story.wait(20, 200)
        story.give_back(worker, referral)
        story.wait(5, 60)
        referral, worker = _refer(story, officer)
    if dice.random() < 0.3:
        story.wait(10, 120)
        story.note(worker)
    return worker


def _refer(story: Story, officer: User) -> tuple[Referral, User]:
    """Refer to a department, a post or a person, and let it be read; a head passes work on to one of his people."""
    dice, company = story.world.dice, story.world.company
    place = dice.choice(departments_for(story))
    workers = [user for user in company.people_in(place, *WORKERS) if user != officer] or company.people_in(place)
    worker = dice.choice(workers)
    post = company.posts.get(place)
    way = dice.choice(("department", "department", "user", "user", "post"))
    to: Target = post if post and way == "post" else company.departments[place] if way == "department" else worker
    referral = story.refer(officer, to)
    story.wait(15, 280)
    if to is post and post and post.holder:
        story.read(post.holder, referral)
        story.wait(5, 60)
        referral = story.refer(post.holder, worker, parent=referral)
        story.wait(6, 120)
    if way == "department":
        story.take(worker)
    else:
        story.read(worker, referral)
    return referral, worker


def _answer(story: Story, author: User, officer: User) -> None:
    """Draft, review, perhaps return once, approve and send."""
    dice = story.world.dice
    story.wait(15, 190)
    answer = story.draft(author, texts.answer(dice, story.kind, story.values, story.customer.name))
    story.wait(10, 60)
    if author != officer:
        story.submit(answer, officer)
        story.wait(25, 380)
        if dice.random() < 0.15:
            story.return_draft(answer, officer)
            story.wait(15, 120)
            answer.body += "\n" + dice.choice(texts.FOLLOW_UP_ANSWERS)
            story.submit(answer, officer)
            story.wait(10, 90)
    message = story.approve(answer, officer)
    if message.medium == "mail" and story.world.now - story.at < RECENT and dice.random() < 0.06:
        if dice.random() < 0.5:
            story.fail(message, Message.State.FAILED, "550 5.1.1 user unknown")
        else:
            story.fail(message, Message.State.UNCERTAIN, "the connection ended before the answer of the server")
        raise TheFuture
    story.sent(message)


def _correspond(story: Story, officer: User) -> None:
    """The customer answers our answer, and the officer answers him."""
    dice = story.world.dice
    story.at += dt.timedelta(minutes=dice.randint(40, 2600))
    if story.at >= story.world.now:
        raise TheFuture
    story.write_again(dice.choice(texts.REPLIES))
    story.wait(10, 300)
    answer = story.draft(officer, f"{story.customer.name} گرامی،\n\n{dice.choice(texts.FOLLOW_UP_ANSWERS)}\n\nآب‌آفرین")
    answer.medium, answer.recipient = "mail", story.customer.email
    story.wait(2, 20)
    story.sent(story.approve(answer, officer))
