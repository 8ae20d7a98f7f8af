"""Hot pages (熱門頁面): what a hundred thousand people read is made once a second.

A view that wears `@kept` below `@public` is answered to anonymous readers from the memory of the
process: fresh for a second; then one request makes it anew while the others get the old one. The
middleware stands at the top, so a page from memory costs no session, no language, no query. It
stores the whole answer with every header and gives the same to the first reader and the last.

Never kept: an answer to somebody with a session or a waiting message, one that sets a cookie or
holds a form token, anything but 200, anything streamed or large.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from time import monotonic
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags

from minben.kernel import clock

View = Callable[..., HttpResponseBase]
GetResponse = Callable[[HttpRequest], HttpResponseBase]

STALE = 10.0  # seconds an old page may stand in while one reader waits for the new one
ON_ERROR = 60.0  # seconds an old page may stand in while the new one fails (database away)
WAIT = 5.0  # seconds to wait for somebody else's first rendering, then one renders oneself
PAGES_MOST, BYTES_MOST = 512, 32 * 1024 * 1024
PAGE_MOST, QUERY_MOST = 512 * 1024, 512
_OF_A_BODY = frozenset({"Content-Type", "Content-Length"})
_MESSAGES_COOKIE = "messages"  # of django.contrib.messages: what was just said to this reader


class Key(NamedTuple):
    """What an anonymous answer depends on. The language is part of the path."""

    scheme: str
    host: str
    path: str
    query: str
    partly: str
    offset: object


@dataclass(frozen=True, slots=True)
class Rule:
    """How a view is kept: for how long, and whether every reader gets the same."""

    seconds: int
    same_for_all: bool

    @property
    def told(self) -> str:
        """What caches on the way are told."""
        return (
            f"public, max-age={self.seconds}, stale-while-revalidate={STALE:.0f},"
            f" stale-if-error={ON_ERROR:.0f}"
        )


@dataclass(slots=True)
class Page:
    """A whole answer: body, every header, and until when it is fresh (monotonic seconds)."""

    body: bytes
    headers: dict[str, str]
    same_for_all: bool
    made: float
    fresh_until: float

    @property
    def size(self) -> int:
        """Bytes, roughly."""
        return len(self.body) + 1024

    def answer(self, request: HttpRequest) -> HttpResponse:
        """200 with the body, or 304 without, if the reader has it already."""
        asked = request.META.get("HTTP_IF_NONE_MATCH")
        if asked and _has(asked, self.headers["ETag"]):
            bare = {k: v for k, v in self.headers.items() if k not in _OF_A_BODY}
            response = HttpResponse(status=304, headers=bare)
            del response.headers["Content-Type"]
            return response
        body = b"" if request.method == "HEAD" else self.body
        return HttpResponse(body, headers=self.headers)


@dataclass(slots=True)
class Turn:
    """One request on its way: may its answer be kept, and is it the one that makes it."""

    key: Key
    personal: bool
    keeps: bool
    era: int
    began: float
    leads: bool = False
    rule: Rule | None = None


class Landed(HttpResponse):
    """Stands for a page that another request has just made."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page


