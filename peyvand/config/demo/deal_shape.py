"""The fields that the demo company added to its deals, and what most deals have in them."""

import datetime as dt
import random

from peyvand.core.models import CustomField
from peyvand.parties.services.custom_fields import create_custom_field
from peyvand.parties.shapes import ChoiceDetails, FieldDetails
from peyvand.sales.deal_fields import HOST
from peyvand.sales.models import Deal

K = CustomField.Kind
PAYMENTS = (("نقدی", "Cash"), ("اقساط", "Instalments"), ("اعتبار اسنادی", "Letter of credit"))


def shape_deals(dice: random.Random, now: dt.datetime) -> None:
    """Make the fields and give most deals values."""
    choices = [ChoiceDetails(fa=fa, en=en) for fa, en in PAYMENTS]
    payment = _field(K.CHOICE, FieldDetails(label="شیوهٔ پرداخت", label_en="Payment", choices=choices))
    capacity = _field(K.NUMBER, FieldDetails(label="ظرفیت (مترمکعب در روز)", label_en="Capacity (m³ a day)"))
    tender = _field(K.TEXT, FieldDetails(label="شمارهٔ مناقصه", label_en="Tender number"))
    delivery = _field(K.DATE, FieldDetails(label="موعد تحویل", label_en="Delivery on"))
    deals = list(Deal.objects.filter(deleted_at=None).order_by("pk"))
    for deal in deals:
        if dice.random() < 0.8:
            deal.custom = {str(payment.pk): dice.randint(1, len(PAYMENTS)), str(capacity.pk): dice.randrange(5, 400, 5)}
        if dice.random() < 0.3:
            deal.custom[str(tender.pk)] = f"{dice.randint(1000, 9999)}-۱۴۰۵"
        if dice.random() < 0.4:
            deal.custom[str(delivery.pk)] = (now.date() + dt.timedelta(days=dice.randint(20, 180))).isoformat()
    Deal.objects.bulk_update(deals, ["custom"], batch_size=500)


def _field(kind: K, details: FieldDetails) -> CustomField:
    return create_custom_field(actor=None, kind=kind, details=details, host=HOST)
