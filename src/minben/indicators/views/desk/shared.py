"""What the pages of the desk share: who may keep a source, whose one can be, faults as rows."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from minben.base.access import Request
from minben.base.presentation import is_chinese
from minben.base.staff import UNPROCESSABLE, found, put_beside
from minben.indicators.engine.faults import Faulty
from minben.indicators.fault_words import Told, told
from minben.indicators.forms.sources import PLATFORM
from minben.indicators.permissions import may_keep
from minben.indicators.queries import registry
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.people import queries as people

if TYPE_CHECKING:
    from minben.indicators.models import Source

MOST_TOLD = 200  # faults of a page; more only hide the first


def kept_source(request: Request, code: str) -> "Source":
    """The source of that code, or the page for what does not exist; refused to who may not keep it."""
    source = found(registry.source(code))
    if not may_keep(request.actor, source.agency_id):
        raise Refusal("indicators_not_yours")
    return source


def owners(request: Request) -> list[tuple[str, Any]]:  # Any: names, lazy or not
    """Whose a new source or method can be, as choices."""
    names = people.agency_names_by_id(request.actor.agency_ids)
    chosen = {pk: zh if is_chinese() or not en else en for pk, (zh, en) in names.items()}
    told_: list[tuple[str, Any]] = [(str(pk), chosen[pk]) for pk in sorted(chosen)]
    if request.actor.has(Role.ADMINISTRATOR):
        told_.append((PLATFORM, pgettext("source", "The platform")))
    return told_


def tried(form: Form, field: str, act: Callable[[], object]) -> tuple[int, list[Told]]:
    """Do it if the form is whole: the status to answer with, and what is wrong with the file."""
    if not form.is_valid():
        return UNPROCESSABLE, []
    try:
        act()
    except Faulty as error:
        name = form.cleaned_data[field][0]
        form.add_error(
            field,
            _("Nothing was taken over: the file has faults, which stand below."),
        )
        return UNPROCESSABLE, told(error.faults, [name])[:MOST_TOLD]
    except Refusal as refusal:
        return put_beside(form, refusal), []
    return 200, []
