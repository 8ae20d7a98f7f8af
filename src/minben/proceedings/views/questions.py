"""The question wall: for everybody, and for whoever runs the meeting."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from minben.base.access import Request, official, public, verified
from minben.base.hot_pages import kept
from minben.base.staff import UNPROCESSABLE, found, put_beside, show
from minben.kernel import clock
from minben.kernel.refusal import Refusal
from minben.proceedings import actions, streaming
from minben.proceedings.forms.meetings import AnswerForm, AskForm, HideForm
from minben.proceedings.permissions import WRITING
from minben.proceedings.queries import questions
from minben.proceedings.rules.questions import HideGround, wall_fault
from minben.proceedings.views.found import public_meeting, run_meeting
from minben.proceedings.views.sheets import OPEN

LATER = 60  # seconds until a stream may be free again


def _fault(meeting: Any, request: Request) -> str:  # Any: the model is private to meetings
    return wall_fault(
        announced=meeting.is_public,
        over=meeting.state != "announced",
        ends_at=meeting.ends_at,
        at=request.at,
    )


def _page(request: Request, number: str, form: AskForm, status: int = 200) -> HttpResponse:
    meeting = public_meeting(number)
    rows = questions.wall(meeting.pk, request.actor.person_id)
    context = {
        "meeting": meeting,
        "rows": rows,
        "form": form,
        "fault": _fault(meeting, request),
        "signed_in": request.actor.person_id is not None,
        "verified": request.actor.verified,
    }
    return render(request, "proceedings/wall.html", context, status=status)


@public
@kept()
def wall(request: Request, number: str) -> HttpResponse:
    """What is asked, most wanted first. Two queries, and those of the frame."""
    return _page(request, number, AskForm())


@verified
def ask(request: Request, number: str) -> HttpResponse:
    """Ask something; a refused question comes back as it was typed."""
    if request.method != "POST":
        return redirect("proceedings:wall", number=number)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, number, form, UNPROCESSABLE)
    try:
        asked = actions.ask_question(
            meeting_number=number,
            text=form.cleaned_data["text"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return _page(request, number, form, put_beside(form, refusal))
    messages.success(request, _("Your question stands on the wall."))
    return redirect(f"{reverse('proceedings:wall', args=[number])}#q{asked.pk}")


@verified
def want(request: Request, number: str, question_id: int) -> HttpResponse:
    """Want a question answered, or take that back."""
    if request.method == "POST":
        meeting = public_meeting(number)
        found(questions.one(meeting.pk, question_id))
        back = request.POST.get("act") == "back"
        act = actions.unwant_question if back else actions.want_question
        act(question_id=question_id, by=request.actor, at=request.at)
    return redirect(f"{reverse('proceedings:wall', args=[number])}#q{question_id}")


@public
@kept(seconds=1, same_for_all=True)
def standing(request: Request, number: str) -> HttpResponse:
    """Order, votes and states as JSON, for pages that ask now and then. Two queries, none warm."""
    meeting = public_meeting(number)
    return HttpResponse(
        streaming.body_of(meeting.pk), content_type="application/json", headers=OPEN
    )


@public
def stream(request: Request, number: str) -> HttpResponseBase:
    """The same as server-sent events; 503 when all streams of this process are taken."""
    meeting = public_meeting(number)
    if _fault(meeting, request):
        return HttpResponse(status=204)  # which tells a browser not to come again
    seat = streaming.seats.take()
    if seat is None:
        return HttpResponse(status=503, headers={"Retry-After": str(LATER)})
    pk, ends_at = meeting.pk, meeting.ends_at
    offset = clock.offset()  # of this request; the stream goes on without it

    def is_over() -> bool:
        return ends_at is None or clock.now() - clock.offset() + offset >= ends_at

    return StreamingHttpResponse(
        streaming.Stream(seat, lambda: streaming.walls.look(pk), is_over),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@official(*WRITING)
def moderation(request: Request, number: str) -> HttpResponse:
    """All questions for whoever runs the meeting, hidden ones with their words."""
    meeting = run_meeting(request, number)
    context = {"meeting": meeting, "rows": questions.wall(meeting.pk)}
    return show(request, "proceedings/staff/questions.html", context)


@official(*WRITING)
def question(request: Request, number: str, question_id: int) -> HttpResponse:
    """One question: answered, hidden, or shown again."""
    meeting = run_meeting(request, number)
    row = found(questions.one(meeting.pk, question_id))
    act = request.POST.get("act", "") if request.method == "POST" else ""
    answer = AnswerForm(request.POST if act == "answer" else None)
    hide = HideForm(request.POST if act == "hide" else None)
    form = hide if act == "hide" else answer
    status = 200
    if act:
        status = _moderated(request, question_id, act, form)
        if status == 200:
            return redirect("proceedings_desk:questions", number=number)
    context = {"meeting": meeting, "row": row, "answer": answer, "hide": hide, "form": form}
    return show(request, "proceedings/staff/question.html", context, status)


def _moderated(request: Request, question_id: int, act: str, form: AnswerForm | HideForm) -> int:
    """Do what was asked for; the status says whether it was done."""
    who: dict[str, Any] = {"question_id": question_id, "by": request.actor, "at": request.at}
    if act == "show":
        actions.show_question(**who)
        return 200
    if not form.is_valid():
        return UNPROCESSABLE
    typed = form.cleaned_data
    try:
        if isinstance(form, HideForm):
            ground = HideGround(typed["ground"])
            actions.hide_question(ground=ground, reason=typed["reason"], **who)
        else:
            actions.answer_question(answer=typed["answer"], **who)
    except Refusal as refusal:
        return put_beside(form, refusal)
    return 200
