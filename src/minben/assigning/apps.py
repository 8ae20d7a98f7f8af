from django.apps import AppConfig


class AssigningConfig(AppConfig):
    name = "minben.assigning"
    label = "assigning"
    default_auto_field = "django.db.models.BigAutoField"
