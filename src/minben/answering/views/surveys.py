"""The satisfaction survey (滿意度調查): answered by those who were told; its words moderated."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from minben.answering import actions, queries
from minben.answering.forms import SurveyForm
from minben.answering.rules import SURVEY
from minben.answering.rules.surveys import QUESTIONS, WordsVerdict
from minben.answering.views.cases import context_of, public_case
from minben.base.access import Request, citizen, official
from minben.base.staff import UNPROCESSABLE, found, page_of, put_beside, show
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal

CHECKING = (Role.CHECKER, Role.ADMINISTRATOR)


@citizen
def survey(request: Request, number: str) -> HttpResponse:
    """Four questions; who answered already sees their own answer and may change it."""
    case, about = public_case(number)
    asked = found(queries.survey_of(case.pk))
    may = queries.is_asked(asked, request.actor.person_id)
    mine = queries.answer_of(asked, request.actor.person_id) if may else None
    initial = {name: str(getattr(mine, name)) for name in QUESTIONS} if mine else {}
    form = SurveyForm(initial=initial | {"words": mine.words if mine else ""})
    status = 200
    if request.method == "POST":
        form = SurveyForm(request.POST)
        status = _answer(request, case.pk, form)
        if status == 200:
            messages.success(request, _("Thank you. You can change your answer while it is open."))
            return redirect("answering:survey", number=number)
    context = context_of(
        case,
        about,
        survey=asked,
        may=may,
        mine=mine,
        over=request.at >= asked.closes_at,
        form=form,
        basis=SURVEY.basis,
    )
    return render(request, "answering/survey.html", context, status=status)


def _answer(request: Request, case_id: int, form: SurveyForm) -> int:
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        actions.answer_survey(
            case_id=case_id,
            scores=form.scores,
            words=form.cleaned_data["words"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return put_beside(form, refusal)
    return 200


@official(*CHECKING)
def words(request: Request) -> HttpResponse:
    """What was written in surveys that are over: shown with the results, or not."""
    if request.method == "POST":
        pk, verdict = request.POST.get("answer", ""), request.POST.get("verdict", "")
        if not (pk.isascii() and pk.isdecimal() and len(pk) < 19) or verdict not in set(
            WordsVerdict
        ):
            raise Refusal("words_none")
        actions.judge_words(
            answer_id=int(pk), verdict=WordsVerdict(verdict), by=request.actor, at=request.at
        )
        messages.success(request, _("Decided."))
        return redirect("answering_desk:words")
    context = {"page": page_of(request, queries.words_waiting(request.at))}
    return show(request, "answering/desk/words.html", context)
