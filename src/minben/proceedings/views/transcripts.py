"""The published transcript, and the pages where speakers check their own words."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from minben.base.access import Request, citizen, public
from minben.base.hot_pages import kept
from minben.base.staff import UNPROCESSABLE, found, page_of, put_beside
from minben.kernel.refusal import Refusal
from minben.proceedings import actions
from minben.proceedings.forms.transcripts import CorrectionForm, RedactionForm
from minben.proceedings.labels import WORDS
from minben.proceedings.queries import transcripts
from minben.proceedings.rules.transcripts import RedactionGround, pieces, window_open
from minben.proceedings.views.found import public_meeting
from minben.proceedings.views.sheets import OPEN

if TYPE_CHECKING:
    from minben.proceedings.models import Transcript, Turn

PER_PAGE = 300


@public
@kept()
def transcript(request: Request, number: str) -> HttpResponse:
    """What was said, by turns, each with an address of its own. Five queries at most."""
    meeting = public_meeting(number)
    held = found(transcripts.of_meeting(meeting.pk))
    context: dict[str, Any] = {"meeting": meeting, "transcript": held}  # Any: template context
    if not held.published_at:
        if held.due_at is None:
            raise Http404
        return render(request, "proceedings/transcript_waits.html", context)
    page = page_of(request, transcripts.turns_of(held.pk), PER_PAGE)
    grounds = transcripts.grounds_of(page.object_list)
    rows = [(turn, grounds.get(turn.pk, {})) for turn in page.object_list]
    context |= {"page": page, "rows": rows}
    return render(request, "proceedings/transcript.html", context)


@public
@kept()
def transcript_text(request: Request, number: str) -> HttpResponse:
    """The whole of it as plain text; a redaction is █ with its ground."""
    _, _, turns = _published(number)
    grounds = transcripts.grounds_of(turns)
    text = "".join(f"{turn.speaker.name}: {_plain(turn, grounds)}\n" for turn in turns)
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=OPEN)


@public
@kept()
def transcript_json(request: Request, number: str) -> HttpResponse:
    """The whole of it as data; its digest is that of ``speaker: text`` lines with the marks in them."""
    meeting, since, turns = _published(number)
    grounds = transcripts.grounds_of(turns)
    told = {
        "meeting": meeting.number,
        "published_at": since.isoformat(),
        "sha256": transcripts.digest_of((one.speaker.name, one.text) for one in turns),
        "turns": [
            {
                "number": one.number,
                "speaker": one.speaker.name,
                "text": one.text,
                "corrected": one.corrected_at is not None,
                "redactions": grounds.get(one.pk, {}),
            }
            for one in turns
        ],
    }
    return JsonResponse(told, headers=OPEN, json_dumps_params={"ensure_ascii": False})


def _published(number: str) -> tuple[Any, datetime, list["Turn"]]:
    """The meeting (Any: its model is private), since when its words are public, and all turns."""
    meeting = public_meeting(number)
    held = found(transcripts.of_meeting(meeting.pk))
    if not held.published_at:
        raise Http404
    return meeting, held.published_at, list(transcripts.turns_of(held.pk))


def _plain(turn: "Turn", grounds: dict[int, dict[int, str]]) -> str:
    words = WORDS["redaction"]
    known = grounds.get(turn.pk, {})
    return "".join(
        piece.text if piece.mark is None else f"█{words.get(known.get(piece.mark, ''), '')}█"
        for piece in pieces(turn.text)
    ).replace("\n", "\n  ")


def _own(request: Request, number: str) -> tuple[Any, "Transcript"]:
    """The meeting (Any: its model is private) and its transcript."""
    meeting = public_meeting(number)
    held = found(transcripts.of_meeting(meeting.pk))
    if held.opened_at is None:
        raise Http404
    return meeting, held


@citizen
def words(request: Request, number: str) -> HttpResponse:
    """One's own turns, and until when they can be corrected."""
    meeting, held = _own(request, number)
    turns = transcripts.own_turns(held.pk, request.actor.person_id or 0)
    if not turns:
        raise Http404
    running = window_open(opened_at=held.opened_at, due_at=held.due_at, at=request.at)
    context = {"meeting": meeting, "transcript": held, "turns": turns, "running": running}
    return render(request, "proceedings/words.html", context)


@citizen
def turn(request: Request, number: str, turn: int) -> HttpResponse:
    """One own turn: correct it, or ask that a passage is not shown."""
    meeting, held = _own(request, number)
    said = found(transcripts.own_turn(held.pk, request.actor.person_id or 0, turn))
    sent = request.POST if request.method == "POST" else None
    asks = bool(sent) and sent.get("act") == "redact" if sent else False
    correction = CorrectionForm(
        sent if sent and not asks else None,
        initial={"text": said.text, "revision": said.revision},
    )
    redaction = RedactionForm(sent if asks else None)
    status = 200
    if sent:
        form = redaction if asks else correction
        status = _done(request, said, form)
        if status == 200:
            return redirect("proceedings:check_words", number=number)
    context = {
        "meeting": meeting,
        "transcript": held,
        "turn": said,
        "correction": correction,
        "redaction": redaction,
        "form": redaction if asks else correction,
        "running": window_open(opened_at=held.opened_at, due_at=held.due_at, at=request.at),
    }
    return render(request, "proceedings/turn.html", context, status=status)


def _done(request: Request, said: "Turn", form: CorrectionForm | RedactionForm) -> int:
    """Do what was asked for; the status says whether it was done."""
    if not form.is_valid():
        return UNPROCESSABLE
    typed = form.cleaned_data
    who: dict[str, Any] = {"turn_id": said.pk, "by": request.actor, "at": request.at}
    try:
        if isinstance(form, RedactionForm):
            ground = RedactionGround(typed["ground"])
            actions.ask_redaction(
                passage=typed["passage"], ground=ground, reason=typed["reason"], **who
            )
            messages.success(
                request, _("Your request was sent; you will be told what became of it.")
            )
        else:
            actions.correct_turn(text=typed["text"], revision=typed["revision"], **who)
            messages.success(request, _("Your words are corrected."))
    except Refusal as refusal:
        return put_beside(form, refusal)
    return 200
