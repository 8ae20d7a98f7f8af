"""Who acts in this request (行為人), and how the account pages answer bad input."""

from collections.abc import Callable
from http import HTTPStatus

from allauth.core.exceptions import RateLimited
from allauth.core.ratelimit import respond_429
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import SimpleLazyObject

from minben.people.queries import actor_of
from minben.people.second_factor import is_strong

GetResponse = Callable[[HttpRequest], HttpResponse]
_ACCOUNT_PAGES = ("account/", "mfa/", "usersessions/")


class ActorMiddleware:
    """Sets `request.actor`, evaluated at first use so that public pages ask nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: actor_of(
                request.user,
                request.at,  # type: ignore[attr-defined]
                strong=request.user.is_authenticated and is_strong(request),
            )
        )
        return self.get_response(request)


class AccountPagesMiddleware:
    """The library's account pages answer a refused form with 200, and some limits not at all.

    Here a refused form gets 422, and every limit the page of limits with 429.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        names = response.template_name
        name = names[0] if isinstance(names, (list, tuple)) else names
        if request.method != "POST" or not str(name).startswith(_ACCOUNT_PAGES):
            return response
        forms = [v for v in (response.context_data or {}).values() if isinstance(v, BaseForm)]
        if any(form.is_bound and form.errors for form in forms):
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RateLimited):
            return respond_429(request)  # type: ignore[no-any-return]
        return None
