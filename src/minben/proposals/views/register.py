"""The public register of hidden proposals (隱藏提議公開登錄)."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.proposals.queries.evidence import evidence_of
from minben.proposals.queries.facts import facts
from minben.proposals.queries.hidden import ground_counts, hidden_entry, hidden_page


@public
@require_safe
def hidden_register(request: Request) -> HttpResponseBase:
    """All hidden proposals with ground and reason, and how many there are on each ground."""
    counts = ground_counts()
    asked = request.GET.get("ground", "")
    ground = next((one for one in counts if one.code == asked), None)
    context = {
        "counts": counts,
        "total": sum(one.n for one in counts),
        "ground": ground,
        "unknown": bool(asked) and ground is None,
        "page": hidden_page(request.GET.get("page"), ground.code if ground else ""),
        "base": f"ground={ground.code}&" if ground else "",
    }
    return render(request, "proposals/hidden_register.html", context)


@public
@require_safe
def hidden_entry_page(request: Request, number: str) -> HttpResponseBase:
    """One hidden proposal: ground, reason, appeal, and the text unless the ground forbids it."""
    entry = hidden_entry(number, request.actor, request.at)
    if entry is None:
        proposal = facts(number, request.actor, request.at)
        if proposal is None or not proposal.seen:
            raise Http404
        return redirect("proposals:page", number)  # an appeal restored it, or it was never hidden
    context = {"entry": entry, "evidence": evidence_of(entry.evidence)}
    return render(request, "proposals/hidden_entry.html", context)
