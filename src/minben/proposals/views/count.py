"""The count for machines and for pages that are being looked at (附議數 JSON)."""

from http import HTTPStatus

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.hot_pages import kept
from minben.proposals.queries.count import Count, count_of

# Everybody may ask from any site: the answer is public and the same for all.
ANYWHERE = {"Access-Control-Allow-Origin": "*"}


@public
@kept(seconds=1, same_for_all=True)
@require_safe
def count(request: Request, number: str) -> JsonResponse:
    """``{"number", "endorsed", "threshold", "reached", "as_of"}``. One query, none when warm.

    404 for what does not exist or waits for its check, 410 for what is hidden or was withdrawn
    before it was public, both as ``{"number", "error"}``.
    """
    found = count_of(number)
    if found is None or not found.public:
        gone = found is not None and found.gone
        status = HTTPStatus.GONE if gone else HTTPStatus.NOT_FOUND
        body = {"number": number, "error": "gone" if gone else "not_found"}
        return JsonResponse(body, status=status, headers=ANYWHERE)
    told = {
        "number": number,
        "endorsed": found.endorsed,
        "threshold": found.threshold,
        "reached": found.reached,
        "as_of": request.at.isoformat(timespec="seconds"),
    }
    return JsonResponse(told, headers=ANYWHERE | {"ETag": _etag(found)})


def _etag(found: Count) -> str:
    """Weak, and without the time: who knows these numbers knows all that matters."""
    return f'W/"{found.endorsed}-{found.threshold}-{int(found.reached)}"'
