"""Inserting a template into a field of a form, without a script and without saving anything.

A view asks `asked` before anything else of a POST, answers with the form `inserted` gives, and puts
`offered` into its context as ``phrases``; its template includes ``phrases/_insert.html`` below each
field. Nothing here writes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from minben.base.access import Request
from minben.base.presentation import day_text, last_day
from minben.base.staff import put_beside
from minben.kernel.refusal import Refusal
from minben.phrases import queries
from minben.phrases.rules import Kind, appended, filled, is_chinese, left_open

if TYPE_CHECKING:
    from minben.phrases.models import PhraseVersion

F = TypeVar("F", bound=forms.Form)
BUTTON = "insert"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the places of a template are filled with.

    Args:
        number: of the case.
        subject: as its author wrote it.
        agency: the lead agency; whatever has `name_zh` and `name_en`, or None.
        due: when what is written is due, exclusive; None where nothing runs.
    """

    number: str
    subject: str
    agency: Any
    due: datetime | None

    def told(self, *, chinese: bool) -> Mapping[str, str]:
        """As texts, in the language of the template and not of the reader."""
        told = {"number": self.number, "subject": self.subject, "agency": "", "due": ""}
        if self.agency is not None:
            name_en = self.agency.name_en or self.agency.name_zh
            told["agency"] = self.agency.name_zh if chinese else name_en
        if self.due is not None:
            with translation.override("zh-hant" if chinese else "en"):
                told["due"] = day_text(last_day(self.due))
        return told


def offered(request: Request, kind: Kind) -> Sequence["PhraseVersion"]:
    """The templates the reader may insert there. One query."""
    return queries.offered(kind, request.actor.agency_ids)


def asked(request: Request) -> bool:
    """Whether the button was "Insert"."""
    return request.method == "POST" and BUTTON in request.POST


def inserted(
    request: Request, make: Callable[[QueryDict], F], kind: Kind, facts: Facts
) -> tuple[F, int]:
    """The form with all that was typed and the template below it in its field, and the status.

    A template that is not offered (retired, of another agency, for something else, none chosen) is
    refused beside the field as ``phrase_not_offered``. One query.
    """
    data = request.POST.copy()
    name = str(data[BUTTON])
    field = make(data).fields.get(name)
    wanted = str(data.get(f"phrase_{name}", ""))
    rows = {str(row.phrase_id): row.text for row in offered(request, kind)}
    text = rows.get(wanted) if field and isinstance(field.widget, forms.Textarea) else None
    if text is None:
        form = _unjudged(make(data))
        return form, put_beside(form, Refusal("phrase_not_offered", field=name))
    told = facts.told(chinese=is_chinese(text))
    data[name] = appended(str(data.get(name, "")), filled(text, told))
    messages.info(request, _("The template is inserted. Nothing is saved yet."))
    if places := left_open(text, told):
        messages.warning(request, _("Still to be filled in: %s") % " ".join(places))
    return _unjudged(make(data)), 200


def _unjudged(form: F) -> F:
    """What is not finished yet is not told as an error."""
    form.is_valid()
    form.errors.clear()
    return form
