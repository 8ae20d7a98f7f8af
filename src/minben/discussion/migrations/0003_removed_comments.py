"""A comment whose author was erased keeps its place, without a name and without its text."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("discussion", "0002_foreign_keys")]

    operations = [
        migrations.AddField(
            model_name="comment", name="removed_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=Q(removed_at=None) | Q(author_name="", body=""),
                name="discussion_removed_is_gone",
            ),
        ),
    ]
