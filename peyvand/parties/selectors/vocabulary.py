"""Reading the vocabulary: what the words of a question may mean, in one query."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from peyvand.parties.search import readings, spelling
from peyvand.parties.search.question import Question
from peyvand.parties.search.readings import Reading, Slot

_ASK = """
SELECT 's', asked.word, w.word, w.uses
FROM unnest(%(starts)s::text[]) AS asked(word), LATERAL (
    SELECT v.word, v.uses FROM parties_word v
    WHERE v.word >= asked.word COLLATE "C" AND v.word < (asked.word || chr(1114111)) COLLATE "C"
    ORDER BY v.uses DESC LIMIT %(most)s) w
UNION ALL
SELECT 'n', asked.word, w.word, w.uses
FROM unnest(%(near)s::text[], %(keys)s::text[]) AS asked(word, keys), LATERAL (
    SELECT v.word, v.uses FROM parties_word v WHERE v.keys && asked.keys::int[]) w
UNION ALL
SELECT 'e', '', w.word, w.uses FROM parties_word w WHERE w.word = ANY(%(exact)s::text[])
"""
MOST_SPLITS = 2
SHORT = 2  # so short, the beginning of a word says too little; the words themselves are asked

Found = dict[str, dict[str, int]]


def readings_of(question: Question) -> list[Reading]:
    """Every way to read the words of a question, the plain one first."""
    words = question.words
    joined = [one + other for one, other in zip(words, words[1:], strict=False)]
    halves = {half for word in words for pair in readings.splits(word) for half in pair}
    found = _ask(starts=[*words, *question.other], near=[*words, *joined], exact={*joined, *halves})
    last = len(words) - 1
    slots = [_slot(found, word, is_last=at == last) for at, word in enumerate(words)]
    every = [Reading(slots)]
    for at, word in enumerate(joined):
        slot = readings.make_slot(word, _only(found, word), found["n" + word], is_last=False)
        if slot.meant_uses:
            every.append(Reading([*slots[:at], slot, *slots[at + 2 :]], readings.JOINED))
    for at, word in enumerate(words):
        every += [Reading([*slots[:at], *pair, *slots[at + 1 :]], readings.SPLIT) for pair in _splits(found, word)]
    return [*every, *_other_layout(found, question)]


def _ask(*, starts: Sequence[str], near: Sequence[str], exact: Iterable[str]) -> Found:
    asked = {word: spelling.keys_asked(word) for word in dict.fromkeys(near)}
    texts = {word: "{" + ",".join(map(str, keys)) + "}" for word, keys in asked.items() if keys}
    parameters: dict[str, Any] = {
        "starts": [word for word in dict.fromkeys(starts) if len(word) >= SHORT],
        "near": list(texts),
        "keys": list(texts.values()),
        "exact": sorted({*exact, *(word for word in starts if len(word) < SHORT)}),
        "most": readings.BROAD,
    }
    found: Found = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_ASK, parameters)
        for sort, word, known, uses in cursor.fetchall():
            found[sort + word][known] = max(uses, found[sort + word].get(known, 0))
    return found


def _slot(found: Found, word: str, *, is_last: bool) -> Slot:
    starts = found["s" + word] or _only(found, word)
    return readings.make_slot(word, starts, found["n" + word], is_last=is_last)


def _only(found: Found, word: str) -> dict[str, int]:
    uses = found["e"].get(word)
    return {} if uses is None else {word: uses}


def _splits(found: Found, word: str) -> list[list[Slot]]:
    """The likeliest pairs of known words that make up one word."""
    known = found["e"]
    pairs = [(one, other) for one, other in readings.splits(word) if one in known and other in known]
    pairs.sort(key=lambda pair: -min(known[pair[0]], known[pair[1]]))
    return [
        [readings.make_slot(half, _only(found, half), {}, is_last=False) for half in pair]
        for pair in pairs[:MOST_SPLITS]
    ]


def _other_layout(found: Found, question: Question) -> list[Reading]:
    """The question on the other keyboard layout, if that makes words that somebody is called."""
    if not question.other or not all(found["s" + word] or found["e"].get(word) for word in question.other):
        return []
    last = len(question.other) - 1
    slots = [_slot(found, word, is_last=at == last) for at, word in enumerate(question.other)]
    is_nonsense = not all(found["s" + word] for word in question.words)
    return [Reading(slots, 0.0 if is_nonsense else readings.OTHER_LAYOUT)]
