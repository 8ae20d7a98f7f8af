"""Who acts in this request (行為人)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from minben.people.queries import actor_of

STRONG_METHODS = frozenset({"mfa", "demo"})


def is_strong(request: HttpRequest) -> bool:
    """Say whether this session was opened with a second factor or a passkey.

    allauth records each method of signing in; the demo's one-click sign-in, which exists only
    on a sandbox, records itself as ``demo``.
    """
    records = request.session.get("account_authentication_methods", [])
    return any(
        record.get("method") in STRONG_METHODS or record.get("passwordless") for record in records
    )


class ActorMiddleware:
    """Sets `request.actor`, evaluated at first use so that public pages ask nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: actor_of(
                request.user,
                request.at,  # type: ignore[attr-defined]
                strong=request.user.is_authenticated and is_strong(request),
            )
        )
        return self.get_response(request)
