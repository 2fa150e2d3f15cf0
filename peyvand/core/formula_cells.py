"""Cells that a spreadsheet would take for a formula: guarded by an apostrophe when written, without it when read.

Standard library only: the limited child that reads files uses it too.
"""

# What stands before the first letter of a cell and must not hide a formula from us, though it does from nobody else.
INVISIBLE = (
    "".join(map(chr, range(0x21)))
    + "\u00a0\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20\u2212")


def _begins_formula(text: str) -> bool:
    return text.lstrip("'").strip(INVISIBLE)[:1] in FORMULA


def guarded(text: str) -> str:
    """A cell that would begin a formula, or is guarded already, gets an apostrophe before it."""
    return f"'{text}" if _begins_formula(text) else text


def unguarded(text: str) -> str:
    """The cell as it was before `guarded`: «'+98…» is «+98…»."""
    return text[1:] if text[:1] == "'" and _begins_formula(text) else text
