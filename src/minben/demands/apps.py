from django.apps import AppConfig


class DemandsConfig(AppConfig):
    name = "minben.demands"
    label = "demands"
    default_auto_field = "django.db.models.BigAutoField"
