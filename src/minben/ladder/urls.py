from django.urls import URLPattern, URLResolver, path

from minben.ladder.views import public

app_name = "ladder"
urlpatterns: list[URLPattern | URLResolver] = [
    path("about/ladder/", public.ladder, name="about"),
]
