from django.urls import URLPattern, path

from minben.proposals.views import ending, endorsing, feed, page, register, talking

app_name = "proposals"

_of_one: list[URLPattern] = [
    path("proposals/<slug:number>/", page.page, name="page"),
    path("proposals/<slug:number>/feed/", feed.page_feed, name="page_feed"),
    path("proposals/<slug:number>/endorse/", endorsing.endorse, name="endorse"),
    path("proposals/<slug:number>/endorsed/", endorsing.endorsed, name="endorsed"),
    path("proposals/<slug:number>/endorsements/", endorsing.endorsements, name="endorsements"),
    path(
        "proposals/<slug:number>/endorsements.csv",
        endorsing.endorsements_csv,
        name="endorsements_csv",
    ),
    path("proposals/<slug:number>/comment/", talking.comment, name="comment"),
    path("proposals/<slug:number>/comments/", talking.comments, name="comments"),
    path(
        "proposals/<slug:number>/comments/<int:comment>/report/",
        talking.comment_report,
        name="comment_report",
    ),
    path("proposals/<slug:number>/withdraw/", ending.withdraw, name="withdraw"),
    path("proposals/<slug:number>/appeal/", ending.appeal, name="appeal"),
    path("register/hidden/", register.hidden_register, name="hidden_register"),
    path("register/hidden/<slug:number>/", register.hidden_entry_page, name="hidden_entry"),
]

urlpatterns: list[URLPattern] = [*_of_one]
