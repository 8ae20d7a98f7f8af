"""The transcript for whoever runs the meeting: importing, linking, the window, redacting, publishing."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minben.base.access import Request, official
from minben.base.staff import UNPROCESSABLE, found, page_of, put_beside, show
from minben.kernel.refusal import Refusal
from minben.proceedings import actions
from minben.proceedings.forms.transcripts import (
    DecisionForm,
    ImportForm,
    SpeakerForm,
    StaffRedactionForm,
)
from minben.proceedings.permissions import WRITING
from minben.proceedings.queries import transcripts
from minben.proceedings.rules.transcripts import WINDOW, RedactionGround
from minben.proceedings.views.found import run_meeting

PER_PAGE = 100


@official(*WRITING)
def transcript(request: Request, number: str) -> HttpResponse:
    """Everything there is to be done with a transcript, in its order."""
    meeting = run_meeting(request, number)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    forms = _forms(request, act)
    status = 200
    if act:
        status = _act(request, number, act, forms[act] if act in forms else forms["import"])
        if status == 200:
            return redirect("proceedings_desk:transcript", number=number)
    held = transcripts.of_meeting(meeting.pk)
    context: dict[str, Any] = {
        "meeting": meeting,
        "transcript": held,
        "forms": forms,
        "form": forms.get(act, forms["import"]),
        "window": WINDOW,
    }
    if held:
        page = page_of(request, transcripts.turns_of(held.pk), PER_PAGE)
        grounds = transcripts.grounds_of(page.object_list)
        context |= {
            "page": page,
            "rows": [(turn, grounds.get(turn.pk, {})) for turn in page.object_list],
            "speakers": transcripts.speakers_of(held.pk),
            "requests": [(row, DecisionForm()) for row in transcripts.requests_of(held.pk)],
            "may_publish": held.due_at is not None and held.due_at <= request.at,
        }
    return show(request, "proceedings/staff/transcript.html", context, status)


def _forms(request: Request, act: str) -> dict[str, Form]:
    """The forms of the page; the one that was sent holds what was typed."""

    def sent(name: str) -> Any:  # Any: what Django's forms take
        return request.POST if act == name else None

    return {
        "import": ImportForm(sent("import"), request.FILES if act == "import" else None),
        "redact": StaffRedactionForm(sent("redact")),
        "open": Form(sent("open")),
        "publish": Form(sent("publish")),
    }


def _act(request: Request, number: str, act: str, form: Form) -> int:
    """Do one act; the status says whether it was done."""
    if not form.is_valid():
        return UNPROCESSABLE
    who: dict[str, Any] = {"meeting_number": number, "by": request.actor, "at": request.at}
    try:
        if act == "open":
            actions.open_window(**who)
            messages.success(request, _("The speakers are invited to check their words."))
        elif act == "publish":
            actions.publish_transcript(**who)
            messages.success(request, _("The transcript is public."))
        elif isinstance(form, StaffRedactionForm):
            _redact(request, number, form.cleaned_data)
        elif isinstance(form, ImportForm):
            actions.import_transcript(text=form.words(), **who)
            messages.success(request, _("The transcript is imported."))
    except Refusal as refusal:
        return put_beside(form, refusal)
    return 200


def _redact(request: Request, number: str, typed: dict[str, Any]) -> None:
    meeting = run_meeting(request, number)
    held = found(transcripts.of_meeting(meeting.pk))
    turn = transcripts.turns_of(held.pk).filter(number=typed["turn"]).first()
    actions.redact_turn(
        turn_id=turn.pk if turn else 0,
        passage=typed["passage"],
        ground=RedactionGround(typed["ground"]),
        reason=typed["reason"],
        by=request.actor,
        at=request.at,
    )
    messages.success(request, _("The passage is redacted."))


@official(*WRITING)
def speaker(request: Request, number: str, speaker_id: int) -> HttpResponse:
    """Whose account a speaker is."""
    meeting = run_meeting(request, number)
    held = found(transcripts.of_meeting(meeting.pk))
    rows = {row.pk: row for row in transcripts.speakers_of(held.pk)}
    row = found(rows.get(speaker_id))
    form = SpeakerForm(
        request.POST if request.method == "POST" else None,
        initial={"email": row.person.email if row.person else ""},
    )
    status = 200
    if request.method == "POST":
        status = _linked(request, number, speaker_id, form)
        if status == 200:
            return redirect("proceedings_desk:transcript", number=number)
    context = {"meeting": meeting, "speaker": row, "form": form}
    return show(request, "proceedings/staff/speaker.html", context, status)


def _linked(request: Request, number: str, speaker_id: int, form: SpeakerForm) -> int:
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        actions.link_speaker(
            meeting_number=number,
            speaker_id=speaker_id,
            email=form.cleaned_data["email"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return put_beside(form, refusal)
    return 200


@official(*WRITING)
@require_POST
def decide(request: Request, number: str, redaction_id: int) -> HttpResponse:
    """Grant or refuse a request for redaction."""
    run_meeting(request, number)
    actions.decide_redaction(
        redaction_id=redaction_id,
        granted=request.POST.get("granted") == "yes",
        reason=request.POST.get("reason", "")[:1000],
        by=request.actor,
        at=request.at,
    )
    return redirect("proceedings_desk:transcript", number=number)
