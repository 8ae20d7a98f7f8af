"""Migrating a large table while people write to it (大型資料表之索引)."""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class AddIndexWhileRunning(AddIndexConcurrently):
    """An index built without a lock on PostgreSQL, and plainly where nobody else can write."""

    def database_forwards(self, *args: Any, **kwargs: Any) -> None:  # Any: as Django calls it
        if args[1].connection.vendor == "postgresql":
            super().database_forwards(*args, **kwargs)
        else:
            migrations.AddIndex.database_forwards(self, *args, **kwargs)

    def database_backwards(self, *args: Any, **kwargs: Any) -> None:  # Any: as above
        if args[1].connection.vendor == "postgresql":
            super().database_backwards(*args, **kwargs)
        else:
            migrations.AddIndex.database_backwards(self, *args, **kwargs)
