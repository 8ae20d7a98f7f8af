"""Pages of the staff desk, under ``/desk/``."""

from django.urls import URLPattern, URLResolver, path

from minben.answering.views import contacts, correcting, plans, posts, surveys

app_name = "answering_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<str:number>/plan/", plans.plan, name="plan"),
    path("cases/<str:number>/plan/publish/", plans.publish, name="publish_plan"),
    path("cases/<str:number>/contacts/", contacts.contacts, name="contacts"),
    path("cases/<str:number>/posts/", posts.posts, name="posts"),
    path("cases/<str:number>/corrections/", correcting.correct, name="corrections"),
    path("survey-words/", surveys.words, name="words"),
]
