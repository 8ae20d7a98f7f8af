from django.urls import re_path

from minben.discussion import views

app_name = "discussion"
urlpatterns = [
    re_path(r"^files/(?P<sha256>[0-9a-f]{64})/(?P<name>[^/]{1,120})$", views.file, name="file"),
]
