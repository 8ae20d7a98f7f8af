from django.urls import path

from minben.people import agency_views, closing_views, views

app_name = "people"
urlpatterns = [
    path("agencies/", agency_views.agencies, name="agencies"),
    path("agencies/<slug:code>/", agency_views.agency, name="agency"),
    path("account/finish/", views.finish, name="finish"),
    path("account/profile/", views.profile, name="profile"),
    path("account/language/", views.language, name="language"),
    path("account/townships/", views.townships, name="townships"),
    path("account/second-factor/", views.second_factor, name="second_factor"),
    path("account/close/", closing_views.close, name="close"),
    path("account/close/keep/", closing_views.keep, name="keep"),
    # The library's page stands at this very address; ours leads back afterwards.
    path("account/phone/verify/", views.verify_phone, name="verify_phone"),
    path("account/phone/later/", views.phone_later, name="phone_later"),
    path("desk/counter/", views.counter, name="counter"),
]
