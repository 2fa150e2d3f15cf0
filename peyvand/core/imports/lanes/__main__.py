"""A process of lanes: `python -m peyvand.core.imports.lanes DESCRIPTOR…`, one for each; it ends with its conductor."""

import sys
import threading
from multiprocessing.connection import Connection

import django
from django.db import connections
from django.utils.module_loading import import_string

from peyvand.core.imports.lanes.talk import hear, say


def main(*descriptors: str) -> None:
    """Start Django on the conductor's database, say so, and obey in a thread for each lane."""
    ends = [Connection(int(each)) for each in descriptors]
    django.setup()
    for end in ends:
        connections["default"].settings_dict.update(hear(end) or {})  # of all threads
    lane = import_string("peyvand.core.imports.lanes.lane.Lane")  # it needs Django
    for end in ends:
        say(end, said="ready")
        threading.Thread(target=lane(end).run, name="import lane").start()


if __name__ == "__main__":
    main(*sys.argv[1:])
