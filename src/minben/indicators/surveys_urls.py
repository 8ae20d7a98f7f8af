"""Addresses of surveys and of the platform's own conduct; they stand before the codes of methods."""

from django.urls import URLPattern, URLResolver, path

from minben.indicators.views import conduct, surveys

surveys_urls: list[URLPattern | URLResolver] = [
    path("indicators/surveys/", surveys.surveys, name="surveys"),
    path("indicators/surveys/<str:code>/", surveys.survey, name="survey"),
    path("indicators/surveys/<str:code>/waves.csv", surveys.survey_csv, name="survey_csv"),
    path("indicators/surveys/<str:code>/statements.csv", surveys.statements, name="statements_csv"),
    path("indicators/conduct/", conduct.conduct, name="conduct"),
]
