"""The shape of a pipeline as it is typed: its name, and a row for each stage; rows are moved, added, taken away."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peyvand.core.text import to_latin_digits
from peyvand.sales.models import Pipeline, Stage
from peyvand.sales.types import PipelineDetails, StageDetails

EMPTY_ROWS = 3


def _number(text: Any) -> int | None:
    plain = to_latin_digits(str(text or "")).strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 18 else None


class PipelineForm(forms.Form):
    """A pipeline and its stages. Rows are named by numbers: `name-3`, `probability-3`; `row` gives their order.

    Buttons within it change the rows and send nothing: «up:3», «down:3», «remove:3», «add» (in `act`).
    """

    name = forms.CharField(
        label=_("Name of the pipeline"), max_length=80, widget=forms.TextInput({"class": "pv-in", "dir": "auto"})
    )
    kind = forms.ChoiceField(
        label=_("What goes through it"), choices=Pipeline.Kind.choices, widget=forms.Select({"class": "pv-in"})
    )
    next_pipeline = forms.ChoiceField(
        label=_("Leads go on in"), required=False, widget=forms.Select({"class": "pv-in"}),
        help_text=_("A lead that passed all steps becomes a deal there; only for leads."),
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, pipeline: Pipeline | None) -> None:
        first: dict[str, Any] = {"kind": Pipeline.Kind.DEAL}
        if pipeline is not None:
            first = {
                "name": pipeline.name, "kind": pipeline.kind, "version": pipeline.version,
                "next_pipeline": pipeline.next_pipeline_id,
            }  # fmt: skip
        super().__init__(data, initial=first)
        others = Pipeline.objects.filter(kind=Pipeline.Kind.DEAL, deleted_at=None).order_by("position")
        choices = [("", "—"), *((each.pk, each.name) for each in others)]
        self.fields["next_pipeline"].choices = choices  # type: ignore[attr-defined]  # it is a ChoiceField
        self.act = str(data.get("act", "")) if data is not None else ""
        self.is_sent = data is not None and not self.act
        self._stored = list(Stage.objects.filter(pipeline=pipeline, deleted_at=None).order_by("position"))
        self.rows = self._typed(data) if data is not None else self._known()

    def _known(self) -> list[dict[str, Any]]:
        rows = [
            {
                "key": str(number), "id": each.pk, "name": each.name, "probability": each.probability,
                "rot_days": each.rot_days or "", "required": each.required, "checks": each.checks,
                "needs_approval": each.needs_approval, "tone": each.tone,
            }
            for number, each in enumerate(self._stored, 1)
        ]  # fmt: skip
        return rows or [self._empty(number) for number in range(1, EMPTY_ROWS + 1)]

    @staticmethod
    def _empty(number: int) -> dict[str, Any]:
        return {
            "key": str(number),
            "id": "",
            "name": "",
            "probability": "",
            "rot_days": "",
            "required": [],
            "checks": [],
        }

    def _typed(self, data: Any) -> list[dict[str, Any]]:
        keys = [key for key in dict.fromkeys(data.getlist("row")) if _number(key) is not None][:40]
        rows = [
            {
                "key": key, "id": _number(data.get(f"id-{key}")) or "", "name": data.get(f"name-{key}", ""),
                "probability": data.get(f"probability-{key}", ""), "rot_days": data.get(f"rot_days-{key}", ""),
                "required": data.getlist(f"required-{key}"), "checks": data.getlist(f"checks-{key}"),
                "needs_approval": bool(data.get(f"needs_approval-{key}")), "tone": data.get(f"tone-{key}", "ink-3"),
            }
            for key in keys
        ]  # fmt: skip
        return self._acted(rows)

    def _acted(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        act, _colon, key = self.act.partition(":")
        at = next((number for number, row in enumerate(rows) if row["key"] == key), None)
        if act == "add":
            rows.append(self._empty(1 + max((int(row["key"]) for row in rows), default=0)))
        elif at is not None and act == "remove":
            rows.pop(at)
        elif at is not None and act in ("up", "down"):
            to = max(0, at - 1) if act == "up" else min(len(rows) - 1, at + 1)
            rows.insert(to, rows.pop(at))
        return rows

    def removed(self) -> list[int]:
        """The stored stages that no row names any more."""
        named = {row["id"] for row in self.rows}
        return [each.pk for each in self._stored if each.pk not in named]

    def goes_to(self) -> dict[int, int]:
        """For each removed stage the one to which its deals go."""
        given = {pk: _number(self.data.get(f"goes_to-{pk}")) for pk in self.removed()}
        return {pk: to for pk, to in given.items() if to is not None}

    def clean(self) -> dict[str, Any]:
        """Numbers of the rows that cannot be read are refused; rows without a name are left out."""
        for row in self.rows:
            for name in ("probability", "rot_days"):
                if str(row[name]).strip() and _number(row[name]) is None:
                    raise forms.ValidationError(_("Write whole numbers."))
        return self.cleaned_data

    def details(self) -> PipelineDetails:
        """What the service takes."""
        values = self.cleaned_data
        stages = [
            StageDetails(
                id=row["id"] or None, name=row["name"], probability=_number(row["probability"]) or 0,
                rot_days=_number(row["rot_days"]), required=row["required"], checks=row["checks"],
                needs_approval=row.get("needs_approval", False), tone=row.get("tone", "ink-3"),
            )
            for row in self.rows if row["name"].strip()
        ]  # fmt: skip
        following = _number(values["next_pipeline"])
        return PipelineDetails(name=values["name"], kind=values["kind"], next_pipeline_id=following, stages=stages)
