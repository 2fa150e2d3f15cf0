"""The process of a lane: `python -m peyvand.core.imports.lanes DESCRIPTOR`; it ends with its conductor."""

import sys
from multiprocessing.connection import Connection

import django
from django.db import connections
from django.utils.module_loading import import_string

from peyvand.core.imports.lanes.talk import hear, say


def main(descriptor: str) -> None:
    """Start Django on the conductor's database, say so, and obey."""
    end = Connection(int(descriptor))
    django.setup()
    connections["default"].settings_dict.update(hear(end) or {})
    lane = import_string("peyvand.core.imports.lanes.lane.Lane")(end)  # it needs Django
    say(end, said="ready")
    lane.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
