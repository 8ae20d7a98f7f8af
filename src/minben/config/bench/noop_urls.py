"""Views that do nothing, beside those that do (空白對照)."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import include, path

from minben.base.access import Request, public


@public
def nothing(request: Request, number: str) -> HttpResponse:
    """Acknowledge at once: the middleware alone, which looks at no session by itself."""
    return HttpResponseRedirect(f"/proposals/{number}/endorsed/")


@public
def nobody(request: Request, number: str) -> HttpResponse:
    """Ask who it is, which reads session and account, and acknowledge."""
    if not request.actor.verified:
        return HttpResponse(status=403)
    return HttpResponseRedirect(f"/proposals/{number}/endorsed/")


@public
def empty(request: Request, number: str = "") -> HttpResponse:
    """A page without anything."""
    return HttpResponse("ok")


urlpatterns = i18n_patterns(
    path("proposals/<slug:number>/nothing/", nothing),
    path("proposals/<slug:number>/sign/", nobody),
    path("proposals/<slug:number>/", empty),
    path("account/", include("allauth.urls")),  # which its middleware knows by name
    prefix_default_language=False,
)
