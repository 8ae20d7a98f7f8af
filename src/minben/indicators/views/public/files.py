"""Files of indices and indicators (下載): data in several formats, citations, pictures, runs."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.indicators.engine.faults import Faulty
from minben.indicators.figures.export import FontMissingError
from minben.indicators.queries import facts, runs
from minben.indicators.telling import series, words
from minben.indicators.telling.handing import FILES, dataset_of, dataset_of_indicator, made
from minben.indicators.telling.pictures import DRAWN, FORMS, Pair, View, drawn, forms_of, written
from minben.indicators.telling.scene import ESTIMATES, Scene, scene_of
from minben.indicators.telling.shadows import estimated, view_of
from minben.indicators.telling.sides import side_of
from minben.indicators.views.public.asking import asked_of

RUN = "run"
PLAIN = "text/plain; charset=utf-8"
MEDIA = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
}
OUTSIDE = "estimate-"  # how kinds of pictures of units outside the index begin


@public
@require_safe
def index_file(request: Request, code: str, kind: str) -> HttpResponse:
    """All units and periods of an index as a file; or its run, if its sources allow."""
    scene = scene_of(code, {})
    if scene is None or kind not in (*FILES, RUN):
        raise Http404
    if kind == RUN:
        return _run(scene)
    dataset = dataset_of(scene, address_of(request, code))
    content, media, ending = made(dataset, kind)
    return attached(content, media, f"{code}{ending}")


def address_of(request: Request, code: str) -> str:
    """The whole address of an index's page."""
    return request.build_absolute_uri(reverse("indicators:explorer", args=[code]))


def _run(scene: Scene) -> HttpResponse:
    package = runs.package(scene.stored.pk) if scene.open_terms else None
    if package is None:
        raise Http404  # the page says why and does not link here
    return attached(package, "application/zip", f"{scene.method.code}-run.zip")


@public
@require_safe
def recipe(request: Request, code: str) -> HttpResponse:
    """The recipe as it was written."""
    found = runs.method(code)
    if found is None:
        raise Http404
    return attached(found.content.encode(), "application/json", f"{code}.json")


@public
@require_safe
def figure(request: Request, code: str, kind: str, form: str) -> HttpResponse:
    """A picture of an index as a file, of what the address asks for."""
    asked = asked_of(request)
    if kind.startswith(OUTSIDE):
        asked["show"] = ESTIMATES
    scene = scene_of(code, asked)
    if scene is None or scene.choice.faults or kind not in DRAWN:
        raise Http404
    # Values of closed sources stay on the page, out of files.
    if form not in forms_of(kind, open_terms=scene.open_terms):
        raise Http404
    try:
        view = _view(scene, kind, asked)
        pair = drawn(kind, view)
    except Faulty as error:
        raise Http404 from error
    return _picture(pair, form, code, view.unit, view.period)


def _view(scene: Scene, kind: str, asked: dict[str, str]) -> View:
    """What the picture shows. Raises Http404 for a side or a unit that is not there."""
    more: dict[str, Any] = {}  # Any: fields of a view
    if kind.startswith(OUTSIDE):
        found = estimated(scene, asked.get("unit", ""))
        if not found.unit or found.inside:
            raise Http404
        return view_of(scene, found)
    if kind == "shifts":
        side = side_of(scene, asked)
        if side.fault:
            raise Http404
        more = {"other": side.period, "by": side.by}
    if kind == "trend":
        more = {"breaks": scene.breaks}
    return scene.view(**more)


def _picture(pair: Pair, form: str, *names: str) -> HttpResponse:
    """A picture as a file, named after what it shows."""
    try:
        content = written(pair.wide, form, words.language())
    except FontMissingError:
        return HttpResponse("no font for Chinese is installed", status=503, content_type=PLAIN)
    first, *rest = names
    name = "-".join(one for one in (first, pair.kind, *rest) if one)
    return attached(content, MEDIA[form], f"{name}.{form}")


def attached(content: bytes, media: str, name: str) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "public, max-age=60"
    return response


@public
@require_safe
def indicator_file(request: Request, code: str, kind: str) -> HttpResponse:
    """All values of an indicator as a file, if its source lets them be passed on."""
    found = facts.indicator_of(code)
    if found is None or kind not in FILES or not found.source.open_terms:
        raise Http404
    address = request.build_absolute_uri(reverse("indicators:indicator", args=[code]))
    content, media, ending = made(dataset_of_indicator(found, address), kind)
    return attached(content, media, f"{code}{ending}")


@public
@require_safe
def indicator_figure(request: Request, code: str, kind: str, form: str) -> HttpResponse:
    """A picture of one indicator as a file, if its source lets values be passed on."""
    found = facts.indicator_of(code)
    if found is None or form not in FORMS or not found.source.open_terms:
        raise Http404
    told = facts.facts(indicator=found)
    seen = series.look_of(
        found, told, asked_of(request).get("period", ""), request.GET.getlist("unit")
    )
    pair = next((one for one in seen.pairs if one.kind == kind), None)
    if pair is None or seen.unknown or seen.elsewhere:
        raise Http404
    return _picture(pair, form, code, *seen.chosen, seen.period)
