"""Mail is read: Persian as it really arrives, quotes, machines, and what we send."""

import email
import random
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from peyvand.channels.adapters.email import addresses, charset, headers, quote, sanitise, thread
from peyvand.channels.adapters.email.compose import Enclosure, Outgoing, compose
from peyvand.channels.adapters.email.parse import attachment, parse

FIXTURES = Path(parse.__code__.co_filename).parent / "fixtures"


def persian(name: str) -> dict[str, Any]:
    return parse((FIXTURES / "persian" / f"{name}.eml").read_bytes())


# ---- charsets --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "cp1256",
        "cp1256-named-utf8",
        "cp1256-named-latin1",
        "utf8-named-cp1256",
        "no-charset-raw-headers",
        "unknown-charset",
        "encoded-twice",
        "split-words",
    ],
)
def test_persian_text_is_right_whatever_charset_was_named(name: str) -> None:
    read = persian(name)
    fold = str.maketrans("يك", "یک")
    assert read["text"].translate(fold).startswith("سلام، سفارش من پنج روز پیش ثبت شده")
    assert "ژاله و چکاوک" in read["text"].translate(fold)
    assert read["subject"].translate(fold).startswith("پیگیری سفارش")
    assert read["sender"]["address"] == "sara.ahmadi@example.com"
    assert read["sender"]["name"].translate(fold) == "سارا احمدی"


def test_arabic_of_old_gateways_is_read() -> None:
    assert persian("iso-8859-6")["text"].startswith("السلام عليكم")


def test_iso_8859_6_that_claims_to_be_cp1256_is_noticed() -> None:
    text = "السلام عليكم ورحمة الله وبركاته نريد متابعة الطلب"
    assert charset.decode(text.encode("iso-8859-6"), "windows-1256").text == text


@pytest.mark.parametrize("text", ["Café à la crème, déjà vu", "Grüße aus München", "naïve £5"])
def test_western_text_is_left_alone(text: str) -> None:
    assert charset.decode(text.encode("cp1252"), "iso-8859-1").text == text
    assert charset.decode(text.encode("utf-8"), "utf-8").text == text


@pytest.mark.parametrize(
    "name", ["", "utf-8", "cp1256", "hz", "utf-7", "rot13", "idna", "x" * 500, "\0", "utf-16", "zlib"]
)
def test_any_bytes_with_any_charset_give_text(name: str) -> None:
    for seed in range(40):
        data = random.Random(seed).randbytes(seed * 3)
        assert isinstance(charset.decode(data, name).text, str)


# ---- structure and headers -------------------------------------------------------------------------------------------


def test_file_names_are_decoded_and_made_harmless() -> None:
    names = [found["name"] for found in persian("rfc2231-names")["attachments"]]
    assert names == ["فاکتور آذر ۱۴۰۵.pdf", "فاکتور آذر ۱۴۰۵.pdf", "htaccess"]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\x\\..\\a.exe", "\u202egpj.exe", "a\0b", ".\u200b.htaccess", "..."]
)
def test_no_file_name_can_deceive(name: str) -> None:
    safe = headers.safe_file_name(name)
    assert not set(safe) & set("/\\\0\u202e\u200b")
    assert not safe.startswith(".")


def test_address_lists_survive_commas_comments_and_groups() -> None:
    read = persian("persian-comma-names")
    assert read["from"] == [{"name": "Ahmadi, Sara (Sales)", "address": "sara.ahmadi@example.com"}]
    assert [box["address"] for box in read["to"]] == [
        "Sara@example.com",
        "reza@example.com",
        "a@example.com",
        "b@example.com",
    ]
    assert read["to"][0]["name"] == "احمدی، سارا"


@pytest.mark.parametrize("value", [b"a@b@c", b"<>", b"", b"x <a b@c>", b"<a@b\r\nBcc: x>", b"mailto:x", b"@a,@b:c@"])
def test_what_is_no_address_is_none(value: bytes) -> None:
    assert all(box["address"] == "" or box["address"].count("@") == 1 for box in addresses.parse(value))


def test_pictures_inside_stay_and_remote_ones_do_not_load() -> None:
    read = persian("inline-picture")
    assert read["html"] == '<p dir="rtl">عکس کالا <img src="cid:pic1@x"><img src="cid:peyvand-remote-0"></p>'
    assert read["remote_images"] == ["https://t.example/a.gif"]


@pytest.mark.parametrize(
    "source",
    [
        "<svg onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='//evil.example/x'>x</a>",
        "<img src='/api/v1/logout'>",
        "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
        "<p style='background:url(http://t.example/x)'>x</p>",
        "<p style='color:red;background-color:\\75rl(http://t.example)'>x</p>",
        "<form action=/x><input name=a></form>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<iframe src=http://t.example></iframe><object data=x></object><base href=http://t.example>",
        "<img src=cid:x onerror=alert(1)>",
        "<link rel=stylesheet href=http://t.example/x.css><meta http-equiv=refresh content='0;url=http://t.example'>",
    ],
)
def test_html_can_neither_run_nor_load_nor_post(source: str) -> None:
    clean = re.sub(r'title="[^"]*"', "", sanitise.sanitise(source).html.lower())
    for word in (
        "<script",
        "onerror=",
        "onload=",
        "javascript:",
        "<svg",
        "<form",
        "<iframe",
        "<object",
        "<base",
        "<link",
        "url(",
    ):
        assert word not in clean
    assert "t.example" not in clean and "evil.example" not in clean and "/api/" not in clean


