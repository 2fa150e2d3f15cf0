"""Cells as people and spreadsheets write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyvand.core.text import display_norm, normalise_email, normalise_phone
from peyvand.parties.importing import cells, days

LETTERS = st.text("علیرضاپچگ يكئ آۀ‌ABcd 12۳٤.-_،,()+@/", max_size=20)


@given(LETTERS)
def test_the_fast_way_cleans_as_the_slow_one(text: str) -> None:
    assert cells.clean(text) == display_norm(text)


@given(st.from_regex(r"(\+98|0098|98|0)?[1-9][0-9]{9}", fullmatch=True))
def test_the_fast_way_reads_phones_of_iran_as_the_slow_one(text: str) -> None:
    assert cells.phone_value(text) == normalise_phone(text)


@given(st.from_regex(r"[A-Za-z0-9._%+-]{1,20}@([A-Za-z0-9-]{1,10}\.){1,2}[A-Za-z]{2,5}", fullmatch=True))
def test_the_fast_way_reads_addresses_as_the_slow_one(text: str) -> None:
    slow = normalise_email(text)
    if slow is None:
        with pytest.raises(cells.BadCell):
            cells.points("email")(text)
    else:
        assert cells.points("email")(text)[0][:2] == ("email", slow)


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("9121234567", "+989121234567", "09121234567"),
        ("9121234567.0", "+989121234567", "09121234567"),
        ("9.121234567E+09", "+989121234567", "09121234567"),
        ("00989121234567", "+989121234567", "00989121234567"),
        ("+98 (912) 123-45-67", "+989121234567", "+98 (912) 123-45-67"),
        ("۰۹۱۲ ۱۲۳ ۴۵۶۷", "+989121234567", "۰۹۱۲ ۱۲۳ ۴۵۶۷"),
        ("021-8877 6655", "+982188776655", "021-8877 6655"),
    ],
)
def test_phones_in_any_spelling(typed: str, value: str, shown: str) -> None:
    [(_kind, found, written)] = cells.points("phone")(typed)
    assert (found, written) == (value, shown)


def test_several_addresses_in_one_cell() -> None:
    assert [each[1] for each in cells.points("phone")("09121234567، 021-88776655")] == [
        "+989121234567",
        "+982188776655",
    ]
    assert [each[1] for each in cells.points("phone")("09121234567 / 09351234567")] == [
        "+989121234567",
        "+989351234567",
    ]
    assert [each[1] for each in cells.points("email")("a@x.example; B@x.example")] == ["a@x.example", "b@x.example"]


def test_a_short_number_is_a_service_but_no_mobile() -> None:
    assert cells.points("phone")("125")[0][1] == "+98125"
    for typed in ("912 33", "912", "91233"):
        with pytest.raises(cells.BadCell, match=typed):
            cells.points("mobile")(typed)


@pytest.mark.parametrize("typed", ["0912abc4567", "88776655", "تلفن ندارد", "0912123"])
def test_what_is_no_phone_says_why(typed: str) -> None:
    with pytest.raises(cells.BadCell, match=typed):
        cells.points("phone")(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1403/12/30", dt.date(2025, 3, 20)),
        ("30-12-1403", dt.date(2025, 3, 20)),
        ("۱۴۰۳.۱۲.۳۰", dt.date(2025, 3, 20)),
        ("14031230", dt.date(2025, 3, 20)),
        ("03/12/30", dt.date(2025, 3, 20)),
        ("75/3/12", dt.date(1996, 6, 1)),
        ("12/3/75", dt.date(1996, 6, 1)),
        ("2020-01-31 00:00:00", dt.date(2020, 1, 31)),
        ("31/12/2020", dt.date(2020, 12, 31)),
        ("12/31/2020", dt.date(2020, 12, 31)),
        ("۱ آذر ۱۴۰۳", dt.date(2024, 11, 21)),
    ],
)
def test_days_of_both_calendars_in_any_order(typed: str, day: dt.date) -> None:
    assert days.day()(typed) == day


def test_the_order_of_a_column_decides_what_a_cell_leaves_open() -> None:
    assert days.day()("3/4/2020") == dt.date(2020, 4, 3)
    assert days.day(order="mdy")("3/4/2020") == dt.date(2020, 3, 4)


@pytest.mark.parametrize("typed", ["1403/12/31", "1402/12/30", "1403/07/31", "2023/02/29", "1403/00/10"])
def test_a_day_that_does_not_exist_says_so(typed: str) -> None:
    with pytest.raises(cells.BadCell, match="does not exist"):
        days.day()(typed)


def test_numbers_of_the_state_get_their_zeros_back() -> None:
    assert cells.identifier("national_id")("499370899") == "0499370899"
    assert cells.identifier("national_id")("499370899.0") == "0499370899"
    with pytest.raises(cells.BadCell, match="check digit"):
        cells.identifier("national_id")("0499370898")


def test_amounts_in_the_unit_of_the_column_unless_the_cell_says_another() -> None:
    assert cells.money("toman")("۱۲٬۵۰۰") == 125_000
    assert cells.money("rial")("12,500.00") == 12_500
    assert cells.money("rial")("12500 تومان") == 125_000


def test_yes_and_no_in_many_words() -> None:
    assert all(map(cells.yes_no, ("بله", "YES", "✓", "دارد", "1", "true")))
    assert not any(map(cells.yes_no, ("خیر", "no", "ندارد", "0", "✗")))
    with pytest.raises(cells.BadCell):
        cells.yes_no("شاید")


def test_a_name_has_a_letter() -> None:
    with pytest.raises(cells.BadCell):
        cells.named(200)("---")


def test_a_text_that_is_too_long_is_never_cut() -> None:
    with pytest.raises(cells.BadCell, match="200"):
        cells.line(200)("ا" * 201)
