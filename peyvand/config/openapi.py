"""Write the description of the API to docs/openapi.json: `python -m peyvand.config.openapi`."""

import json
import os
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from peyvand.api.site import PeyvandAPI

FILE = Path(__file__).resolve().parent.parent.parent / "docs" / "openapi.json"


def document(api: "PeyvandAPI") -> str:
    """The description as it is kept in the repository."""
    schema = deepcopy(dict(api.get_openapi_schema(path_prefix="/api/v1/")))
    schema["components"]["securitySchemes"]["Session"]["name"] = "peyvand"  # with https it has a prefix
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peyvand.config.settings")
    django.setup()
    from peyvand.config.api import api

    FILE.write_text(document(api), encoding="utf-8")
