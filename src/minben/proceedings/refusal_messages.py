from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

INPUT, FORBIDDEN = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.FORBIDDEN
BUSY = HTTPStatus.TOO_MANY_REQUESTS

register(
    {
        "not_agency_of_case": RefusalMessage(
            _("Only agencies that take part in the case draw its sheets. Basis: %(basis)s"),
            FORBIDDEN,
        ),
        "not_running_meeting": RefusalMessage(
            _("Only whoever runs the meeting can do this. Basis: %(basis)s"), FORBIDDEN
        ),
        "proceedings_empty": RefusalMessage(_("Please write something here."), INPUT),
        "proceedings_too_long": RefusalMessage(
            _("This is too long; at most %(most)s characters."), INPUT
        ),
        "source_not_web": RefusalMessage(
            _("A source is an address that begins with https:// or http://."), INPUT
        ),
        "sheet_entry_gone": RefusalMessage(
            _("Somebody has removed this entry. Open the sheet again.")
        ),
        "sheet_entry_changed": RefusalMessage(
            _(
                "Somebody else changed this entry while you were writing. What you wrote is still"
                " here; compare it with the sheet and save again."
            )
        ),
        "sheet_full": RefusalMessage(_("The sheet is full; at most %(most)s entries.")),
        "sheet_link_kind": RefusalMessage(
            _("Entries of these two kinds can't be linked. Basis: %(basis)s"), INPUT
        ),
        "sheet_evidence_source": RefusalMessage(
            _("Evidence needs the address of its source. Basis: %(basis)s"), INPUT
        ),
        "sheet_empty": RefusalMessage(
            _("An empty sheet can't be published. Basis: %(basis)s"), INPUT
        ),
        "sheet_not_changed": RefusalMessage(
            _("Nothing was changed since version %(version)s, which is public.")
        ),
        "stakeholder_grade": RefusalMessage(
            _("Grades run from 1 (little) to 5 (much). Basis: %(basis)s"), INPUT
        ),
        "stakeholder_count": RefusalMessage(_("A number from 0 to %(most)s."), INPUT),
        "stakeholder_more_coming": RefusalMessage(
            _("No more people can come than were invited."), INPUT
        ),
        "questions_not_open": RefusalMessage(
            _("The question wall opens when the meeting is announced. Basis: %(basis)s")
        ),
        "questions_closed": RefusalMessage(
            _("The meeting is over, and the question wall is closed. Basis: %(basis)s")
        ),
        "questions_too_many": RefusalMessage(
            _("At most %(most)s questions a person at one meeting."), BUSY
        ),
        "questions_too_fast": RefusalMessage(
            _("Please wait %(seconds)s seconds between two questions."), BUSY
        ),
        "question_gone": RefusalMessage(_("This question is not shown any more.")),
        "question_state": RefusalMessage(_("The question is not in a state that allows this.")),
        "question_own": RefusalMessage(
            _("Nobody moderates a question of their own. Basis: %(basis)s"), FORBIDDEN
        ),
        "question_reason": RefusalMessage(
            _("Hiding needs a reason of %(least)s to %(most)s characters. Basis: %(basis)s"), INPUT
        ),
        "concepts_full": RefusalMessage(_("At most %(most)s concept sheets at one meeting.")),
        "concept_group": RefusalMessage(_("Groups are numbered from 1 to %(most)s."), INPUT),
        "concept_gone": RefusalMessage(_("This concept sheet is not there any more.")),
        "concept_changed": RefusalMessage(
            _(
                "Somebody else changed this concept sheet while you were writing. What you wrote"
                " is still here."
            )
        ),
        "concept_public": RefusalMessage(
            _("A published concept sheet is not changed any more. Basis: %(basis)s")
        ),
        "concepts_none": RefusalMessage(_("There is no concept sheet to publish.")),
        "transcript_gone": RefusalMessage(_("There is no transcript of this meeting.")),
        "transcript_meeting_ahead": RefusalMessage(
            _("A transcript can be imported from the beginning of the meeting on.")
        ),
        "transcript_fixed": RefusalMessage(
            _("Speakers have been invited to correct this transcript; it can't be replaced.")
        ),
        "transcript_empty": RefusalMessage(_("There is no turn in this text."), INPUT),
        "transcript_encoding": RefusalMessage(_("The file is no plain text in UTF-8."), INPUT),
        "transcript_too_long": RefusalMessage(
            _("The transcript is too long; at most %(most)s characters."), INPUT
        ),
        "transcript_no_speaker": RefusalMessage(
            _("Line %(line)s says nobody's name. Begin it with a name and a colon."), INPUT
        ),
        "transcript_turn_empty": RefusalMessage(_("Turn %(turn)s has no text."), INPUT),
        "transcript_turn_too_long": RefusalMessage(
            _("Turn %(turn)s is too long; at most %(most)s characters."), INPUT
        ),
        "transcript_not_opened": RefusalMessage(
            _(
                "Speakers have not been invited to correct the transcript yet; it can't be"
                " published. Basis: %(basis)s"
            )
        ),
        "transcript_too_early": RefusalMessage(
            _(
                "Speakers may correct their words until the end of %(day)s; before that the"
                " transcript can't be published. Basis: %(basis)s"
            )
        ),
        "transcript_redactions_open": RefusalMessage(
            _(
                "Requests for redaction that are not decided yet: %(n)s. Decide them before"
                " publishing. Basis: %(basis)s"
            )
        ),
        "transcript_published_already": RefusalMessage(_("The transcript is public already.")),
        "speaker_unknown": RefusalMessage(_("Nobody with this address has an account."), INPUT),
        "speaker_not_there": RefusalMessage(
            _("This person did not take part in the meeting. Basis: %(basis)s"), INPUT
        ),
        "turn_not_yours": RefusalMessage(
            _("Only whoever spoke these words can do this. Basis: %(basis)s"), FORBIDDEN
        ),
        "correction_window": RefusalMessage(
            _("The time to correct the transcript is over, or has not begun. Basis: %(basis)s")
        ),
        "correction_same": RefusalMessage(_("The text is the same as before."), INPUT),
        "turn_changed": RefusalMessage(
            _("This turn was changed while you were writing. Compare, and save again.")
        ),
        "redaction_left_out": RefusalMessage(
            _(
                "Every redaction mark must stay as it is, in its order; only whoever runs the"
                " meeting redacts. Basis: %(basis)s"
            ),
            INPUT,
        ),
        "redaction_passage": RefusalMessage(
            _("This passage does not stand in the turn. Copy it exactly as it is."), INPUT
        ),
        "redaction_reason": RefusalMessage(
            _("Give a reason of %(least)s to %(most)s characters. Basis: %(basis)s"), INPUT
        ),
        "redaction_decided": RefusalMessage(_("This request was decided already.")),
    }
)
