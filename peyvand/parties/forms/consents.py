"""The table of consents in the form of a customer: one choice for each channel and purpose, one source for all."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from peyvand.parties.models import Consent, Party
from peyvand.parties.selectors.consents import present_of
from peyvand.parties.types import ConsentDetails


@dataclass(frozen=True)
class Cell:
    """One choice: «1» agrees, «0» does not, empty was never asked. `was`: the word that counts now."""

    name: str
    label: str
    value: str
    was: str


class ConsentGrid:
    """What is chosen for each channel and purpose; only what was changed becomes a word of the ledger."""

    def __init__(self, data: Any, party: Party | None) -> None:
        self.data = data
        present = present_of(party) if party is not None else {}
        self.now = {key: "1" if row.is_given else "0" for key, row in present.items()}
        self.source = data.get("consent-source", "") if data else ""
        self.version = data.get("consent-version", "") if data else ""
        self.error = ""

    @property
    def purposes(self) -> list[str]:
        return [str(label) for label in Consent.Purpose.labels]

    @cached_property
    def lines(self) -> list[tuple[str, list[Cell]]]:
        return [
            (
                str(label),
                [self._cell(channel, purpose, f"{label}، {name}") for purpose, name in Consent.Purpose.choices],
            )
            for channel, label in Consent.Channel.choices
        ]

    def _cell(self, channel: str, purpose: str, label: str) -> Cell:
        name = f"consent-{channel}-{purpose}"
        was = self.now.get((channel, purpose), "")
        value = self.data.get(name, was) if self.data else was
        return Cell(name, label, value if value in {"", "0", "1"} else was, was)

    def _changed(self) -> list[tuple[str, str, bool]]:
        cells = [cell for _label, line in self.lines for cell in line if cell.value and cell.value != cell.was]
        return [(*cell.name.split("-")[1:3], cell.value == "1") for cell in cells]  # type: ignore[misc]  # two parts

    def is_valid(self) -> bool:
        """A new word needs to say where it was said."""
        if self._changed() and not self.source.strip():
            self.error = _("Write where this was said, as «by phone» or «form on the website».")
        return not self.error

    def details(self) -> list[ConsentDetails]:
        """The new words for the ledger."""
        return [
            ConsentDetails(
                channel=channel, purpose=purpose, is_given=given, source=self.source, text_version=self.version
            )
            for channel, purpose, given in self._changed()
        ]
