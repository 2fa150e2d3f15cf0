"""How other programs head the columns of their deals, beside our own words (their sources: docs/en/import-didar.md)."""

from collections.abc import Mapping

# Payamgostar and Didar in Persian, SarvCRM by the names of its columns.
OF_OTHERS: Mapping[str, tuple[str, ...]] = {
    "name": ("عنوان فرصت", "نام فرصت"),
    "customer": ("نام شرکت", "شرکت معامله", "مشتری معامله", "هویت", "account_name"),
    "mobile": ("شماره همراه", "شماره همراه مشتری", "تلفن همراه", "موبایل پیش فرض"),
    "email": ("ایمیل مشتری", "ایمیل پیش فرض"),
    "pipeline": ("کاریز معامله", "نام کاریز"),
    "stage": ("مرحله کاریز معامله", "مرحله کاریز", "مرحله فروش", "sales_stage", "sales stage"),
    "state": ("وضعیت معامله", "وضعیت فرصت"),
    "amount": ("قیمت", "مبلغ فرصت", "ارزش معامله"),
    "owner": ("مسئول معامله", "مسئول فروش", "assigned_user_name"),
    "source": ("شیوه آشنایی معامله", "شیوه آشنایی", "lead_source"),
    "close_on": ("تاریخ بستن", "date_closed"),
    "opened_on": ("تاریخ ایجاد معامله", "تاریخ ثبت", "date_entered"),
    "closed_on": ("تاریخ انجام معامله", "تاریخ انجام"),
    "note": ("توضیحات معامله",),
}
