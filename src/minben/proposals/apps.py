from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "minben.proposals"
    label = "proposals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from minben.discussion.visibility import register_gate
        from minben.proposals.queries.file_sight import sight_of_evidence

        register_gate(sight_of_evidence)
