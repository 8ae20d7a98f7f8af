"""What the two pages of a case show of how far participation went."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from minben.base.sections import Reader, Section, Seen, register
from minben.ladder.queries import stated_in, stated_lines


def _staff(seen: Seen) -> Mapping[str, Any]:  # Any: template context
    return {"lines": stated_lines(seen.case_id)}


def _public(seen: Seen) -> Mapping[str, Any] | None:
    stated = stated_in(seen.case_id)
    return {"stated": stated} if stated else None


register(
    Section(
        "ladder", _("How far participation went"), 900, Reader.STAFF, "ladder/_staff.html", _staff
    ),
    Section(
        "ladder",
        _("How far did participation go?"),
        900,
        Reader.PUBLIC,
        "ladder/_public.html",
        _public,
    ),
)
