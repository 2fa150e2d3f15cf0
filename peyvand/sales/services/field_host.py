"""What is to be known of leads and deals where records have custom fields: which stages ask for one."""

from collections.abc import Iterable, Sequence

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import User
from peyvand.core.custom_fields.hosts import FieldHost
from peyvand.sales.deal_fields import HOST
from peyvand.sales.models import Deal, Pipeline, Stage


def _names(key: str) -> Iterable[str]:
    asking = Stage.objects.filter(required__contains=[key], deleted_at=None).order_by("pipeline", "position")
    return [f"{name} ({way})" for name, way in asking.values_list("name", "pipeline__name")]


def _forget(key: str, actor: User) -> list[int]:
    asking = list(Stage.objects.select_for_update().filter(required__contains=[key]).order_by("pk"))
    for stage in asking:
        stage.required = [each for each in stage.required if each != key]
        stage.save(update_fields=["required"])
    _touch_pipelines(asking)
    return [stage.pk for stage in asking]


def _ask_again(key: str, ids: Sequence[int], actor: User) -> None:
    asking = list(Stage.objects.select_for_update().filter(pk__in=ids).exclude(required__contains=[key]).order_by("pk"))
    for stage in asking:
        stage.required = [*stage.required, key]
        stage.save(update_fields=["required"])
    _touch_pipelines(asking)


def _touch_pipelines(stages: Sequence[Stage]) -> None:
    """Whoever has the settings of such a pipeline open has to look again."""
    Pipeline.objects.filter(pk__in={stage.pipeline_id for stage in stages}).update(version=F("version") + 1)


def _touched(ids: Sequence[int]) -> None:
    Deal.objects.filter(pk__in=ids).update(version=F("version") + 1)


DEALS = FieldHost(
    key=HOST,
    label=_("Leads and deals"),
    title="name",
    lists=("deals", "leads"),
    seen=lambda who: Deal.objects.visible_to(who),
    address=lambda pk: reverse("sales:deal", args=[pk]),
    touched=_touched,
    names=_names,
    forget=_forget,
    ask_again=_ask_again,
)
