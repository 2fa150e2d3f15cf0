"""Addresses of a list and of the pages around it, all made from a state."""

from django.urls import reverse
from django.utils.http import urlencode

from peyvand.core.list_state import ListState
from peyvand.web.lists.records import RecordList


def list_url(records: RecordList, state: ListState, **more: str) -> str:
    """The list in this state."""
    query = urlencode([*state.pairs(), *more.items()])
    return f"{records.url}?{query}" if query else records.url


def tool_url(name: str, records: RecordList, state: ListState, **more: str | int) -> str:
    """A page of the kit (lists:filter, lists:columns …) that knows the state it was opened from."""
    query = urlencode([*state.pairs(), *more.items()])
    return f"{reverse(f'lists:{name}', args=[records.key])}?{query}"
