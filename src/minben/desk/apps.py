from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "minben.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
