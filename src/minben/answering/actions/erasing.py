"""What of a person goes from here (刪除個人資料)."""

from datetime import datetime

from django.db import transaction

from minben.answering.models import Contact, SurveyAnswer
from minben.answering.rules import ContactState, Verdict, contact_state
from minben.kernel.actor import Actor


@transaction.atomic
def forget_person(*, person_id: int, by: Actor, at: datetime) -> None:
    """Delete a person's survey answers, their own words on minutes, and minutes not yet public.

    Minutes that everybody can read tell how the government handled a case, and name nobody.
    """
    SurveyAnswer.objects.filter(person_id=person_id).delete()
    for contact in Contact.objects.select_for_update().filter(petitioner_id=person_id):
        state = contact_state(
            reached=contact.reached,
            verdict=contact.verdict,
            answer_until=contact.answer_until,
            at=at,
        )
        if state is ContactState.WAITING:
            contact.verdict, contact.answered_at = Verdict.OBJECTED, at
        if state is not ContactState.PUBLIC:
            contact.discussed = contact.agreed = ""
        contact.statement, contact.petitioner = "", None
        contact.save()
