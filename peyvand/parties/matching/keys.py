"""Which records are compared with one another: those that share a key (blocking)."""

from collections.abc import Iterator
from hashlib import blake2b

from peyvand.parties.matching.record import Record

LEAST_BONES = 5  # fewer consonants are shared by too many names
MOST_POINTS = 12  # of one record


def number_of(text: str) -> int:
    """Return a text as the 64-bit number that the table of keys holds."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def keys_of(record: Record) -> set[int]:
    """Return the keys of a record. Two records of one customer share one, unless nothing but their city agrees.

    Addresses and numbers whole; the name by its consonants however it is cut and turned, a short one by its sounds; a
    word of the name together with the day of birth or with the employer, for names with an error in the other word.
    """
    return {number_of(text) for text in _texts(record)}


def common_addresses(one: Record, other: Record) -> dict[int, str]:
    """Return the numbers and addresses that two records share, by their keys."""
    phones, emails = one.phones & other.phones, one.emails & other.emails
    return {number_of(f"p{value}"): value for value in phones} | {number_of(f"e{value}"): value for value in emails}


def _texts(record: Record) -> Iterator[str]:
    for value in sorted(record.phones)[:MOST_POINTS]:
        yield f"p{value}"
    for value in sorted(record.emails)[:MOST_POINTS]:
        yield f"e{value}"
    for kind, digests in record.numbers.items():
        for digest in digests:
            yield f"n{kind}:{digest}"
    name = record.name
    if len(name.bones) >= LEAST_BONES:  # who shares all sounds shares the bones, too
        yield f"b{name.bones}"
    elif len(name.sounds) > 1:
        yield f"s{' '.join(sorted(name.sounds))}"
    elif name.words:
        yield f"w{name.sounds[0]}:{record.city}"
    yield from _with_words(record)


def _with_words(record: Record) -> Iterator[str]:
    known = [f"d{record.born:%Y%m%d}"] if record.born else []
    known += [f"o{record.organisation}"] if record.organisation else []
    known += [f"a{record.place}"] if record.place else []
    for fact in known:
        for word in set(record.name.sounds[:1] + record.name.sounds[-1:]):
            yield f"{fact}:{word}"
