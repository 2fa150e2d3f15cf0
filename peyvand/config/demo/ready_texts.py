"""Texts of the demo company that stand ready: canned answers, signatures, articles; and colleagues named in notes."""

from peyvand.accounts.context import Actor
from peyvand.accounts.models import User
from peyvand.cartable.models import Request
from peyvand.cartable.services import (
    add_note,
    save_article,
    save_canned,
    save_own_signature,
    save_signature,
    save_topic,
)
from peyvand.cartable.services.knowledge import ArticleDetails
from peyvand.cartable.services.signing import SignatureDetails
from peyvand.cartable.services.texts import CannedDetails
from peyvand.config.demo.organisation import Company

HELLO = "{{نام_مشتری_با_عنوان}}\nبا سلام و احترام،\n\n"
CANNED = (
    ("رسید درخواست", "resid", "درخواست شما با کد {{کد_پیگیری}} به ما رسید و در واحد {{واحد}} بررسی می‌شود."),
    ("پوزش از تأخیر", "takhir", "از تأخیر پیش‌آمده پوزش می‌خواهیم. نتیجه را تا {{مهلت}} به شما خبر می‌دهیم."),
    ("درخواست شمارهٔ سفارش", "sefaresh", "برای پیگیری، شمارهٔ سفارش یا تصویر فاکتور را برای ما بفرستید."),
    ("پیگیری در وب", "link", "وضعیت درخواست را همیشه در این نشانی می‌بینید:\n{{نشانی_پیگیری}}"),
)
SERVICE = (
    ("هماهنگی بازدید", "bazdid", "کارشناس ما برای بازدید با شما تماس می‌گیرد. روز و ساعت مناسب را بفرمایید."),
    ("تعویض فیلتر", "filter", "فیلتر مرحلهٔ یک هر شش ماه و غشا هر دو سال تعویض می‌شود."),
)
TOPICS = (("تحویل و ارسال", "Delivery"), ("گارانتی و تعمیر", "Warranty and repair"), ("خرید و پرداخت", "Buying"))
ARTICLES = (
    (0, "زمان تحویل سفارش", "fa", "public",
     "سفارش‌های تهران **دو روزه** و شهرستان‌ها چهار تا شش روزه تحویل می‌شوند.\n\n# اگر دیر شد\n- کد پیگیری را آماده کنید\n"
     "- در صفحهٔ پیگیری وضعیت را ببینید\n- اگر دو روز گذشته است به ما پیام دهید"),
    (0, "بار آسیب‌دیده رسید؛ چه کنیم؟", "fa", "public",
     "بسته را باز نکنید و از آن عکس بگیرید. تا هفت روز، کالای معیوب را بی‌هزینه مرجوع می‌کنیم."),
    (1, "گارانتی دستگاه تصفیه", "fa", "public",
     "گارانتی همهٔ دستگاه‌ها هجده ماه از روز نصب است.\n\n"
     "# چه چیز در گارانتی نیست\n1. فیلترهای مصرفی\n2. شکستگی و ضربه\n3. نصب غیرمجاز"),
    (1, "نشتی آب از زیر دستگاه", "fa", "public",
     "شیر ورودی را ببندید و واشر رابط را ببینید. اگر نشتی ماند، درخواست سرویس بفرستید تا همان روز بازدید شود."),
    (1, "راهنمای بازدید برای کارشناسان", "fa", "internal",
     "پیش از بازدید سابقهٔ مشتری و شمارهٔ سریال را ببینید. قطعهٔ مصرفی را جدا فاکتور کنید."),
    (2, "فاکتور رسمی و مالیات", "fa", "public",
     "برای فاکتور رسمی شناسهٔ ملی و کد اقتصادی لازم است؛ پس از صدور، فاکتور در سامانهٔ مودیان ثبت می‌شود."),
    (2, "Prices and orders from abroad", "en", "public",
     "Write to us with quantity and place of delivery. An offer is valid for **ten days**; payment is by transfer."),
)  # fmt: skip
SIGNATURE = "{{نام_کارشناس}}\n{{سمت_کارشناس}}\n{{نام_سازمان}}"
ENGLISH = "{{officer}}\n{{position}}\n{{organisation}}"


def lay_ready(company: Company) -> None:
    """Store the texts, and name a colleague in notes on some open requests."""
    kamyar, leila = (Actor(User.objects.get(username=name)) for name in ("kamyar", "leila"))
    for title, shortcut, body in CANNED:
        save_canned(
            actor=kamyar, details=CannedDetails(title=title, shortcut=shortcut, body=HELLO + body, everybody=True)
        )
    place = company.departments["service"].pk
    for title, shortcut, body in SERVICE:
        save_canned(actor=kamyar, details=CannedDetails(title=title, shortcut=shortcut, body=body, department_id=place))
    save_canned(
        actor=leila, details=CannedDetails(title="بستن با سپاس", shortcut="sepas", body="از همراهی شما سپاسگزاریم.")
    )
    save_signature(actor=kamyar, department_id=None, details=SignatureDetails(text_fa=SIGNATURE, text_en=ENGLISH))
    service = SignatureDetails(text_fa="{{نام_کارشناس}}\nخدمات پس از فروش {{نام_سازمان}}", text_en="", personal=False)
    save_signature(actor=kamyar, department_id=place, details=service)
    save_own_signature(
        actor=leila, details=SignatureDetails(text_fa="{{نام_کارشناس}}\nارتباط با مشتری، {{نام_سازمان}}")
    )
    topics = [save_topic(actor=kamyar, topic=None, name_fa=fa, name_en=en) for fa, en in TOPICS]
    for topic, title, language, audience, body in ARTICLES:
        details = ArticleDetails(
            title=title, body=body, topic_id=topics[topic].pk, language=language, state="published", audience=audience
        )
        save_article(actor=kamyar, details=details)
    _mention(company, leila)


def _mention(company: Company, leila: Actor) -> None:
    """Nima asks Leila about requests that both see."""
    nima = User.objects.get(username="nima")
    rows = Request.objects.visible_to(Actor(nima)).active().filter(confidential=False)
    seen = Request.objects.visible_to(leila).values("pk")
    for request in rows.filter(pk__in=seen).order_by("-opened_at")[:3]:
        body = f"@{leila.user.full_name} این مشتری پیش‌تر هم نوشته بود؛ همان پاسخ را بدهیم؟"
        add_note(actor=Actor(nima), request_id=request.pk, body=body, mentions=[leila.user.pk])
