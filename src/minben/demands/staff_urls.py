"""Pages of the staff desk, under ``/desk/``."""

from django.urls import URLPattern, URLResolver, path

from minben.demands.views import changing, correcting, drafting, splitting

app_name = "demands_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<slug:number>/demands/", splitting.split, name="split"),
    path("cases/<slug:number>/demands/publish/", splitting.publish, name="publish"),
    path(
        "cases/<slug:number>/demands/dispositions/",
        splitting.publish_dispositions,
        name="publish_dispositions",
    ),
    path("demands/corrections/<int:correction_id>/", splitting.answer, name="answer"),
    path("demands/<int:demand_id>/", drafting.demand, name="demand"),
    path("demands/<int:demand_id>/move/", splitting.move, name="move"),
    path("demands/<int:demand_id>/change/", changing.change, name="change"),
    path("demands/<int:demand_id>/restore/", changing.restore, name="restore"),
    path("demands/<int:demand_id>/hand-in/", drafting.hand_in, name="hand_in"),
    path("demands/<int:demand_id>/clear/", drafting.clear, name="clear"),
    path("demands/<int:demand_id>/dispose/", drafting.dispose, name="dispose"),
    path("demands/<int:demand_id>/take-back/", drafting.take_back, name="take_back"),
    path("demands/<int:demand_id>/correct/", correcting.correct, name="correct"),
]
