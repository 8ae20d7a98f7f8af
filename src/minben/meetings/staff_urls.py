"""Pages of the staff desk, under ``/desk/``."""

from django.urls import path

from minben.meetings.views import desk, papers, preparing, results, voting

app_name = "meetings_desk"
_ONE = "meetings/<slug:number>/"
urlpatterns = [
    path("meetings/", desk.meetings, name="list"),
    path("meetings/new/", desk.new, name="new"),
    path("meetings/actions/", results.agency_actions, name="actions"),
    path("meetings/topics/", voting.all_rounds, name="rounds"),
    path("meetings/topics/new/", voting.open_round, name="open_round"),
    path("meetings/topics/<int:pk>/", voting.one_round, name="round"),
    path("meetings/topics/<int:pk>/nominate/", voting.nominate, name="nominate"),
    path("meetings/topics/<int:pk>/vote/", voting.vote, name="vote"),
    path(_ONE, desk.meeting, name="meeting"),
    path(_ONE + "change/", desk.change, name="change"),
    path(_ONE + "announce/", desk.announce, name="announce"),
    path(_ONE + "invite/", desk.invite, name="invite"),
    path(_ONE + "hold/", desk.hold, name="hold"),
    path(_ONE + "cancel/", desk.cancel, name="cancel"),
    path(_ONE + "tasks/", preparing.add_task, name="add_task"),
    path(_ONE + "tasks/<int:task_id>/", preparing.tick_task, name="tick_task"),
    path(_ONE + "agenda/", preparing.add_agenda, name="add_agenda"),
    path(_ONE + "agenda/<int:item_id>/", preparing.remove_agenda, name="remove_agenda"),
    path(_ONE + "people/", preparing.name_participant, name="name_participant"),
    path(_ONE + "people/<int:pk>/not-coming/", preparing.not_coming, name="not_coming"),
    path(_ONE + "people/<int:pk>/accept/", preparing.accept, name="accept"),
    path(_ONE + "people/<int:pk>/table/", preparing.table, name="table"),
    path(_ONE + "groups/", preparing.groups, name="groups"),
    path(_ONE + "attendance/", preparing.attendance, name="attendance"),
    path(_ONE + "print/", papers.papers, name="papers"),
    path(_ONE + "print/<slug:code>.pdf", papers.paper, name="paper"),
    path(_ONE + "report/", results.report, name="report"),
    path(_ONE + "report/publish/", results.publish, name="publish_report"),
    path(_ONE + "actions/", results.agree, name="agree"),
    path(_ONE + "actions/<int:position>/", results.report_action, name="report_action"),
]
