"""Pictures of the demo, to be looked at: ``make screenshots`` puts them into build/screenshots.

With ``--docs`` the few that the README shows are made anew, cut to the first screens and small.
"""

import argparse
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.conftest import DESKTOP, PHONE, start
from tests.e2e.small_log import NUMBER, small_log

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "screenshots"
DOCS = ROOT / "docs" / "images"
DOCS_MOST_BYTES = 150_000
DOCS_HEIGHT = {390: 1100, 1280: 960}  # so much of a page is shown in the README
CASE = re.compile(r"/proposals/\d{4}-\d+/$")
MARGIN = 20  # above the part that is shown
CHECK = "/ledger/verify.html"

Prepare = Callable[[Page], None]


@dataclass(frozen=True)
class Scene:
    """One page to be taken.

    Args:
        name: of the file, before the width.
        path: where it begins.
        who: account of the demo that is signed in, if any.
        then: what is done there first.
        docs: widths at which the README shows it.
        part: selector of what the README's picture begins with; without, the top of the page.
        height: of the README's picture, where it is less than usual.
        dark: taken with the dark scheme as well.
    """

    name: str
    path: str
    who: str = ""
    then: Prepare | None = None
    docs: tuple[int, ...] = ()
    part: str = ""
    height: int = 0
    dark: bool = False


def follow(pattern: str) -> Prepare:
    """Go to the first link of the main part whose address matches."""

    def go(page: Page) -> None:
        links = page.locator("main a[href]").all()
        found = next(
            href for link in links if re.search(pattern, href := link.get_attribute("href") or "")
        )
        page.goto(found)

    return go


def one_of(stage: str) -> str:
    """The list of proposals in one stage."""
    return f"/proposals/?stage={stage}&sort=endorsed"


OPEN = one_of("endorsing")


def _see_similar(page: Page) -> None:
    page.get_by_role("radio").first.check()
    page.locator("main form button").last.click()
    page.locator("#id_subject").fill("線上報稅系統請支援所有作業系統")
    page.locator("#id_subject").press("Enter")
    page.wait_for_url("**/similar/")


def _take_up(page: Page) -> None:
    follow(r"/desk/checks/\d{4}-\d+/$")(page)
    button = page.locator("form[action$='/take-up/'] button")
    if button.count():
        button.first.click()


def _to(further: str) -> Prepare:
    """Open the first proposal of a list, and a page below it."""

    def go(page: Page) -> None:
        follow(CASE.pattern)(page)
        page.goto(f"{page.url}{further}")

    return go


def _endorse(page: Page) -> None:
    """Endorse the first of a list, unless that is done; wait until a checkpoint signs for it."""
    _to("endorse/")(page)
    if "/endorsed/" not in page.url:
        page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/endorsed/")
    page.locator("#receipt [data-state=entered]").wait_for()


def _recount(page: Page) -> None:
    """Recount a proposal of a small log out of a folder, as anybody can."""
    with tempfile.TemporaryDirectory(prefix="minben-log-") as folder:
        small_log().write(Path(folder))
        page.locator("[name=from][value=folder]").check()
        page.locator("#folder").set_input_files(folder)
        page.locator("#source-form button").click()
        page.locator("#log-result .verdict").wait_for()
        page.locator("#number").fill(NUMBER)
        page.locator("#case-form button.main").click()
        page.locator("#case-result .verdict").wait_for()


WHEEL = "/indicators/practice-wheel/?unit=P03"
SURVEY = "/indicators/surveys/digital-opportunity-2019/"
CONDUCT = "/indicators/conduct/"

