"""Pages for everybody, under ``/meetings/``."""

from django.urls import path

from minben.meetings.views import ics, public, registering, rounds

app_name = "meetings"
urlpatterns = [
    path("meetings/", public.meetings, name="list"),
    path("meetings/topics/", rounds.all_rounds, name="rounds"),
    path("meetings/topics/<int:pk>/", rounds.one_round, name="round"),
    path("meetings/<slug:number>/", public.meeting, name="meeting"),
    path("meetings/<slug:number>/meeting.ics", ics.calendar, name="ics"),
    path("meetings/<slug:number>/register/", registering.register, name="register"),
    path("meetings/<slug:number>/give-up/", registering.give_up, name="give_up"),
    path("meetings/<slug:number>/suggest/", registering.suggest, name="suggest"),
]
