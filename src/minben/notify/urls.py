from django.urls import path

from minben.notify import views

app_name = "notify"
urlpatterns = [
    path("notices/stop/<str:token>/", views.stop, name="stop"),
    path("account/notices/", views.notices, name="notices"),
    path("account/notices/prove/<str:token>/", views.prove, name="prove"),
]
