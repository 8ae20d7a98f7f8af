"""Who is signed in, asked for many sessions at once (多人登入查詢), in one statement."""

import json
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from minben.base.immediate import fetch_all
from minben.people.models import AccountSession, User
from minben.people.sessions import SessionStore

# What must be known of somebody who acts; the rest is asked for when it is needed.
_NEEDED = frozenset(
    {
        "id",
        "password",
        "is_active",
        "email_verified_at",
        "confirmed_at",
        "residency",
        "nickname",
        "county",
        "township",
        "ledger_secret",
    }
)


def accounts_of(session_keys: Collection[str]) -> dict[str, User]:
    """The account of each session that is good without any doubt, on PostgreSQL. One statement.

    What needs a closer look (a replaced secret, an account that was closed) is left out: the
    ordinary way through the middleware looks closer.
    """
    names, question = _question()
    store = SessionStore()
    found = {}
    for key, packed, *row in fetch_all(question, [json.dumps(list(session_keys))]):
        account = User.from_db("default", names, row)
        if account.is_active and _opened_by(account, store.decode(packed)):
            found[key] = account
    return found


def _opened_by(account: User, content: Mapping[str, Any]) -> bool:  # Any: whatever a session holds
    """Whether that account opened the session, with the password it still has."""
    mark: str = content.get(HASH_SESSION_KEY) or ""
    return (
        content.get(SESSION_KEY) == str(account.pk)
        and content.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and mark != ""
        and constant_time_compare(mark, account.get_session_auth_hash())
    )


@cache
def _question() -> tuple[list[str], str]:
    """The names of an account's columns as asked for, and the question."""
    # In the model's own order, in which `from_db` takes them.
    # Keys in one text: of an array the server would look at the length, and plan each time anew.
    names = [field.attname for field in User._meta.concrete_fields if field.attname in _NEEDED]
    columns = ", ".join(f"u.{name}" for name in names)
    sessions, users = AccountSession._meta.db_table, User._meta.db_table
    return names, (
        f"SELECT s.session_key, s.session_data, {columns}"  # noqa: S608  names of ours
        f" FROM json_array_elements_text(%s::json) AS asked(session_key)"
        f" JOIN {sessions} s USING (session_key)"
        f" JOIN {users} u ON u.id = s.account_id WHERE s.expire_date > CURRENT_TIMESTAMP"
    )
