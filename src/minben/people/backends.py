"""Who an account is, request after request (帳號讀取): the library's backend, with a cheaper read."""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

from minben.base.immediate import fetch_one
from minben.people.models import User


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # without types of its own
    """Signs in as the library does; reads the account with one prepared statement."""

    def get_user(self, user_id: Any) -> User | None:  # Any: what the session holds
        if connection.vendor != "postgresql":  # its values need no conversion; SQLite's do
            found: User | None = super().get_user(user_id)
            return found
        row = fetch_one(_question(), [int(user_id)])
        if row is None:
            return None
        user = User.from_db("default", _names(), row)
        return user if self.user_can_authenticate(user) else None


@cache
def _names() -> list[str]:
    return [field.attname for field in User._meta.concrete_fields]


@cache
def _question() -> str:
    columns = ", ".join(f'"{field.column}"' for field in User._meta.concrete_fields)
    return f"SELECT {columns} FROM {User._meta.db_table} WHERE id = %s"  # noqa: S608  names only
