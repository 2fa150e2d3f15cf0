"""Amounts in Rial, written in Toman or Rial."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyvand.core.errors import Invalid
from peyvand.core.money import format_money, format_money_short, parse_money


def test_an_amount_is_written_with_its_unit() -> None:
    assert format_money(12_500_000) == "۱٬۲۵۰٬۰۰۰ تومان"
    assert format_money(12_500_005) == "۱٬۲۵۰٬۰۰۰٫۵ تومان"
    assert format_money(500, unit="rial", lang="en") == "500 rial"
    assert format_money_short(18_400_000_000) == "۱٫۸۴ میلیارد تومان"


@given(st.integers(min_value=0, max_value=10**17))
def test_a_written_amount_is_read_back(units: int) -> None:
    assert parse_money(format_money(units * 10)) == units * 10
    assert parse_money(format_money(units, unit="rial")) == units


@pytest.mark.parametrize("typed", ["", "-1", "12.5", "دو", "1" * 19])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        parse_money(typed)
