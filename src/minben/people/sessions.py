"""Sessions in the database (登入階段), read by one prepared statement."""

from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from minben.base.immediate import fetch_one

if TYPE_CHECKING:
    from minben.people.models import AccountSession


class SessionStore(db.SessionStore):
    """Django's own store; everybody who is signed in reads it with each request."""

    @classmethod
    def get_model_class(cls) -> "type[AccountSession]":
        """The rows, which tell whose a session is."""
        from minben.people.models import AccountSession

        return AccountSession

    def create_model_instance(self, data: dict[str, Any]) -> "AccountSession":  # Any: as below
        """The row for what a session holds."""
        row: Any = super().create_model_instance(data)
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row  # type: ignore[no-any-return]

    def load(self) -> dict[str, Any]:  # Any: whatever a session holds
        if self.session_key is None:
            return {}
        found = fetch_one(_question(), [self.session_key])
        if found is None:
            self._session_key = None
            return {}
        content: dict[str, Any] = self.decode(found[0])
        return content


@cache
def _question() -> str:
    # Sessions end by the database's clock, as their cookies do by the browser's: a sandbox that
    # moves its own signs nobody out. SQLite keeps instants as text in UTC, which sorts.
    table = SessionStore.get_model_class()._meta.db_table
    return (
        f"SELECT session_data FROM {table} "  # noqa: S608  a name of ours
        "WHERE session_key = %s AND expire_date > CURRENT_TIMESTAMP"
    )
