"""Public pages of a case's sheets: the issue map and the stakeholder map, in each version."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.casework.about import About
from minben.proceedings.queries import worksheets
from minben.proceedings.rules import SheetKind
from minben.proceedings.rules.drawing import draw_narrow, draw_wide
from minben.proceedings.rules.grid import draw_grid
from minben.proceedings.rules.issues import IssueSheet, NodeKind
from minben.proceedings.rules.stakeholders import StakeholderMap, balance
from minben.proceedings.views.found import public_case

if TYPE_CHECKING:
    from minben.proceedings.models import SheetVersion

OPEN = {"Access-Control-Allow-Origin": "*"}
Context = dict[str, Any]  # Any: template context


def _version(
    request: Request, number: str, kind: SheetKind
) -> tuple[About, "SheetVersion", list["SheetVersion"]]:
    """The version asked for, the newest without asking, and all of them."""
    case, about = public_case(number)
    rows = list(worksheets.versions(case.pk, kind))
    wanted = request.GET.get("version", "")
    shown = [row for row in rows if not wanted or str(row.number) == wanted]
    if not shown:
        raise Http404
    return about, shown[0], rows


def issue_context(sheet: IssueSheet) -> Context:
    """A sheet as drawings and as a list, with the same content."""
    groups = [(kind, sheet.of_kind(kind)) for kind in NodeKind]
    return {
        "sheet": sheet,
        "wide": draw_wide(sheet),
        "narrow": draw_narrow(sheet),
        "groups": [
            (kind, [(node, list(sheet.linked(node.key))) for node in nodes])
            for kind, nodes in groups
            if nodes
        ],
    }


def map_context(sheet: StakeholderMap) -> Context:
    """A stakeholder map as grid and table, and what is out of balance."""
    return {
        "sheet": sheet,
        "grid": draw_grid(sheet),
        "findings": balance(sheet),
        "invited": sum(row.invited for row in sheet.rows),
        "coming": sum(row.coming for row in sheet.rows),
    }


@public
@kept()
def issues(request: Request, number: str) -> HttpResponse:
    """The issue sheet, drawn and as a list. Four queries at most."""
    about, version, rows = _version(request, number, SheetKind.ISSUES)
    context = issue_context(IssueSheet.from_json(version.content))
    return render(
        request,
        "proceedings/issues.html",
        {**context, "about": about, "version": version, "versions": rows},
    )


@public
@kept()
def stakeholders(request: Request, number: str) -> HttpResponse:
    """The stakeholder map, as a grid and a table. Four queries at most."""
    about, version, rows = _version(request, number, SheetKind.STAKEHOLDERS)
    context = map_context(StakeholderMap.from_json(version.content))
    return render(
        request,
        "proceedings/stakeholders.html",
        {**context, "about": about, "version": version, "versions": rows},
    )


@public
@kept()
def sheet_json(request: Request, number: str, kind: str) -> HttpResponse:
    """A published sheet as open data."""
    about, version, rows = _version(request, number, SheetKind(kind))
    told = {
        "case": about.number,
        "kind": kind,
        "version": version.number,
        "versions": [row.number for row in rows],
        "published_at": version.published_at.isoformat(),
        "sha256": version.sha256,
        "content": version.content,
    }
    return JsonResponse(told, headers=OPEN, json_dumps_params={"ensure_ascii": False})


@public
@kept()
def issues_svg(request: Request, number: str) -> HttpResponse:
    """The wide drawing as a file of its own."""
    about, version, _ = _version(request, number, SheetKind.ISSUES)
    drawing = draw_wide(IssueSheet.from_json(version.content))
    name = f"issues-{about.number}-v{version.number}.svg"
    return HttpResponse(
        render_to_string(
            "proceedings/parts/map.svg",
            {"drawing": drawing, "whole": True, "label": about.subject},
        ),
        content_type="image/svg+xml; charset=utf-8",
        headers=OPEN | {"Content-Disposition": f'attachment; filename="{name}"'},
    )
