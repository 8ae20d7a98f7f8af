"""The acts of the proceedings; its only writers."""

from minben.proceedings.actions.concepts import (
    publish_concepts,
    remove_concept,
    rewrite_concept,
    write_concept,
)
from minben.proceedings.actions.forgetting import forget_person
from minben.proceedings.actions.questions import (
    answer_question,
    ask_question,
    hide_question,
    show_question,
    unwant_question,
    want_question,
)
from minben.proceedings.actions.transcripts import (
    import_transcript,
    link_speaker,
    open_window,
    publish_transcript,
)
from minben.proceedings.actions.turns import (
    ask_redaction,
    correct_turn,
    decide_redaction,
    redact_turn,
)
from minben.proceedings.actions.worksheets import (
    add_issue,
    add_stakeholder,
    edit_issue,
    edit_stakeholder,
    link_issues,
    publish_sheet,
    remove_issue,
    remove_stakeholder,
    unlink_issues,
)

__all__ = [
    "add_issue",
    "add_stakeholder",
    "answer_question",
    "ask_question",
    "ask_redaction",
    "correct_turn",
    "decide_redaction",
    "edit_issue",
    "edit_stakeholder",
    "forget_person",
    "hide_question",
    "import_transcript",
    "link_issues",
    "link_speaker",
    "open_window",
    "publish_concepts",
    "publish_sheet",
    "publish_transcript",
    "redact_turn",
    "remove_concept",
    "remove_issue",
    "remove_stakeholder",
    "rewrite_concept",
    "show_question",
    "unlink_issues",
    "unwant_question",
    "want_question",
    "write_concept",
]
