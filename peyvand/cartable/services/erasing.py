"""What the cartable knows about a customer, handed over or erased."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.urls import reverse

from peyvand.accounts.services import notifications
from peyvand.cartable.models import Answer, Note, Receipt, Referral, Request, RequestMessage, Step, Survey
from peyvand.cartable.services.regrouping.erasing import erase_merged
from peyvand.channels.models import Attachment, Message
from peyvand.channels.services.erasing import erase_messages
from peyvand.core import files
from peyvand.core.models import File

ERASED = "—"


def hand_over_requests(party_id: int) -> Iterator[dict[str, Any]]:
    """The requests of a person with all that he wrote and was answered; no words among colleagues."""
    for request in Request.objects.filter(party=party_id).order_by("pk").iterator(chunk_size=100):
        rows = RequestMessage.objects.filter(request=request).select_related("message").order_by("message__occurred_at")
        answered = Survey.objects.filter(request=request, score__isnull=False)
        yield {
            "code": request.code,
            "subject": request.subject,
            "status": request.status,
            "opened_at": request.opened_at,
            "closed_at": request.closed_at,
            "messages": [_plain(row.message) for row in rows],
            "surveys": list(answered.values("answered_at", "score", "words")),
        }


def _plain(message: Message) -> dict[str, Any]:
    return {
        "at": message.occurred_at,
        "direction": message.direction,
        "medium": message.medium,
        "subject": message.subject,
        "text": message.text,
    }


def hand_over_files(party_id: int) -> Iterator[File]:
    """The files of those messages."""
    attached = Attachment.objects.filter(message__in_request__request__party=party_id).select_related("file")
    yield from (each.file for each in attached.order_by("pk").iterator(chunk_size=100))


@transaction.atomic
def erase_requests(party_id: int) -> dict[str, int]:
    """Take a person's words and addresses, and our words about him, out of his requests; the requests stay counted."""
    requests = Request.objects.filter(party=party_id)
    ids = list(requests.values_list("pk", flat=True))
    moved = erase_merged(ids)
    changed = erase_messages([*_messages_of(ids), *moved])
    attached = _files_of(ids)
    for hung in (Note.files.through.objects, Answer.files.through.objects):
        owner = "note__request__in" if hung.model is Note.files.through else "answer__request__in"
        hung.filter(**{owner: ids}).delete()
    changed["cartable.Note"] = Note.objects.filter(request__in=ids).update(body=ERASED)
    changed["cartable.Answer"] = Answer.objects.filter(request__in=ids).update(
        body="", recipient="", remark="", subject="", cc=[], bcc=[]
    )
    changed["cartable.Referral"] = Referral.objects.filter(request__in=ids).update(instruction="", remark="")
    changed["cartable.Receipt"] = Receipt.objects.filter(request__in=ids).update(address="")
    changed["cartable.Survey"] = Survey.objects.filter(request__in=ids).update(address="", words="")
    changed["cartable.Step"] = Step.objects.filter(request__in=ids).update(details={})
    for request in requests:
        Request.objects.filter(pk=request.pk).update(subject=ERASED, search=request.code, matched_by=[])
    changed["cartable.Request"] = len(ids)
    pages = [reverse("cartable:any", args=[request.code]) for request in requests]
    changed["cartable.notifications"] = notifications.forget(pages=pages)
    files.drop(attached)
    return changed


def _messages_of(request_ids: list[int]) -> list[int]:
    """The messages of the threads, and those that went out by themselves."""
    found = list(RequestMessage.objects.filter(request__in=request_ids).values_list("message_id", flat=True))
    for rows in (Receipt.objects, Survey.objects):
        sent = rows.filter(request__in=request_ids, message__isnull=False)
        found += sent.values_list("message_id", flat=True)
    return found


def _files_of(request_ids: list[int]) -> list[str]:
    notes = Note.files.through.objects.filter(note__request__in=request_ids).values_list("file_id", flat=True)
    answers = Answer.files.through.objects.filter(answer__request__in=request_ids).values_list("file_id", flat=True)
    return [*notes, *answers]
