"""Mails that are broken or mean harm: each is read within its limits, or refused cleanly."""

import email
import io
import random
import time
import zipfile
from pathlib import Path

import pytest

from peyvand.channels.adapters.email import headers, limits
from peyvand.channels.adapters.email.compose import Enclosure, compose
from peyvand.channels.adapters.email.parse import parse, parse_minimally
from peyvand.channels.tests.test_email_parse import FIXTURES, outgoing
from peyvand.core import jail

CPYTHON = sorted((FIXTURES / "cpython").glob("*.txt"))
PERSIAN = sorted((FIXTURES / "persian").glob("*.eml"))
PARSE = "peyvand.channels.adapters.email.parse.parse"


@pytest.mark.parametrize("path", CPYTHON, ids=lambda path: path.stem)
def test_the_standard_librarys_messages_are_read_like_it_reads_them(path: Path) -> None:
    raw = path.read_bytes()
    read, theirs = parse(raw), email.message_from_bytes(raw)
    if theirs.defects or any(part.defects for part in theirs.walk()):
        return
    own = headers.message_ids((theirs["message-id"] or "").encode("ascii", "replace"))
    assert read["message_id"] == (own[0] if own else "")
    if theirs.get_content_type() == "text/plain" and not theirs.get_filename():
        expected = theirs.get_payload(decode=True).decode("latin-1").replace("\r\n", "\n").replace("\r", "\n").strip()
        assert read["full_text"] == expected


def mutations(count: int) -> list[bytes]:
    """Cut, doubled, spliced and spoiled messages; the same in every run."""
    sources = [path.read_bytes() for path in CPYTHON + PERSIAN]
    made = []
    for seed in range(count):
        chance = random.Random(seed)
        data = bytearray(chance.choice(sources))
        for _ in range(chance.randint(1, 6)):
            at, length = chance.randrange(len(data) + 1), chance.choice([1, 3, 20, 200])
            kind = chance.randrange(6)
            if kind == 0:
                del data[at : at + length]
            elif kind == 1:
                data[at:at] = chance.randbytes(length)
            elif kind == 2:
                data[at:at] = data[at : at + length] * 3
            elif kind == 3:
                other = chance.choice(sources)
                data[at:at] = other[chance.randrange(len(other)) :][: length * 4]
            elif kind == 4:
                data[at : at + 1] = chance.choice(
                    [b"\0", b"\r", b"\n", b"--", b"=?", b'"', b"(", b";", b"\xff", b"\n\n"]
                )
            else:
                data = data.replace(b"\n", b"\r\n", chance.randrange(5)) or data
        made.append(bytes(data))
    return made


def test_two_thousand_mutated_messages_are_all_read() -> None:
    payloads = mutations(2_000)
    results = jail.run(PARSE, payloads)
    assert len(results) == 2_000
    lost = [
        result.error
        for result in results
        if not result.ok and not result.error.startswith("failed: ValueError: unparseable:")
    ]
    assert lost == []
    assert sum(result.ok for result in results) > 1_990


@pytest.mark.parametrize("size", [0, 1, 7, 100, 5_000])
def test_any_bytes_give_a_result_or_a_clean_refusal(size: int) -> None:
    payloads = [random.Random(seed * 7 + size).randbytes(size) for seed in range(30)]
    for result in jail.run(PARSE, payloads):
        assert result.ok or result.error.startswith("failed: ValueError: unparseable: ")


# ---- hostile mail ----------------------------------------------------------------------------------------------------


def mail(rest: bytes) -> bytes:
    return b"Message-ID: <a@b>\r\nFrom: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n" + rest


def html(body: bytes) -> bytes:
    return mail(b"Content-Type: text/html; charset=utf-8\r\n\r\n" + body)


def nested(depth: int) -> bytes:
    return b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i) for i in range(depth))