# ---- quotes, signatures, automatic mail ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "visible", "quoted", "signature"),
    [
        ("gmail-reply", "سلام،\n\nهنوز خبری نشده است.", "سلام خانم احمدی", ""),
        ("outlook-reply", "با سلام\nمدارک را فرستادم.", "لطفا مدارک را بفرستید", ""),
        ("iphone", "ممنون، دریافت شد.", "> سلام", "ارسال شده از آیفون من"),
        ("english-reply", "Thanks, it arrived.", "Hello Ali", "-- \nAli Rezaei\nAcme Co."),
    ],
)
def test_what_was_written_now_stands_apart(name: str, visible: str, quoted: str, signature: str) -> None:
    read = persian(name)
    assert read["text"] == visible
    assert quoted in read["quote"]
    assert read["signature"] == signature


def test_a_forwarded_message_is_not_folded_away() -> None:
    assert "کالا خراب بود" in persian("forward-only")["text"]


def test_answers_between_quoted_lines_stay_visible() -> None:
    assert persian("interleaved")["text"].count(">") == 2


@pytest.mark.parametrize(
    "text",
    [
        "در تاریخ شنبه به دفتر شما آمدم و کسی نبود.\nلطفا رسیدگی کنید.",
        "On Monday I wrote you a letter about this.\nPlease answer.",
        "از: این وضع خسته شدم\nو ادامه نمی‌دهم",
        "موضوع: شکایت\nمتن شکایت من این است",
        "- یک\n-- دو\nسه",
    ],
)
def test_ordinary_sentences_are_not_taken_for_quotes(text: str) -> None:
    assert quote.split(text).visible == text


def test_html_quotes_are_folded_too() -> None:
    read = persian("gmail-reply")
    assert "هنوز خبری نشده" in read["html"] and "در حال بررسی" not in read["html"]
    assert "در حال بررسی" in read["html_quote"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("vacation-header", "reply"),
        ("vacation-subject", "reply"),
        ("list", "list"),
        ("bounce", "bounce"),
        ("bounce-qmail", "bounce"),
        ("receipt", "receipt"),
        ("gmail-reply", ""),
        ("outlook-reply", ""),  # carries X-Auto-Response-Suppress, which is a request to us and no confession
    ],
)
def test_machines_are_told_from_people(name: str, kind: str) -> None:
    assert persian(name)["automatic"] == kind


def test_a_bounce_names_the_address_and_our_message() -> None:
    for name in ("bounce", "bounce-qmail"):
        read = persian(name)["bounce"]
        assert read["failures"][0]["address"] == "gone@example.com"
        assert read["failures"][0]["permanent"] is True
        assert read["message_ids"] == ["pv.1405-000123-4.2f.abcdef0123@peyvand.example"]
    assert [failure["permanent"] for failure in persian("bounce")["bounce"]["failures"]] == [True, False]


def test_candidates_of_a_correspondence_are_found_but_not_believed() -> None:
    read = persian("gmail-reply")["thread"]
    assert read["signed"] == [["1405-000123-4", "2f", "abcdef0123"]]
    assert read["codes"] == ["1405-000123-4"]
    found = thread.candidates([], [], ["support+r-1405-000123-4.0123456789abcdef@peyvand.example"], "")
    assert found["addresses"] == [["1405-000123-4", "0123456789abcdef"]]


# ---- outgoing --------------------------------------------------------------------------------------------------------


def outgoing(**changes: Any) -> Outgoing:
    values: dict[str, Any] = {
        "message_id": "pv.1405-000123-4.2f.abcdef0123@peyvand.example",
        "sender": "support@peyvand.example",
        "to": ["sara@example.com"],
        "subject": "پاسخ: پیگیری سفارش",
        "text": "سلام\n\nسفارش شما فرستاده شد.",
        "date": datetime(2026, 11, 22, 6, 0, tzinfo=UTC),
    }
    return Outgoing(**(values | changes))


def test_what_we_send_is_what_we_would_read() -> None:
    file = Enclosure("فاکتور.pdf", "application/pdf", b"%PDF-1.4")
    raw = compose(
        outgoing(
            sender_name="پشتیبانی پیوند", references=["a@b"], in_reply_to="c@d", enclosures=[file], acknowledgement=True
        )
    )
    read = parse(raw)
    assert read["subject"] == "پاسخ: پیگیری سفارش"
    assert read["text"] == "سلام\n\nسفارش شما فرستاده شد."
    assert read["message_id"] == "pv.1405-000123-4.2f.abcdef0123@peyvand.example"
    assert read["references"] == ["a@b", "c@d"] and read["in_reply_to"] == ["c@d"]
    assert read["from"] == [{"name": "پشتیبانی پیوند", "address": "support@peyvand.example"}]
    assert attachment(raw, read["attachments"][0]) == b"%PDF-1.4"
    assert read["automatic"] == "reply"
    assert b'dir="rtl"' in email.message_from_bytes(raw).get_payload(0).get_payload(1).get_payload(decode=True)


def test_nothing_written_by_people_becomes_a_header() -> None:
    evil = "x\r\nBcc: victim@example.com\r\n\r\nbody"
    raw = compose(outgoing(subject=evil, sender_name=evil, in_reply_to=evil, references=[evil], language=evil))
    read = email.message_from_bytes(raw)
    assert "Bcc" not in read and read["In-Reply-To"] is None
    with pytest.raises(ValueError, match="address"):
        compose(outgoing(to=["a@b\r\nBcc: victim@example.com"]))
    with pytest.raises(ValueError, match="Message-ID"):
        compose(outgoing(message_id="a\r\nBcc: x@y"))


def test_long_ids_are_not_encoded() -> None:
    long = "x" * 200 + "@example.com"
    assert f"<{long}>".encode() in compose(outgoing(in_reply_to=long))


# ---- the standard library's messages, whole and mutated --------------------------------------------------------------
