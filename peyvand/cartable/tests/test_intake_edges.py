"""What is rare on the way in: a batch that points into itself, a company without departments."""

import pytest

from peyvand.accounts.models import Department
from peyvand.cartable import services
from peyvand.cartable.errors import NoDepartment
from peyvand.cartable.models import Step
from peyvand.cartable.tests.desk import mail, mailbox, request_of
from peyvand.channels.models import Message
from peyvand.core.queue import is_permanent
from tests.cast import Cast


def test_a_request_may_perhaps_continue_one_that_came_with_it(cast: Cast) -> None:
    channel = mailbox(cast)
    first = mail(channel)
    typed = mail(channel, medium=Message.Medium.FORM, message_id="")
    services.take_in([first.pk, typed.pk])
    assert request_of(typed).perhaps_of == request_of(first)
    assert Step.objects.get(kind="perhaps_of").details["request"] == request_of(first).pk


def test_mail_for_a_company_without_departments_is_tried_again(cast: Cast) -> None:
    message = mail(mailbox(cast))
    Department.objects.update(is_active=False)
    with pytest.raises(NoDepartment) as refused:
        services.take_in([message.pk])
    assert not is_permanent(refused.value)
    Department.objects.update(is_active=True)
    services.take_in([message.pk])
    assert request_of(message).department_id is not None
