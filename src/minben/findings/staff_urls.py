"""Pages of the staff desk, under ``/desk/``."""

from django.urls import URLPattern, URLResolver, path

from minben.findings.views import desk

app_name = "findings_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<str:number>/findings/", desk.of_case, name="of_case"),
    path("findings/<int:pk>/", desk.study, name="study"),
    path("findings/<int:pk>/add/", desk.add, name="add"),
    path("findings/<int:pk>/publish/", desk.publish, name="publish"),
    path("findings/<int:pk>/retest/", desk.retest, name="retest"),
    path("findings/seen/<int:pk>/", desk.change, name="change"),
    path("findings/seen/<int:pk>/remove/", desk.remove, name="remove"),
    path("findings/seen/<int:pk>/fix/", desk.fix, name="fix"),
]
