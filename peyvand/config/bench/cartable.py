"""Cartable page and request page at 200,000 requests, against a page of the same shell with one query."""

from collections.abc import Callable

from peyvand.accounts.models import User
from peyvand.cartable.models import Request
from peyvand.cartable.selectors.folders import Folder, in_folder
from peyvand.cartable.views.listing import SIZE
from peyvand.config.bench.data import fill
from peyvand.config.bench.load import Client, Page, in_turn
from peyvand.config.bench.stack import web_server
from peyvand.core.loopback import free_port

BUDGET = 3.0  # times the yardstick's p95


def run(requests: int = 200_000, rounds: int = 200, *, say: Callable[[str], None]) -> bool:
    """Measure, print one line a page, and return whether all are within the budget."""
    fill(requests=requests, say=say)
    user = User.objects.get(username="bench1")
    _check_lists(user)
    port = free_port()
    with web_server(port):
        times = in_turn(Client(port=port, user=user), _pages(), rounds=rounds)
    yard = times.pop("yardstick")
    say(f"yardstick: median {yard.median:.1f} ms, p95 {yard.p95:.1f} ms ({requests:,} requests, {rounds} rounds)")
    for name, taken in times.items():
        ratio = taken.p95 / yard.p95
        say(f"{name}: median {taken.median:.1f} ms, p95 {taken.p95:.1f} ms, {ratio:.2f} × the yardstick's p95")
    return all(taken.p95 <= BUDGET * yard.p95 for taken in times.values())


def _check_lists(user: User) -> None:
    """An empty list would be quick for nothing: ValueError unless every folder that is measured fills its page."""
    for folder in (Folder.MINE, Folder.DEPARTMENT, Folder.CLOSED):
        if in_folder(user, folder)[: SIZE + 1].count() <= SIZE:
            raise ValueError(f"the folder {folder} of the benchmark has no full page")


def _pages() -> dict[str, Page]:
    """The pages that one opens, then the parts that a page or a click asks for by htmx."""
    user = User.objects.get(username="bench1")
    seen = Request.objects.visible_to(user).order_by("-opened_at")
    codes = list(seen.values_list("code", flat=True)[:400:10])
    return {
        "yardstick": Page([f"/bench/yardstick/{i}/" for i in range(1, 100)]),
        "cartable, mine": Page(["/cartable/mine/"]),
        "cartable, department": Page(["/cartable/department/"]),
        "cartable, closed": Page(["/cartable/closed/"]),
        "request page": Page([f"/cartable/department/{code}/" for code in codes]),
        "part: request, on a click": Page([f"/cartable/department/{code}/" for code in codes], fragment=True),
        "part: counts of the folders": Page(["/cartable/department/counts/"], fragment=True),
        "part: earlier requests of the customer": Page([f"/cartable/{code}/earlier/" for code in codes], fragment=True),
        "part: list beside a request": Page(["/cartable/mine/?pane=list"], fragment=True),
    }
