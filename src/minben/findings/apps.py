from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "minben.findings"
    label = "findings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from minben.discussion.visibility import register_gate
        from minben.findings.queries import sight_of_screenshots

        register_gate(sight_of_screenshots)
