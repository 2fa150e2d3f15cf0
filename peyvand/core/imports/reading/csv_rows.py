"""Rows out of the text of a CSV file, piece by piece; one broken quote costs one row and never the rest.

A row in one line is read as spreadsheets read it. A row over several lines must be well-formed: its quotes closed,
nothing between a closing quote and the next delimiter, no more cells than the table has columns, at most `MOST_LINES`
lines. Otherwise its first line alone is the broken row, and reading goes on at the line after it. Lines after it that
have no delimiter, where rows have several cells, are the rest of its text and no rows of their own. A line that has
its cells although a quote of it stays open is a good row only when a row follows: else its text would be cut.
"""

import csv
import io
from itertools import islice
from typing import Any

MOST_LINES = 500
MOST_TEXT = 200_000  # characters of one row
LONGEST_LINE = 4_000_000  # characters
KEPT = 1_000  # characters of a row that is too long
PORTION = 2_000  # lines that are tried at once
BROKEN_QUOTE, TOO_LONG, TOO_MANY_CELLS = "broken_quote", "too_long", "too_many_cells"

Rows = list[list[str]]


class CsvRows:
    """Takes text, gives rows. left: the text that is no whole row yet; is_endless: it is in a line without an end.

    Of a line that goes on and on, only the begin is kept; the rest is passed over as it comes.
    """

    def __init__(self, *, delimiter: str, quote: str, width: int = 0, left: str = "", is_endless: bool = False) -> None:
        # one column only: no text holds this delimiter
        self.options: dict[str, Any] = {"delimiter": delimiter or "\x1f", "quotechar": quote, "strict": True}
        self.width = width
        self.left = left
        self.is_endless = is_endless
        self.is_torn = False  # are we in the text of a row that broke?
        csv.field_size_limit(MOST_TEXT)

    def feed(self, text: str, *, is_last: bool = False) -> tuple[Rows, dict[int, str]]:
        """The rows that the text completes, and the codes of those among them that are broken, by their place."""
        whole = self.left + (self._after_endless(text) if self.is_endless else text)
        lines = list(io.StringIO(whole, newline=""))
        if not is_last and lines and not lines[-1].endswith("\n"):
            held = lines.pop()  # also a carriage return whose line feed may follow
        else:
            held = ""
        rows: Rows = []
        flaws: dict[int, str] = {}
        at = 0
        while at < len(lines):
            used = (not self.is_torn and self._portion(lines, at, rows)) or self._slowly(
                lines, at, rows, flaws, is_last=is_last
            )
            if not used:
                break
            at += used
        self.left = "".join(lines[at:]) + held
        if len(held) > LONGEST_LINE:
            flaws[len(rows)] = TOO_LONG
            rows.append([held[:KEPT]])
            self.left, self.is_endless = "", True
        return rows, flaws

    def _after_endless(self, text: str) -> str:
        """What comes after the end of a line that was too long."""
        _line, end, rest = text.partition("\n")
        self.is_endless = not end
        return rest

    def _portion(self, lines: list[str], at: int, rows: Rows) -> int:
        """Read many lines at once when each of them is one good row; 0 when that is not so."""
        portion = lines[at : at + PORTION]
        reader = csv.reader(portion, **self.options)
        try:
            found = list(reader)
        except csv.Error:
            return 0
        if len(found) != len(portion) or max(map(len, found), default=0) > self._most:
            return 0
        rows += found
        return len(portion)

    @property
    def _most(self) -> int:
        return self.width or 1 << 30

    def _slowly(self, lines: list[str], at: int, rows: Rows, flaws: dict[int, str], *, is_last: bool) -> int:
        """Read the next lines one row after the other; 0 when the first needs lines that are not there yet."""
        end = min(at + PORTION, len(lines))
        start = at
        while at < end:
            row, used, flaw = self._next(lines, at, is_last=is_last)
            if not used:
                break
            flaw = flaw or (BROKEN_QUOTE if self.is_torn and len(row) == 1 and row[0].strip() else "")
            self.is_torn = self.width > 1 and (flaw == BROKEN_QUOTE or (used == 1 and self._is_open(lines[at])))
            if flaw:
                flaws[len(rows)] = flaw
            rows.append(row)
            at += used
        return at - start

    def _is_open(self, line: str) -> bool:
        """Does a quote begin in this line that does not end in it, though the line has its cells?"""
        return line.count(self.options["quotechar"]) % 2 == 1

    def _may_go_on(self, lines: list[str], at: int) -> bool:
        """Could lines that are still to come close the quote?"""
        if len(lines) - at >= MOST_LINES:
            return False
        rest = "".join(lines[at:])
        if len(rest) > MOST_TEXT:
            return False
        return rest.count(self.options["quotechar"]) % 2 == 1

    def _next(self, lines: list[str], at: int, *, is_last: bool) -> tuple[list[str], int, str]:
        """One row, the lines it takes (0: it needs more than there are), and what is wrong with it."""
        reader = csv.reader(islice(lines, at, at + MOST_LINES), **self.options)
        try:
            row = next(reader)
        except csv.Error:
            waits = not is_last and self._may_go_on(lines, at)
            return ([], 0, "") if waits else self._alone(lines, at)
        if reader.line_num == 1:
            return self._fitting(row, 1)
        if len(row) > self._most:
            return self._one_line(lines[at])
        return row, reader.line_num, ""

    def _alone(self, lines: list[str], at: int) -> tuple[list[str], int, str]:
        """The first line of text that is no row: of a cell that goes on in the lines after it, it is a broken one."""
        row, used, flaw = self._one_line(lines[at])
        if flaw or not self._is_open(lines[at]):
            return row, used, flaw
        is_long = len(lines) - at >= MOST_LINES
        following = next((line for line in islice(lines, at + 1, None) if line.strip()), None)
        count = self.width if following is None else len(following.split(self.options["delimiter"]))
        goes_on = count != self.width if is_long else count == 1
        if not goes_on:
            return row, used, ""
        return lines[at].rstrip("\r\n").split(self.options["delimiter"]), 1, TOO_LONG if is_long else BROKEN_QUOTE

    def _one_line(self, line: str) -> tuple[list[str], int, str]:
        """A line whose quotes are wrong: good when it has its cells all the same, else broken and kept as it is."""
        text = line.rstrip("\r\n")
        if len(text) > MOST_TEXT:
            return [text[:KEPT]], 1, TOO_LONG
        quote = self.options["quotechar"]
        try:
            row = next(csv.reader([text], **{**self.options, "strict": False}), [])
        except csv.Error:
            return [text], 1, BROKEN_QUOTE
        is_closed = text.count(quote) % 2 == 0 or len(row) == self.width > 1
        if is_closed and len(row) == self.width:
            return row, 1, ""
        return text.split(self.options["delimiter"]), 1, BROKEN_QUOTE

    def _fitting(self, row: list[str], used: int) -> tuple[list[str], int, str]:
        if len(row) <= self._most:
            return row, used, ""
        extra = row[self._most :]
        return (row, used, TOO_MANY_CELLS) if any(cell.strip() for cell in extra) else (row[: self._most], used, "")
