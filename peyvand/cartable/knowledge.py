"""The words and the look of articles: stems for finding, HTML and plain text from the few marks they know. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from peyvand.core.text import search_norm

WORD = re.compile(r"[^\W_]+")
SHORTEST_STEM = 3
LONGEST_STEM = 40
MOST_STEMS = 30
# Folded as `search_norm` leaves them; a half-space has become a space, so endings may stand alone.
STOP = frozenset(
    (
        "از به با در که را این ان آن و یا تا برای ما شما من او هم نیز است هست بود شد می نمی ها های هایی ای ام ات اش اند"
        " یک هر چه اگر اما ولی پس بر باید شده کرده کرد کنم کنید کنند دارم دارد دارید سلام احترام لطفا متشکرم ممنون تشکر"
        " عرض جناب سرکار اقای خانم درباره خود همین همه هیچ چرا ایا کجا کی چند روز بعد قبل دیگر فقط خیلی"
        " the a an of to in on at is are was be and or for with i you we it my your our this that have has please hello"
        " thanks not do does can how what when where"
    ).split()
)
ENDINGS = (
    "هایشان", "هایمان", "هایتان", "هایی", "هایم", "هایت", "هایش", "های", "ترین", "شان", "مان", "تان", "ها", "تر", "یی",
    "ام", "ات", "اش", "ان", "ی", "م", "ت", "ش",
)  # fmt: skip
ENGLISH_ENDINGS = ("ing", "ies", "ed", "es", "s")
HEADING, ITEM, NUMBERED = (
    re.compile(r"#{1,3}\s+(.*)"),
    re.compile(r"[-*•]\s+(.*)"),
    re.compile(r"[0-9۰-۹]{1,2}[.)-]\s+(.*)"),
)
LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?،؛»)]")
BOLD = re.compile(r"\*\*([^*\n]{1,200})\*\*")


def stem(word: str) -> str:
    """A folded word without its usual endings; what is left has three letters or more."""
    endings = ENGLISH_ENDINGS if word.isascii() else ENDINGS
    while True:
        ending = next((one for one in endings if word.endswith(one) and len(word) - len(one) >= SHORTEST_STEM), "")
        if not ending:
            return word
        word = word[: -len(ending)]


def stems(text: str) -> list[str]:
    """The stems of a text in their order, without the words that stand in every text."""
    words = WORD.findall(search_norm(text))
    return [stem(word)[:LONGEST_STEM] for word in words if word not in STOP and len(word) > 1]


def telling(texts: Iterable[str]) -> list[str]:
    """The stems that say most of a request: the most frequent first, of equally frequent ones the longest."""
    counted = Counter(one for text in texts for one in stems(text) if len(one) >= SHORTEST_STEM and not one.isdigit())
    return sorted(counted, key=lambda one: (-counted[one], -len(one), one))[:MOST_STEMS]


def all_of(typed: str) -> str:
    """The question of PostgreSQL for what was typed: every word, as a beginning; empty when there is no word."""
    return " & ".join(f"{one}:*" for one in list(dict.fromkeys(stems(typed)))[:8])


def any_of(wanted: Sequence[str]) -> str:
    """The question for texts that hold any of these stems."""
    return " | ".join(f"{one}:*" for one in wanted)


def fit(wanted: Sequence[str], title: str, body: str) -> int:
    """How well an article fits a request: three for each of its stems in the title, one for each in the text."""
    in_title, in_body = title.split(), body.split()
    return sum(3 if _begins(one, in_title) else 1 if _begins(one, in_body) else 0 for one in wanted)


def _begins(one: str, words: Sequence[str]) -> bool:
    return any(word.startswith(one) for word in words)


def html(body: str) -> SafeString:
    """An article as HTML: «# heading», «- item», «1. item», «**bold**» and addresses; all else is text."""
    out: list[str] = []
    for block in re.split(r"\n\s*\n", body.strip()):
        out += _block(block.split("\n"))
    return SafeString("".join(out))


def _block(lines: Sequence[str]) -> list[str]:
    out: list[str] = []
    text: list[str] = []
    for kind, content in map(_kind, [*lines, ""]):
        if kind != "p" or not content:
            if text:
                out.append(f'<p dir="auto">{"<br>".join(text)}</p>')
                text = []
        if kind == "p":
            text += [_inline(content)] if content else []
        else:
            out.append(_element(kind, content, out))
    return out


def _element(kind: str, content: str, out: list[str]) -> str:
    if kind == "h":
        return f'<h2 dir="auto">{_inline(content)}</h2>'
    item = f'<li dir="auto">{_inline(content)}</li></{kind}>'
    if out and out[-1].endswith(f"</li></{kind}>"):  # the list goes on
        return out.pop().removesuffix(f"</{kind}>") + item
    return f"<{kind}>{item}"


def _kind(line: str) -> tuple[str, str]:
    plain = line.strip()
    for kind, pattern in (("h", HEADING), ("ul", ITEM), ("ol", NUMBERED)):
        found = pattern.fullmatch(plain)
        if found:
            return kind, found[1]
    return "p", plain


def _inline(text: str) -> str:
    safe = BOLD.sub(r"<b>\1</b>", str(escape(text)))
    link = '<a class="pv-link" href="{0}" rel="noopener nofollow" dir="ltr">{0}</a>'
    return LINK.sub(lambda found: link.format(found[0]), safe)


def plain(body: str) -> str:
    """An article as text for a mail: without the marks of headings and bold words."""
    lines = [HEADING.sub(r"\1", line) for line in BOLD.sub(r"\1", body.strip()).split("\n")]
    return "\n".join(lines)