class Shelf:
    """Pages of this process, few and small, least recently read first out."""

    def __init__(self, pages: int = PAGES_MOST, size: int = BYTES_MOST) -> None:
        self._lock = threading.Lock()
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._making: dict[Key, threading.Event] = {}
        self._pages_most, self._bytes_most = pages, size
        self.bytes = self.era = 0

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, key: Key) -> Page | None:
        """The page, fresh or old."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page, era: int) -> None:
        """Keep a page, unless everything was forgotten since its making began."""
        with self._lock:
            if era != self.era:
                return
            self._take_out(key)
            self._pages[key] = page
            self.bytes += page.size
            while len(self._pages) > self._pages_most or self.bytes > self._bytes_most:
                self._take_out(next(iter(self._pages)))

    def drop(self, key: Key) -> None:
        """Forget one page."""
        with self._lock:
            self._take_out(key)

    def _take_out(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.bytes -= page.size

    def forget_all(self) -> None:
        """Forget every page of this process, also those that are being made."""
        with self._lock:
            self._pages.clear()
            self.bytes = 0
            self.era += 1

    def lead(self, key: Key) -> threading.Event | None:
        """None: the caller makes the page and must call `land`. Else what to wait for."""
        with self._lock:
            if key in self._making:
                return self._making[key]
            self._making[key] = threading.Event()
            return None

    def land(self, key: Key) -> None:
        """The page is made, or could not be."""
        with self._lock:
            self._making.pop(key).set()


shelf = Shelf()


def forget_all() -> None:
    """Forget every hot page of this process; other processes follow within a second."""
    shelf.forget_all()


def kept(seconds: int = 1, *, same_for_all: bool = False) -> Callable[[View], View]:
    """Keep the view's answer to anonymous readers for `seconds`. Stands just below `@public`.

    `same_for_all`: the view looks at nobody's session, so the signed-in get the same answer.
    """
    rule = Rule(seconds, same_for_all)

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            turn: Turn | None = getattr(request, "turn", None)
            if turn is not None:
                turn.rule = rule
                page = _made_by_another(turn)
                if page is not None:
                    return Landed(page)
            return view(request, *args, **kwargs)

        wrapper.kept = rule  # type: ignore[attr-defined]
        return wrapper

    return decorate


def _made_by_another(turn: Turn) -> Page | None:
    """Wait for a page that is being made just now; None: make it oneself."""
    rule = turn.rule
    if rule is None or not turn.keeps or turn.leads or (turn.personal and not rule.same_for_all):
        return None
    making = shelf.lead(turn.key)
    if making is None:
        turn.leads = True
        return None
    making.wait(WAIT)
    page = shelf.find(turn.key)
    return page if page is not None and page.made >= turn.began else None


class HotPagesMiddleware:
    """At the top: answers from memory, and keeps what the views below made."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.cookies = (settings.SESSION_COOKIE_NAME, _MESSAGES_COOKIE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        turn = self._turn(request)
        old = shelf.find(turn.key)
        if old is not None and turn.personal and not old.same_for_all:
            old = None
        if old is not None:
            if turn.began < old.fresh_until:
                return old.answer(request)
            if turn.keeps and turn.began < old.fresh_until + STALE:
                if shelf.lead(turn.key) is not None:
                    return old.answer(request)
                turn.leads = True
        request.turn = turn  # type: ignore[attr-defined]
        try:
            return self._settle(request, turn, self.get_response(request), old)
        finally:
            if turn.leads:
                shelf.land(turn.key)

    def _turn(self, request: HttpRequest) -> Turn:
        meta = request.META
        key = Key(
            request.scheme or "",
            meta.get("HTTP_HOST") or meta.get("SERVER_NAME", ""),
            request.path,
            meta.get("QUERY_STRING", ""),
            f"{meta.get('HTTP_HX_REQUEST', '')} {meta.get('HTTP_HX_BOOSTED', '')}",
            clock.offset(),
        )
        personal = "HTTP_AUTHORIZATION" in meta or (
            "HTTP_COOKIE" in meta and any(name in request.COOKIES for name in self.cookies)
        )
        return Turn(
            key,
            personal,
            keeps=request.method == "GET" and len(key.query) <= QUERY_MOST,
            era=shelf.era,
            began=monotonic(),
        )

    def _settle(
        self, request: HttpRequest, turn: Turn, response: HttpResponseBase, old: Page | None
    ) -> HttpResponseBase:
        """What the reader gets for what came from below, and what stays on the shelf."""
        if isinstance(response, Landed):
            return response.page.answer(request)
        if response.status_code >= 500 and old is not None and turn.began < old.made + ON_ERROR:
            old.fresh_until = monotonic() + 1  # ask again in a second, not with every reader
            return old.answer(request)
        if turn.rule is None:
            return response
        if turn.personal and not turn.rule.same_for_all:
            return _private(response)
        page = _page(request, response, turn.rule)
        if page is None:
            if response.status_code != 200:
                shelf.drop(turn.key)  # hidden or gone since: the old page must not stay
            return _private(response)
        if turn.leads:
            shelf.put(turn.key, page, turn.era)
        return page.answer(request)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    patch_cache_control(response, private=True, no_store=True)
    return response


def _page(request: HttpRequest, response: HttpResponseBase, rule: Rule) -> Page | None:
    """The answer as a page; None if it may not be kept."""
    if (
        response.status_code != 200
        or not isinstance(response, HttpResponse)
        or response.cookies
        or "CSRF_COOKIE_NEEDS_UPDATE" in request.META  # a form token was asked for
        or len(response.content) > PAGE_MOST
    ):
        return None
    headers = dict(response.items())
    digest = blake2b(response.content, digest_size=12).hexdigest()
    headers.setdefault("ETag", f'"{digest}"')
    headers["Cache-Control"] = rule.told
    # The framework names the reader's languages, but the language stands in the address.
    named = [name.strip() for name in headers.pop("Vary", "").split(",")]
    varies = [name for name in named if name and name not in ("Accept-Language", "Cookie")]
    if not rule.same_for_all:
        varies.append("Cookie")
    if varies:
        headers["Vary"] = ", ".join(varies)
    now = monotonic()
    return Page(response.content, headers, rule.same_for_all, now, now + rule.seconds)


def _has(asked: str, etag: str) -> bool:
    """If-None-Match compares weakly (RFC 9110 §13.1.2)."""
    bare = etag.removeprefix("W/")
    return asked.strip() == "*" or any(one.removeprefix("W/") == bare for one in parse_etags(asked))
