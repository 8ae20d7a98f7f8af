"""One statement straight to the database (單一敘述), for the paths that thousands take at once.

The query builder and the wrappers around its cursor cost several times what a prepared insert
does. Everything else goes through models.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
    with _run(sql, parameters) as cursor:
        row: tuple[Any, ...] | None = cursor.fetchone() if _gives_rows(cursor) else None
        return row


def fetch_all(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:  # Any: of columns
    """Run one statement and return all its rows. As :func:`fetch_one`."""
    with _run(sql, parameters) as cursor:
        return list(cursor.fetchall())


@contextmanager
def _run(sql: str, parameters: Sequence[Any]) -> Iterator[Any]:  # Any: a cursor of the driver
    connection.ensure_connection()
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            yield cursor
        return
    with connection.wrap_database_errors:
        cursor = _server_side()
        cursor.execute(sql, parameters)
        yield cursor


def _gives_rows(cursor: Any) -> bool:  # Any: as above
    """Whether the statement answers with rows; psycopg's `description` describes every column."""
    if connection.vendor != "postgresql":
        return cursor.description is not None
    return cursor.pgresult is not None and cursor.pgresult.nfields > 0


def _server_side() -> Any:  # Any: as above
    """A cursor that sends values apart from the statement, so that it can stay prepared.

    One for each connection, kept: making one costs as much as the statement.
    """
    from psycopg import Cursor

    raw: Any = connection.connection
    kept = connection.__dict__.get("immediate_cursor")
    if kept is None or kept.connection is not raw or kept.closed:
        kept = connection.__dict__["immediate_cursor"] = Cursor(raw)
    return kept
