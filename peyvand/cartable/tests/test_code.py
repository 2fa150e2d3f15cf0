"""Follow-up codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyvand.cartable import code
from peyvand.core.text import to_persian_digits

codes = st.builds(code.make, st.integers(1390, 1480), st.integers(1, 99_999_999))


def test_damm_of_the_thesis_example() -> None:
    assert code.check_digit("572") == 4


def test_a_code_looks_as_people_know_it() -> None:
    assert code.make(1405, 482) == f"1405-000482-{code.check_digit('1405000482')}"


@given(codes)
def test_a_code_is_read_with_persian_digits_spaces_and_without_dashes(made: str) -> None:
    for typed in (made, to_persian_digits(made), made.replace("-", ""), made.replace("-", " "), f"  {made}\u200c "):
        assert code.parse(typed) == made


@given(codes, st.data())
def test_every_single_wrong_digit_is_caught(made: str, data: st.DataObject) -> None:
    places = [place for place, letter in enumerate(made) if letter.isdigit() and place > 1]
    place = data.draw(st.sampled_from(places))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != made[place]]))
    assert code.parse(made[:place] + wrong + made[place + 1 :]) is None


@given(codes, st.data())
def test_every_swap_of_neighbours_is_caught(made: str, data: st.DataObject) -> None:
    digits = made.replace("-", "")
    place = data.draw(st.integers(2, len(digits) - 2))
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    if swapped != digits:
        assert code.parse(swapped) is None


@given(codes)
def test_a_code_is_found_in_a_subject(made: str) -> None:
    assert code.find_all(f"Re: پاسخ: تأخیر [{to_persian_digits(made)}] و {made}") == [made]
    assert code.find_all(f"پیگیری {made.replace('-', '–')}.") == [made]


@pytest.mark.parametrize("text", ["", "1405", "14050004827", "تلفن 021-123456-7", "2026-000482-7", "91405-000482-7"])
def test_other_numbers_are_not_taken_for_codes(text: str) -> None:
    assert code.find_all(text) == []
