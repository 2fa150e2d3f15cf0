"""The product's settings, with the one page that the others are measured against."""

from pathlib import Path

from peyvand.config import settings as product
from peyvand.config.settings import *  # noqa: F403  # all settings, one address more

ROOT_URLCONF = "peyvand.config.bench.urls"
TEMPLATES = [{**product.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]
