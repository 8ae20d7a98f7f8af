"""Pages of the staff desk, under ``/desk/``."""

from django.urls import URLPattern, URLResolver

app_name = "proceedings_desk"
urlpatterns: list[URLPattern | URLResolver] = []
