from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register

register(
    EventKind(
        "indicators.method_declared",
        _("A method of computing an index was declared"),
        official=True,
        ledger=("code", "version", "sha256"),
    ),
    EventKind(
        "indicators.computed",
        _("An index was computed"),
        official=True,
        ledger=("code", "version", "recipe", "data", "engine"),
    ),
    EventKind(
        "indicators.source_registered",
        _("A source of figures was registered"),
        official=True,
        ledger=("source", "publisher"),
    ),
    EventKind(
        "indicators.source_changed",
        _("What is said of a source of figures was changed"),
        official=True,
        ledger=("source",),
    ),
    EventKind(
        "indicators.declared",
        _("Indicators were declared"),
        official=True,
        ledger=("source", "created", "changed"),
    ),
    EventKind(
        "indicators.taken_in",
        _("Figures were imported"),
        official=True,
        ledger=("source", "number", "sha256", "observations"),
    ),
    EventKind(
        "indicators.withdrawn",
        _("An import of figures was withdrawn"),
        official=True,
        ledger=("source", "number", "sha256"),
    ),
    EventKind(
        "indicators.claims_kept",
        _("What a publisher says of its figures was noted"),
        official=True,
        ledger=("source", "claims"),
    ),
    EventKind(
        "indicators.claim_noted",
        _("A statement about figures of a survey was noted"),
        official=True,
        ledger=("source", "claim", "sha256"),
    ),
    EventKind(
        "indicators.claim_withdrawn",
        _("A statement about figures of a survey was withdrawn"),
        official=True,
        ledger=("source", "claim"),
    ),
    EventKind("indicators.units_registered", _("Units of observation were registered")),
    EventKind("indicators.alias_added", _("A name of a unit was added")),
    EventKind("indicators.alias_removed", _("A name of a unit was taken back")),
)
