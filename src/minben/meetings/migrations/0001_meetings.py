"""Meetings about cases: a number, a host, times, places, and where each stands."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import minben.base.models
import minben.kernel.clock
import minben.meetings.rules


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0004_agencies_bring_cases"),
        ("people", "0011_deputies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "simulated",
                    minben.base.models.SimulatedField(
                        default=minben.kernel.clock.is_simulated, editable=False
                    ),
                ),
                ("number", models.CharField(max_length=24, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("collaboration", "collaboration"), ("workshop", "workshop")],
                        max_length=16,
                    ),
                ),
                (
                    "aim",
                    models.CharField(
                        choices=[
                            ("clarify", "clarify"),
                            ("respond", "respond"),
                            ("inform", "inform"),
                        ],
                        max_length=8,
                    ),
                ),
                ("title", models.CharField(max_length=100)),
                ("purpose", models.CharField(max_length=1000)),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("live_url", models.CharField(blank=True, max_length=300)),
                ("capacity", models.PositiveSmallIntegerField(default=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("announced", "announced"),
                            ("held", "held"),
                            ("reported", "reported"),
                            ("cancelled", "cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.CharField(max_length=80)),
                ("announced_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancel_reason", models.CharField(blank=True, max_length=500)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.agency",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "ordering": ("-starts_at", "-id"),
                "indexes": [
                    models.Index(fields=["state", "starts_at"], name="meetings_state_starts")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    minben.meetings.rules.MeetingKind["COLLABORATION"],
                                    minben.meetings.rules.MeetingKind["WORKSHOP"],
                                ],
                            )
                        ),
                        name="meetings_meeting_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "aim__in",
                                [
                                    minben.meetings.rules.Aim["CLARIFY"],
                                    minben.meetings.rules.Aim["RESPOND"],
                                    minben.meetings.rules.Aim["INFORM"],
                                ],
                            )
                        ),
                        name="meetings_meeting_aim",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    minben.meetings.rules.MeetingState["PLANNED"],
                                    minben.meetings.rules.MeetingState["ANNOUNCED"],
                                    minben.meetings.rules.MeetingState["HELD"],
                                    minben.meetings.rules.MeetingState["REPORTED"],
                                    minben.meetings.rules.MeetingState["CANCELLED"],
                                ],
                            )
                        ),
                        name="meetings_meeting_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__gte", 1), ("capacity__lte", 60)),
                        name="meetings_meeting_capacity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_at", None), ("starts_at", None)),
                            models.Q(
                                ("ends_at__gt", models.F("starts_at")),
                                ("ends_at__isnull", False),
                                ("starts_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="meetings_meeting_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    minben.meetings.rules.MeetingState["PLANNED"],
                                    minben.meetings.rules.MeetingState["CANCELLED"],
                                ],
                            ),
                            models.Q(
                                models.Q(("place", ""), _negated=True),
                                ("announced_at__isnull", False),
                                ("starts_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="meetings_meeting_announced_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(
                                    ("state", minben.meetings.rules.MeetingState["CANCELLED"]),
                                    _negated=True,
                                ),
                                ("cancel_reason", ""),
                                ("cancelled_at", None),
                            ),
                            models.Q(
                                models.Q(("cancel_reason", ""), _negated=True),
                                ("cancelled_at__isnull", False),
                                ("state", minben.meetings.rules.MeetingState["CANCELLED"]),
                            ),
                            _connector="OR",
                        ),
                        name="meetings_meeting_cancelled_whole",
                    ),
                ],
            },
        ),
    ]
