"""Who is signed in, asked for many sessions at once (多人登入查詢), in two statements."""

from collections.abc import Collection, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from minben.base.immediate import fetch_all
from minben.people.models import User
from minben.people.sessions import SessionStore


def accounts_of(session_keys: Collection[str]) -> dict[str, User]:
    """The account of each session that is good without any doubt, on PostgreSQL. Two statements.

    What needs a closer look (a replaced secret, an account that was closed) is left out: the
    ordinary way through the middleware looks closer.
    """
    sessions = dict(_sessions(session_keys))
    accounts = dict(_accounts({person for person, _ in sessions.values()}))
    found = {}
    for key, (person, mark) in sessions.items():
        account = accounts.get(person)
        if account is None or not account.is_active:
            continue
        if constant_time_compare(mark, account.get_session_auth_hash()):
            found[key] = account
    return found


def _sessions(keys: Collection[str]) -> Iterator[tuple[str, tuple[int, str]]]:
    store = SessionStore()
    table = SessionStore.get_model_class()._meta.db_table
    rows = fetch_all(
        f"SELECT session_key, session_data FROM {table} "  # noqa: S608  a name of ours
        "WHERE session_key = ANY(%s) AND expire_date > CURRENT_TIMESTAMP",
        [list(keys)],
    )
    for key, packed in rows:
        content: dict[str, Any] = store.decode(packed)  # Any: whatever a session holds
        person, mark = content.get(SESSION_KEY), content.get(HASH_SESSION_KEY)
        known = content.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        if person and mark and known:
            yield key, (int(person), mark)


def _accounts(ids: Collection[int]) -> Iterator[tuple[int, User]]:
    fields = User._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    names = [field.attname for field in fields]
    sql = f"SELECT {columns} FROM {User._meta.db_table} WHERE id = ANY(%s)"  # noqa: S608  names only
    for row in fetch_all(sql, [list(ids)]):
        account = User.from_db("default", names, row)
        yield account.pk, account
