"""The pages' door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from peyvand.core.call_room import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peyvand.config.settings")

application = with_room(get_wsgi_application())
