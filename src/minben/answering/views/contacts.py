"""The contact log (聯繫紀錄): entered on the desk, confirmed or objected to by the proposer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from minben.answering import actions, queries
from minben.answering.forms import ContactForm, VerdictForm
from minben.answering.rules import CONTACT_ANSWER, CONTACT_BASIS, Channel
from minben.answering.views.cases import RESPONDING, context_of, own_case
from minben.base.access import Request, citizen, official
from minben.base.staff import UNPROCESSABLE, found, put_beside, show
from minben.casework import queries as casework
from minben.casework.about import about_one
from minben.casework.rules import DeadlineKind
from minben.kernel.refusal import Refusal


@official(*RESPONDING)
def contacts(request: Request, number: str) -> HttpResponse:
    """The log of a case, and the form for one more entry."""
    case, about = own_case(request, number)
    if request.method != "POST":
        return _log(request, case, about, ContactForm())
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _log(request, case, about, form, UNPROCESSABLE)
    data = form.cleaned_data
    try:
        actions.log_contact(
            case_id=case.pk,
            channel=Channel(data["channel"]),
            held_at=form.held_at,
            reached=data["reached"] == "yes",
            discussed=data["discussed"],
            agreed=data["agreed"],
            office=data["office"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return _log(request, case, about, form, put_beside(form, refusal))
    if data["reached"] == "yes":
        messages.success(request, _("Logged. The proposer is asked to look at the minutes."))
    else:
        messages.success(request, _("The attempt is logged. The date for the contact runs on."))
    return redirect("answering_desk:contacts", number=number)


def _log(
    request: Request, case: Any, about: Any, form: ContactForm, status: int = 200
) -> HttpResponse:  # Any: a case; its model is private to its module
    context = context_of(
        case,
        about,
        form=form,
        contacts=queries.contacts_of(case.pk, request.at, whole=True),
        deadline=casework.open_deadline(case.pk, DeadlineKind.CONTACT),
        basis=CONTACT_BASIS,
        term=CONTACT_ANSWER,
    )
    return show(request, "answering/desk/contacts.html", context, status)


@citizen
def contact(request: Request, number: str, pk: int) -> HttpResponse:
    """The minutes of a contact with the reader, and what they say of them."""
    entry = found(queries.contact(pk, request.actor.person_id))
    found(entry if entry.case.number == number else None)
    over = entry.answer_until <= request.at
    said = {"verdict": entry.verdict, "statement": entry.statement}
    form = VerdictForm(initial=said, over=over)
    status = 200
    if request.method == "POST":
        form = VerdictForm(request.POST, over=over)
        status = _say(request, pk, form)
        if status == 200:
            messages.success(request, _("Thank you. What you said is kept with the minutes."))
            return redirect("answering:contact", number=number, pk=pk)
    context = {
        "entry": entry,
        "about": about_one(entry.case_id),
        "form": form,
        "over": over,
        "term": CONTACT_ANSWER,
    }
    return render(request, "answering/contact.html", context, status=status)


def _say(request: Request, pk: int, form: VerdictForm) -> int:
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        actions.answer_contact(
            contact_id=pk,
            verdict=form.cleaned_data["verdict"],
            statement=form.cleaned_data["statement"],
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return put_beside(form, refusal)
    return 200
