from django.urls import path

from minben.simulation import views

app_name = "simulation"
urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("accounts/", views.accounts, name="accounts"),
    path("clock/", views.move_clock, name="clock"),
]
