"""Rule sets (規則集), read only: a change of the rules is a new rule set, never an edit."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.casework import queries as casework
from minben.desk.views.pages import ANY_STAFF, show
from minben.kernel.periods import local_day


@official(*ANY_STAFF)
@require_safe
def rules(request: Request) -> HttpResponse:
    """All rule sets by government, with those in force today marked."""
    context = {"rule_sets": casework.rule_sets(), "today": local_day(request.at)}
    return show(request, "rules/list.html", context)


@official(*ANY_STAFF)
@require_safe
def rule_set(request: Request, code: str) -> HttpResponse:
    """One rule set: its terms with their basis, its limits and its grounds."""
    found = casework.rule_set(code)
    parameters = found.rules
    terms = [
        (name, getattr(parameters, name))
        for name in ("check", "endorse", "response", "reproposal_bar", "appeal", "appeal_decision")
    ]
    context = {
        "rule_set": found,
        "rules": parameters,
        "terms": terms,
        "today": local_day(request.at),
    }
    return show(request, "rules/rule_set.html", context)
