from django.db import models
from django.db.models import F, Q

from minben.answering.rules import Channel, PostKind, Verdict
from minben.answering.rules.correcting import BLOCKS
from minben.answering.rules.surveys import SCORES, WordsVerdict
from minben.base.models import Recorded


class Plan(Recorded):
    """A version of the handling plan (處理規劃): how, by when, which office answers for it.

    A draft until it is published; what was published stays, and a later version stands beside it.
    """

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="plans")
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=1)
    summary = models.TextField(blank=True)
    steps = models.JSONField(default=list)  # [{"what": …, "until": ISO day}]
    office = models.CharField(max_length=120, blank=True)
    drafted_by = models.CharField(max_length=80)
    drafted_at = models.DateTimeField()
    published_by = models.CharField(max_length=80, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("version",)
        constraints = (
            models.CheckConstraint(
                condition=Q(published_at=None, published_by="")
                | Q(~Q(published_by=""), published_at__isnull=False),
                name="answering_plan_published_pair",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(~Q(summary=""), ~Q(office="")),
                name="answering_plan_whole",
            ),
            models.UniqueConstraint(fields=("case", "version"), name="answering_plan_version"),
            models.UniqueConstraint(
                fields=("case",), condition=Q(published_at=None), name="answering_plan_one_draft"
            ),
        )

    def __str__(self) -> str:
        return f"plan {self.case_id} v{self.version}"


class Contact(Recorded):
    """An entry of the log of contacts with the proposer (聯繫紀錄), attempts in vain included.

    `answer_until` (exclusive) is until when the proposer may confirm or correct the minutes.
    `statement` is theirs: what they correct, or why they object.
    """

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="contacts")
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    petitioner = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Channel])
    held_at = models.DateTimeField()
    reached = models.BooleanField()
    discussed = models.TextField(blank=True)
    agreed = models.TextField(blank=True)
    office = models.CharField(max_length=120)
    logged_by = models.CharField(max_length=80)
    logged_at = models.DateTimeField()
    answer_until = models.DateTimeField(null=True)
    verdict = models.CharField(
        max_length=10, blank=True, choices=[(v.value, v.value) for v in Verdict]
    )
    answered_at = models.DateTimeField(null=True)
    statement = models.TextField(blank=True)

    class Meta:
        ordering = ("held_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(channel__in=list(Channel)), name="answering_contact_channel"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["", *Verdict]), name="answering_contact_verdict"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, verdict="", statement="")
                | Q(~Q(verdict=""), answered_at__isnull=False),
                name="answering_contact_answered",
            ),
            models.CheckConstraint(
                condition=Q(reached=True, answer_until__isnull=False)
                | Q(reached=False, answer_until=None, verdict="", agreed=""),
                name="answering_contact_reached",
            ),
            models.CheckConstraint(
                condition=Q(reached=False) | ~Q(discussed="") | Q(verdict=Verdict.OBJECTED),
                name="answering_contact_minutes",  # those of an erased person may be gone
            ),
            models.CheckConstraint(
                condition=Q(held_at__lte=F("logged_at")), name="answering_contact_past"
            ),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.held_at:%Y-%m-%d}"


class Post(Recorded):
    """What a report beside the formal response is (期中回報、納入研議回報); its text is a response."""

    response = models.OneToOneField(
        "casework.Response", models.CASCADE, related_name="answering_post"
    )
    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in PostKind])
    ends_study = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=list(PostKind)), name="answering_post_kind"
            ),
            models.CheckConstraint(
                condition=Q(ends_study=False) | Q(kind=PostKind.STUDY_RETURN),
                name="answering_post_ends_study",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.response_id}"


class Correction(Recorded):
    """A correction of a published response (更正): appended with its reason, never changed."""

    response = models.ForeignKey(
        "casework.Response", models.CASCADE, related_name="answering_corrections"
    )
    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="corrections")
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    block = models.CharField(max_length=16, choices=[(b, b) for b in BLOCKS])
    before = models.TextField(blank=True)
    after = models.TextField()
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                condition=Q(block__in=list(BLOCKS)), name="answering_correction_block"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(after="") & ~Q(after=F("before")),
                name="answering_correction_says",
            ),
            models.UniqueConstraint(
                fields=("response", "number"), name="answering_correction_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.response_id} {self.number}"


class Survey(Recorded):
    """The satisfaction survey on a formal response (滿意度調查); `closes_at` is exclusive."""

    case = models.OneToOneField("casework.Case", models.CASCADE, related_name="survey")
    response = models.OneToOneField("casework.Response", models.CASCADE, related_name="survey")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    invited = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at")), name="answering_survey_period"
            ),
        )

    def __str__(self) -> str:
        return f"survey {self.case_id}"


def _score(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{name}__gte": SCORES[0], f"{name}__lte": SCORES[-1]}),
        name=f"answering_survey_{name}",
    )


class SurveyAnswer(Recorded):
    """One person's answer. Whose it is, only that person, and erasing, is ever told."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    person = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    understandable = models.PositiveSmallIntegerField()
    reasoned = models.PositiveSmallIntegerField()
    heard = models.PositiveSmallIntegerField()
    overall = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    verdict = models.CharField(
        max_length=8, blank=True, choices=[(v.value, v.value) for v in WordsVerdict]
    )
    judged_by = models.CharField(max_length=80, blank=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            _score("understandable"),
            _score("reasoned"),
            _score("heard"),
            _score("overall"),
            models.CheckConstraint(
                condition=Q(verdict__in=["", *WordsVerdict]), name="answering_words_verdict"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", judged_by="", judged_at=None)
                | Q(~Q(words=""), ~Q(verdict=""), ~Q(judged_by=""), judged_at__isnull=False),
                name="answering_words_judged",
            ),
            models.UniqueConstraint(fields=("survey", "person"), name="answering_survey_once"),
        )

    def __str__(self) -> str:
        return f"answer to survey {self.survey_id}"
