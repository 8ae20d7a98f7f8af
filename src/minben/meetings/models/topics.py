from django.db import models
from django.db.models import F, Q

from minben.base.models import Recorded
from minben.meetings.models.meeting import Meeting
from minben.meetings.rules.topics import VOTES_MAX, WINNERS_MAX


class TopicRound(Recorded):
    """A round in which participation officers nominate topics and vote (議題票選).

    Nominations until `votes_from`, votes from then until `closes_at`, both exclusive.
    """

    jurisdiction = models.ForeignKey("people.Jurisdiction", models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    opens_at = models.DateTimeField()
    votes_from = models.DateTimeField()
    closes_at = models.DateTimeField()
    votes_each = models.PositiveSmallIntegerField()
    winners = models.PositiveSmallIntegerField()
    secret = models.BooleanField()
    opened_by = models.CharField(max_length=80)
    counted_at = models.DateTimeField(null=True)
    entitled = models.PositiveIntegerField(null=True)  # agencies that could vote, when counted

    class Meta:
        ordering = ("-opens_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(votes_from__gt=F("opens_at"), closes_at__gt=F("votes_from")),
                name="meetings_round_period",
            ),
            models.CheckConstraint(
                condition=Q(votes_each__gte=1, votes_each__lte=VOTES_MAX)
                & Q(winners__gte=1, winners__lte=WINNERS_MAX),
                name="meetings_round_numbers",
            ),
            models.CheckConstraint(
                condition=Q(counted_at=None, entitled=None)
                | Q(
                    counted_at__isnull=False,
                    counted_at__gte=F("closes_at"),
                    entitled__isnull=False,
                ),
                name="meetings_round_counted",
            ),
            models.UniqueConstraint(
                fields=("jurisdiction",),
                condition=Q(counted_at=None),
                name="meetings_round_one_open",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Topic(Recorded):
    """A case nominated in a round, why, and by which agency (提名)."""

    round = models.ForeignKey(TopicRound, models.CASCADE, related_name="topics")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    criteria = models.JSONField(default=list)
    reason = models.CharField(max_length=1000)
    votes = models.PositiveIntegerField(default=0)
    won = models.BooleanField(default=False)
    meeting = models.OneToOneField(Meeting, models.PROTECT, null=True, related_name="topic")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="meetings_topic_reasoned"),
            models.CheckConstraint(
                condition=Q(won=True, votes__gte=1, meeting__isnull=False)
                | Q(won=False, meeting=None),
                name="meetings_topic_won",
            ),
            models.UniqueConstraint(fields=("round", "case"), name="meetings_topic_once"),
        )

    def __str__(self) -> str:
        return f"topic {self.pk}"


class Ballot(Recorded):
    """That an agency voted. In a secret round it says nothing else: the votes are only counted."""

    round = models.ForeignKey(TopicRound, models.CASCADE, related_name="ballots")
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("round", "agency"), name="meetings_ballot_once"),
        )

    def __str__(self) -> str:
        return f"{self.round_id} {self.agency_id}"


class Choice(models.Model):
    """What an agency voted for, in a round by name (記名)."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="choices")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="choices")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("ballot", "topic"), name="meetings_choice_once"),
        )

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.topic_id}"
