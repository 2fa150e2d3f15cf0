"""Iranian numbers: what is true, what is wrong and why, what a person may insist on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyvand.core import iran

TRUE = [
    ("national_id", "0499370899"),
    ("national_id", "0790419904"),
    ("national_id", "۰۰۸-۴۵۷۵۹۴-۸"),
    ("national_id", "84575948"),
    ("legal_id", "10380284790"),
    ("legal_id", "۱۰۳۸۰۲۸۴۷۹۰"),
    ("economic", "10380284790"),
    ("economic", "411234567890"),
    ("economic", "04993708990001"),
    ("sheba", "IR062960000000100324200001"),
    ("sheba", "۸۲ ۰۵۴۰ ۱۰۲۶ ۸۰۰۲ ۰۸۱۷ ۹۰۹۰ ۰۲"),
    ("card", "6037-7016-8909-5443"),
    ("card", "6219861034529007"),
    ("postal_code", "1619735744"),
    ("passport", "u12345678"),
    ("registration", "۱۲۳۴"),
]
WRONG = [
    ("national_id", "0684159415", "checksum", False),
    ("national_id", "1111111111", "repeated", False),
    ("national_id", "12345", "ten_digits", True),
    ("national_id", "04993708ab", "letters", True),
    ("national_id", "²²²²²²²²²²", "letters", True),
    ("legal_id", "10380285790", "checksum", False),
    ("legal_id", "1038028479", "eleven_digits", True),
    ("economic", "123", "economic_digits", False),
    ("sheba", "IR012345678901234567890123", "checksum", True),
    ("sheba", "IR06296000000010032420000", "sheba_form", True),
    ("card", "6037701689095444", "checksum", True),
    ("card", "0000000000000000", "repeated", True),
    ("card", "60377", "card_digits", True),
    ("postal_code", "12345", "postal_digits", False),
    ("postal_code", "0000000000", "postal_rule", False),
    ("passport", "!", "passport_form", True),
    ("other", "x" * 41, "too_long", True),
    ("national_id", "\u200c \x00", "empty", True),
]


@pytest.mark.parametrize(("kind", "text"), TRUE)
def test_a_true_number_has_no_flaw(kind: str, text: str) -> None:
    assert iran.check(kind, text).flaw == ""


@pytest.mark.parametrize(("kind", "text", "flaw", "hard"), WRONG)
def test_a_wrong_number_says_what_is_wrong(kind: str, text: str, flaw: str, hard: bool) -> None:
    checked = iran.check(kind, text)
    assert (checked.flaw, checked.is_hard) == (flaw, hard)
    assert str(checked.reason)


@given(st.sampled_from(sorted({kind for kind, _text in TRUE})), st.text(max_size=60))
def test_any_text_is_answered_and_its_form_is_final(kind: str, text: str) -> None:
    once = iran.check(kind, text)
    if not once.flaw:
        assert iran.check(kind, once.value) == once


@given(st.text("0123456789", min_size=9, max_size=9))
def test_exactly_one_check_digit_fits(start: str) -> None:
    flaws = [iran.check("national_id", start + digit).flaw for digit in "0123456789"]
    assert len([flaw for flaw in flaws if flaw in {"", "repeated"}]) in {1, 2}
    assert flaws.count("") <= 1
