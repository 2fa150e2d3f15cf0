"""The kit of lists: one declaration makes a page with columns, filters, saved views, totals and keyset pages.

CUSTOMERS = RecordList(key="customers", host="parties.Party", url_name="parties:list", rows=visible_to, …)
register(CUSTOMERS); then in the view: `show_list(request, CUSTOMERS, "parties/customers.html")`.
See docs/how-to/lists.md.
"""

from peyvand.web.lists.bound import BoundList
from peyvand.web.lists.cells import Pen, titled
from peyvand.web.lists.lookups import Lookup, register_lookup
from peyvand.web.lists.records import RecordList, Starter, record_list, register
from peyvand.web.lists.showing import show_list

__all__ = [
    "BoundList",
    "Lookup",
    "Pen",
    "RecordList",
    "Starter",
    "record_list",
    "register",
    "register_lookup",
    "show_list",
    "titled",
]
