"""How good the data are, in the API."""

from datetime import date, datetime
from typing import Any

from peyvand.api.kit import ApiRequest, Out, router
from peyvand.parties.selectors import quality as selectors

quality = router(tag="quality", permission="parties.quality")


class CountOut(Out):
    key: str
    label: str
    number: int
    share: float
    query: str


class PlaceOut(Out):
    label: str
    total: int
    completeness: int
    incomplete: int
    query: str


class QualityOut(Out):
    """`query` is the query of the list of customers that shows exactly these; `completeness` is an average percent."""

    total: int
    completeness: int
    duplicates: int
    counted_at: datetime | None
    counts: list[CountOut]
    missing: list[CountOut]
    branches: list[PlaceOut]
    categories: list[PlaceOut]


class DayOut(Out):
    day: date
    total: int
    completeness: int
    incomplete: int
    bounced: int
    invalid: int
    unverified: int
    quiet: int
    duplicates: int


class TrendOut(Out):
    days: list[DayOut]


def _plain(rows: Any) -> list[dict[str, Any]]:
    return [vars(row) | {"label": str(row.label)} for row in rows]


@quality.get("", response=QualityOut)
def show(request: ApiRequest) -> dict[str, Any]:
    """The figures of the customers that the caller sees, as they were counted last."""
    found = vars(selectors.overview(request.auth.user))
    return found | {name: _plain(found[name]) for name in ("counts", "missing", "branches", "categories")}


@quality.get("/trend", response=TrendOut)
def trend(request: ApiRequest) -> dict[str, Any]:
    """The figures of the last ninety days."""
    days = selectors.trend(request.auth.user)
    return {"days": [{name.rstrip("_"): value for name, value in row.items()} for row in days]}
