"""Makes the journeys' company in a running installation; runs in a process of that installation (stack.py)."""

from peyvand.accounts import services as accounts
from peyvand.accounts.context import Actor
from peyvand.accounts.models import Department, Role, User
from peyvand.accounts.types import UserDetails
from peyvand.cartable.answer_ways import AnswerWays
from peyvand.cartable.models import RoutingRule
from peyvand.cartable.routing_rules import Conditions, Outcome
from peyvand.cartable.services import save_article, save_canned, save_topic
from peyvand.cartable.services.configuring import change_answer_ways
from peyvand.cartable.services.knowledge import ArticleDetails
from peyvand.cartable.services.texts import CannedDetails
from peyvand.channels.services.managing import ChannelDetails, create_channel
from tests.journeys.people import INBOX, MAILBOX, PASSWORD


def make(**ports: str | int) -> None:
    """Two departments with their people, an administrator, ready texts; a mailbox by the listener, one by IMAP."""
    admin = User.objects.get(username="admin")
    tehran = accounts.create_branch(actor=admin, name="تهران")
    relations = accounts.create_department(actor=admin, name="ارتباط با مشتریان", branch=tehran)
    logistics = accounts.create_department(actor=admin, name="لجستیک", branch=tehran)
    roles = {role.code: role for role in Role.objects.all()}
    for username, name, department, role in (
        ("leila", "لیلا احمدی", relations, "officer"),
        ("sara", "سارا موسوی", relations, "officer"),
        ("babak", "بابک صدری", logistics, "expert"),
        ("mina", "مینا شریفی", relations, "manager"),
        ("vida", "ویدا کاظمی", relations, "manager"),
        ("zoya", "زویا نادری", relations, "administrator"),
    ):
        details = UserDetails(username=username, full_name=name, department_id=department.pk, branch_id=tehran.pk)
        accounts.create_user(actor=admin, details=details, password=PASSWORD, roles=[roles[role]])
    write_texts(admin)
    change_answer_ways(actor=admin, wanted=AnswerWays(undo_seconds=0))  # an answer goes out at once
    outgoing = {"host": "127.0.0.1", "port": int(ports["sink"]), "security": "none"}
    details = {"kind": "email", "branch": tehran, "department": relations}
    settings = {"incoming": "smtp", "smtp": outgoing}
    create_channel(who=admin, details=ChannelDetails(name="پشتیبانی", address=MAILBOX, settings=settings, **details))
    if "imap" in ports:
        server = {"host": "127.0.0.1", "port": int(ports["imap"]), "security": "none", "user": "info"}
        settings = {"incoming": "imap", "smtp": outgoing, "imap": server}
        passwords = {"imap_password": str(ports["imap_password"])}
        create_channel(
            who=admin,
            details=ChannelDetails(name="اطلاعات", address=INBOX, settings=settings, passwords=passwords, **details),
        )


def write_texts(admin: User) -> None:
    """A canned answer, an article that customers read, and a rule of routing that is not on."""
    by = Actor(admin)
    save_canned(
        actor=by, details=CannedDetails(title="رسید", shortcut="resid", body="با سلام، نامهٔ شما رسید.", everybody=True)
    )
    topic = save_topic(actor=by, topic=None, name_fa="تحویل", name_en="Delivery")
    text = "# زمان تحویل\n- تهران: دو روز\n- شهرهای دیگر: چهار روز"
    article = ArticleDetails(title="زمان تحویل", body=text, topic_id=topic.pk, state="published", audience="public")
    save_article(actor=by, details=article)
    to = f"department:{admin.department_id or Department.objects.earliest('pk').pk}"
    conditions, outcome = Conditions(words=("نشتی",)), Outcome(to=to)
    RoutingRule.objects.create(name="نشتی", is_active=False, conditions=conditions.to_json(), outcome=outcome.to_json())
