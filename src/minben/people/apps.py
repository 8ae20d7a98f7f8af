from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "minben.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed
        from allauth.mfa.signals import authenticator_added, authenticator_removed

        from minben.people import confirmations, second_factor

        email_confirmed.connect(confirmations.email_confirmed)
        authenticator_added.connect(second_factor.note_added)
        authenticator_removed.connect(second_factor.forget_removed)
