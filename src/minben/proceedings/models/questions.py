"""Questions of a meeting and who else wants them answered (提問、附議提問)."""

from django.db import models
from django.db.models import Q

from minben.base.models import Recorded
from minben.proceedings.rules.questions import MOST_EACH, HideGround, QuestionState


class Question(Recorded):
    """One question. `ordinal` is the how-manieth of its author at that meeting, which bounds them.

    When its author is erased the text goes; that there was a question stays.
    """

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="+")
    author = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    state = models.CharField(
        max_length=8,
        choices=[(s.value, s.value) for s in QuestionState],
        default=QuestionState.OPEN.value,
    )
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)
    hide_ground = models.CharField(
        max_length=12, blank=True, choices=[(g.value, g.value) for g in HideGround]
    )
    hide_reason = models.CharField(max_length=300, blank=True)
    hidden_at = models.DateTimeField(null=True)
    hidden_by = models.CharField(max_length=80, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=list(QuestionState)), name="proceedings_question_state"
            ),
            models.CheckConstraint(
                condition=Q(ordinal__gte=1, ordinal__lte=MOST_EACH),
                name="proceedings_question_most",
            ),
            models.UniqueConstraint(
                fields=("meeting", "author", "ordinal"), name="proceedings_question_ordinal"
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(state=QuestionState.HIDDEN),
                    hide_ground="",
                    hide_reason="",
                    hidden_at=None,
                    hidden_by="",
                )
                | Q(
                    ~Q(hide_reason=""),
                    ~Q(hidden_by=""),
                    state=QuestionState.HIDDEN,
                    hide_ground__in=list(HideGround),
                    hidden_at__isnull=False,
                ),
                name="proceedings_question_hidden_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(state=QuestionState.ANSWERED), answer="", answered_at=None, answered_by=""
                )
                | Q(~Q(answered_by=""), state=QuestionState.ANSWERED, answered_at__isnull=False)
                | Q(~Q(answered_by=""), state=QuestionState.HIDDEN, answered_at__isnull=False),
                name="proceedings_question_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(~Q(text=""), removed_at=None) | Q(text="", removed_at__isnull=False),
                name="proceedings_question_removed",
            ),
        )

    def __str__(self) -> str:
        return f"question {self.pk}"


class QuestionVote(Recorded):
    """Somebody wants a question answered; once each. Counted, never added up in a shared row."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="votes")
    person = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("question", "person"), name="proceedings_vote_once"),
        )

    def __str__(self) -> str:
        return f"vote for {self.question_id}"
