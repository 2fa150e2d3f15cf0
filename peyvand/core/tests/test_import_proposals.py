"""Which field a column is proposed for: by its heading, by an export's own words, by what its cells are."""

import pytest

from peyvand.core.imports.kinds import ImportField
from peyvand.core.imports.layouts import layout_of
from peyvand.core.imports.proposing import propose
from peyvand.core.imports.reading import verdicts
from peyvand.core.imports.types import Column, ColumnKind
from peyvand.core.record_fields import Kind

FIELDS = [
    ImportField(key="name", label="Name", kind=Kind.TEXT, aliases=("نام", "full name", "نام کامل"), suits=("name",)),
    ImportField(
        key="first", label="First name", kind=Kind.TEXT, aliases=("نام کوچک",), aliases_with={"last": ("نام", "name")}
    ),
    ImportField(key="last", label="Last name", kind=Kind.TEXT, aliases=("نام خانوادگی",)),
    ImportField(key="mobile", label="Mobile", kind=Kind.PHONE, aliases=("موبایل",), multiple=True, suits=("phone",)),
    ImportField(key="email", label="E-mail", kind=Kind.EMAIL, aliases=("ایمیل",), suits=("email",)),
    ImportField(key="company", label="Company", kind=Kind.TEXT, aliases=("شرکت",)),
    ImportField(key="code", label="Code", kind=Kind.TEXT, aliases=("کد مشتری",)),
]


def proposed(*headers: str, layout: str | None = None) -> list[str]:
    columns = [Column(index=index, header=header) for index, header in enumerate(headers)]
    return [c.field for c in propose(columns, FIELDS, layout_of(headers) if layout is None else layout)]


def test_heads_are_compared_without_letters_marks_and_numbers() -> None:
    assert proposed("موبايل", "E-Mail", "موبایل ۲", "FULL_NAME", "شركت:") == [
        "mobile",
        "email",
        "mobile",
        "name",
        "company",
    ]


def test_a_field_of_one_value_is_proposed_once() -> None:
    assert proposed("ایمیل", "e-mail") == ["email", ""]


def test_a_name_beside_a_last_name_is_a_first_name() -> None:
    assert proposed("نام", "شهر") == ["name", ""]
    assert proposed("نام", "نام خانوادگی") == ["first", "last"]
    assert proposed("نام", "نام کوچک", "نام خانوادگی") == ["name", "first", "last"]


def test_what_cells_are_helps_where_the_heading_says_nothing() -> None:
    columns = [
        Column(index=0, header="", kind=ColumnKind.NAME),
        Column(index=1, header="ستون ب", kind=ColumnKind.PHONE),
        Column(index=2, header="x", kind=ColumnKind.NUMBER),
    ]
    assert [column.field for column in propose(columns, FIELDS)] == ["name", "mobile", ""]


@pytest.mark.parametrize(
    ("headers", "layout", "fields"),
    [
        (
            ["شماره مشتری", "نام", "نام خانوادگی", "موبایل پیش‌فرض", "ایمیل پیش فرض"],
            "payamgostar",
            ["code", "first", "last", "mobile", "email"],
        ),
        (["نام هویت حقوقی (نام سازمان)", "تلفن پیش فرض"], "payamgostar", ["name", ""]),
        (["نام خانوادگی", "شماره همراه", "نام شرکت", "کاریز معامله"], "didar", ["last", "mobile", "company", ""]),
        (
            ["FirstName", "LastName", "MobilePhone", "WorkPhone", "VisibilityType"],
            "didar",
            ["first", "last", "mobile", "", ""],
        ),
        (
            ["id", "name", "phone_mobile", "email1", "account_name"],
            "sarv",
            ["code", "name", "mobile", "email", "company"],
        ),
        (["نام", "موبایل", "ایمیل"], "", ["name", "mobile", "email"]),
    ],
)
def test_exports_of_other_programs_are_recognised(headers: list[str], layout: str, fields: list[str]) -> None:
    assert layout_of(headers) == layout and proposed(*headers) == fields


def column_of(cells: list[str]) -> Column:
    stats: list[verdicts.Stats] = []
    verdicts.merge(stats, verdicts.count_block([[cell] for cell in cells], []))
    return verdicts.conclude(["c"], stats)[0]


@pytest.mark.parametrize(
    ("cells", "kind", "reading"),
    [
        (["0912 345 6789", "+98 (935) 111-2233", "۰۲۱۸۸۰۰۱۱۲۲", "989121234567"], "phone", ""),
        (["ali@x.ir", "sara@example.com"], "email", ""),
        (["1403/12/30", "۱۴۰۲/۰۱/۰۵", "1399-7-1"], "date", "jalali:ymd"),
        (["30/12/1403", "05/01/1402"], "date", "jalali:dmy"),
        (["13/02/2024", "01/03/2024"], "date", "gregorian:dmy"),
        (["02/13/2024", "03/01/2024"], "date", "gregorian:mdy"),
        (["2024-03-20T10:00:00Z", "2024-03-21 08:30"], "date", "gregorian:ymd"),
        (["۱۲ فروردین ۱۴۰۳", "3 تیر 1402"], "date", ""),
        (["1,200,000 تومان", "500 تومان"], "money", "toman"),
        (["12,000", "3,400,000"], "money", ""),
        (["0084575948", "84575948", "0013542419"], "national_id", ""),
        (["10101234567", "14001234567"], "legal_id", ""),
        (["IR062960000000100324200001"], "sheba", ""),
        (["بله", "خیر", "بله"], "yes_no", ""),
        (["0", "1", "1", "0"], "yes_no", ""),
        (["علی رضایی", "مریم گل‌محمدی", "John Smith"], "name", ""),
        (["12", "13.5", "۷", "9.12E+11"], "number", ""),
        (["https://a.ir", "www.b.com"], "url", ""),
        (["طلایی", "نقره‌ای"] * 10, "choice", ""),
        (["متنی بلند " * 30, "متنی دیگر " * 30], "long_text", ""),
        (["", " "], "empty", ""),
    ],
)
def test_the_kind_of_a_column(cells: list[str], kind: str, reading: str) -> None:
    column = column_of(cells)
    assert (column.kind.value, column.verdict.get("reading", "")) == (kind, reading)


def test_the_verdict_counts_what_fits_and_what_was_lost() -> None:
    column = column_of(["0912 345 6789"] * 90 + ["9123456789"] * 8 + ["x", "9.12E+11", ""])
    assert (column.kind, column.filled, column.verdict["fits"], column.verdict["unfit"]) == (
        ColumnKind.PHONE,
        100,
        98,
        2,
    )
    assert column.verdict["unfit_samples"] == ["x", "9.12E+11"]
    assert column.verdict["notes"] == {"lost_zero": 8, "scientific": 1}
    lost = column_of(["84575948", "13542419", "0084575948"])
    assert (lost.kind, lost.verdict["notes"]["lost_zero"]) == (ColumnKind.NATIONAL_ID, 2)
    assert column_of(["كيا", "علي"]).verdict["notes"] == {"arabic_letters": 3}


def test_a_column_of_which_too_much_does_not_fit_is_text() -> None:
    assert column_of(["0912 345 6789"] * 300 + [f"متن {n}" for n in range(200)]).kind is ColumnKind.TEXT
