"""The list that a tool page was opened from: who asks, its state, its fields."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from peyvand.accounts.models import User
from peyvand.accounts.policies import asked_by, require
from peyvand.core.list_state import Checked, ListState
from peyvand.core.record_fields import Asked
from peyvand.web import prefs
from peyvand.web.access import signed_in
from peyvand.web.lists.bound import checked_state, state_of
from peyvand.web.lists.cells import Pen
from peyvand.web.lists.records import RecordList, record_list
from peyvand.web.lists.tabs import Tabs, tabs_of


@dataclass(frozen=True)
class Opened:
    """A list as its address says, without its rows."""

    records: RecordList
    user: User
    asked: Asked
    tabs: Tabs
    checked: Checked

    @property
    def state(self) -> ListState:
        return self.checked.state

    @property
    def pen(self) -> Pen:
        return Pen(prefs.current(), self.asked)

    @property
    def context(self) -> dict[str, Any]:
        return {"records": self.records, "pairs": self.state.pairs(), "query": self.state.to_query()}


def open_list(request: HttpRequest, key: str) -> Opened:
    """Return the list that an address under /lists/ speaks of. Raises NotFound, NotAllowed."""
    user = signed_in(request)
    records = record_list(key)
    require(user, records.permission)
    asked = asked_by(user)
    tabs = tabs_of(user, records, request.GET.get("view", ""))
    return Opened(records, user, asked, tabs, checked_state(records, state_of(request, tabs), asked))
