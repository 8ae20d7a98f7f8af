"""Files of an index (下載): data in several formats, citations, pictures, the run itself."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.indicators.engine.faults import Faulty
from minben.indicators.exporting.tables import csv_bytes
from minben.indicators.figures.export import FontMissingError
from minben.indicators.queries import facts, runs
from minben.indicators.telling.handing import FILES, dataset_of, dataset_of_indicator, made
from minben.indicators.telling.pictures import DRAWN, drawn, written
from minben.indicators.telling.scene import Scene, scene_of
from minben.indicators.telling.sides import side_of
from minben.indicators.views.public.asking import asked_of

RUN = "run"
PLAIN = "text/plain; charset=utf-8"
FORMS = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
}
WITH_VALUES = ("wheel", "profile")  # their tables hold single values, not only scores


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
    scene = scene_of(code, asked)
    if scene is None or scene.choice.faults or kind not in DRAWN or form not in FORMS:
        raise Http404
    try:
        content = _written(scene, kind, form, asked)
    except Faulty as error:
        raise Http404 from error
    except FontMissingError:
        return HttpResponse("no font for Chinese is installed", status=503, content_type=PLAIN)
    name = "-".join(one for one in (code, kind, scene.choice.unit, scene.choice.period) if one)
    return attached(content, FORMS[form], f"{name}.{form}")


def _written(scene: Scene, kind: str, form: str, asked: dict[str, str]) -> bytes:
    """The bytes of a picture. Values of closed sources stay on the page, out of the table's file."""
    more: dict[str, Any] = {}  # Any: fields of a view
    if kind == "shifts":
        side = side_of(scene, asked)
        if side.fault:
            raise Http404
        more = {"other": side.period, "by": side.by}
    view = scene.view(**more)
    if form in ("png", "pdf"):
        return written(kind, view, form)
    found = drawn(kind, view).wide
    if form == "svg":
        return found.svg.encode()
    if not scene.open_terms and kind in WITH_VALUES:
        raise Http404
    return csv_bytes(found.header, found.rows)


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
