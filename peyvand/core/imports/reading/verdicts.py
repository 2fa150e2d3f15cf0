"""The verdict of a column: what its cells are, how many fit, what was lost on the way, counted block by block.

The first cells of a column suggest its kind, the pattern of that kind is then asked of every cell, and the end decides:
a column of which too many cells do not fit is text.
"""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from peyvand.core.imports.reading.cell_kinds import (
    LOST_ZERO,
    MATCH,
    MATCH_ALL,
    SCIENTIFIC,
    date_reading,
    is_national_id,
    latin,
    money_reading,
)
from peyvand.core.imports.types import Column, ColumnKind

GUESSED_FROM = 300  # cells
ENOUGH = 0.8
MOST_SAMPLES = 5
SAMPLE_LENGTH = 80
MOST_CHOICES = 30
LONGEST_FORM = 300  # characters; a longer cell is no number, no address: patterns are not tried on it
LONG = 120
# codes of `Column.verdict["notes"]`
LOST_ZERO_NOTE, SCIENTIFIC_NOTE, ARABIC, LOCAL_DIGITS, UNREADABLE = (
    "lost_zero", "scientific", "arabic_letters", "persian_digits", "unreadable",
)  # fmt: skip
NOTES = (LOST_ZERO_NOTE, SCIENTIFIC_NOTE, ARABIC, LOCAL_DIGITS, UNREADABLE)
_ORDER = (
    ColumnKind.EMAIL, ColumnKind.URL, ColumnKind.YES_NO, ColumnKind.DATE, ColumnKind.SHEBA, ColumnKind.LEGAL_ID,
    ColumnKind.PHONE, ColumnKind.POSTAL_CODE, ColumnKind.NATIONAL_ID, ColumnKind.MONEY, ColumnKind.NUMBER,
)  # fmt: skip
COUNTED = frozenset(MATCH) - {ColumnKind.NAME}  # of a name the first cells say enough
LISTED = frozenset({ColumnKind.TEXT, ColumnKind.NAME, ColumnKind.NUMBER, ColumnKind.YES_NO})
READING = {ColumnKind.DATE: date_reading, ColumnKind.MONEY: money_reading}
_ARABIC_INDIC = "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩"

Stats = dict[str, Any]


def kind_of(cells: Sequence[str]) -> ColumnKind:
    """What the first filled cells of a column look like."""
    filled = [latin(cell[: 2 * LONGEST_FORM]) for cell in cells[: 2 * GUESSED_FROM] if cell.strip()][:GUESSED_FROM]
    if not filled:
        return ColumnKind.EMPTY
    if sum(1 for cell in filled if MATCH[ColumnKind.NATIONAL_ID](cell) and is_national_id(cell)) >= 0.6 * len(filled):
        return ColumnKind.NATIONAL_ID
    for kind in _ORDER:
        if kind is not ColumnKind.NATIONAL_ID and _share(kind, filled) >= ENOUGH:
            return kind
    if any("\n" in cell.strip() for cell in filled) or sum(map(len, filled)) > LONG * len(filled):
        return ColumnKind.LONG_TEXT
    return ColumnKind.NAME if _share(ColumnKind.NAME, filled) >= ENOUGH else ColumnKind.TEXT


def _share(kind: ColumnKind, filled: Sequence[str]) -> float:
    match = MATCH[kind]
    return sum(1 for cell in filled if match(cell)) / len(filled)


def count_block(rows: Sequence[Sequence[str]], kinds: list[str]) -> list[Stats]:
    """Count the cells of some rows, column by column. kinds: what each column was taken for so far; grows."""
    return [_count(index, column, kinds) for index, column in enumerate(zip_longest(*rows, fillvalue=""))]


def _count(index: int, column: Sequence[str], kinds: list[str]) -> Stats:
    filled = [cell for cell in column if cell]
    if not filled:
        return {}
    kind = _kind(index, filled, kinds)
    whole = "\n".join(filled)
    stats: Stats = {"filled": len(filled), "kind": kind, "samples": _samples(filled), "notes": _seen(whole)}
    if kind in COUNTED:
        plain = latin(whole)
        cells = plain.split("\n") if plain.count("\n") == len(filled) - 1 else [latin(cell) for cell in filled]
        stats |= _fitting(kind, plain, cells)
        stats["notes"] |= _lost(kind, plain, cells)
        if kind in READING:
            stats["readings"] = {READING[kind](cells[:GUESSED_FROM]): len(filled)}
    if kind in LISTED:
        values = set(filled)
        stats["values"] = sorted(values) if len(values) <= MOST_CHOICES and max(map(len, values)) <= 60 else None
    return stats


def _fitting(kind: ColumnKind, whole: str, cells: Sequence[str]) -> Stats:
    """How many cells have the form of the kind, and some that have not."""
    if max(map(len, cells)) <= LONGEST_FORM and MATCH_ALL[kind](whole):
        return {"fits": len(cells)}
    match = MATCH[kind]
    unfit = [cell for cell in cells if len(cell) > LONGEST_FORM or not match(cell)]
    return {"fits": len(cells) - len(unfit), "unfit_samples": _samples(unfit)}


