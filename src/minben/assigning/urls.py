from django.urls import URLPattern, URLResolver

app_name = "assigning"
urlpatterns: list[URLPattern | URLResolver] = []
