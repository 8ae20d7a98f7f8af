"""Every kind of page is HTML, with its pictures, says a checker that is not ours."""

import re
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests import outside
from tests.e2e.conftest import Site
from tests.e2e.places import CITIZEN_PAGES, PUBLIC_PAGES, STAFF_PAGES, resolve

pytestmark = pytest.mark.skipif(not outside.java(), reason=f"no checker of HTML: {outside.HOW}")
WHO = {"": PUBLIC_PAGES, "citizen-1": CITIZEN_PAGES} | STAFF_PAGES
ACCOUNTS = "/dev/accounts/"


def reader(site: Site, who: str) -> urllib.request.OpenerDirector:
    """What opens pages as nobody, or as an account of the demo."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    if who:
        page = opener.open(site.url + ACCOUNTS, timeout=10).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        account = re.search(rf">{who}@.*?name=\"account\" value=\"(\d+)\"", page, re.DOTALL)
        assert token is not None
        assert account is not None
        form = urlencode({"csrfmiddlewaretoken": token[1], "account": account[1]}).encode()
        opener.open(site.url + ACCOUNTS, form, timeout=10)
    return opener


def test_every_page_is_html(site: Site, tmp_path: Path) -> None:
    """All at once, because the checker takes its time to start."""
    names = {"planted.html": "planted"}
    (tmp_path / "planted.html").write_text("<!doctype html><title>x</title><dl><p>x</dl>")
    for who, paths in WHO.items():
        opener = reader(site, who)
        for path in resolve(paths, site):
            name = f"{len(names)}.html"
            names[name] = f"{who} {path}".strip()
            (tmp_path / name).write_bytes(opener.open(site.url + path, timeout=10).read())
    found = {names[name]: said for name, said in outside.remarks(tmp_path).items()}
    assert found.pop("planted")
    assert found == {}
