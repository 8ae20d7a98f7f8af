from django.urls import URLPattern, URLResolver, path

from minben.indicators.surveys_urls import surveys_urls
from minben.indicators.views.public import explorer, files, method, overview, registry, services

app_name = "indicators"
# Fixed words (rules.PAGES) stand before the codes of methods, which nobody may call the same.
urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators/", overview.overview, name="overview"),
    path("indicators/list/<str:code>/", registry.indicator, name="indicator"),
    path(
        "indicators/list/<str:code>/files/<slug:kind>", files.indicator_file, name="indicator_file"
    ),
    path("indicators/services/", services.services, name="services"),
    path("indicators/services/services.csv", services.services_file, name="services_file"),
    path(
        "indicators/list/<str:code>/figures/<slug:kind>.<slug:form>",
        files.indicator_figure,
        name="indicator_figure",
    ),
    path("indicators/units/<str:code>/", registry.unit, name="unit"),
    path("indicators/sources/<str:code>/", registry.source, name="source"),
    *surveys_urls,
    path("indicators/<str:code>/", explorer.explorer, name="explorer"),
    path("indicators/<str:code>/method/", method.method, name="method"),
    path("indicators/<str:code>/recipe.json", files.recipe, name="recipe"),
    path("indicators/<str:code>/files/<slug:kind>", files.index_file, name="index_file"),
    path(
        "indicators/<str:code>/figures/<slug:kind>.<slug:form>",
        files.figure,
        name="figure",
    ),
]
