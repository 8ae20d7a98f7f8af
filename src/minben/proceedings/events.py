from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register

register(
    EventKind("proceedings.sheet_changed", _("A sheet of the case was worked on")),
    EventKind(
        "proceedings.sheet_published",
        _("A sheet of the case was published"),
        timeline=True,
        template="proceedings/events/act.html",
        official=True,
        ledger=("kind", "version", "sha256"),
    ),
    EventKind("proceedings.question_asked", _("A question was asked")),
    EventKind("proceedings.question_wanted", _("Somebody else wants a question answered")),
    EventKind("proceedings.question_not_wanted", _("A vote for a question was taken back")),
    EventKind(
        "proceedings.question_hidden", _("A question was hidden"), official=True, ledger=("ground",)
    ),
    EventKind(
        "proceedings.question_shown", _("A question is shown again"), official=True, ledger=()
    ),
    EventKind("proceedings.question_answered", _("A question was answered")),
    EventKind("proceedings.concept_written", _("A concept sheet was written")),
    EventKind("proceedings.concept_removed", _("A concept sheet was taken away")),
    EventKind(
        "proceedings.concepts_published",
        _("Concept sheets were published"),
        timeline=True,
        template="proceedings/events/act.html",
        official=True,
        ledger=("meeting", "sheets"),
    ),
    EventKind("proceedings.transcript_imported", _("A transcript was imported")),
    EventKind("proceedings.speaker_linked", _("A speaker was linked to an account")),
    EventKind(
        "proceedings.window_opened",
        _("Speakers may correct the transcript"),
        timeline=True,
        template="proceedings/events/act.html",
        official=True,
        ledger=("meeting", "due_at", "basis"),
    ),
    EventKind("proceedings.turn_corrected", _("A speaker corrected a turn")),
    EventKind("proceedings.redaction_asked", _("A redaction was asked for")),
    EventKind("proceedings.redaction_refused", _("A redaction was refused")),
    EventKind(
        "proceedings.redacted",
        _("A passage of the transcript was redacted"),
        official=True,
        ledger=("meeting", "turn", "ground"),
    ),
    EventKind(
        "proceedings.transcript_published",
        _("The transcript was published"),
        timeline=True,
        template="proceedings/events/act.html",
        official=True,
        ledger=("meeting", "turns", "corrected", "redactions", "sha256"),
    ),
    EventKind("proceedings.person_forgotten", _("A person was taken out of the proceedings")),
)
