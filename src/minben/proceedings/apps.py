from django.apps import AppConfig


class ProceedingsConfig(AppConfig):
    name = "minben.proceedings"
    label = "proceedings"
    default_auto_field = "django.db.models.BigAutoField"