SCENES = (
    Scene("home", "/", docs=(1280,)),
    Scene("home-en", "/en/"),
    Scene("list", "/proposals/", docs=(1280,)),
    Scene("list-en", "/en/proposals/"),
    Scene("proposal", OPEN, then=follow(CASE.pattern), docs=(390, 1280), dark=True),
    Scene("proposal-en", f"/en{OPEN}", then=follow(CASE.pattern), docs=(1280,)),
    Scene("answered", one_of("answered"), then=follow(CASE.pattern), docs=(1280,), dark=True),
    Scene("overdue", one_of("overdue"), then=follow(CASE.pattern)),
    Scene("hidden-register", "/register/hidden/"),
    Scene("rules", "/about/rules/"),
    Scene("propose", "/propose/", "citizen-1", _see_similar, docs=(390,)),
    Scene("my", "/my/", "citizen-8"),
    Scene("desk", "/desk/", "checker-1"),
    Scene("check", "/desk/checks/", "checker-1", _take_up, docs=(1280,)),
    Scene("response", "/desk/responses/", "officer-moe", follow(r"/desk/responses/\d{4}-\d+/$")),
    Scene("signup", "/account/signup/"),
    Scene("receipt", OPEN, "citizen-1", _endorse, (390, 1280), "main a", dark=True),
    Scene("receipt-en", f"/en{OPEN}", "citizen-1", _endorse, (1280,), "main a"),
    Scene("wall", "/clock/"),
    Scene("meetings", "/meetings/"),
    Scene("indicators", "/indicators/"),
    Scene("wheel", WHEEL, "", None, (390, 1280), ".indic-figure", dark=True),
    Scene("wheel-en", f"/en{WHEEL}", "", None, (1280,), ".indic-figure"),
    Scene("ranking", f"{WHEEL}&show=ranking"),
    Scene("method", "/indicators/practice-wheel/method/"),
    Scene("survey", SURVEY, "", None, (1280,), "#findings-title"),
    Scene("survey-en", f"/en{SURVEY}", "", None, (1280,), "#findings-title"),
    Scene("conduct", CONDUCT, "", None, (1280,), ".indic-figure"),
    Scene("conduct-en", f"/en{CONDUCT}", "", None, (1280,), ".indic-figure"),
    Scene("sources", "/desk/indicators/", "admin-1"),
    Scene("ledger", "/ledger/", "", None, (1280,), "main h1", 410, dark=True),
    Scene("ledger-en", "/en/ledger/", "", None, (1280,), "main h1", 460),
    Scene("entry", "/ledger/leaf/300/"),
    Scene("case-ledger", OPEN, then=_to("ledger/")),
    Scene("check-receipt", "/ledger/receipt/"),
    Scene("recount", f"{CHECK}?lang=zh-Hant", "", _recount, (1280,), "#case-part", 850, dark=True),
    Scene("recount-en", f"{CHECK}?lang=en", "", _recount, (1280,), "#case-part", 885),
    Scene("invalidated", "/register/invalidated/"),
    Scene("invalidated-en", "/en/register/invalidated/"),
    Scene("case-invalidated", "/register/invalidated/", then=follow(r"/proposals/.*invalidated/")),
    Scene("desk-admin", "/desk/", "admin-2"),
    Scene("desk-admin-en", "/en/desk/", "admin-2"),
    Scene("campaigns", "/desk/campaigns/", "admin-2"),
    Scene("campaign", "/desk/campaigns/", "admin-2", follow(r"/desk/campaigns/\d+/$")),
    Scene("campaign-appeal", "/desk/campaigns/appeals/", "checker-1", follow(r"appeals/\d+/$")),
)


@contextmanager
def _platform() -> Iterator[str]:
    """The demo, served; yields its address."""
    var = Path(tempfile.mkdtemp(prefix="minben-screenshots-"))
    server, url = start(var)
    try:
        yield url
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(var, ignore_errors=True)


def _sign_in(page: Page, who: str) -> None:
    page.goto("/dev/accounts/")
    page.get_by_role("row").filter(has_text=f"{who}@").get_by_role("button").click()


def _take(browser: Browser, url: str, scene: Scene, width: int, scheme: str) -> tuple[bytes, int]:
    """One picture of a whole page, as PNG, and how far down the part the README shows begins."""
    context = browser.new_context(
        viewport=PHONE if width == PHONE["width"] else DESKTOP,
        color_scheme="dark" if scheme == "dark" else "light",
        base_url=url,
        locale="en-GB" if scene.path.startswith("/en/") else "zh-TW",
    )
    context.set_default_timeout(20_000)
    try:
        page = context.new_page()
        if scene.who:
            _sign_in(page, scene.who)
        page.goto(scene.path)
        if scene.then:
            scene.then(page)
        page.wait_for_load_state("networkidle")
        page.evaluate("scrollTo(0, 0)")
        box = page.locator(scene.part).first.bounding_box() if scene.part else None
        top = max(0, int(box["y"]) - MARGIN) if box else 0
        return page.screenshot(full_page=True), top
    finally:
        context.close()


def small(png: bytes, top: int, height: int) -> bytes:
    """A part of a picture in few colours: fewer, until it is small enough."""
    with Image.open(BytesIO(png)) as opened:
        whole = opened.convert("RGB")
    cut = whole.crop((0, top, whole.width, min(whole.height, top + height)))
    for colours in (256, 128, 64, 32):
        made = BytesIO()
        cut.quantize(colours, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
        if made.tell() <= DOCS_MOST_BYTES:
            break
    return made.getvalue()


def _keep(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    print(f"{path.relative_to(ROOT)}  {len(content) // 1000} kB", flush=True)


def main() -> None:
    """Take all pictures, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="scenes; all of them without")
    parser.add_argument("--docs", action="store_true", help="make the pictures of the README anew")
    chosen = parser.parse_args()
    scenes = [one for one in SCENES if not chosen.names or one.name in chosen.names]
    path = shutil.which("chromium")
    if not path:
        parser.error("no Chromium here: apt-get install chromium fonts-noto-cjk")
    with _platform() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for scene in scenes:
            for width in (PHONE["width"], DESKTOP["width"]):
                for scheme in ("light", "dark") if scene.dark else ("light",):
                    name = f"{scene.name}{'-dark' if scheme == 'dark' else ''}-{width}.png"
                    png, top = _take(browser, url, scene, width, scheme)
                    _keep(BUILD / name, png)
                    if chosen.docs and scheme == "light" and width in scene.docs:
                        height = scene.height or DOCS_HEIGHT[width]
                        _keep(DOCS / name, small(png, top, height))
        browser.close()


if __name__ == "__main__":
    main()
