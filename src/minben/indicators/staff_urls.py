"""Pages of the staff desk, under ``/desk/``."""

from django.urls import URLPattern, URLResolver, path

from minben.indicators.views.desk import claims, intakes, methods, services, sources, units

app_name = "indicators_desk"
SOURCE = "indicators/sources/<str:code>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators/", sources.sources, name="sources"),
    path("indicators/new/", sources.new, name="new"),
    path("indicators/document/", sources.document, name="document"),
    path(SOURCE, sources.source, name="source"),
    path(f"{SOURCE}change/", sources.change, name="change"),
    path(f"{SOURCE}declare/", sources.declare, name="declare"),
    path(f"{SOURCE}import/", intakes.upload, name="upload"),
    path(f"{SOURCE}import/<int:staged_id>/", intakes.preview, name="preview"),
    path(f"{SOURCE}imports/<int:number>/", intakes.intake, name="intake"),
    path(f"{SOURCE}imports/<int:number>/files/<int:pk>/", intakes.file, name="file"),
    path(f"{SOURCE}imports/<int:number>/withdraw/", intakes.withdraw, name="withdraw"),
    path(f"{SOURCE}statements/", claims.claims, name="claims"),
    path(f"{SOURCE}statements/new/", claims.add, name="add_claim"),
    path(f"{SOURCE}statements/<int:pk>/", claims.claim, name="claim"),
    path(f"{SOURCE}statements/<int:pk>/withdraw/", claims.withdraw, name="withdraw_claim"),
    path("indicators/units/", units.units, name="units"),
    path("indicators/units/add/", units.add, name="add_units"),
    path("indicators/units/add/service/", services.add, name="add_service"),
    path("indicators/units/<str:code>/", units.unit, name="unit"),
    path("indicators/units/<str:code>/change/", services.change, name="change_service"),
    path("indicators/units/<str:code>/names/<int:pk>/", units.remove, name="remove_alias"),
    path("indicators/methods/", methods.methods, name="methods"),
    path("indicators/methods/add/", methods.add, name="add_method"),
    path("indicators/methods/<str:code>/compute/", methods.compute, name="compute"),
]
