"""Pages of one's account, of the second factor, and of the counter (帳號頁面)."""

from http import HTTPStatus

from allauth.account.stages import LoginStageController, PhoneVerificationStage
from allauth.account.views import verify_phone as library_verify_phone
from django.contrib import messages
from django.forms import Select
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minben.base.access import Request, citizen, official, public
from minben.base.refusals import status_of
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.people import actions, confirmations, queries
from minben.people import second_factor as factors
from minben.people.models import User
from minben.people.profile_forms import (
    CounterForm,
    LanguageForm,
    ProfileForm,
    profile_of,
    township_choices,
)
from minben.people.rules import Step

_INPUT = HTTPStatus.UNPROCESSABLE_ENTITY
_AFTER_FACTOR = "people_after_second_factor"
_LAST_COUNTER = "people_last_counter"


def _next(request: Request) -> str:
    """The page somebody came from, if it is one of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if safe else ""


def _here(name: str, after: str) -> str:
    return reverse(name, query={"next": after} if after else None)


def _holder(request: Request) -> User:
    return queries.user_of(request.actor)


def _declare(request: Request, user: User, form: ProfileForm) -> HTTPStatus | None:
    """Do the act; return the status to answer with when it is refused."""
    if not form.is_valid():
        return _INPUT
    try:
        actions.declare(user=user, **form.cleaned_data, by=request.actor, at=request.at)
    except Refusal as refusal:
        form.refuse(refusal)
        return status_of(refusal)
    return None


@citizen
@require_http_methods(["GET", "POST"])
def finish(request: Request) -> HttpResponse:
    """What the account still lacks, one step after another, and why each is asked for."""
    user, after = _holder(request), _next(request)
    form = ProfileForm(request.POST or None, initial=profile_of(user))
    status: HTTPStatus | None = HTTPStatus.OK
    if request.method == "POST":
        status = _declare(request, user, form)
        if status is None:
            return HttpResponseRedirect(_here("people:finish", after))
    if after and not user.missing:
        return HttpResponseRedirect(after)
    asked = request.POST.get("step") or request.GET.get("step") or ""
    step = asked if asked in set(Step) else next(iter(user.missing), "")
    context = {"form": form, "step": step, "next": after, "person": user}
    return render(request, "people/finish.html", context, status=status)


@citizen
@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    """One's public name, place, declaration and language."""
    user = _holder(request)
    form = ProfileForm(request.POST or None, initial=profile_of(user))
    status: HTTPStatus | None = HTTPStatus.OK
    if request.method == "POST":
        status = _declare(request, user, form)
        if status is None:
            messages.success(request, _("Your profile was saved."))
            return HttpResponseRedirect(reverse("people:profile"))
    languages = LanguageForm(initial={"language": user.language})
    context = {"form": form, "language_form": languages, "person": user}
    return render(request, "people/profile.html", context, status=status)


@citizen
@require_POST
def language(request: Request) -> HttpResponse:
    """Choose the language of mail and SMS."""
    user = _holder(request)
    form = LanguageForm(request.POST)
    if not form.is_valid():
        profile_form = ProfileForm(initial=profile_of(user))
        context = {"form": profile_form, "language_form": form, "person": user}
        return render(request, "people/profile.html", context, status=_INPUT)
    chosen = form.cleaned_data["language"]
    actions.choose_language(user=user, language=chosen, by=request.actor, at=request.at)
    messages.success(request, _("Mail and SMS will come in this language."))
    return HttpResponseRedirect(reverse("people:profile"))


@public
@require_GET
def townships(request: Request) -> HttpResponse:
    """The options of the township field for one county, for browsers that fetch parts."""
    choices = Select(choices=township_choices(request.GET.get("county", "")))
    return render(request, "people/townships.html", {"groups": choices.optgroups("township", [])})


@public
@require_http_methods(["GET", "POST"])
def verify_phone(request: Request) -> HttpResponse:
    """The library's page for the SMS code; afterwards an unfinished account is finished."""
    response: HttpResponse = library_verify_phone(request)
    done = response.get("Location") == reverse("account_change_phone")
    if done and request.user.is_authenticated and _holder(request).missing:
        return HttpResponseRedirect(reverse("people:finish"))
    return response


@public
@require_POST
def phone_later(request: Request) -> HttpResponse:
    """Leave the SMS code for later, for example because the number was mistyped."""
    stage = LoginStageController.enter(request, PhoneVerificationStage.key)
    if stage is None:
        return HttpResponseRedirect(reverse("account_login"))
    request.session.pop(confirmations.NOTED_PHONE, None)
    response: HttpResponse = stage.exit()
    return response


@citizen
@require_GET
def second_factor(request: Request) -> HttpResponse:
    """Why staff need a second factor, and how to get one; then back to where they were going."""
    if after := _next(request):
        request.session[_AFTER_FACTOR] = after
    if request.actor.strong:
        return HttpResponseRedirect(request.session.pop(_AFTER_FACTOR, reverse("desk:home")))
    user = _holder(request)
    context = {
        "has_app": factors.has_factor(user, factors.TYPES.TOTP),
        "has_key": factors.has_factor(user, factors.TYPES.WEBAUTHN),
        "here": reverse("people:second_factor"),
    }
    return render(request, "people/second_factor.html", context)


@official(Role.CLERK)
@require_http_methods(["GET", "POST"])
def counter(request: Request) -> HttpResponse:
    """A clerk confirms a person without a mobile: find, look, confirm."""
    before = {"counter": request.session.get(_LAST_COUNTER, "")}
    form = CounterForm(request.POST or None, initial=before)
    if request.method == "GET":
        return render(request, "people/counter.html", {"form": form})
    if not form.is_valid():
        return render(request, "people/counter.html", {"form": form}, status=_INPUT)
    try:
        person = queries.person_at_counter(form.cleaned_data["email"], by=request.actor)
        if "confirm" not in request.POST:
            context = {"form": form, "person": person, "document": form.document_label}
            return render(request, "people/counter_check.html", context)
        _confirm_at_counter(request, person, form)
    except Refusal as refusal:
        form.refuse(refusal)
        status = status_of(refusal)
        return render(request, "people/counter.html", {"form": form}, status=status)
    request.session[_LAST_COUNTER] = form.cleaned_data["counter"]
    messages.success(request, _("%(email)s is confirmed now.") % {"email": person.email})
    return HttpResponseRedirect(reverse("people:counter"))


def _confirm_at_counter(request: Request, person: User, form: CounterForm) -> None:
    actions.confirm_at_counter(
        user_id=person.pk,
        counter=form.cleaned_data["counter"],
        document=form.cleaned_data["document"],
        by=request.actor,
        at=request.at,
    )
