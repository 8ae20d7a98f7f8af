"""The public ledger in the browser: receipts that prove themselves, and the page that recounts."""

import base64
import functools
import http.server
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from minben.ledger import receipts
from minben.ledger.entries import entry, instant
from minben.ledger.notes import SigningKey
from minben.ledger.receipts import Code
from tests.e2e.conftest import DESKTOP, PHONE, People, Site
from tests.e2e.places import resolve
from tests.e2e.small_log import CASE, KEY, NUMBER, T0, SmallLog, small_log
from tests.e2e.test_pages import look, overflow, violations

GOOD, BAD, WAIT = "good", "bad", "wait"


def open_number(site: Site) -> str:
    """The number of a proposal of the demo that can be endorsed."""
    return resolve(("{stage:endorsing}",), site)[0]


def decoded(page: Page, folder: Path) -> str:
    """What a camera reads from the code on a page."""
    reader = shutil.which("zbarimg")
    if not reader:
        pytest.skip("nothing here reads QR codes: apt-get install zbar-tools")
    picture = folder / "code.png"
    page.locator(".receipt-code img").screenshot(path=str(picture))
    done = subprocess.run(
        [reader, "--raw", "-q", picture], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_an_endorser_holds_a_receipt_that_proves_itself(
    site: Site, people: People, javascript: bool, tmp_path: Path
) -> None:
    number = open_number(site)
    page = people.sign_in("citizen-2" if javascript else "citizen-3")
    page.goto(f"/en/proposals/{number}/endorse/")
    if "endorsed" not in page.url:
        page.get_by_role("button", name="Yes, I endorse it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your endorsement is recorded")
    for _ in range(30):  # the sequencer needs a second, a checkpoint some more
        if page.get_by_text("under a signed checkpoint").count():
            break
        if not javascript:
            page.get_by_role("link", name="Look again").click()
        page.wait_for_timeout(1000)
    expect(page.locator("#receipt")).to_contain_text("under a signed checkpoint")
    expect(page.locator("#receipt")).to_contain_text("You are endorser no.")

    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the receipt").click()
    kept = tmp_path / "receipt.json"
    waiting.value.save_as(kept)
    (one,) = receipts.read_all(kept.read_bytes())
    assert receipts.check(one).standing is receipts.Standing.ENTERED

    code = decoded(page, tmp_path)
    assert Code.parse(code) == Code.of(one)

    page.goto("/en/ledger/receipt/")
    page.locator("input[type=file]").set_input_files(kept)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("main")).to_contain_text(
        f"as entry {one.place.index if one.place else -1:,}"
    )
    expect(page.locator("main")).to_contain_text("fits the commitment")

    page.goto("about:blank")
    page.goto(code)
    if javascript:
        expect(page.get_by_text("The code you scanned is filled in")).to_be_visible()
    else:  # what stands after the # is typed by hand
        page.locator("textarea").fill(code)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("main")).to_contain_text("It is in the ledger")


def recounted(page: Page, number: str) -> str:
    """Open the log, recount one proposal; returns the kind of the verdict."""
    page.locator("#source-form button").click()
    verdict = page.locator("#log-result .verdict")
    verdict.wait_for()
    if verdict.get_attribute("data-kind") != GOOD:
        return str(verdict.get_attribute("data-kind"))
    page.locator("#number").fill(number)
    page.locator("#case-form button.main").click()
    page.locator("#case-result .verdict").wait_for()
    return str(page.locator("#case-result .verdict").get_attribute("data-kind"))


def checked(page: Page, text: str) -> str:
    """Check a pasted receipt on the opened page; returns the kind of the verdict."""
    page.locator("#receipt").fill(text)
    page.locator("#receipt-form button").click()
    expect(page.locator("#receipt-form button")).to_be_enabled()
    page.locator("#receipt-result .verdict").wait_for()
    return str(page.locator("#receipt-result .verdict").get_attribute("data-kind"))


