"""Pages for citizens."""

from django.urls import URLPattern, URLResolver, path

from minben.proceedings.views import concepts, questions, sheets, transcripts

app_name = "proceedings"
urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<slug:number>/issues/", sheets.issues, name="issues"),
    path("cases/<slug:number>/issues.svg", sheets.issues_svg, name="issues_svg"),
    path(
        "cases/<slug:number>/issues.json",
        sheets.sheet_json,
        {"kind": "issues"},
        name="issues_json",
    ),
    path("cases/<slug:number>/stakeholders/", sheets.stakeholders, name="stakeholders"),
    path(
        "cases/<slug:number>/stakeholders.json",
        sheets.sheet_json,
        {"kind": "stakeholders"},
        name="stakeholders_json",
    ),
    path("meetings/<slug:number>/questions/", questions.wall, name="wall"),
    path("meetings/<slug:number>/questions/ask/", questions.ask, name="ask"),
    path("meetings/<slug:number>/questions/<int:question_id>/want/", questions.want, name="want"),
    path("meetings/<slug:number>/questions.json", questions.standing, name="standing"),
    path("meetings/<slug:number>/questions/stream", questions.stream, name="stream"),
    path("meetings/<slug:number>/concepts/", concepts.published, name="concepts"),
    path("meetings/<slug:number>/transcript/", transcripts.transcript, name="transcript"),
    path(
        "meetings/<slug:number>/transcript.txt",
        transcripts.transcript_text,
        name="transcript_text",
    ),
    path(
        "meetings/<slug:number>/transcript.json",
        transcripts.transcript_json,
        name="transcript_json",
    ),
    path("meetings/<slug:number>/words/", transcripts.words, name="check_words"),
    path("meetings/<slug:number>/words/<int:turn>/", transcripts.turn, name="turn"),
]
