"""What the proceedings hold about one person (個人資料): questions, votes, what they said."""

from typing import Any

from minben.proceedings.models import Question, QuestionVote, Redaction, Turn


def held_about(person_id: int) -> dict[str, Any]:  # Any: rows of JSON-ready values
    """Questions and votes, and one's own turns with what was asked of them. Four queries."""
    asked = Question.objects.filter(author=person_id).order_by("at", "pk")
    votes = QuestionVote.objects.filter(person=person_id).order_by("at", "pk")
    said = Turn.objects.filter(speaker__person=person_id).order_by("transcript", "number")
    wished = Redaction.objects.filter(turn__speaker__person=person_id)
    return {
        "questions": list(
            asked.values("at", "meeting__number", "text", "state", "hide_ground", "hide_reason")
        ),
        "votes": list(votes.values("at", "question_id", "question__text")),
        "turns": list(
            said.values(
                "transcript__meeting__number", "number", "speaker__name", "original", "text"
            )
        ),
        "redactions": list(
            wished.values("turn__number", "passage", "ground", "reason", "granted", "decision")
        ),
    }