def _kind(index: int, filled: Sequence[str], kinds: list[str]) -> ColumnKind:
    """What a column was taken for since its first filled cells."""
    kinds.extend([ColumnKind.EMPTY] * (index + 1 - len(kinds)))
    if kinds[index] == ColumnKind.EMPTY:
        kinds[index] = kind_of(filled)
    return ColumnKind(kinds[index])


def _samples(cells: Sequence[str]) -> list[str]:
    found: dict[str, None] = {}
    for cell in cells[:200]:
        text = " ".join(cell[: 2 * SAMPLE_LENGTH].split())[:SAMPLE_LENGTH]
        if text:
            found[text] = None
        if len(found) == MOST_SAMPLES:
            break
    return list(found)


def _seen(whole: str) -> dict[str, int]:
    """What letters and digits the cells of a column are written in."""
    if whole.isascii():
        return {}
    notes = {
        ARABIC: whole.count("ي") + whole.count("ك") + whole.count("ى"),
        LOCAL_DIGITS: sum(map(whole.count, _ARABIC_INDIC)),
        UNREADABLE: whole.count("\ufffd"),
    }
    return {code: count for code, count in notes.items() if count}


def _lost(kind: ColumnKind, whole: str, cells: Sequence[str]) -> dict[str, int]:
    """What a spreadsheet took from numbers: zeros at the begin, digits at the end."""
    notes = {}
    if kind in LOST_ZERO:
        notes[LOST_ZERO_NOTE] = sum(map(bool, map(LOST_ZERO[kind], cells)))
    if kind in (ColumnKind.NUMBER, ColumnKind.PHONE, ColumnKind.NATIONAL_ID) and ("E+" in whole or "e+" in whole):
        notes[SCIENTIFIC_NOTE] = sum(map(bool, map(SCIENTIFIC, cells)))
    return {code: count for code, count in notes.items() if count}


def merge(known: list[Stats], more: Sequence[Stats]) -> None:
    """Add the counts of a block to those of the blocks before it."""
    while len(known) < len(more):
        known.append({})
    for mine, new in zip(known, more, strict=False):
        if new:
            _merge(mine, new)


def _merge(mine: Stats, new: Stats) -> None:
    for name in ("filled", "fits"):
        mine[name] = mine.get(name, 0) + new.get(name, 0)
    mine["kind"] = new["kind"]
    for name in ("notes", "readings"):
        for code, count in new.get(name, {}).items():
            mine.setdefault(name, {})[code] = mine.get(name, {}).get(code, 0) + count
    for name in ("samples", "unfit_samples"):
        mine[name] = list(dict.fromkeys([*mine.get(name, ()), *new.get(name, ())]))[:MOST_SAMPLES]
    values = mine.get("values", [])
    if values is not None and new.get("values") is not None:
        together = sorted({*values, *new["values"]})
        mine["values"] = together if len(together) <= MOST_CHOICES else None
    else:
        mine["values"] = None


def conclude(headers: Sequence[str], stats: Sequence[Stats]) -> list[Column]:
    """The columns of the file with their verdicts."""
    count = max(len(headers), len(stats))
    return [
        _column(index, headers[index] if index < len(headers) else "", stats[index] if index < len(stats) else {})
        for index in range(count)
    ]


def _column(index: int, header: str, stats: Mapping[str, Any]) -> Column:
    filled = stats.get("filled", 0)
    if not filled:
        return Column(index=index, header=header, kind=ColumnKind.EMPTY)
    kind, fits = ColumnKind(stats["kind"]), stats.get("fits", 0)
    if kind in COUNTED and fits < ENOUGH * filled:
        kind = ColumnKind.TEXT
    values = stats.get("values")
    if kind in (ColumnKind.TEXT, ColumnKind.NAME) and values and filled >= 3 * len(values):
        kind = ColumnKind.CHOICE
    if kind is ColumnKind.NUMBER and values and set(values) == {"0", "1"}:
        kind = ColumnKind.YES_NO
    has_form = kind in COUNTED
    readings = {name: many for name, many in stats.get("readings", {}).items() if name}
    verdict = {
        "fits": fits if has_form else filled,
        "unfit": filled - fits if has_form else 0,
        "unfit_samples": stats.get("unfit_samples", []) if has_form else [],
        "reading": max(readings, key=lambda name: readings[name]) if readings else "",
        "readings": readings,
        "notes": stats.get("notes", {}),
        "values": values if kind in (ColumnKind.CHOICE, ColumnKind.YES_NO) else None,
    }
    return Column(
        index=index, header=header, samples=stats.get("samples", []), filled=filled, kind=kind, verdict=verdict
    )
