"""What the person wrote now, apart from what they quoted and how they signed; Persian and English mailers.

Folding only hides: the whole text stays beside it. A forwarded message without a word of its own is shown in full.
"""

import re
from dataclasses import dataclass

MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
HEADER_START = re.compile(
    r"^(?:در\s|On\s|Am\s|Le\s|El\s|في\s|بتاريخ|(?:شنبه|یکشنبه|دوشنبه|سه.?شنبه|چهارشنبه|پنجشنبه|پنج.?شنبه|جمعه)\b|\d{2,4}[-/.]\d)"
)
HEADER_END = re.compile(r"(?:نوشت|نوشته است|نوشته‌است|نوشتند|wrote|schrieb|a écrit|كتب|كتبت|escribió)\s*[:：]?\s*$")
FIELD = re.compile(
    r"^\*?(?:از|فرستنده|ارسال شده|ارسال‌شده|ارسال شده در|تاریخ|تاریخ ارسال|زمان ارسال|به|گیرنده|رونوشت|کپی|موضوع"
    r"|من|إلى|الموضوع|التاريخ|From|Sent|Date|To|Cc|Subject|Reply-To)\s*\*?\s*[:：]\s*\*?\s*\S",
    re.IGNORECASE,
)
FIRST_FIELD = re.compile(r"^\*?(?:از|فرستنده|من|From)\s*\*?\s*[:：]", re.IGNORECASE)
RULE = re.compile(
    r"^(?:_{10,}|-{2,}\s*(?:Original Message|Original Appointment|پیام اصلی|پیام اولیه|پیغام اصلی|الرسالة الأصلية|"
    r"Ursprüngliche Nachricht|Forwarded message|پیام بازارسال.?شده|پیام هدایت.?شده|پیام ارجاع.?شده)\s*-{2,}"
    r"|Begin forwarded message:|شروع پیام بازارسال.?شده\s*:)\s*$",
    re.IGNORECASE,
)
SENT_FROM = re.compile(
    r"^(?:(?:ارسال|فرستاده)[ \u200c]?(?:شده|شد)?\s+(?:از|با|توسط|از طریق)\s.{1,60}"
    r"|از\s.{1,40}\s(?:ارسال|فرستاده)\s?(?:شد|شده|شده است)\.?"
    r"|دریافت\s+Outlook\s.{1,40}|Outlook\s.{0,30}\sرا دریافت کنید"
    r"|Sent (?:from|via|with) .{1,60}|Get Outlook for .{1,30}|Envoyé de mon .{1,30}|Von meinem .{1,30} gesendet)$",
    re.IGNORECASE,
)
LINE = 500
SIGNATURE_LINES = 25
WRAPPED = 4


@dataclass(frozen=True)
class Split:
    """`visible` is what was written now; `quote` the earlier correspondence; `signature` what stands under the text."""

    visible: str
    quote: str = ""
    signature: str = ""


def split(text: str) -> Split:
    """Divide a text; linear in its length."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = [MARKS.sub("", line[:LINE]).strip() for line in lines]
    cut = _quote_start(plain)
    visible, quote = lines[:cut], lines[cut:]
    if not any(plain[:cut]):
        return Split(text.strip())
    end = _signature_start(plain[:cut])
    if not any(plain[:end]):
        end = cut
    return Split("\n".join(visible[:end]).strip(), "\n".join(quote).strip(), "\n".join(visible[end:]).strip())


def _quote_start(plain: list[str]) -> int:
    """The first line of the earlier correspondence; the number of lines when there is none."""
    for index, line in enumerate(plain):
        if line and (RULE.match(line) or _is_field_block(plain, index) or _is_reply_header(plain, index)):
            return index
    return _trailing_marks(plain)


def _is_reply_header(plain: list[str], index: int) -> bool:
    """«در تاریخ … نوشت:» or "On … wrote:", perhaps wrapped over a few lines; something must follow it."""
    if not HEADER_START.match(plain[index]):
        return False
    joined = ""
    for offset, line in enumerate(plain[index : index + WRAPPED]):
        if not line:
            return False
        joined = f"{joined} {line}".strip()
        if HEADER_END.search(line[-40:]):
            explicit = line.endswith((":", "：")) or "@" in joined
            return 8 <= len(joined) <= 400 and explicit and any(plain[index + offset + 1 :][:3])
    return False


def _is_field_block(plain: list[str], index: int) -> bool:
    """Outlook's block: «از:» and at least one more field in the lines right under it."""
    if not FIRST_FIELD.match(plain[index]):
        return False
    following = [line for line in plain[index + 1 : index + 7] if line][:5]
    return (
        bool(following)
        and sum(bool(FIELD.match(line)) for line in following[:4]) >= 1
        and bool(FIELD.match(following[0]))
    )


def _trailing_marks(plain: list[str]) -> int:
    """A block of `>` lines at the very end; quotations answered line by line stay visible."""
    end = len(plain)
    while end and (not plain[end - 1] or plain[end - 1].startswith(">")):
        end -= 1
    return end if any(plain[end:]) else len(plain)


def _signature_start(plain: list[str]) -> int:
    """The line of `-- `, or of «ارسال شده از …», near the end; the number of lines when there is none."""
    last = len(plain)
    while last and not plain[last - 1]:
        last -= 1
    lowest = max(0, last - SIGNATURE_LINES)
    for index in range(last - 1, lowest - 1, -1):
        if plain[index] in ("--", "—", "-- "):
            return index
    start = last
    for index in range(last - 1, max(lowest, last - 4) - 1, -1):
        if SENT_FROM.match(plain[index]):
            start = index
    return start if start < last else len(plain)


# ---- HTML ------------------------------------------------------------------------------------------------------------

TAG = re.compile(r"<(?:div|blockquote|table|hr|a|span)\b[^<>]{0,300}", re.IGNORECASE)
QUOTE_MARK = re.compile(
    r"\b(?:gmail_quote|gmail_extra|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra|tutanota_quote|divRplyFwdMsg|"
    r"x_divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION|_MailOriginal|replySplit)\b"
    r"|\btype\s?=\s?[\"']?cite\b|border:\s?none;\s?border-top:\s?solid #(?:E1E1E1|B5C4DF)",
    re.IGNORECASE,
)


def html_quote_start(source: str) -> int:
    """Where the earlier correspondence begins in raw HTML; its length when no known mailer marked it."""
    return next((tag.start() for tag in TAG.finditer(source) if QUOTE_MARK.search(tag.group())), len(source))
