"""What is to be known of activities where records have custom fields."""

from collections.abc import Sequence

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from peyvand.activities.models import Activity
from peyvand.activities.types import HOST, page_of
from peyvand.core.custom_fields.hosts import FieldHost


def _touched(ids: Sequence[int]) -> None:
    Activity.objects.filter(pk__in=ids).update(version=F("version") + 1)


ACTIVITIES = FieldHost(
    key=HOST,
    label=_("Activities"),
    title="subject",
    lists=("activities",),
    seen=lambda who: Activity.objects.visible_to(who),
    address=page_of,
    touched=_touched,
)
