"""One statement straight to the database (單一敘述), for the paths that thousands take at once.

The query builder and the wrappers around its cursor cost several times what a prepared insert
does. Everything else goes through models.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection


def fetch_one(sql: str, parameters: Sequence[Any]) -> tuple[Any, ...] | None:  # Any: of columns
    """Run one statement and return its first row, if it gives any.

    It runs in the caller's transaction, or is one of its own. On PostgreSQL the server keeps it
    prepared per connection, unless the connection says that it must not (behind a pooler that
    hands connections around).

    Raises:
        django.db.Error: as ever.
    """
    connection.ensure_connection()
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchone() if cursor.description else None
    raw: Any = connection.connection
    with connection.wrap_database_errors, _server_side(raw) as cursor:
        cursor.execute(sql, parameters)
        row: tuple[Any, ...] | None = cursor.fetchone() if cursor.description else None
        return row


def _server_side(raw: Any) -> Any:  # Any: psycopg's connection and cursor
    """A cursor that sends values apart from the statement, so that it can stay prepared."""
    from psycopg import Cursor

    return Cursor(raw)
