"""Pages of the staff desk, under ``/desk/``."""

from django.urls import URLPattern, URLResolver, path

from minben.phrases import views

app_name = "phrases_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("phrases/", views.phrases, name="list"),
    path("phrases/new/", views.new, name="new"),
    path("phrases/<int:phrase_id>/", views.phrase, name="phrase"),
    path("phrases/<int:phrase_id>/retire/", views.retire, name="retire"),
]
