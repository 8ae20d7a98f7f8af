"""Evidence is read from JSON that may hold anything; only what can be shown safely is shown."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.proposals.queries.evidence import evidence_of

SHA = "0a" * 32
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["links", "files", "video", "title", "url", "sha256", "name", "size"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["links", "files", "video"]), json, max_size=3))
def test_nothing_breaks_it_and_every_link_leads_to_the_web(given_json: dict[str, Any]) -> None:
    evidence = evidence_of(given_json)
    for link in evidence.links:
        assert link.url.startswith(("http://", "https://", "HTTP://", "HTTPS://"))
        assert link.title


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "http://", "http://[x", ""]
)
def test_what_is_no_web_address_is_left_out(url: str) -> None:
    assert not evidence_of({"links": [{"title": "x", "url": url}], "video": url})


@pytest.mark.parametrize(
    ("sha256", "name"),
    [(SHA, ""), (SHA, "a/b.pdf"), (SHA, "長" * 121), ("0A" * 32, "a.pdf"), ("zz" * 32, "a.pdf")],
)
def test_a_file_without_an_address_is_left_out(sha256: str, name: str) -> None:
    assert not evidence_of({"files": [{"sha256": sha256, "name": name, "size": 1}]})


def test_what_is_well_formed_is_kept() -> None:
    evidence = evidence_of(
        {
            "links": [{"title": " ", "url": "https://example.org/a"}],
            "video": "https://video.example.org/1",
            "files": [
                {"sha256": SHA, "name": "路口.pdf", "media_type": "application/pdf", "size": 9}
            ],
        }
    )
    assert evidence.links[0].title == "example.org"
    assert evidence.video is not None
    assert evidence.video.host == "video.example.org"
    assert (evidence.files[0].name, evidence.files[0].kind) == ("路口.pdf", "PDF")
