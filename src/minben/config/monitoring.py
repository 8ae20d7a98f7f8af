"""What monitoring asks (監測): health and figures, answered before anything else is done.

These addresses need no host name we know, no https and no session, for they are asked from
inside. `/metrics` answers only those who may know.
"""

from collections.abc import Callable
from hmac import compare_digest
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from minben.base import metrics
from minben.base.access import public
from minben.config import health
from minben.config.figures import Figures

GetResponse = Callable[[HttpRequest], HttpResponse]
TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Whoever comes through a proxy wears its address: such a request proves nothing by where it is from.
FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_VIA",
)


def may_know(request: HttpRequest) -> bool:
    """The bearer of METRICS_TOKEN, or somebody directly from METRICS_NETWORKS."""
    token = settings.METRICS_TOKEN
    given = request.META.get("HTTP_AUTHORIZATION", "")
    if token and compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    if any(name in request.META for name in FORWARDED):
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in ip_network(one) for one in settings.METRICS_NETWORKS)


@public
@never_cache
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Everything monitoring wants to know; to others this address does not exist."""
    if not may_know(request):
        raise Http404
    return HttpResponse(metrics.exposition([Figures()]), content_type=TYPE)


urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", figures, name="metrics"),
]
VIEWS: dict[str, GetResponse] = {f"/{one.pattern}": one.callback for one in urlpatterns}


class MonitoringMiddleware:
    """Answers the addresses above first of all; who may not know is told there is nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = VIEWS.get(request.path_info)
        if view is None:
            return self.get_response(request)
        try:
            return view(request)
        except Http404:
            return HttpResponse("not found\n", status=404, content_type="text/plain")