@pytest.mark.parametrize("stage", ["endorsing", "answered"])
def test_the_page_that_recounts_runs_on_the_site(site: Site, browser: Browser, stage: str) -> None:
    """Never a difference. What can be counted whole depends on what was played here before."""
    number = resolve((f"{{stage:{stage}}}",), site)[0]
    page = browser.new_context(base_url=site.url, viewport=PHONE).new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto("/ledger/verify.html?lang=en")
    assert recounted(page, number) in {WAIT, GOOD}
    page.context.close()
    assert complaints == []


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Nothing."""


@pytest.fixture
def served() -> Iterator[Callable[[Path], str]]:
    """Serve a folder, as anybody can who has a bundle."""
    running: list[http.server.ThreadingHTTPServer] = []

    def serve(folder: Path) -> str:
        handler = functools.partial(_Quiet, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_port}/verify.html?lang=en"

    yield serve
    for server in running:
        server.shutdown()
        server.server_close()


def test_a_bundle_recounts_over_the_web(
    window: Page, served: Callable[[Path], str], tmp_path: Path
) -> None:
    window.goto(served(small_log().write(tmp_path)))
    assert recounted(window, NUMBER) == GOOD
    said = window.locator("#case-result").inner_text()
    assert re.search(r"Valid endorsements\s+5\s+5\s+✓", said)
    assert "Entry that reached it" in said
    assert violations(window) == []


def test_a_large_log_is_read_only_where_it_must_be(
    window: Page, served: Callable[[Path], str], tmp_path: Path
) -> None:
    log = small_log(66_000)
    log.write(tmp_path)
    size = len(log.entries)
    case = {"number": NUMBER, "ranges": [[0, 2], [size - 12_000, size]]}
    first = [[place, place + 1] for place in range(size) if b'"case":7,' in log.entries[place]]
    case["ranges"] = first
    (tmp_path / "cases.json").write_text(json.dumps({"cases": {"7": case}}))
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.goto(served(tmp_path))
    assert recounted(window, NUMBER) == GOOD
    assert len([url for url in asked if "/tile/entries/" in url]) < 12
    assert len([url for url in asked if "/tile/" in url]) < 30


def test_a_folder_needs_no_network(window: Page, tmp_path: Path) -> None:
    folder = small_log().write(tmp_path / "bundle")
    window.context.set_offline(True)
    window.goto((folder / "verify.html").as_uri() + "?lang=en")
    window.locator("#folder").set_input_files(folder)
    assert recounted(window, NUMBER) == GOOD


def put(folder: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change a file of the bundle, and see to it that something did change."""
    path = folder / name
    before = path.read_bytes()
    path.write_bytes(change(before))
    assert path.read_bytes() != before, name


def flipped(raw: bytes) -> bytes:
    """The same with one bit changed, somewhere in the middle."""
    middle = len(raw) // 2
    return raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :]


def signed_by_another(raw: bytes) -> bytes:
    text, _, _ = raw.decode().partition("\n\n")
    theirs = SigningKey(KEY.name, 1, b"x" * 32)
    line = base64.b64encode(theirs.public.id + theirs.sign(f"{text}\n".encode())).decode()
    return f"{text}\n\n— {KEY.name} {line}\n".encode()


def claim(name: str, value: object) -> Callable[[bytes], bytes]:
    def change(raw: bytes) -> bytes:
        told = json.loads(raw)
        told["cases"]["7"][name] = value
        return json.dumps(told).encode()

    return change


def later_deadline(raw: bytes) -> bytes:
    told = json.loads(raw)
    told["deadlines"][0]["due_at"] = "2026-09-09T16:00:00.000000Z"
    return json.dumps(told).encode()


def one_less(raw: bytes) -> bytes:
    told = json.loads(raw)
    told["cases"]["7"]["ranges"] = [[0, 256]]
    return json.dumps(told).encode()


