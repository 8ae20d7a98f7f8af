"""The first tables of this module."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import minben.base.models
import minben.kernel.actor
import minben.kernel.clock
import minben.people.rules


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Jurisdiction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=20, unique=True)),
                ("name_zh", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=120)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ("position", "code"),
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("canonical_email", models.CharField(max_length=254, unique=True)),
                ("phone", models.CharField(blank=True, max_length=16, null=True, unique=True)),
                ("phone_verified_at", models.DateTimeField(null=True)),
                ("email_verified_at", models.DateTimeField(null=True)),
                (
                    "residency",
                    models.CharField(
                        blank=True,
                        choices=[("national", "national"), ("resident_permit", "resident_permit")],
                        max_length=16,
                    ),
                ),
                ("residency_declared_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.CharField(
                        blank=True,
                        choices=[("mobile", "mobile"), ("counter", "counter")],
                        max_length=8,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("nickname", models.CharField(blank=True, max_length=20)),
                ("county", models.CharField(blank=True, max_length=12)),
                ("township", models.CharField(blank=True, max_length=12)),
                ("language", models.CharField(default="zh-hant", max_length=10)),
                ("is_active", models.BooleanField(default=True)),
                ("is_staff", models.BooleanField(default=False)),
                ("is_official", models.BooleanField(default=False)),
                ("joined_at", models.DateTimeField()),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CounterConfirmation",
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
                ("counter", models.CharField(max_length=80)),
                ("document", models.CharField(max_length=20)),
                (
                    "clerk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations_given",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counter_confirmation",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=60, unique=True)),
                ("name_zh", models.CharField(max_length=80)),
                ("name_en", models.CharField(blank=True, max_length=160)),
                ("aliases", models.JSONField(default=list)),
                ("topics", models.JSONField(default=list)),
                ("valid_from", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="people.agency",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agencies",
                        to="people.jurisdiction",
                    ),
                ),
            ],
            options={
                "ordering": ("jurisdiction__position", "id"),
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("checker", "checker"),
                            ("officer", "officer"),
                            ("lead", "lead"),
                            ("administrator", "administrator"),
                            ("clerk", "clerk"),
                        ],
                        max_length=16,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("granted_by", models.CharField(max_length=80)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_grants",
                        to="people.agency",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "residency__in",
                        [
                            "",
                            minben.people.rules.Residency["NATIONAL"],
                            minben.people.rules.Residency["RESIDENT_PERMIT"],
                        ],
                    )
                ),
                name="people_user_residency",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "confirmed_by__in",
                        [
                            "",
                            minben.people.rules.ConfirmedBy["MOBILE"],
                            minben.people.rules.ConfirmedBy["COUNTER"],
                        ],
                    )
                ),
                name="people_user_confirmed_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", "")),
                    models.Q(
                        models.Q(("confirmed_by", ""), _negated=True),
                        ("confirmed_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="people_user_confirmed_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("residency", ""), ("residency_declared_at", None)),
                    models.Q(
                        models.Q(("residency", ""), _negated=True),
                        ("residency_declared_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="people_user_residency_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="counterconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(("user", models.F("clerk")), _negated=True),
                name="people_counter_not_oneself",
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.UniqueConstraint(
                fields=("jurisdiction", "name_zh"), name="people_agency_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from", None),
                    ("valid_until", None),
                    ("valid_from__lt", models.F("valid_until")),
                    _connector="OR",
                ),
                name="people_agency_validity",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            minben.kernel.actor.Role["CHECKER"],
                            minben.kernel.actor.Role["OFFICER"],
                            minben.kernel.actor.Role["LEAD"],
                            minben.kernel.actor.Role["ADMINISTRATOR"],
                            minben.kernel.actor.Role["CLERK"],
                        ],
                    )
                ),
                name="people_grant_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until", None), ("until__gt", models.F("since")), _connector="OR"
                ),
                name="people_grant_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("agency__isnull", False),
                        (
                            "role__in",
                            [minben.kernel.actor.Role["OFFICER"], minben.kernel.actor.Role["LEAD"]],
                        ),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "role__in",
                                [
                                    minben.kernel.actor.Role["OFFICER"],
                                    minben.kernel.actor.Role["LEAD"],
                                ],
                            ),
                            _negated=True,
                        ),
                        ("agency", None),
                    ),
                    _connector="OR",
                ),
                name="people_grant_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("user", "role", "agency"),
                name="people_grant_once",
            ),
        ),
    ]
