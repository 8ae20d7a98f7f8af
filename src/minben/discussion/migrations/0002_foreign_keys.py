"""Foreign keys to modules whose tables come later."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import minben.discussion.rules


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("discussion", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reports",
                to="discussion.comment",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="reporter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="storedfile",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="thread",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="discussion.thread",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("comment", "reporter"), name="discussion_report_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("settled_by", "")),
                    models.Q(
                        models.Q(("settled_by", ""), _negated=True), ("settled_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="discussion_report_settled_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.UniqueConstraint(
                fields=("owner", "sha256"), name="discussion_file_once"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["thread", "side", "at"], name="discussion_thread_side_at"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "side__in",
                        [
                            minben.discussion.rules.Side["PRO"],
                            minben.discussion.rules.Side["CON"],
                            minben.discussion.rules.Side["SUGGESTION"],
                        ],
                    )
                ),
                name="discussion_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("hidden_at", None),
                        ("hidden_by", ""),
                        ("hide_ground", ""),
                        ("hide_reason", ""),
                    ),
                    models.Q(
                        models.Q(("hidden_by", ""), _negated=True),
                        models.Q(("hide_reason", ""), _negated=True),
                        ("hidden_at__isnull", False),
                        (
                            "hide_ground__in",
                            [
                                minben.discussion.rules.HideGround["ABUSE"],
                                minben.discussion.rules.HideGround["PERSONAL_DATA"],
                                minben.discussion.rules.HideGround["ADVERTISING"],
                                minben.discussion.rules.HideGround["OFF_TOPIC"],
                                minben.discussion.rules.HideGround["ILLEGAL"],
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="discussion_hidden_whole",
            ),
        ),
    ]
