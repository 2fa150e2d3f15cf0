"""Mentions: what names me in notes and waits for me."""

from datetime import datetime

from peyvand.api.kit import ApiRequest, Id, Out, Person, router, visible
from peyvand.cartable import services
from peyvand.cartable.api.requests import requests
from peyvand.cartable.models import Mention, Request
from peyvand.cartable.selectors.mentions import waiting_mentions

mentions = router(tag="mentions", permission="cartable.view")


class MentionOut(Out):
    """A note that names me; `read_at` is empty until I have opened its request."""

    id: int
    request_id: int
    code: str
    subject: str
    note_id: int
    author: Person
    body: str
    at: datetime
    read_at: datetime | None

    @staticmethod
    def resolve_code(mention: Mention) -> str:
        return mention.request.code

    @staticmethod
    def resolve_subject(mention: Mention) -> str:
        return mention.request.subject

    @staticmethod
    def resolve_author(mention: Mention) -> object:
        return mention.note.author

    @staticmethod
    def resolve_body(mention: Mention) -> str:
        return mention.note.body


@mentions.get("", response=list[MentionOut])
def index(request: ApiRequest) -> list[Mention]:
    """What names me and waits for me, newest first; at most 200."""
    return waiting_mentions(request.auth)


@requests.post("/{int:id}/mentions/done", response=None, status=204)
def mentions_done(request: ApiRequest, id: Id) -> None:
    """Say that I have dealt with all that names me in a request."""
    services.mark_mentions_done(actor=request.auth, request_id=visible(Request.objects.visible_to(request.auth), id).pk)
