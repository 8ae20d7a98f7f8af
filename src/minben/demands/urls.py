from django.urls import URLPattern, URLResolver, path

from minben.demands.views import public

app_name = "demands"
urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<slug:number>/demands/", public.split, name="split"),
    path("cases/<slug:number>/demands/agree/", public.agree, name="agree"),
    path("cases/<slug:number>/demands/correct/", public.correct, name="correct"),
]
