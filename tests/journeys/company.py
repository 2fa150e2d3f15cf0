"""Makes the journeys' company in a running installation; runs in a process of that installation (stack.py)."""

from peyvand.accounts import services as accounts
from peyvand.accounts.models import Role, User
from peyvand.accounts.types import UserDetails
from peyvand.cartable.answer_ways import AnswerWays
from peyvand.cartable.services.configuring import change_answer_ways
from peyvand.channels.services.managing import ChannelDetails, create_channel
from tests.journeys.people import INBOX, MAILBOX, PASSWORD


def make(**ports: str | int) -> None:
    """Two departments, two officers, an expert, two managers; one mailbox by the listener, one by IMAP for its port."""
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
    ):
        details = UserDetails(username=username, full_name=name, department_id=department.pk, branch_id=tehran.pk)
        accounts.create_user(actor=admin, details=details, password=PASSWORD, roles=[roles[role]])
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
