"""Imports in the API: send a file, read its columns, say the plan, look at rows, run, take back."""

from peyvand.api.imports import running, uploading
from peyvand.api.imports.routing import imports

__all__ = ["imports", "running", "uploading"]
