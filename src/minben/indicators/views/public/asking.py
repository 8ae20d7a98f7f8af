"""Reading what an address asks for (查詢參數)."""

from urllib.parse import urlencode

from minben.base.access import Request

NAMES = ("unit", "period", "with", "result", "show", "other", "by", "sort")
LONGEST = 200


def asked_of(request: Request) -> dict[str, str]:
    """The known parameters, trimmed; what is no text of a sensible length is cut."""
    found = {name: request.GET.get(name, "").strip() for name in NAMES}
    return {name: text[:LONGEST] for name, text in found.items() if text}


def query_of(asked: dict[str, str], *names: str, **other: str) -> str:
    """The part of an address after the question mark; what is empty is left out."""
    kept = {name: asked[name] for name in names if asked.get(name)} | other
    return urlencode({name: text for name, text in kept.items() if text})
