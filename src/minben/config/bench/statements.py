"""How many statements one request sends to the database, counted and not estimated (查詢數)."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement sent meanwhile, also those that pass by the query builder.

    Of this thread on SQLite; of the whole process on PostgreSQL.
    """
    seen: list[str] = []
    if connection.vendor != "postgresql":
        with CaptureQueriesContext(connection) as captured:
            yield seen
        seen.extend(one["sql"] for one in captured.captured_queries)
        return
    from psycopg import Cursor

    real: Any = Cursor.execute

    def execute(cursor: Any, query: Any, *args: Any, **more: Any) -> Any:  # Any: psycopg's own
        seen.append(query if isinstance(query, str) else str(query))
        return real(cursor, query, *args, **more)

    Cursor.execute = execute  # type: ignore[method-assign, assignment]
    try:
        yield seen
    finally:
        Cursor.execute = real  # type: ignore[method-assign]


@contextmanager
def immediate_statements() -> Iterator[list[tuple[str, list[Any]]]]:
    """Statements of `minben.base.immediate` with their values."""
    seen: list[tuple[str, list[Any]]] = []
    inserting: Any = import_module("minben.proposals.actions.inserting")
    real = inserting.fetch_one

    def fetch_one(sql: str, parameters: Any) -> Any:  # Any: of columns
        seen.append((sql, list(parameters)))
        return real(sql, parameters)

    inserting.fetch_one = fetch_one
    try:
        yield seen
    finally:
        inserting.fetch_one = real


def browser(line: str) -> tuple[Client, str]:
    """A browser with the cookies of one line of the file of people, and its form token."""
    cookies, token = line.split()
    client = Client(enforce_csrf_checks=True, headers={"Host": "127.0.0.1"})
    for one in cookies.split(";"):
        name, _, value = one.partition("=")
        client.cookies[name] = value
    return client, token


def of_reading(path: str) -> dict[str, int]:
    """Statements of a page nobody has asked for, and of the same again at once."""
    Client(headers={"Host": "127.0.0.1"}).get(path)
    from minben.base import hot_pages

    hot_pages.forget_all()
    found = {}
    for name in ("cold", "warm"):
        with counted() as seen:
            answer = Client(headers={"Host": "127.0.0.1"}).get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        found[name] = len(seen)
    return found
