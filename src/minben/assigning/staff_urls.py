"""Pages of the staff desk, under ``/desk/``."""

from django.urls import path

from minben.assigning import views

app_name = "assigning_desk"
urlpatterns = [
    path("offers/", views.offers, name="offers"),
    path("offers/<int:offer_id>/", views.offer, name="offer"),
    path("offers/<int:offer_id>/accept/", views.accept, name="accept"),
    path("offers/<int:offer_id>/dispute/", views.dispute, name="dispute"),
    path("offers/<int:offer_id>/escalate/", views.escalate, name="escalate"),
    path("offers/<int:offer_id>/decide/", views.decide, name="decide"),
]
