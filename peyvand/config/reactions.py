"""Who reacts to what: the one table that says what happens after something happened."""

from peyvand.core.events import Event, Reaction

REACTIONS: dict[type[Event], list[Reaction]] = {}
