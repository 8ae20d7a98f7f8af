"""Access marks (存取標記): every view wears exactly one, and a test walks the URL tree.

`public` anyone; `citizen` signed in; `verified` e-mail, mobile or counter, and residency
confirmed; `official` a staff role with a second factor; `sandbox` only on demo installations.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from minben.kernel.actor import Actor, ActorKind, Role

View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """A request after our middleware: what views may rely on."""

    at: Any  # datetime: the instant of this request, from the one clock
    actor: Actor


def _mark(view: View, mark: str) -> View:
    view.access_mark = mark  # type: ignore[attr-defined]
    return view


def _redirect(request: HttpRequest, name: str) -> HttpResponseBase:
    target = request.get_full_path() if request.method == "GET" else request.path
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': target})}")


def public(view: View) -> View:
    """Anyone may open it."""

    @wraps(view)
    def wrapper(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return _mark(wrapper, "public")


def citizen(view: View) -> View:
    """Somebody who is signed in."""

    @wraps(view)
    def wrapper(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor.kind is not ActorKind.PERSON:
            return _redirect(request, "account_login")
        return view(request, *args, **kwargs)

    return _mark(wrapper, "citizen")


def verified(view: View) -> View:
    """A signed-in person whose e-mail, mobile (or counter visit) and residency are confirmed."""

    @wraps(view)
    def wrapper(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor.kind is not ActorKind.PERSON:
            return _redirect(request, "account_login")
        if not request.actor.verified:
            return _redirect(request, "people:finish")
        return view(request, *args, **kwargs)

    return _mark(wrapper, "verified")


def official(*roles: Role) -> Callable[[View], View]:
    """Staff holding one of `roles`, signed in with a second factor or passkey."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.actor.kind is not ActorKind.PERSON:
                return _redirect(request, "account_login")
            if not any(request.actor.has(role) for role in roles):
                raise PermissionDenied
            if not request.actor.strong:
                return _redirect(request, "people:second_factor")
            return view(request, *args, **kwargs)

        return _mark(wrapper, "official:" + ",".join(sorted(roles)))

    return decorate


def sandbox(view: View) -> View:
    """Exists only on a demo installation; elsewhere it is not found."""

    @wraps(view)
    def wrapper(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.SANDBOX:
            raise Http404
        return view(request, *args, **kwargs)

    return _mark(wrapper, "sandbox")
