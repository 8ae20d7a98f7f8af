"""Handing out uploaded files (提供檔案)."""

from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.discussion import queries, uploads
from minben.discussion.rules import PICTURE_TYPES
from minben.discussion.visibility import Sight, sight_of

YEAR = 365 * 24 * 3600
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


@public
@require_safe
def file(request: Request, sha256: str, name: str) -> HttpResponseBase:
    """One file under its hash and its own name; a hash never changes what it means.

    Pictures are shown, everything else is a download; nothing in them runs, whatever they hold.
    """
    rows = queries.files_of(sha256)
    kept = next((row for row in rows if row.name == name), None)
    path = uploads.path_of(sha256)
    if kept is None or not path.is_file():
        raise Http404
    sight = sight_of(rows, request.actor, request.at)
    if sight is Sight.NONE:
        raise Http404
    response = FileResponse(
        path.open("rb"),
        as_attachment=kept.media_type not in PICTURE_TYPES,
        filename=kept.name,
        content_type=kept.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    kind = "public" if sight is Sight.PUBLIC else "private"
    response["Cache-Control"] = f"{kind}, max-age={YEAR}, immutable"
    return response
