from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

_INPUT = HTTPStatus.UNPROCESSABLE_ENTITY
_DENIED = HTTPStatus.FORBIDDEN

register(
    {
        "agency_row": RefusalMessage(
            _("Agency %(row)s of the list can't be added; it lacks: %(missing)s."), _INPUT
        ),
        "delegation_oneself": RefusalMessage(_("Nobody can represent themselves."), _INPUT),
        "delegation_stranger": RefusalMessage(
            _("A deputy must hold a role in the same agency (%(basis)s)."), _INPUT
        ),
        "delegation_not_yours": RefusalMessage(
            _(
                "Only the holder of the role, a lead of the agency or an administrator names a "
                "deputy (%(basis)s)."
            ),
            _DENIED,
        ),
        "delegation_period": RefusalMessage(
            _("A deputy's time ends after it begins, and not in the past."), _INPUT
        ),
        "delegation_too_long": RefusalMessage(_("A deputy is named for a year at most."), _INPUT),
        "delegation_chain": RefusalMessage(
            _("A deputy can't pass the role on (%(basis)s)."), _DENIED
        ),
        "delegation_over": RefusalMessage(_("This has ended already.")),
        "agency_code_unknown": RefusalMessage(
            _(
                "There is no agency with the code “%(given)s” in the list; only agencies that an "
                "organic law or rule set up can be named (%(basis)s)."
            ),
            _INPUT,
        ),
        "agency_not_valid": RefusalMessage(
            _(
                "%(name)s did not exist on %(day)s, and cannot be named for it. Successor: "
                "%(successor)s (%(basis)s)."
            ),
            _INPUT,
        ),
        "agency_code_taken": RefusalMessage(
            _("Another agency has the official code “%(given)s” already.")
        ),
        "agency_name": RefusalMessage(
            _(
                "An agency needs a name of at most 80 characters that no other agency of its "
                "government has."
            ),
            _INPUT,
        ),
        "agency_circle": RefusalMessage(
            _("An agency can't stand below itself, nor succeed itself."), _INPUT
        ),
        "agency_ends_before": RefusalMessage(_("An agency ends after the day it began."), _INPUT),
        "nickname_empty": RefusalMessage(_("Choose a nickname."), _INPUT),
        "nickname_too_long": RefusalMessage(_("A nickname has at most 20 characters."), _INPUT),
        "nickname_not_allowed": RefusalMessage(
            _(
                "A nickname can't hold a web address or invisible characters, "
                "or begin with = + - or @."
            ),
            _INPUT,
        ),
        "county_unknown": RefusalMessage(_("Choose your county or city from the list."), _INPUT),
        "township_unknown": RefusalMessage(
            _("Choose a township or district of that county."), _INPUT
        ),
        "residency_missing": RefusalMessage(
            _("Declare that you are a national or hold a residence permit."), _INPUT
        ),
        "email_in_use": RefusalMessage(_("This address is in use already.")),
        "phone_in_use": RefusalMessage(_("This mobile number is bound to another account.")),
        "phone_proved": RefusalMessage(
            _("Your number is confirmed. To replace it, confirm the new one.")
        ),
        "phone_not_mobile": RefusalMessage(
            _("Give a mobile number, such as 0912 345 678."), _INPUT
        ),
        "person_unknown": RefusalMessage(_("Nobody has an account with this address."), _INPUT),
        "counter_oneself": RefusalMessage(_("You can't confirm yourself."), _DENIED),
        "confirmed_already": RefusalMessage(_("This person is confirmed already.")),
        "document_unknown": RefusalMessage(_("Choose the kind of document from the list."), _INPUT),
        "language_unknown": RefusalMessage(_("Choose a language from the list."), _INPUT),
        "sms_not_sent": RefusalMessage(
            _(
                "The SMS could not be sent just now. Nothing is lost: sign in again in a few "
                "minutes and ask for a new code."
            ),
            HTTPStatus.SERVICE_UNAVAILABLE,
        ),
        "mail_not_sent": RefusalMessage(
            _(
                "The e-mail could not be sent just now. Nothing is lost: sign in again in a few "
                "minutes and ask for a new code."
            ),
            HTTPStatus.SERVICE_UNAVAILABLE,
        ),
        "counter_too_long": RefusalMessage(
            _("The name of a counter has at most 80 characters."), _INPUT
        ),
        "counter_missing": RefusalMessage(_("Name the counter."), _INPUT),
        "role_agency": RefusalMessage(
            _("Officers, leads and participation officers need an agency; other roles have none."),
            _INPUT,
        ),
        "role_held_already": RefusalMessage(_("This role is held already.")),
        "role_not_held": RefusalMessage(_("This role ended already.")),
        "erase_role": RefusalMessage(
            _(
                "You hold a staff role, so the account can't be closed. Ask an administrator to end "
                "the role first: %(who)s."
            )
        ),
        "closing_already": RefusalMessage(_("You asked to close this account already.")),
        "closing_not_asked": RefusalMessage(
            _("This account is not being closed; there is nothing to take back.")
        ),
        "role_own": RefusalMessage(_("You can't end your own administrator role."), _DENIED),
    }
)
