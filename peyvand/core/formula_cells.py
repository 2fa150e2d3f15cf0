"""Cells that a spreadsheet would take for a formula: guarded by an apostrophe when written, without it when read.

A cell that begins with apostrophes and then a formula is guarded too, so that `unguarded(guarded(text))` is the text.
Standard library only: the limited child that reads files uses it too.
"""

# What stands before the first letter of a cell and must not hide a formula from us, though it does from nobody else.
INVISIBLE = (
    "".join(map(chr, range(0x21)))
    + "".join(map(chr, range(0x7F, 0xA1)))
    + "\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b\u180c\u180d\u180e"
    + "".join(map(chr, range(0x2000, 0x2010)))
    + "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f"
    + "".join(map(chr, range(0x2060, 0x2070)))
    + "\u2800\u3000\u3164"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "\ufeff\uffa0\ufff9\ufffa\ufffb"
)
FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b\u207a\u207b\u207c\u208a\u208b\u208c")
_BEFORE = INVISIBLE + "'\u2019\uff07"
RISKY = frozenset(_BEFORE) | FORMULA  # a cell that begins with none of these is safe


def guarded(text: str) -> str:
    """A cell that would begin a formula, or is guarded already, gets an apostrophe before it."""
    return f"'{text}" if text[:1] in RISKY and _begins_formula(text) else text


def unguarded(text: str) -> str:
    """The cell as it was before `guarded`: «'+98…» is «+98…»."""
    return text[1:] if text[:1] == "'" and _begins_formula(text) else text


def _begins_formula(text: str) -> bool:
    return text[:1] in FORMULA or text.lstrip(_BEFORE)[:1] in FORMULA
