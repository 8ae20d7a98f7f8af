"""What templates may say about stopped services."""

from typing import Any

from django.http import HttpRequest

from minben.operations import switches
from minben.operations.rules import Service


def stopped(request: HttpRequest) -> dict[str, Any]:  # Any: template context
    """`stops`: what is stopped and concerns a visitor; the read-only platform says it all."""
    found = switches.stops()
    if not found:
        return {"stops": ()}
    if everything := found.get(Service.EVERYTHING):
        return {"stops": (everything,)}
    return {"stops": tuple(found[service] for service in Service if service in found)}
