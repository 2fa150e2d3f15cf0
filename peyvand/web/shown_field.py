"""A form field as the kit draws it: classes, direction and aria are put in one place."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

CHOOSERS = (forms.CheckboxSelectMultiple, forms.RadioSelect)
PLAIN = (forms.CheckboxInput, forms.FileInput, *CHOOSERS)


class ShownField:
    """Wraps a bound field for `web/_field.html`."""

    def __init__(self, bound: BoundField, *, ltr: bool = False, autofocus: bool = False, label: str = "") -> None:
        self.bound = bound
        self.ltr = ltr
        self.autofocus = autofocus
        self.label = label or bound.label

    def __getattr__(self, name: str) -> Any:
        return getattr(self.bound, name)

    @property
    def options(self) -> list[Any]:
        """The choices of a radio or checkbox group, in the kit's look."""
        is_radio = not isinstance(self.bound.field.widget, forms.CheckboxSelectMultiple)  # which is a RadioSelect, too
        look = "radio radio-primary radio-xs" if is_radio else "checkbox checkbox-primary"
        self.bound.field.widget.attrs.setdefault("class", look)
        return list(self.bound)

    @property
    def required(self) -> bool:
        return bool(self.bound.field.required)

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.bound.field.widget, forms.CheckboxInput)

    @property
    def is_group(self) -> bool:
        return isinstance(self.bound.field.widget, CHOOSERS)

    @property
    def markup(self) -> SafeString:
        """The input with its classes, its description and its state."""
        widget = self.bound.field.widget
        attrs: dict[str, Any] = {
            "class": " ".join(part for part in (widget.attrs.get("class", ""), self._css()) if part)
        }
        described = [f"{self.bound.auto_id}_{part}" for part in ("help", "error") if self._has(part)]
        if described:
            attrs["aria-describedby"] = " ".join(described)
        if self.bound.errors:
            attrs["aria-invalid"] = "true"
        if self.ltr:
            attrs["dir"] = "ltr"
        if self.autofocus:
            attrs["autofocus"] = True
        return self.bound.as_widget(attrs=attrs)

    def _has(self, part: str) -> bool:
        return bool(self.bound.help_text if part == "help" else self.bound.errors)

    def _css(self) -> str:
        widget = self.bound.field.widget
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox checkbox-primary"
        if isinstance(widget, forms.FileInput):
            return "file-input file-input-sm"
        return "" if isinstance(widget, PLAIN) else "pv-in"
