from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PartiesConfig(AppConfig):
    name = "peyvand.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import every app's `references.py`, where it says which of its rows belong to a customer."""
        autodiscover_modules("references")
