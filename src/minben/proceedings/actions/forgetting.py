"""What goes when a person is erased (個人資料之刪除)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from minben.audit.actions import record
from minben.kernel.actor import Actor
from minben.proceedings.models import Correction, Question, QuestionVote, Redaction, Speaker, Turn

GONE = "與會者"  # how a speaker is called whose account was erased


@transaction.atomic
def forget_person(*, person_id: int, by: Actor, at: datetime) -> None:
    """Empty what tells who somebody is or said before they corrected it.

    Questions lose their text and votes go. What is public of a transcript stays, under a name that
    tells nobody; what was only kept inside goes: the words as first written down, corrections,
    and passages that were redacted.
    """
    person = f"person:{person_id}"
    asked = Question.objects.filter(author=person_id, removed_at=None)
    gone = asked.update(text="", removed_at=at)
    votes, _ = QuestionVote.objects.filter(person=person_id).delete()
    own = Speaker.objects.filter(person=person_id)
    turns = Turn.objects.filter(speaker__in=own)
    Correction.objects.filter(turn__in=turns).update(before="", after="")
    Redaction.objects.filter(turn__in=turns).update(passage="", reason="", decision="")
    turns.update(original=F("text"))
    spoke = 0
    for speaker in own:
        speaker.name, speaker.person = f"{GONE} {speaker.pk}", None
        speaker.save(update_fields=["name", "person"])
        spoke += 1
    if gone or votes or spoke:
        record("proceedings.person_forgotten", by=by, at=at, subject=person)
