"""The URL tree. English lives under /en/; Traditional Chinese has no prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from minben.config.api import api
from minben.portal.views.about import api_page

# Modules whose pages for citizens and for staff stand in their own two files.
HANDLING = (
    "assigning",
    "phrases",
    "demands",
    "answering",
    "meetings",
    "proceedings",
    "findings",
    "ladder",
    "indicators",
)

urlpatterns = [
    path("", include("minben.config.monitoring")),
    path("api/v1/", include("minben.config.api")),
    path("ledger/", include("minben.ledger.urls")),
    *i18n_patterns(
        path("", include("minben.portal.urls")),
        path("about/api/", api_page, {"schema": api.get_openapi_schema}, name="api_page"),
        path("", include("minben.proposals.urls")),
        path("", include("minben.discussion.urls")),
        path("", include("minben.people.urls")),
        path("", include("minben.notify.urls")),
        *(path("", include(f"minben.{name}.urls")) for name in HANDLING),
        path("desk/", include("minben.desk.urls")),
        *(path("desk/", include(f"minben.{name}.staff_urls")) for name in HANDLING),
        path("account/", include("allauth.urls")),
        path("dev/", include("minben.simulation.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "minben.base.errors.bad_request"
handler500 = "minben.base.errors.server_error"
