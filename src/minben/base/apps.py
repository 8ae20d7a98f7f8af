from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class BaseConfig(AppConfig):
    name = "minben.base"
    label = "base"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Declarations only: sentences of refusals, event types, kinds of notice, what is erased.
        autodiscover_modules("refusal_messages", "events", "notices", "entering", "erasers")
        # What modules lend to pages of the shells.
        autodiscover_modules(
            "staffing", "sections", "inboxes", "bulk_acts", "describing", "inviting"
        )
        autodiscover_modules("measures")