EDGE = "tile/entries/002.p/98"
TAMPERED: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "a full bundle of entries": ("tile/entries/000", flipped, "was changed"),
    "the newest entries": (EDGE, flipped, "was changed"),
    "entries that were cut": (EDGE, lambda raw: raw[:-3], "was cut"),
    "the newest hashes": ("tile/0/002.p/98", flipped, "not the one that was signed"),
    "hashes above": ("tile/1/000.p/2", flipped, "not the one that was signed"),
    "the checkpoint": ("checkpoint", lambda raw: raw.replace(b"610", b"611", 1), "false"),
    "another's signature": ("checkpoint", signed_by_another, "not signed by"),
    "another key": (
        "log.vkey",
        lambda raw: str(SigningKey(KEY.name, 1, b"x" * 32).public).encode(),
        "not signed by",
    ),
    "no key": ("log.vkey", lambda raw: b"nonsense", "well-formed key"),
    "one endorsement more": ("claims.json", claim("count", 6), "is not what the platform"),
    "another day": (
        "claims.json",
        claim("totals", {"2026-03-02": 1, "2026-03-03": 6}),
        "is not what the platform",
    ),
    "reached earlier": (
        "claims.json",
        claim("reached_at", "2026-03-04T00:00:00.000000Z"),
        "is not what the platform",
    ),
    "another threshold": ("claims.json", claim("threshold", 3), "is not what the platform"),
    "a later deadline": ("claims.json", later_deadline, "is not what the platform"),
    "entries kept back": ("cases.json", one_less, "is not what the platform"),
    "claims that are none": ("claims.json", lambda raw: b"[]", "cannot be understood"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_changed_is_seen(
    what: str, window: Page, served: Callable[[Path], str], tmp_path: Path
) -> None:
    log = small_log()
    assert len(log.entries) == 610
    name, change, words = TAMPERED[what]
    put(log.write(tmp_path), name, change)
    window.goto(served(tmp_path))
    kind = recounted(window, NUMBER)
    assert kind in (BAD, WAIT)
    if what != "no key":
        assert kind == BAD
    expect(window.locator("main")).to_contain_text(words)


def test_a_deadline_passed_in_silence_is_seen(
    window: Page, served: Callable[[Path], str], tmp_path: Path
) -> None:
    window.goto(served(small_log(due_days=30).write(tmp_path)))
    assert recounted(window, NUMBER) == BAD
    expect(window.locator("main")).to_contain_text("the ledger does not say so")


def extended_log(at_days: int, *, times: int = 1) -> SmallLog:
    """The same proposal; its answer was due after 90 days, and was extended `at_days` after the start."""
    log = small_log()
    due = T0 + timedelta(days=90)
    for n in range(times):
        moved = {"kind": "response", "from": instant(due), "to": instant(due + timedelta(days=9))}
        told = {"case_id": CASE, "subject": "deadline:1", "data": moved}
        log.add("casework.deadline_extended", at_days * 1440 + n, **told)
        due += timedelta(days=9)
    log.claims["deadlines"][0]["due_at"] = instant(due)
    log.claims["size"] = len(log.entries)
    return log


@pytest.mark.parametrize(
    ("at_days", "times", "kind"), [(59, 1, GOOD), (90, 1, BAD), (95, 1, BAD), (59, 2, BAD)]
)
def test_more_time_for_an_answer_is_followed_if_it_was_in_time_and_once(
    at_days: int, times: int, kind: str, window: Page, served: Callable[[Path], str], tmp_path: Path
) -> None:
    window.goto(served(extended_log(at_days, times=times).write(tmp_path)))
    assert recounted(window, NUMBER) == kind
    if kind == BAD:
        expect(window.locator("main")).to_contain_text("otherwise than once, in time")


OPENING = {"number": NUMBER, "threshold": 7, "count": 2}


def older_log() -> SmallLog:
    """The same proposal, of which two endorsements were counted before the ledger began."""
    log = small_log(0)
    log.entries[0] = entry("proposals.opening_balance", T0, case_id=CASE, data=OPENING)
    told = log.claims["cases"][str(CASE)]
    told |= {"count": 7, "threshold": 7}
    totals = {day: total + 2 for day, total in told["totals"].items()}
    told["totals"] = {day: total for day, total in totals.items() if day > "2026-03-02"}
    return log


def test_what_was_counted_before_the_ledger_is_told_apart(
    window: Page, served: Callable[[Path], str], tmp_path: Path
) -> None:
    window.goto(served(older_log().write(tmp_path)))
    assert recounted(window, NUMBER) == WAIT
    said = window.locator("#case-result").inner_text()
    assert "2 endorsements of this proposal were counted before the ledger began" in said
    assert re.search(r"Valid endorsements\s+7\s+7\s+✓", said)
    assert "✗" not in said


@pytest.mark.parametrize(
    ("older", "kind", "data", "words"),
    [
        (False, "proposals.opening_balance", OPENING, "came afterwards"),
        (True, "proposals.opening_balance", OPENING, "a second time"),
        (False, "proposals.endorsements_taken_over", {"to": 9}, "taken over from elsewhere"),
    ],
)
def test_a_past_that_was_made_up_later_is_seen(
    older: bool,
    kind: str,
    data: dict[str, object],
    words: str,
    window: Page,
    served: Callable[[Path], str],
    tmp_path: Path,
) -> None:
    log = older_log() if older else small_log()
    log.add(kind, 9_001, case_id=CASE, data=data)
    log.claims["size"] += 1
    log.claims["cases"][str(CASE)]["count"] += 2
    log.claims["cases"][str(CASE)]["totals"] = {}
    window.goto(served(log.write(tmp_path)))
    assert recounted(window, NUMBER) == BAD
    expect(window.locator("#case-result ul")).to_contain_text(words)


def test_every_entry_may_be_read_all_the_same(
    window: Page, served: Callable[[Path], str], tmp_path: Path
) -> None:
    """Who reads everything needs no word of the platform about where entries stand."""
    put(small_log().write(tmp_path), "cases.json", one_less)
    window.goto(served(tmp_path))
    window.locator("#source-form button").click()
    window.locator("#log-result .verdict").wait_for()
    window.locator("#whole").check()
    assert recounted(window, NUMBER) == GOOD


def test_a_key_known_from_elsewhere_is_compared(
    window: Page, served: Callable[[Path], str], tmp_path: Path
) -> None:
    window.goto(served(small_log().write(tmp_path)))
    window.locator("details summary").click()
    window.locator("#known-key").fill(str(KEY.public))
    assert recounted(window, NUMBER) == GOOD
    window.locator("#known-key").fill(str(SigningKey(KEY.name, 1, b"x" * 32).public))
    assert recounted(window, NUMBER) == BAD
    expect(window.locator("#log-result")).to_contain_text("not the one you know")


def receipt_texts(log: SmallLog) -> dict[str, tuple[str, str]]:
    """Receipts, genuine and not, with what becomes of them."""
    one, promised = log.receipt(), log.receipt(promised_only=True)
    assert one.place
    assert promised.promise
    never = replace(promised, entry=promised.entry.replace(b'"case":7', b'"case":8'), sealed=None)
    from tests.e2e.small_log import RECEIPTS

    kept_back = replace(
        never, promise=receipts.promise(KEY.name, never.entry, promised.promise.at, RECEIPTS)
    )
    return {
        "genuine": (receipts.write([one]), GOOD),
        "promised": (receipts.write([promised]), GOOD),
        "code": (str(Code.of(one)), GOOD),
        "address": (f"https://any.example/ledger/receipt/#{Code.of(promised)}", GOOD),
        "another salt": (receipts.write([replace(one, salt=b"x" * 32)]), BAD),
        "another place": (str(replace(Code.of(one), index=3)), BAD),
        "another log": (receipts.write([replace(one, origin="other.example/ledger")]), BAD),
        "forged promise": (receipts.write([never]), BAD),
        "kept back": (receipts.write([kept_back]), BAD),
        "nonsense": ("nonsense", WAIT),
    }


def test_receipts_on_the_page_that_recounts(
    window: Page, served: Callable[[Path], str], tmp_path: Path
) -> None:
    log = small_log()
    window.goto(served(log.write(tmp_path)))
    assert checked(window, "anything") == WAIT  # nothing is opened yet
    assert recounted(window, NUMBER) == GOOD
    texts = receipt_texts(log)
    assert {name: checked(window, text) for name, (text, _) in texts.items()} == {
        name: kind for name, (_, kind) in texts.items()
    }


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_that_recounts_is_for_everybody(
    size: dict[str, int],
    scheme: str,
    window: Page,
    served: Callable[[Path], str],
    tmp_path: Path,
) -> None:
    window.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    window.set_viewport_size(size)  # type: ignore[arg-type]
    log = small_log()
    window.goto(served(log.write(tmp_path)).replace("lang=en", "lang=zh-Hant"))
    assert recounted(window, NUMBER) == GOOD
    checked(window, receipts.write([replace(log.receipt(), salt=b"")]))
    assert violations(window) == []
    assert overflow(window) <= 0
    text = window.locator("main").inner_text()
    assert not re.findall(r"(?:[A-Za-z']{2,} ){3,}[A-Za-z']{2,}", text)
    window.locator("#lang-en").click()
    assert window.locator("html").get_attribute("lang") == "en"
    expect(window.get_by_role("heading", level=1)).to_have_text("Recount a proposal yourself")
    expect(window.locator("#case-result")).to_contain_text("exactly what the platform publishes")
    chinese = re.compile("[\u4e00-\u9fff]")
    assert not chinese.search(window.locator("main").inner_text())


def test_pages_of_the_ledger(site: Site, browser: Browser) -> None:
    number = open_number(site)
    paths = (
        "/ledger/",
        "/ledger/leaf/0/",
        "/ledger/receipt/",
        f"/proposals/{number}/ledger/",
        f"/proposals/{number}/ledger/?show=all",
        "/en/ledger/",
        "/en/ledger/leaf/300/",
    )
    page = browser.new_context(base_url=site.url).new_page()
    faults = [fault for path in paths for fault in look(page, path)]
    faults += [fault for path in paths[:3] for fault in look(page, path, scheme="dark")]
    page.context.close()
    assert faults == []


def test_pages_of_receipts(site: Site, browser: Browser) -> None:
    people = People(site, browser)
    number = open_number(site)
    page = people.sign_in("citizen-4")
    page.goto(f"/en/proposals/{number}/endorse/")
    if "endorsed" not in page.url:
        page.get_by_role("button", name="Yes, I endorse it").click()
    faults = look(page, f"/proposals/{number}/endorsed/")
    officer = people.sign_in("admin-1")
    faults += look(officer, f"/desk/cases/{number}/receipts/")
    people.close()
    assert faults == []
