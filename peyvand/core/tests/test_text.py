"""The two forms of Persian text, their order, addresses and numbers."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peyvand.core import text

PERSIAN = st.text(
    alphabet=st.sampled_from("ءآابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيكةأإئؤۀ ۱۲٣4\u200c\u064b\u0654\u202eabÉ@.-")
)
ANY = st.one_of(st.text(), PERSIAN)


@given(ANY)
def test_every_normal_form_is_its_own_normal_form(s: str) -> None:
    for norm in (text.display_norm, text.display_text, text.search_norm):
        once = norm(s)
        assert norm(once) == once


@given(ANY)
def test_what_looks_equal_is_found_equal(s: str) -> None:
    assert text.search_norm(text.display_norm(s)) == text.search_norm(s)
    assert text.search_norm(s.replace("ی", "ي").replace("ک", "ك")) == text.search_norm(s)


@given(ANY)
def test_display_form_never_holds_controls_or_direction_marks(s: str) -> None:
    assert not re.search("[\x00-\x1f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", text.display_norm(s))


@given(ANY)
def test_digits_go_there_and_back(s: str) -> None:
    assert text.to_latin_digits(text.to_persian_digits(s)) == text.to_latin_digits(s)


def test_search_form_folds_arabic_letters_marks_and_half_space() -> None:
    assert text.search_norm("آقاي رضائي  مُؤمن می‌شود ۱۲٣") == "اقای رضایی مومن می شود 123"
    assert text.search_norm("ﻣﺤﻤﺪ") == "محمد"


def test_display_form_keeps_half_space_and_hamza() -> None:
    assert text.display_norm("  شمارۀ   می‌شود‌ ") == "شمارهٔ می‌شود"


def test_names_sort_by_the_persian_alphabet() -> None:
    names = ["یاس", "وحید", "هما", "گلی", "کامران", "ژاله", "چمن", "پریسا", "آرش", "ابراهیم", "Zed", "ali", "۱۲"]
    wanted = ["۱۲", "آرش", "ابراهیم", "پریسا", "چمن", "ژاله", "کامران", "گلی", "وحید", "هما", "یاس", "ali", "Zed"]
    assert sorted(names, key=text.sort_key) == wanted


@given(ANY)
def test_sort_key_fits_its_column_and_has_no_controls(s: str) -> None:
    key = text.sort_key(s)
    assert len(key) <= text.SORT_KEY_LENGTH
    assert "\x00" not in key


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        (" Ali@Example.COM ", "ali@example.com"),
        ("<a@b.example>", "a@b.example"),
        ("info@مثال.ایران", "info@xn--mgbh0fb.xn--mgba3a4f16a"),
        ("کاربر۱@b.example", "کاربر1@b.example"),
        ("root@localhost", "root@localhost"),
        ("no at", None),
        ("a b@c.d", None),
        ("a@[1.2.3.4]", None),
        ("a@b..c", None),
        ("a@-b.c", None),
        ("\x00a@b.c", None),
        ("a" * 65 + "@b.c", None),
    ],
)
def test_an_address_has_one_form_or_is_none(typed: str, wanted: str | None) -> None:
    assert text.normalise_email(typed) == wanted


@given(ANY)
@example("1¼")
@example("110")
def test_no_text_breaks_the_address_and_number_readers(s: str) -> None:
    for reader in (text.normalise_email, text.normalise_phone):
        once = reader(s)
        assert once is None or reader(once) == once


@pytest.mark.parametrize(
    "typed",
    [
        "09123456789",
        "۰۹۱۲ ۳۴۵ ۶۷۸۹",
        "+98 912 345 6789",
        "0098-912-3456789",
        "9123456789",
        "989123456789",
        "(0912)3456789",
    ],
)
def test_a_mobile_has_one_form_however_it_is_typed(typed: str) -> None:
    assert text.normalise_phone(typed) == "+989123456789"


def test_numbers_of_other_kinds() -> None:
    assert text.normalise_phone("021-8877 6655 داخلی ۱۲") == "+982188776655"
    assert text.normalise_phone("+44 20 7183 8750") == "+442071838750"
    assert text.normalise_phone("0995 123 4567") == "+989951234567", "a range that libraries do not know yet"
    assert text.normalise_phone("۱۵۴۰") == "+981540"
    assert text.normalise_phone("88776655") is None, "no area code"
    assert text.normalise_phone("سلام") is None
    assert text.is_mobile("+989123456789") and not text.is_mobile("+982188776655")
    assert text.format_phone("+989123456789") == "0912 345 6789"
    assert text.format_phone("+982188776655") == "021 8877 6655"


def by_the_rules(written: str) -> str:
    """Folding step by step, the whole text at once."""
    kept = "".join(each for each in written if unicodedata.category(each) not in {"Cc", "Cs"} or each in "\t\n\r")
    kept = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", kept).casefold())
    kept = text.to_latin_digits(kept.translate(text._FOLD))
    return " ".join("".join(each for each in kept if unicodedata.category(each) not in {"Mn", "Me", "Cf"}).split())


@given(st.text(st.sampled_from("آابپ یۀةؤئ\u200c\u200f\u0654\u064b\u0301éİßǅﻼﷲ۳٤9ABc.\t\n\x00\u1100\u1161")))
def test_folding_letter_by_letter_is_folding_the_whole(s: str) -> None:
    assert text.search_norm(s) == by_the_rules(s)


@given(ANY)
def test_what_is_taken_for_clean_is_what_cleaning_leaves_alone(s: str) -> None:
    if text._CLEAN.fullmatch(s):
        assert text.display_text(s) == s and " ".join(s.split(" ")) == s.strip()
