"""The HAProxy of the documentation: no request is lost while processes are replaced, or die."""

import http.client
import shutil
import signal
import subprocess
import time

from tests.scale.conftest import EXAMPLE, FRONT, SERVERS, Readers, Site, until

# A page that asks the database, and a form without its token, which the platform itself refuses.
ASKED = (("GET", "/about/rules/"), ("GET", "/proposals/?q=x"), ("POST", "/account/login/"))


def answer_of(path: str, **headers: str) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection("127.0.0.1", FRONT, timeout=10)
    line.request("GET", path, headers={"Host": "127.0.0.1"} | headers)
    return line.getresponse()


def test_the_example_is_valid(site: Site) -> None:
    checked = subprocess.run(
        [shutil.which("haproxy") or "", "-c", "-f", str(EXAMPLE)], env=site.env
    )
    assert checked.returncode == 0


def test_monitoring_is_not_for_visitors(site: Site) -> None:
    for path in ("/metrics", "/readyz", "/readyz?checks=tick"):
        assert answer_of(path).status == 404
    assert answer_of("/healthz").status == 200


def test_the_number_of_a_request_is_the_balancer_s_and_not_the_visitor_s(site: Site) -> None:
    answer = answer_of("/about/", **{"X-Request-ID": "chosen-by-visitor"})
    assert len(answer.headers["X-Request-ID"]) == 36


def test_a_rolling_restart_loses_nothing(site: Site) -> None:
    with Readers(4, *ASKED) as readers:
        time.sleep(1)
        for name in SERVERS:
            site.restart(name)
        time.sleep(1)
    assert not readers.lost
    assert set(readers.seen) == {("GET", 200), ("POST", 403)}, readers.seen
    assert min(readers.seen.values()) > 20
    assert all(int(site.column(name, "stot")) > 20 for name in SERVERS), "both have served"


def test_reading_goes_on_when_a_process_dies(site: Site) -> None:
    with Readers(4, *ASKED[:2]) as readers:
        time.sleep(1)
        site.stop("a", signal.SIGKILL)
        until(lambda: site.column("a", "status").startswith("DOWN"), "a down")
        time.sleep(1)
        site.start("a")
        until(lambda: site.column("a", "status").startswith("UP"), "a up")
    assert not readers.lost
    assert set(readers.seen) == {("GET", 200)}, readers.seen
