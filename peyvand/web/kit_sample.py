"""Made-up people and requests for the component sheet at `/kit`; nothing of it is stored."""

from dataclasses import dataclass
from typing import Any

from django import forms

from peyvand.web.clocks import Clock

HUES = [
    (1, "فیروزه", "اصلی"),
    (2, "لاجورد", "آگاهی"),
    (3, "زعفران", "هشدار، امتیاز"),
    (5, "انار", "خطا، دیرکرد"),
    (6, "پسته", "درست، رسیده"),
    (4, "بنفش", "بازبینی"),
    (0, "سنگ", "خنثی"),
]
STATES = [
    ("تازه", "new"),
    ("در حال بررسی", "info"),
    ("ارجاع‌شده", "line"),
    ("در انتظار تأیید", "rev"),
    ("دیرشده", "late"),
    ("هشدار مهلت", "warn"),
    ("پاسخ داده شد", "ok"),
    ("بسته", "n"),
]
CHANNELS = [
    ("mail", "ایمیل"),
    ("sms", "پیامک"),
    ("phone", "تلفن"),
    ("form", "فرم وب"),
    ("telegram", "تلگرام"),
    ("bale", "بله"),
    ("instagram", "اینستاگرام"),
    ("fax", "فکس"),
    ("letter", "نامه"),
]
CHAIN = [
    ("دریافت", "ایمیل", "10:18", "done"),
    ("لیلا احمدی", "ارتباط با مشتریان", "10:21", "done"),
    ("بابک صدری", "لجستیک", "10:34", "on"),
    ("تأیید پاسخ", "لیلا احمدی", "", "todo"),
    ("ارسال", "ایمیل", "", "todo"),
]
FOLDERS = [
    ("inbox", "کارهای من", 12, True, False),
    ("building", "واحد من", 34, False, False),
    ("user-check", "در انتظار تأیید", 5, False, False),
    ("alarm", "دیرشده", 3, False, True),
    ("circle-check", "بسته‌شده", 1286, False, False),
]
DEPARTMENTS = [("لجستیک", 8, 2), ("پس از فروش", 14, 6), ("مالی", 4, 3), ("فروش سازمانی", 8, 4)]


@dataclass(frozen=True)
class Row:
    """One request of the sample list."""

    pk: int
    customer: str
    subject: str
    channel: str
    at: str
    status: str
    tone: str
    kind: str
    clock: Clock
    is_unread: bool = False


def _row(
    pk: int, who: tuple[str, str, str, str], state: tuple[str, str, str], clock: Clock, unread: bool = False
) -> Row:
    customer, subject, channel, at = who
    return Row(pk, customer, subject, channel, at, *state, clock, unread)


def _ok(minutes: int) -> Clock:
    return Clock(state="ok", minutes=minutes)


ROWS = [
    _row(
        6,
        ("نگار رستمی", "تأخیر در تحویل سفارش ۳۳۱۲؛ امروز به دستگاه نیاز داریم", "mail", "10:18"),
        ("در حال بررسی", "info", "شکایت"),
        Clock(state="warn", minutes=42),
        True,
    ),
    _row(
        1,
        ("مهدی کاظمی", "قیمت نمایندگی برای خرید عمدهٔ فیلتر آب", "telegram", "10:05"),
        ("تازه", "new", "فروش"),
        _ok(195),
        True,
    ),
    _row(
        2,
        ("شرکت پارسیان تجهیز", "درخواست پیش‌فاکتور برای ۱۲ دستگاه تصفیهٔ صنعتی", "form", "09:47"),
        ("ارجاع‌شده", "line", "فروش"),
        _ok(340),
    ),
    _row(
        3,
        ("فاطمه سلیمانی", "کد پیگیری تعمیر برایم نیامد", "sms", "09:31"),
        ("در انتظار تأیید", "rev", "خدمات"),
        Clock(state="warn", minutes=65),
        True,
    ),
    _row(
        4,
        ("علیرضا نادری", "تماس ناموفق؛ پیگیری قرارداد سرویس سالانه", "phone", "08:52"),
        ("در حال بررسی", "info", "قرارداد"),
        Clock(state="late", minutes=80),
    ),
    _row(5, ("سارا موسوی", "رنگ سفید مدل کوهرنگ موجود است؟", "instagram", "08:40"), ("تازه", "new", "فروش"), _ok(370)),
    _row(
        12,
        ("ادارهٔ کل آب استان فارس", "نامهٔ شمارهٔ ۲۱۴/ص؛ استعلام بهای لوازم یدکی", "fax", "دیروز"),
        ("ارجاع‌شده", "line", "استعلام"),
        _ok(1320),
    ),
    _row(
        7,
        ("حسین جعفری", "نصب انجام شد، ممنون از پیگیری سریع شما", "bale", "دیروز"),
        ("بسته", "n", "خدمات"),
        Clock(state="done"),
    ),
    _row(
        8,
        ("Caspian Membrane & Desalination Technologies GmbH", "Quotation for spare membranes", "mail", "دیروز"),
        ("تازه", "new", "استعلام"),
        _ok(1320),
    ),
]


class SampleForm(forms.Form):
    """A form with every kind of field and one error."""

    name = forms.CharField(label="نام کامل", initial="نگار رستمی")
    phone = forms.CharField(label="تلفن همراه")
    email = forms.CharField(
        label="ایمیل",
        required=False,
        help_text="پاسخ‌ها به این نشانی می‌رود.",
        widget=forms.TextInput(attrs={"placeholder": "name@company.ir"}),
    )
    kind = forms.ChoiceField(label="دسته", choices=[("p", "شخص"), ("o", "سازمان")], widget=forms.RadioSelect)
    consent = forms.BooleanField(label="رضایت پیامک", required=False)

    def clean_phone(self) -> str:
        raise forms.ValidationError("شماره ۱۱ رقم دارد.")


def context() -> dict[str, Any]:
    """Return what `web/kit.html` shows."""
    form = SampleForm({"name": "نگار رستمی", "phone": "0912 34", "kind": "p", "consent": "on"})
    return {
        "hues": HUES,
        "states": STATES,
        "channels": CHANNELS,
        "chain": CHAIN,
        "folders": FOLDERS,
        "departments": DEPARTMENTS,
        "rows": ROWS,
        "form": form,
        "late": Clock(state="late", minutes=80),
    }
