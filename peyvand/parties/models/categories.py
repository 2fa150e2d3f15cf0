"""The business's own kinds of customers, each with the custom fields and the minimum it asks for."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.core.models import CustomField

MINIMUM = ("name", "email", "phone")


def default_minimum() -> list[str]:
    """Return what a new category asks for: full name, e-mail, phone."""
    return list(MINIMUM)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Category(models.Model):
    """A kind of customers with a name of the business's own. `required` are keys: name, email, phone, "custom:12" …"""

    class For(models.TextChoices):
        ALL = "all", _("Everybody")
        PERSON = "person", pgettext_lazy("for whom a category is", "People")
        ORGANISATION = "organisation", _("Organisations")
        HOUSEHOLD = "household", _("Households")

    name = models.CharField(max_length=80)
    norm = models.CharField(max_length=80, unique=True)
    description = models.CharField(max_length=300, blank=True)
    applies_to = models.CharField(max_length=12, choices=For, default=For.ALL)
    required = ArrayField(models.CharField(max_length=40), default=default_minimum, blank=True)
    hue = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveSmallIntegerField(default=100)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    id: Any

    def __str__(self) -> str:
        return self.name


class CategoryField(models.Model):
    """A custom field that is shown for one category only; a field without such rows is shown for all."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="fields")
    field = models.ForeignKey(CustomField, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["category", "field"], name="parties_category_field_once")]
