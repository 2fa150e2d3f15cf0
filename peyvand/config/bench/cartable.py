"""Every folder, the request page, referring, answering and the search, against a page of the same shell with one query;
then 200 open browsers and 50 people at work.
"""

from collections.abc import Callable, Mapping

from peyvand.accounts.models import User
from peyvand.cartable.models import ACTIVE, Request
from peyvand.cartable.selectors.folders import Folder, folders_of, in_folder
from peyvand.cartable.views.listing import SIZE
from peyvand.config.bench import desk
from peyvand.config.bench.data import USERS, fill
from peyvand.config.bench.load import Client, Form, Page, Times, in_turn
from peyvand.config.bench.stack import web_server
from peyvand.core.loopback import free_port

BUDGET = 3.0  # times the yardstick's p95
SEARCH = 100.0  # ms
FOUND = ("search: two words", "search: one rare word")


def run(
    requests: int = 200_000, rounds: int = 200, agents: int = 50, seconds: int = 120, *, say: Callable[[str], None]
) -> bool:
    """Measure, print one line a page, and return whether all are within the budget.

    agents: people at work at once, 0 leaves them and the open browsers out; seconds: how long they work.
    """
    fill(requests=requests, say=say)
    user = User.objects.get(username="bench1")
    _check_lists(user)
    port = free_port()
    with web_server(port) as server:
        times = in_turn(Client(port=port, user=user), _pages(user, rounds), rounds=rounds)
        within = _told(times, requests, rounds, say)
        if agents:
            within &= desk.browsers(port, server, say=say)
            within &= desk.agents(port, people=agents, seconds=seconds, say=say)
    return within


def _told(times: dict[str, Times], requests: int, rounds: int, say: Callable[[str], None]) -> bool:
    yard = times.pop("yardstick")
    say(f"yardstick: median {yard.median:.1f} ms, p95 {yard.p95:.1f} ms ({requests:,} requests, {rounds} rounds)")
    within = True
    for name, taken in times.items():
        ratio = taken.p95 / yard.p95
        holds = taken.p95 <= SEARCH if name in FOUND else ratio <= BUDGET
        within &= holds
        words = "" if holds else ", over"
        say(f"{name}: median {taken.median:.1f} ms, p95 {taken.p95:.1f} ms, {ratio:.2f} × the yardstick's p95{words}")
    return within


def _check_lists(user: User) -> None:
    """An empty list would be quick for nothing: ValueError unless every folder that is measured fills its page."""
    for folder in (Folder.MINE, Folder.DEPARTMENT, Folder.CLOSED):
        if in_folder(user, folder)[: SIZE + 1].count() <= SIZE:
            raise ValueError(f"the folder {folder} of the benchmark has no full page")


def _pages(user: User, rounds: int) -> Mapping[str, Page | Form]:
    """The pages that one opens, then the parts that a page or a click asks for by htmx, then what one does."""
    seen = Request.objects.visible_to(user).order_by("-opened_at")
    codes = list(seen.values_list("code", flat=True)[:400:10])
    pages: dict[str, Page | Form] = {"yardstick": Page([f"/bench/yardstick/{i}/" for i in range(1, 100)])}
    pages |= {f"cartable, {folder}": Page([f"/cartable/{folder}/"]) for folder in folders_of(user)}
    pages |= {
        "request page": Page([f"/cartable/department/{code}/" for code in codes]),
        "part: request, on a click": Page([f"/cartable/department/{code}/" for code in codes], fragment=True),
        "part: counts of the folders": Page(["/cartable/department/counts/"], fragment=True),
        "part: earlier requests of the customer": Page([f"/cartable/{code}/earlier/" for code in codes], fragment=True),
        "part: list beside a request": Page(["/cartable/mine/?pane=list"], fragment=True),
        "part: tree of referrals": Page([f"/cartable/{code}/tree/" for code in codes], fragment=True),
    }
    return pages | _searches(user) | _acts(user, rounds)


def _searches(user: User) -> dict[str, Page | Form]:
    """Words of the text of old and new requests: in all work, and in what is closed, which is most of it."""
    some = Request.objects.visible_to(user).exclude(search="").order_by("pk")
    texts = [text.split() for text in some.values_list("search", flat=True)[:2000:50]]
    pairs = [f"/cartable/closed/?q={words[0]}+{words[-2]}" for words in texts]
    rare = [f"/cartable/all/?q={words[-1]}" for words in texts]
    return {FOUND[0]: Page(pairs, fragment=True), FOUND[1]: Page(rare, fragment=True)}


def _acts(user: User, rounds: int) -> dict[str, Page | Form]:
    """Referring and answering, each time another open request."""
    wanted = 2 * (rounds + 10)
    rows = in_folder(user, Folder.ALL).filter(status__in=ACTIVE).exclude(status="review").order_by("pk")
    codes = list(rows.values_list("code", flat=True)[:wanted])
    if len(codes) < wanted:
        raise ValueError(f"{len(codes)} open requests are too few for {rounds} rounds of referring and answering")
    half = len(codes) // 2
    refer = [(f"/cartable/{code}/refer/", desk.referral(2 + n % (USERS - 1))) for n, code in enumerate(codes[:half])]
    answer = [(f"/cartable/{code}/submit/", desk.answer(1)) for code in codes[half:]]
    return {"referring": Form(refer), "answering, to its reviewer": Form(answer)}
