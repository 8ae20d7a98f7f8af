"""What every template may rely on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from minben.kernel import clock


def site(request: HttpRequest) -> dict[str, Any]:  # Any: template context
    """`sandbox`, and `at`, the instant of this request."""
    return {"sandbox": settings.SANDBOX, "at": getattr(request, "at", None) or clock.now()}
