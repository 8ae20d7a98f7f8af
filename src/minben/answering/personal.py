"""What answering holds about one person (個人資料): contacts with them, their survey answers."""

from typing import Any

from minben.answering.models import Contact, SurveyAnswer


def held_about(person_id: int) -> dict[str, Any]:  # Any: rows of JSON-ready values
    """Contacts and survey answers, oldest first. Two queries."""
    contacts = Contact.objects.filter(petitioner_id=person_id).order_by("held_at", "id")
    answers = SurveyAnswer.objects.filter(person_id=person_id).order_by("at", "id")
    return {
        "contacts": list(
            contacts.values(
                "case__number",
                "channel",
                "held_at",
                "reached",
                "discussed",
                "agreed",
                "office",
                "verdict",
                "answered_at",
                "statement",
            )
        ),
        "survey_answers": list(
            answers.values(
                "survey__case__number",
                "understandable",
                "reasoned",
                "heard",
                "overall",
                "words",
                "at",
            )
        ),
    }
