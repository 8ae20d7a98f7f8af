from django.urls import URLPattern, URLResolver, path

from minben.answering.views import contacts, correcting, surveys

app_name = "answering"
urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<str:number>/contacts/<int:pk>/", contacts.contact, name="contact"),
    path("cases/<str:number>/corrections/", correcting.corrections, name="corrections"),
    path("cases/<str:number>/survey/", surveys.survey, name="survey"),
]
