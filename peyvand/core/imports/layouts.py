"""Exports of other programs, recognised by heads that are their own, and what those heads mean in common words.

Which heads are known from the programs' public help and which are taken from their programming interfaces says
docs/en/import-formats.md. A common word is an alias of an ImportField, so that this page knows no kind of record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peyvand.core.imports import wording

PAYAMGOSTAR, DIDAR, SARV = "payamgostar", "didar", "sarv"


@dataclass(frozen=True, kw_only=True)
class Layout:
    """An export. own: heads that no other program has, one is enough; usual: heads of which three are."""

    name: str
    own: frozenset[str]
    usual: frozenset[str]
    meaning: Mapping[str, str]

    def fits(self, heads: frozenset[str]) -> bool:
        return bool(heads & self.own) or len(heads & self.usual) >= 3


def _heads(text: str) -> frozenset[str]:
    return frozenset(wording.head(each) for each in text.split("|"))


def _meaning(pairs: str) -> dict[str, str]:
    """«head = alias | head = alias»."""
    cut = (each.partition("=") for each in pairs.split("|"))
    return {wording.head(head): alias.strip() for head, _equals, alias in cut}


LAYOUTS = (
    Layout(
        name=PAYAMGOSTAR,
        own=_heads(
            "موبایل پیش فرض|تلفن پیش فرض|ایمیل پیش فرض|نام هویت حقوقی|نام هویت حقوقی (نام سازمان)|تاریخ مشتری شدن"
            "|زیرنوع هویت|customerNumber|registerNumber|phoneContacts|addressContacts"
        ),
        usual=_heads("شماره مشتری|تلفکس|نحوه آشنایی|رنگ|پیشوند|نوع هویت|تاریخ تولد/ثبت|nationalCode|economicCode"),
        meaning=_meaning(
            "موبایل پیش فرض = موبایل | تلفن پیش فرض = تلفن | ایمیل پیش فرض = ایمیل | فکس پیش فرض = فکس | تلفکس = فکس"
            "| آدرس پیش فرض = آدرس | نام هویت حقوقی = نام کامل | نام هویت حقوقی (نام سازمان) = نام کامل"
            "| نام هویت = نام کامل | نوع هویت = نوع | شماره مشتری = کد مشتری | تاریخ تولد/ثبت = تاریخ تولد"
            "| customerNumber = کد مشتری | registerNumber = شماره ثبت | nationalCode = کد ملی"
            "| economicCode = کد اقتصادی | nickName = نام کامل | firstName = نام کوچک | lastName = نام خانوادگی"
        ),
    ),
    Layout(
        name=DIDAR,
        own=_heads("کاریز معامله|مرحله کاریز معامله|شیوه آشنایی معامله|مسئول معامله|تلفن ثابت شرکت"),
        usual=_heads(
            "عنوان معامله|وضعیت معامله|شماره همراه|نام شرکت|MobilePhone|WorkPhone|VisibilityType|OwnerId|DisplayName"
        ),
        meaning=_meaning(
            "شماره همراه = موبایل | شماره همراه مشتری = موبایل | تلفن ثابت = تلفن | تلفن ثابت شرکت = تلفن شرکت"
            "| نام شرکت = شرکت | نام خانوادگی شخص معامله = نام خانوادگی | MobilePhone = موبایل | WorkPhone = تلفن شرکت"
            "| FirstName = نام کوچک | LastName = نام خانوادگی | DisplayName = نام کامل | CompanyName = شرکت"
            "| Id = کد مشتری | Title = سمت"
        ),
    ),
    Layout(
        name=SARV,
        own=_heads("primary_address_city|billing_address_city|primary_address_street|billing_address_street"),
        usual=_heads(
            "assigned_user_id|assigned_user_name|date_entered|date_modified|modified_user_id|created_by|phone_mobile"
            "|phone_work|phone_office|account_name|email1|salutation"
        ),
        meaning=_meaning(
            "phone_mobile = موبایل | phone_work = تلفن شرکت | phone_office = تلفن | phone_alternate = تلفن"
            "| phone_home = تلفن منزل | phone_fax = فکس | phone_other = تلفن | email1 = ایمیل | email2 = ایمیل"
            "| primary_address_street = آدرس | primary_address_city = شهر | primary_address_state = استان"
            "| primary_address_postalcode = کد پستی | billing_address_street = آدرس | billing_address_city = شهر"
            "| billing_address_state = استان | billing_address_postalcode = کد پستی | account_name = شرکت"
            "| assigned_user_name = مسئول | salutation = پیشوند | birthdate = تاریخ تولد | description = توضیحات"
            "| title = سمت | id = کد مشتری | account_type = نقش"
        ),
    ),
)


def layout_of(headers: Sequence[str]) -> str:
    """The program that wrote a file with these heads; empty when nobody knows."""
    heads = frozenset(wording.head(header) for header in headers)
    return next((layout.name for layout in LAYOUTS if layout.fits(heads)), "")


def meaning_of(layout: str, header: str) -> str:
    """The common word for a head of this export; empty when the head says it itself."""
    found = next((each for each in LAYOUTS if each.name == layout), None)
    head = wording.head(header)
    return "" if found is None else found.meaning.get(head) or found.meaning.get(head.rstrip("0123456789 "), "")
