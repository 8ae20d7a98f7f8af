"""Keyed hashes of mobile numbers (門號雜湊): which account a number confirmed, without the number.

There are few mobile numbers, so a plain hash is found by trying them all; the key, which is not in
the database, prevents that. It comes from the platform's secret; hashes under a replaced secret
are found as long as it is listed in ``SECRET_KEY_FALLBACKS``.
"""

import hmac
from functools import cache
from hashlib import sha256

from django.conf import settings


def digest_of(number: str) -> str:
    """The hash a number (E.164) is kept under: 64 hexadecimal digits."""
    return _digest(settings.SECRET_KEY, number)


def digests_of(number: str) -> list[str]:
    """Every hash a number may stand under: today's first, then those of replaced secrets."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [_digest(secret, number) for secret in secrets]


def _digest(secret: str, number: str) -> str:
    return hmac.new(_key(secret), number.encode(), sha256).hexdigest()


@cache
def _key(secret: str) -> bytes:
    return hmac.new(secret.encode(), b"minben bound number v1", sha256).digest()
