"""Events, reactions and tasks: each is known, importable, and named after its app."""

import inspect
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from peyvand.config.reactions import REACTIONS
from peyvand.core.events import EVENTS, Event
from peyvand.core.queue import PERIODICS, TASKS, Queue

PACKAGE = Path(__file__).parents[2] / "peyvand"
LABELS = {app.label for app in apps.get_app_configs() if app.name.startswith("peyvand.")}


@pytest.mark.parametrize("module", sorted(path.parent.name for path in PACKAGE.glob("*/events.py")))
def test_every_event_is_registered_under_the_name_of_its_app(module: str) -> None:
    found = import_module(f"peyvand.{module}.events")
    events = [c for _, c in inspect.getmembers(found, inspect.isclass) if issubclass(c, Event) and c is not Event]
    for event in events:
        assert EVENTS[event.name] is event
        assert event.name.split(".")[0] in {module, event.__module__.split(".")[1]}


def test_every_event_has_plain_values() -> None:
    plain = {"int", "str", "bool", "int | None", "str | None", "float", "list[int]", "list[str]", "tuple[int, ...]"}
    odd = [
        f"{event.name}.{name}: {kind}"
        for event in EVENTS.values()
        if event.__module__.startswith("peyvand.") and ".tests." not in event.__module__
        for name, kind in event.__annotations__.items()
        if name != "name"
        and (kind if isinstance(kind, str) else getattr(kind, "__name__", str(kind))) not in plain
        and str(kind) not in plain
    ]
    assert odd == []


def test_every_reaction_can_be_called_with_its_event() -> None:
    paths = [reaction.path for answers in REACTIONS.values() for reaction in answers]
    for event, answers in REACTIONS.items():
        assert EVENTS[event.name] is event
        for reaction in answers:
            assert len(inspect.signature(reaction.function).parameters) >= 1, reaction.path
            assert reaction.queue in Queue
    assert len({(e, p) for e, answers in REACTIONS.items() for p in [r.path for r in answers]}) == len(paths)


def test_every_task_is_named_after_its_app() -> None:
    odd = [name for name in TASKS if name.split(".")[0] not in LABELS and not name.startswith("tests.")]
    assert odd == []


def test_every_periodic_task_is_a_task() -> None:
    assert PERIODICS.keys() <= TASKS.keys()
