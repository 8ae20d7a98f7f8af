"""The styleguide (樣式指南): every component once, for those who build pages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.portal.styleguide import context


@public
@require_safe
def styleguide(request: Request) -> HttpResponse:
    """All components."""
    return render(request, "portal/styleguide.html", context(request.at))


@public
@require_safe
def proposal(request: Request) -> HttpResponse:
    """A whole proposal page made of them."""
    return render(request, "portal/styleguide_proposal.html", context(request.at))
