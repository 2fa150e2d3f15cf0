"""What a cartable starts with: kinds of requests with their words, and targets; all may be changed afterwards."""

from django.db import transaction

from peyvand.cartable.models import Kind, ReferralAction, SlaPolicy

KINDS = (
    ("enquiry", "استعلام", "Enquiry", ("قیمت", "استعلام", "مشخصات", "کاتالوگ", "price")),
    ("order", "سفارش و تحویل", "Order and delivery", ("سفارش", "تحویل", "ارسال بار", "order")),
    ("service", "خدمات و تعمیر", "Service and repair", ("تعمیر", "سرویس", "نصب", "گارانتی", "ضمانت", "repair")),
    ("complaint", "شکایت", "Complaint", ("شکایت", "نارضایتی", "گلایه", "اعتراض", "complaint")),
    ("invoice", "فاکتور و پرداخت", "Invoice and payment", ("فاکتور", "پرداخت", "صورت‌حساب", "مالیات", "invoice")),
)
ACTIONS = (
    ("action", "جهت اقدام", "For action"),
    ("information", "جهت اطلاع", "For information"),
    ("opinion", "جهت اظهار نظر", "For opinion"),
    ("approval", "جهت تأیید", "For approval"),
    ("signature", "جهت امضا", "For signature"),
)
TARGETS = (("", 8 * 60, 40 * 60), ("high", 4 * 60, 24 * 60), ("urgent", 60, 8 * 60))  # priority, working minutes


@transaction.atomic
def ensure_starter_kinds() -> None:
    """Make kinds, what referrals ask for, and targets in an empty installation; change nothing where there are any."""
    if not Kind.objects.exists():
        Kind.objects.bulk_create(
            Kind(code=code, name_fa=persian, name_en=english, words=list(words), position=position)
            for position, (code, persian, english, words) in enumerate(KINDS)
        )
    if not ReferralAction.objects.exists():
        ReferralAction.objects.bulk_create(
            ReferralAction(code=code, name_fa=persian, name_en=english, position=position)
            for position, (code, persian, english) in enumerate(ACTIONS)
        )
    if not SlaPolicy.objects.exists():
        SlaPolicy.objects.bulk_create(
            SlaPolicy(priority=priority, first_answer_minutes=first, resolution_minutes=resolution)
            for priority, first, resolution in TARGETS
        )
