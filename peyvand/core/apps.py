from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "peyvand.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import every app's `fields`, `importing` and `moving`, where it registers what these are about."""
        autodiscover_modules("fields", "importing", "moving")
