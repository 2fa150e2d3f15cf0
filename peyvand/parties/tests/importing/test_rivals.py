"""Tables as three other programs take them out come in as they are: nothing is mapped by hand.

Heads and forms as their public help has them; the people in them are made up.
"""

import csv
import io

import pytest

from peyvand.accounts.models import User
from peyvand.core import sheets
from peyvand.core.imports import services
from peyvand.core.imports.mappings import proposed_plan
from peyvand.core.models import Import
from peyvand.core.sheets import Format
from peyvand.parties.importing.importer import IMPORTER
from peyvand.parties.models import Party
from peyvand.parties.tests.importing.test_undoing import everything
from peyvand.parties.tests.importing.test_whole import work

PAYAMGOSTAR = (
    "شماره مشتری|نوع هویت|پیشوند|نام|نام خانوادگی|نام هویت حقوقی (نام سازمان)|سمت|موبایل پیش فرض|تلفن پیش فرض"
    "|ایمیل پیش فرض|تلفکس|کد ملی|استان|شهر|آدرس|تاریخ تولد/ثبت|تاریخ مشتری شدن|نحوه آشنایی|رنگ",
    "P-1001|حقوقی||||بازرگانی نمونه گستر|||982188776655|info@nemoone.example|982188776656||تهران|تهران"
    "|خیابان ولیعصر، پلاک ۱۲|1380/03/21|1399/02/01|نمایشگاه|آبی",
    "P-1002|حقیقی|آقای|علي|كريمي نمونه|بازرگاني نمونه گستر|مدیر خرید|989121112200;989351112200||karimi@nemoone.example"
    "||0013542419|تهران|تهران||21/03/1360|1399/02/01|معرفی|",
    "P-1003|حقیقی|خانم|سارا|نوری نمونه|||989121112233|982144332211|sara@nemoone.example|||البرز|کرج||1370/12/30"
    "|1400/05/12||",
)
LEGAL = (
    "شماره مشتری|نام هویت حقوقی|تلفن پیش فرض|شهر|تاریخ مشتری شدن",
    "L-1|پتروشیمی نمونه|982188776600|ماهشهر|1399/02/01",
)
DIDAR = (
    "نام|نام خانوادگی|شماره همراه|تلفن ثابت|ایمیل|نام شرکت|تلفن ثابت شرکت|عنوان معامله|کاریز معامله"
    "|مرحله کاریز معامله|وضعیت معامله|شیوه آشنایی معامله|مسئول معامله",
    "مینا|دیداری نمونه|09122223301|02122223301|mina@didar.example|صنایع دیدار نمونه|02122223300|احمد بسته بند نمونه"
    "|فروش|تماس|جاری|نمایشگاه|",
    "امیر|دیداری نمونه|9122223302||amir@didar.example|صنایع دیدار نمونه|02122223300|مریم برش نمونه|فروش|تماس|موفق||",
)
SARV = (
    "id|salutation|first_name|last_name|title|account_name|phone_mobile|phone_work|email1|primary_address_street"
    "|primary_address_city|primary_address_state|birthdate|lead_source|description|date_entered|date_modified",
    "1f0c3a4e-7d11-c5d0-11aa-5f3b8e1c0001|Mr.|رضا|سروی نمونه|مدیر فنی|پارس سرو نمونه|09133334401|03133334400"
    "|reza@sarv.example|خیابان چهارباغ|اصفهان|اصفهان|1985-06-11|Web Site|قدیمی|2021-03-04 10:11:12|2022-03-04 10:11:12",
)


def brought_in(actor: User, lines: tuple[str, ...], *, xlsx: bool, layout: str) -> Import:
    """What a person does who only presses «next»."""
    rows = [line.split("|") for line in lines]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    data = b"".join(sheets.whole(Format.XLSX, rows)) if xlsx else text.getvalue().encode()
    item = services.upload(actor=actor, host=IMPORTER.host, file_name="a." + ("xlsx" if xlsx else "csv"), pieces=[data])
    work(item.read_job)
    item.refresh_from_db()
    assert item.layout == layout
    services.save_plan(actor=actor, import_id=item.pk, plan=proposed_plan(actor, item))
    job = work(services.start_import(actor=actor, import_id=item.pk))
    assert (job.result["add"], job.result.get("refuse", 0)) == (len(rows) - 1, 0), job.result
    return item


def reached(name: str) -> set[str]:
    return set(Party.objects.get(name=name).contact_points.values_list("value", flat=True))


@pytest.mark.django_db
def test_a_table_of_payamgostar_brings_persons_and_their_organisation(nora: User) -> None:
    before = everything()
    item = brought_in(nora, PAYAMGOSTAR, xlsx=True, layout="payamgostar")
    firm, ali, sara = (
        Party.objects.get(name=name) for name in ("بازرگانی نمونه گستر", "علی کریمی نمونه", "سارا نوری نمونه")
    )
    assert (firm.kind, firm.city) == ("organisation", "تهران") and firm.addresses.get().street.startswith(
        "خیابان ولیعصر"
    )
    assert (ali.kind, ali.organisation, ali.job_title, ali.honorific) == ("person", firm, "مدیر خرید", "آقای")
    assert sara.organisation is None and sara.profile.birth_date.isoformat() == "1992-03-20"
    assert ali.profile.birth_date.isoformat() == "1981-06-11", "day first"
    assert reached(ali.name) == {"+989121112200", "+989351112200", "karimi@nemoone.example"}
    assert reached(firm.name) == {"+982188776655", "+982188776656", "info@nemoone.example"}
    assert ali.identifiers.count() == 2, "its number there, and the national ID"
    work(services.start_undo(actor=nora, import_id=item.pk))
    assert everything() == before


@pytest.mark.django_db
def test_a_table_of_payamgostar_with_organisations_alone_names_them(nora: User) -> None:
    brought_in(nora, LEGAL, xlsx=True, layout="payamgostar")
    assert Party.objects.get().name == "پتروشیمی نمونه"


@pytest.mark.django_db
def test_a_table_of_didar_brings_persons_and_leaves_their_deals_for_the_import_of_deals(nora: User) -> None:
    item = brought_in(nora, DIDAR, xlsx=True, layout="didar")
    assert {column["header"]: column["field"] for column in item.columns}["عنوان معامله"] == ""
    firm = Party.objects.get(kind="organisation")
    assert firm.name == "صنایع دیدار نمونه" and firm.people.count() == 2
    assert set(firm.people.values_list("name", flat=True)) == {"مینا دیداری نمونه", "امیر دیداری نمونه"}
    assert "+989122223302" in reached("امیر دیداری نمونه")


@pytest.mark.django_db
def test_a_table_of_sarvcrm_brings_persons_by_the_names_of_its_columns(nora: User) -> None:
    brought_in(nora, SARV, xlsx=False, layout="sarv")
    reza = Party.objects.get(name="رضا سروی نمونه")
    assert reza.organisation is not None and reza.organisation.name == "پارس سرو نمونه"
    assert (reza.city, reza.job_title, reza.profile.birth_date.isoformat()) == ("اصفهان", "مدیر فنی", "1985-06-11")
    assert reached(reza.name) == {"+989133334401", "+983133334400", "reza@sarv.example"}
