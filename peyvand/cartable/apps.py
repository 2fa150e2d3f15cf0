from django.apps import AppConfig


class CartableConfig(AppConfig):
    name = "peyvand.cartable"
    label = "cartable"
    default_auto_field = "django.db.models.BigAutoField"
