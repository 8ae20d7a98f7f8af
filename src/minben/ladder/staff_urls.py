"""Pages of the staff desk, under ``/desk/``."""

from django.urls import URLPattern, URLResolver, path

from minben.ladder.views import desk

app_name = "ladder_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<str:number>/participation/", desk.of_case, name="of_case"),
    path("participation/<int:pk>/", desk.restate, name="restate"),
]
