from django.apps import AppConfig


class LadderConfig(AppConfig):
    name = "minben.ladder"
    label = "ladder"
    default_auto_field = "django.db.models.BigAutoField"
