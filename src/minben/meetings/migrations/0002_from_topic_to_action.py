"""Topics and votes, places at meetings, agenda and checklist, reports, actions that are followed.

Seats, places among five and numbers in the queue are unique in the database: whoever forgets to hold
the meeting's row gives no place twice.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import minben.base.models
import minben.kernel.clock
import minben.meetings.rules.places
import minben.meetings.rules.results


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_agencies_bring_cases"),
        ("meetings", "0001_meetings"),
        ("people", "0011_deputies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ActionUpdate",
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("doing", "doing"),
                            ("released", "released"),
                            ("dropped", "dropped"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.CharField(max_length=1000)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
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
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("title", models.CharField(max_length=120)),
                ("who", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "ordering": ("starts_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="Ballot",
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
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KickoffTask",
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
                ("code", models.CharField(blank=True, max_length=20)),
                ("text", models.CharField(blank=True, max_length=120)),
                ("who", models.CharField(blank=True, max_length=60)),
                ("days", models.PositiveSmallIntegerField()),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "ordering": ("-days", "id"),
            },
        ),
        migrations.CreateModel(
            name="Registration",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("petitioner", "petitioner"),
                            ("endorser", "endorser"),
                            ("stakeholder", "stakeholder"),
                            ("official", "official"),
                            ("adviser", "adviser"),
                            ("public", "public"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=60)),
                ("organisation", models.CharField(blank=True, max_length=80)),
                ("suggested", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("suggested", "suggested"),
                            ("seated", "seated"),
                            ("waiting", "waiting"),
                            ("refused", "refused"),
                            ("declined", "declined"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("seat", models.PositiveSmallIntegerField(null=True)),
                ("quota", models.PositiveSmallIntegerField(null=True)),
                ("queue", models.PositiveIntegerField(null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unavailable", "unavailable"),
                            ("represented", "represented"),
                            ("not_concerned", "not_concerned"),
                            ("format", "format"),
                            ("other", "other"),
                        ],
                        max_length=14,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("table", models.PositiveSmallIntegerField(null=True)),
                ("is_host", models.BooleanField(default=False)),
                (
                    "attendance",
                    models.CharField(
                        blank=True,
                        choices=[("present", "present"), ("absent", "absent")],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Report",
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
                ("version", models.PositiveSmallIntegerField()),
                ("agreed", models.TextField()),
                ("open_points", models.TextField(blank=True)),
                ("correction", models.CharField(blank=True, max_length=500)),
                ("published_at", models.DateTimeField(null=True)),
                ("published_by", models.CharField(blank=True, max_length=80)),
                ("drafted_at", models.DateTimeField()),
                ("drafted_by", models.CharField(max_length=80)),
                ("revision", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ("version",),
            },
        ),
        migrations.CreateModel(
            name="Topic",
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
                ("criteria", models.JSONField(default=list)),
                ("reason", models.CharField(max_length=1000)),
                ("votes", models.PositiveIntegerField(default=0)),
                ("won", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="TopicRound",
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
                ("title", models.CharField(max_length=80)),
                ("opens_at", models.DateTimeField()),
                ("votes_from", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("votes_each", models.PositiveSmallIntegerField()),
                ("winners", models.PositiveSmallIntegerField()),
                ("secret", models.BooleanField()),
                ("opened_by", models.CharField(max_length=80)),
                ("counted_at", models.DateTimeField(null=True)),
                ("entitled", models.PositiveIntegerField(null=True)),
            ],
            options={
                "ordering": ("-opens_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="TrackedAction",
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
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("due_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("doing", "doing"),
                            ("released", "released"),
                            ("dropped", "dropped"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("late_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="invited_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="public_places",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("public_places__lte", models.F("capacity"))),
                name="meetings_meeting_public",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("invited_at", None), ("announced_at__isnull", False), _connector="OR"
                ),
                name="meetings_meeting_invited",
            ),
        ),
        migrations.AddField(
            model_name="actionupdate",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="agenda",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
            ),
        ),
        migrations.AddField(
            model_name="choice",
            name="ballot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="choices",
                to="meetings.ballot",
            ),
        ),
        migrations.AddField(
            model_name="kickofftask",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tasks",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="agency",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.agency",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="registrations",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="meeting",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="topic",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="choice",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="choices",
                to="meetings.topic",
            ),
        ),
        migrations.AddField(
            model_name="topicround",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.jurisdiction",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="topics",
                to="meetings.topicround",
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ballots",
                to="meetings.topicround",
            ),
        ),
        migrations.AddField(
            model_name="trackedaction",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
            ),
        ),
        migrations.AddField(
            model_name="trackedaction",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="actionupdate",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="updates",
                to="meetings.trackedaction",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="meetings_agenda_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                fields=("meeting", "starts_at"), name="meetings_agenda_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="kickofftask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("code", ""), _negated=True), ("text", "")),
                    models.Q(models.Q(("text", ""), _negated=True), ("code", "")),
                    _connector="OR",
                ),
                name="meetings_task_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="kickofftask",
            constraint=models.CheckConstraint(
                condition=models.Q(("days__lte", 180)), name="meetings_task_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="kickofftask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("done_by", "")),
                    models.Q(models.Q(("done_by", ""), _negated=True), ("done_at__isnull", False)),
                    _connector="OR",
                ),
                name="meetings_task_done_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="kickofftask",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True),
                fields=("meeting", "code"),
                name="meetings_task_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            minben.meetings.rules.places.ParticipantKind["PETITIONER"],
                            minben.meetings.rules.places.ParticipantKind["ENDORSER"],
                            minben.meetings.rules.places.ParticipantKind["STAKEHOLDER"],
                            minben.meetings.rules.places.ParticipantKind["OFFICIAL"],
                            minben.meetings.rules.places.ParticipantKind["ADVISER"],
                            minben.meetings.rules.places.ParticipantKind["PUBLIC"],
                        ],
                    )
                ),
                name="meetings_place_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            minben.meetings.rules.places.PlaceState["SUGGESTED"],
                            minben.meetings.rules.places.PlaceState["SEATED"],
                            minben.meetings.rules.places.PlaceState["WAITING"],
                            minben.meetings.rules.places.PlaceState["REFUSED"],
                            minben.meetings.rules.places.PlaceState["DECLINED"],
                            minben.meetings.rules.places.PlaceState["CANCELLED"],
                        ],
                    )
                ),
                name="meetings_place_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", minben.meetings.rules.places.PlaceState["SEATED"]),
                        ("seat__gte", 1),
                        ("seat__isnull", False),
                        ("seat__lte", 60),
                    ),
                    models.Q(
                        models.Q(
                            ("state", minben.meetings.rules.places.PlaceState["SEATED"]),
                            _negated=True,
                        ),
                        ("attendance", ""),
                        ("is_host", False),
                        ("seat", None),
                        ("table", None),
                    ),
                    _connector="OR",
                ),
                name="meetings_place_seat",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", minben.meetings.rules.places.PlaceState["SEATED"]),
                        (
                            "kind__in",
                            [
                                minben.meetings.rules.places.ParticipantKind["ENDORSER"],
                                minben.meetings.rules.places.ParticipantKind["STAKEHOLDER"],
                            ],
                        ),
                        ("quota__gte", 1),
                        ("quota__isnull", False),
                        ("quota__lte", 5),
                    ),
                    models.Q(
                        models.Q(
                            ("state", minben.meetings.rules.places.PlaceState["SEATED"]),
                            (
                                "kind__in",
                                [
                                    minben.meetings.rules.places.ParticipantKind["ENDORSER"],
                                    minben.meetings.rules.places.ParticipantKind["STAKEHOLDER"],
                                ],
                            ),
                            _negated=True,
                        ),
                        ("quota", None),
                    ),
                    _connector="OR",
                ),
                name="meetings_place_quota",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("queue__isnull", False),
                        ("state", minben.meetings.rules.places.PlaceState["WAITING"]),
                    ),
                    models.Q(
                        models.Q(
                            ("state", minben.meetings.rules.places.PlaceState["WAITING"]),
                            _negated=True,
                        ),
                        ("queue", None),
                    ),
                    _connector="OR",
                ),
                name="meetings_place_queue",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "reason__in",
                            [
                                minben.meetings.rules.places.WhyNot["UNAVAILABLE"],
                                minben.meetings.rules.places.WhyNot["REPRESENTED"],
                                minben.meetings.rules.places.WhyNot["NOT_CONCERNED"],
                                minben.meetings.rules.places.WhyNot["FORMAT"],
                                minben.meetings.rules.places.WhyNot["OTHER"],
                            ],
                        ),
                        (
                            "state__in",
                            [
                                minben.meetings.rules.places.PlaceState["REFUSED"],
                                minben.meetings.rules.places.PlaceState["DECLINED"],
                            ],
                        ),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "state__in",
                                [
                                    minben.meetings.rules.places.PlaceState["REFUSED"],
                                    minben.meetings.rules.places.PlaceState["DECLINED"],
                                ],
                            ),
                            _negated=True,
                        ),
                        ("note", ""),
                        ("reason", ""),
                    ),
                    _connector="OR",
                ),
                name="meetings_place_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "kind__in",
                            [
                                minben.meetings.rules.places.ParticipantKind["STAKEHOLDER"],
                                minben.meetings.rules.places.ParticipantKind["OFFICIAL"],
                            ],
                        ),
                        _negated=True,
                    ),
                    models.Q(
                        ("state", minben.meetings.rules.places.PlaceState["SEATED"]), _negated=True
                    ),
                    ("agency__isnull", False),
                    _connector="OR",
                ),
                name="meetings_place_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_host", False), ("table", None)),
                    models.Q(("table__gte", 1), ("table__isnull", False), ("table__lte", 12)),
                    _connector="OR",
                ),
                name="meetings_place_table",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "attendance__in",
                        [
                            "",
                            minben.meetings.rules.places.Attendance["PRESENT"],
                            minben.meetings.rules.places.Attendance["ABSENT"],
                        ],
                    )
                ),
                name="meetings_place_attendance",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("seat__isnull", False)),
                fields=("meeting", "seat"),
                name="meetings_seat_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind", minben.meetings.rules.places.ParticipantKind["ENDORSER"]),
                    ("quota__isnull", False),
                ),
                fields=("meeting", "quota"),
                name="meetings_endorser_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind", minben.meetings.rules.places.ParticipantKind["STAKEHOLDER"]),
                    ("quota__isnull", False),
                ),
                fields=("meeting", "agency", "quota"),
                name="meetings_stakeholder_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("queue__isnull", False)),
                fields=("meeting", "queue"),
                name="meetings_queue_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("person__isnull", False),
                    (
                        "state__in",
                        [
                            minben.meetings.rules.places.PlaceState["SUGGESTED"],
                            minben.meetings.rules.places.PlaceState["SEATED"],
                            minben.meetings.rules.places.PlaceState["WAITING"],
                        ],
                    ),
                ),
                fields=("meeting", "person"),
                name="meetings_person_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_host", True)),
                fields=("meeting", "table"),
                name="meetings_host_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_by", "")),
                    models.Q(
                        models.Q(("published_by", ""), _negated=True),
                        models.Q(("agreed", ""), _negated=True),
                        ("published_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="meetings_report_published_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("correction", ""), ("version", 1)),
                    models.Q(models.Q(("correction", ""), _negated=True), ("version__gt", 1)),
                    _connector="OR",
                ),
                name="meetings_report_correction",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("meeting", "version"), name="meetings_report_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at", None)),
                fields=("meeting",),
                name="meetings_report_one_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.UniqueConstraint(
                fields=("ballot", "topic"), name="meetings_choice_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="topicround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closes_at__gt", models.F("votes_from")),
                    ("votes_from__gt", models.F("opens_at")),
                ),
                name="meetings_round_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="topicround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("votes_each__gte", 1),
                    ("votes_each__lte", 5),
                    ("winners__gte", 1),
                    ("winners__lte", 3),
                ),
                name="meetings_round_numbers",
            ),
        ),
        migrations.AddConstraint(
            model_name="topicround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("counted_at", None), ("entitled", None)),
                    models.Q(
                        ("counted_at__gte", models.F("closes_at")),
                        ("counted_at__isnull", False),
                        ("entitled__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="meetings_round_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="topicround",
            constraint=models.UniqueConstraint(
                condition=models.Q(("counted_at", None)),
                fields=("jurisdiction",),
                name="meetings_round_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="meetings_topic_reasoned"
            ),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("meeting__isnull", False), ("votes__gte", 1), ("won", True)),
                    models.Q(("meeting", None), ("won", False)),
                    _connector="OR",
                ),
                name="meetings_topic_won",
            ),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.UniqueConstraint(
                fields=("round", "case"), name="meetings_topic_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(
                fields=("round", "agency"), name="meetings_ballot_once"
            ),
        ),
        migrations.AddIndex(
            model_name="trackedaction",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["due_at"],
                name="meetings_action_running",
            ),
        ),
        migrations.AddConstraint(
            model_name="trackedaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            minben.meetings.rules.results.ActionState["OPEN"],
                            minben.meetings.rules.results.ActionState["DOING"],
                            minben.meetings.rules.results.ActionState["RELEASED"],
                            minben.meetings.rules.results.ActionState["DROPPED"],
                        ],
                    )
                ),
                name="meetings_action_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="trackedaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False),
                        (
                            "state__in",
                            [
                                minben.meetings.rules.results.ActionState["DROPPED"],
                                minben.meetings.rules.results.ActionState["RELEASED"],
                            ],
                        ),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "state__in",
                                [
                                    minben.meetings.rules.results.ActionState["DROPPED"],
                                    minben.meetings.rules.results.ActionState["RELEASED"],
                                ],
                            ),
                            _negated=True,
                        ),
                        ("ended_at", None),
                    ),
                    _connector="OR",
                ),
                name="meetings_action_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="trackedaction",
            constraint=models.UniqueConstraint(
                fields=("meeting", "number"), name="meetings_action_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="actionupdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            minben.meetings.rules.results.ActionState["OPEN"],
                            minben.meetings.rules.results.ActionState["DOING"],
                            minben.meetings.rules.results.ActionState["RELEASED"],
                            minben.meetings.rules.results.ActionState["DROPPED"],
                        ],
                    )
                ),
                name="meetings_update_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionupdate",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="meetings_update_said"
            ),
        ),
    ]
