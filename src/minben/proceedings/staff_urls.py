"""Pages of the staff desk, under ``/desk/``."""

from django.urls import URLPattern, URLResolver, path

from minben.proceedings.views import concepts, drawing, keeping, questions

app_name = "proceedings_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<slug:number>/issues/", drawing.issues, name="issues"),
    path("cases/<slug:number>/issues/<int:key>/", drawing.issue, name="issue"),
    path("cases/<slug:number>/issues/<int:key>/change/", drawing.change_issue, name="change_issue"),
    path("cases/<slug:number>/stakeholders/", drawing.stakeholders, name="stakeholders"),
    path("cases/<slug:number>/stakeholders/<int:key>/", drawing.stakeholder, name="stakeholder"),
    path(
        "cases/<slug:number>/issues/publish/",
        drawing.publish,
        {"kind": "issues"},
        name="publish_issues",
    ),
    path(
        "cases/<slug:number>/stakeholders/publish/",
        drawing.publish,
        {"kind": "stakeholders"},
        name="publish_stakeholders",
    ),
    path("meetings/<slug:number>/questions/", questions.moderation, name="questions"),
    path(
        "meetings/<slug:number>/questions/<int:question_id>/", questions.question, name="question"
    ),
    path("meetings/<slug:number>/concepts/", concepts.concepts, name="concepts"),
    path("meetings/<slug:number>/concepts/publish/", concepts.publish, name="publish_concepts"),
    path("meetings/<slug:number>/concepts/<int:concept_id>/", concepts.edit, name="concept"),
    path("meetings/<slug:number>/transcript/", keeping.transcript, name="transcript"),
    path(
        "meetings/<slug:number>/transcript/speakers/<int:speaker_id>/",
        keeping.speaker,
        name="speaker",
    ),
    path(
        "meetings/<slug:number>/transcript/redactions/<int:redaction_id>/",
        keeping.decide,
        name="decide_redaction",
    ),
]
