"""The plain views, at the addresses of ours (樸素對照)."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from minben.config.bench.plain.models import Petition, Signature


@login_required
@transaction.atomic
def endorse(request: HttpRequest, number: str) -> HttpResponse:
    """Lock the petition, insert the signature, count one more, save."""
    petition = get_object_or_404(Petition.objects.select_for_update(), number=number)
    Signature.objects.create(
        petition=petition, person=request.user, reason=request.POST.get("reason", "")
    )
    petition.signed += 1
    petition.save()
    return HttpResponseRedirect(f"/proposals/{number}/endorsed/")


def count(request: HttpRequest, number: str) -> HttpResponse:
    """The number, asked anew by everybody."""
    petition = get_object_or_404(Petition, number=number)
    return JsonResponse({"number": number, "endorsed": petition.signed})


urlpatterns = [
    path("proposals/<slug:number>/endorse/", endorse),
    path("proposals/<slug:number>/count.json", count),
]
