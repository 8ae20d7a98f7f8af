from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register

register(
    EventKind("people.joined", _("Account opened")),
    EventKind("people.email_confirmed", _("E-mail address confirmed")),
    EventKind("people.phone_confirmed", _("Mobile number confirmed")),
    EventKind("people.profile_changed", _("Public name or declaration changed")),
    EventKind("people.counter_confirmed", _("Confirmed at a counter")),
    EventKind("people.closing_asked", _("Asked to close the account")),
    EventKind("people.account_kept", _("Kept the account after all")),
    EventKind("people.closing_stopped", _("Account not closed: something stood against it")),
    # The database empties the record of a person only after this stands in it.
    EventKind("people.erased", _("Person erased")),
    EventKind("people.number_released", _("Bound mobile number forgotten")),
    EventKind("people.role_granted", _("Staff role granted")),
    EventKind("people.role_ended", _("Staff role ended")),
    EventKind("people.delegation_begun", _("Deputy named")),
    EventKind("people.delegation_ended", _("Deputy no more")),
    EventKind("people.jurisdiction_added", _("Government added"), ledger=()),
    EventKind("people.agency_added", _("Agency added"), ledger=("code",)),
    EventKind(
        "people.agency_changed",
        _("Agency changed"),
        ledger=("code", "name", "parent", "official_code", "valid_from"),
    ),
    EventKind(
        "people.agency_ended", _("Agency ended"), ledger=("code", "valid_until", "successor")
    ),
)
