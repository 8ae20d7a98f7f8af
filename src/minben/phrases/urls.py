from django.urls import URLPattern, URLResolver

app_name = "phrases"
urlpatterns: list[URLPattern | URLResolver] = []
