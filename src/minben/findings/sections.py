"""What the two pages of a case show of its usability tests."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from minben.base.sections import Reader, Section, Seen, register
from minben.findings.queries import lines_of, whole_studies


def _staff(seen: Seen) -> Mapping[str, Any]:  # Any: template context
    return {"lines": lines_of(seen.case_id)}


def _public(seen: Seen) -> Mapping[str, Any] | None:
    studies = whole_studies(seen.case_id)
    return {"studies": studies, "number": seen.number} if studies else None


register(
    Section("findings", _("Usability tests"), 650, Reader.STAFF, "findings/_staff.html", _staff),
    Section(
        "findings",
        _("What testing the service found"),
        650,
        Reader.PUBLIC,
        "findings/_public.html",
        _public,
    ),
)
