"""Where a request came from (來源位址), behind as many proxies as the host says are its own."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The visitor's address as text; empty when nothing trustworthy tells it.

    Each proxy adds the address it saw at the end of ``X-Forwarded-For``: counted from the end,
    what stands before our own proxies may be made up and is never read.
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if not proxies:
        return str(request.META.get("REMOTE_ADDR", ""))
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return seen[-proxies] if len(seen) >= proxies else ""