HOSTILE = {
    "to 400 KB": b"From: a@b\r\nTo: " + b"a," * 200_000 + b"\r\n\r\nx",
    "to 16 KB": b"From: a@b\r\nTo: " + b"a," * 8_000 + b"\r\n\r\nx",
    "4,000 parameters": mail(
        b"Content-Type: text/plain" + b"".join(b"; p%d=v" % i for i in range(4_000)) + b"\r\n\r\nx"
    ),
    "nested 1,000 deep": mail(nested(1_000) + b"hello"),
    "100,000 parts": mail(
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 100_000 + b"--b--\r\n"
    ),
    "a delimiter per line, 29 deep": mail(nested(29) + b"\r\n" + b"x\r\n--b\r\n" * 500_000),
    "5,000 parentheses": b"From: " + b"(" * 5_000 + b"\r\n\r\nx",
    "50,000 div": html(b"<div>" * 50_000),
    "50,000 div and wrong ends": html(b"<div></x>" * 50_000),
    "30,000 nested tables": html(b"<table><tr><td>" * 30_000),
    "formatting to be rebuilt": html(b"".join(b"<font a=%d><p>" % i for i in range(40_000))),
    "svg cells": html(b"<svg>" + b"<td>" * 100_000),
    "a million ampersands": html(b"&" * 1_000_000),
    "half a million no-break spaces": html("\u00a0".encode() * 500_000),
    "a million <": html(b"<" * 1_000_000),
    "half open tags": html(b"<a" * 500_000),
    "300,000 attributes": html(b"<p " + b"a=1 " * 300_000 + b">"),
    "class after class": html((b"<div " + b"class= " * 40) * 7_000),
    "words without end": b"From: a@b\r\nSubject: " + b"=?utf-8?q?" * 5_000 + b"\r\n\r\nx",
    "20 MB of text": mail(b"\r\n" + b"abc def\r\n" * 2_300_000),
    "24 MB of base64": mail(
        b"Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + (b"QUJD" * 18 + b"\r\n") * 325_000
    ),
    "reply headers everywhere": mail(b"\r\n" + b"On a\r\n" * 150_000),
    "header of 1 MB": mail(b"X-A: " + b"a" * 1_000_000 + b"\r\n\r\nbody"),
    "120,000 headers": mail(b"X-A: a\r\n" * 120_000 + b"\r\nbody"),
    "NUL": mail(b"\r\na\0b"),
    "5 MB of spaces": mail(b"\r\n" + b" " * 5_000_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_stays_within_its_limits(name: str) -> None:
    jail.run(PARSE, [mail(b"\r\nwarm")])
    result = jail.run(PARSE, [HOSTILE[name]], cpu_seconds=5, memory_mb=512, wall_seconds=120)[0]
    assert result.ok, result.error
    assert len(result.value["text"]) <= limits.TEXT_CHARACTERS


def test_the_cheap_reading_is_always_possible() -> None:
    for raw in HOSTILE.values():
        before = time.process_time()
        assert "read only in part" in parse_minimally(raw)["defects"]
        assert time.process_time() - before < 2


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def with_attachment(data: bytes) -> bytes:
    return compose(outgoing(enclosures=[Enclosure("a.zip", "application/zip", data)]))


def test_a_zip_bomb_is_refused_and_an_honest_archive_kept() -> None:
    zeros = zipped({"a": b"\0" * 90_000_000})
    bomb = zipped({f"{number}.zip": zeros for number in range(20)})
    deep = zipped({"a": b"x"})
    for _ in range(5):
        deep = zipped({"a.zip": deep})
    many = zipped({str(number): b"" for number in range(10_500)})
    results = jail.run(
        PARSE, [with_attachment(data) for data in (_declared(zeros), many, deep, zipped({"a.txt": b"x" * 5_000}))]
    )
    assert [bool(result.value["attachments"][0]["blocked"]) for result in results] == [True, True, True, False]
    assert jail.run(PARSE, [with_attachment(bomb)])[0].ok


def _declared(archive: bytes) -> bytes:
    """The same archive, its directory claiming 3 GB."""
    at = archive.rfind(b"PK\x01\x02")
    return archive[: at + 24] + (3_000_000_000).to_bytes(4, "little") + archive[at + 28 :]
