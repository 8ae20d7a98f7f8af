"""The real platform in a real browser: migrated, with the demo, served by its own command."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Site:
    """A running platform of its own."""

    url: str
    var: Path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(var: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Migrate, load the demo and serve; returns the process and the address."""
    env = {
        k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    env |= {"MINBEN_MODE": "demo", "MINBEN_VAR": str(var), "SECRET_KEY": "only-for-tests" * 4}
    minben = [sys.executable, "-m", "minben.config"]
    for command in (["migrate"], ["demo"], ["tick"]):
        subprocess.run([*minben, *command], env=env, check=True, stdout=subprocess.DEVNULL)
    port = _free_port()
    server = subprocess.Popen([*minben, "serve", "--port", str(port), "--no-tick"], env=env)
    url = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{url}/", timeout=2)
            break
        except OSError:
            time.sleep(0.2)
    return server, url


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    if running := os.environ.get("MINBEN_E2E_URL"):  # while writing a test: a site that runs
        yield Site(running, Path())
        return
    var = Path(tempfile.mkdtemp(prefix="minben-e2e-"))
    server, url = start(var)
    yield Site(url, var)
    server.terminate()
    server.wait(10)
    shutil.rmtree(var, ignore_errors=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("MINBEN_BROWSER") or shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium here: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


class People:
    """One browser window per person, so that a journey reads like a play."""

    def __init__(self, site: Site, browser: Browser, *, javascript: bool = True) -> None:
        self._site, self._browser, self._javascript = site, browser, javascript
        self._pages: dict[str, Page] = {}

    def page(self, who: str) -> Page:
        """The window of one person, not signed in yet."""
        if who not in self._pages:
            context = self._browser.new_context(
                viewport=PHONE, java_script_enabled=self._javascript, base_url=self._site.url
            )
            context.set_default_timeout(10_000)
            self._pages[who] = context.new_page()
        return self._pages[who]

    def sign_in(self, who: str) -> Page:
        """The window of one account of the demo, signed in by the one-click page."""
        known = who in self._pages
        page = self.page(who)
        if not known:
            page.goto("/en/dev/accounts/")
            page.get_by_role("row").filter(has_text=f"{who}@").get_by_role("button").click()
        return page

    def close(self) -> None:
        """Close every window."""
        for page in self._pages.values():
            page.context.close()


@pytest.fixture
def people(site: Site, browser: Browser, javascript: bool) -> Iterator[People]:
    cast = People(site, browser, javascript=javascript)
    yield cast
    cast.close()
