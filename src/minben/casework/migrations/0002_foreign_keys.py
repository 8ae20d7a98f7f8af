"""Foreign keys to modules whose tables come later."""

import django.db.models.deletion
from django.db import migrations, models

import minben.casework.rules


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.jurisdiction",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="lead",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.agency",
            ),
        ),
        migrations.AddField(
            model_name="caseagency",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
            ),
        ),
        migrations.AddField(
            model_name="caseagency",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="agencies",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="deadline",
            name="agency",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.agency",
            ),
        ),
        migrations.AddField(
            model_name="deadline",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deadlines",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.jurisdiction",
            ),
        ),
        migrations.AddField(
            model_name="response",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
            ),
        ),
        migrations.AddField(
            model_name="response",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="responses",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.jurisdiction",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="rule_set",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="casework.ruleset",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseagency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            minben.casework.rules.AgencyRole["LEAD"],
                            minben.casework.rules.AgencyRole["ASSIST"],
                        ],
                    )
                ),
                name="casework_agency_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseagency",
            constraint=models.UniqueConstraint(
                fields=("case", "agency"), name="casework_agency_once"
            ),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                condition=models.Q(("outcome", "open")), fields=["due_at"], name="casework_open_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            minben.casework.rules.DeadlineKind["CHECK"],
                            minben.casework.rules.DeadlineKind["ENDORSE_CLOSE"],
                            minben.casework.rules.DeadlineKind["RESPONSE"],
                            minben.casework.rules.DeadlineKind["APPEAL"],
                        ],
                    )
                ),
                name="casework_deadline_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", minben.casework.rules.Outcome["OPEN"]), ("outcome_at", None)
                    ),
                    models.Q(
                        (
                            "outcome__in",
                            [
                                minben.casework.rules.Outcome["MET"],
                                minben.casework.rules.Outcome["LAPSED"],
                                minben.casework.rules.Outcome["CANCELLED"],
                            ],
                        ),
                        ("outcome_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="casework_deadline_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gte", models.F("base_due_at"))),
                name="casework_deadline_only_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "open")),
                fields=("case", "kind"),
                name="casework_deadline_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="casework_pause_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "adoption__in",
                        [
                            "",
                            minben.casework.rules.Adoption["UNDER_STUDY"],
                            minben.casework.rules.Adoption["ADOPTED"],
                            minben.casework.rules.Adoption["PARTLY_ADOPTED"],
                            minben.casework.rules.Adoption["NOT_ADOPTED"],
                        ],
                    )
                ),
                name="casework_response_adoption",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_by", "")),
                    models.Q(
                        models.Q(("published_by", ""), _negated=True),
                        ("published_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="casework_response_published_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at", None),
                    ("interim", True),
                    ("archived", True),
                    models.Q(
                        models.Q(("adoption", ""), _negated=True),
                        models.Q(("analysis", ""), _negated=True),
                        models.Q(("adoption_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="casework_response_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                condition=models.Q(("interim", False), ("published_at__isnull", False)),
                fields=("case",),
                name="casework_response_one_final",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at", None)),
                fields=("case",),
                name="casework_response_one_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_force_until", None),
                    ("in_force_until__gt", models.F("in_force_from")),
                    _connector="OR",
                ),
                name="casework_ruleset_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.UniqueConstraint(
                fields=("jurisdiction", "in_force_from"), name="casework_ruleset_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at", None), ("closed_at__gte", models.F("filed_at")), _connector="OR"
                ),
                name="casework_case_closed_after_filed",
            ),
        ),
    ]
