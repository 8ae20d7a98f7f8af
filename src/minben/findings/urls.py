from django.urls import URLPattern, URLResolver, path

from minben.findings.views import public

app_name = "findings"
urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<str:number>/findings/", public.findings, name="page"),
]
