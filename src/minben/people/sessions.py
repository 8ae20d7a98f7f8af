"""Sessions in the database (登入階段), read by one prepared statement."""

from functools import cache
from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from minben.base.immediate import fetch_one


class SessionStore(db.SessionStore):
    """Django's own store; everybody who is signed in reads it with each request."""

    def load(self) -> dict[str, Any]:  # Any: whatever a session holds
        if self.session_key is None:
            return {}
        # Sessions end by the machine's clock, as their cookies do in the browser.
        now = connection.ops.adapt_datetimefield_value(_machine_now())
        found = fetch_one(_question(), [self.session_key, now])
        if found is None:
            self._session_key = None
            return {}
        content: dict[str, Any] = self.decode(found[0])
        return content


def _machine_now() -> Any:  # Any: an aware datetime
    return timezone.now()  # noqa: TID251  as above


@cache
def _question() -> str:
    table = db.SessionStore.get_model_class()._meta.db_table
    return (
        f"SELECT session_data FROM {table} "  # noqa: S608  a name of ours
        "WHERE session_key = %s AND expire_date > %s"
    )
