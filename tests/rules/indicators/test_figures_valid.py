"""Every picture at every size is valid, whole, legible and the same again."""

import pytest

from minben.indicators.figures.words import EN, ZH
from tests.rules.indicators import figure_schema as schema
from tests.rules.indicators.figure_zoo import KINDS, all_of, every

GOOD = KINDS["bars"](9, "zh")


@pytest.mark.parametrize("kind", KINDS)
def test_every_picture_is_valid_and_legible(kind: str) -> None:
    found = {what: schema.faults(figure.svg) for what, figure in all_of(kind)}
    assert not {what: faults[:5] for what, faults in found.items() if faults}


@pytest.mark.parametrize("kind", KINDS)
def test_equal_input_gives_equal_bytes(kind: str) -> None:
    assert list(all_of(kind)) == list(every(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_says_what_the_picture_shows(kind: str) -> None:
    for what, figure in all_of(kind):
        assert {len(row) for row in figure.rows} <= {len(figure.header)}, what
        assert all(figure.header), what
        assert figure.rows or what.startswith("empty"), what
        assert figure.title, what
        assert figure.description, what


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_picture_says_what_to_do(kind: str) -> None:
    for what, figure in all_of(kind):
        told = (ZH if what.endswith("zh") else EN)["empty"]
        assert figure.description.endswith(told) is what.startswith("empty"), what


@pytest.mark.parametrize("kind", KINDS)
def test_two_pictures_in_one_page_share_no_id(kind: str) -> None:
    draw = KINDS[kind]
    one, other = (schema.parsed(draw(3, "zh", ids=ids).svg) for ids in ("first", "second"))
    ids = [{e.attrib["id"] for e in root.iter() if "id" in e.attrib} for root in (one, other)]
    assert ids[0]
    assert ids[0].isdisjoint(ids[1])
    with pytest.raises(ValueError, match="cannot begin an id"):
        draw(3, "zh", ids='x" onload="')


def test_both_languages_say_the_same() -> None:
    assert ZH.keys() == EN.keys()
    fields = {key: sorted(schema.re.findall(r"{\w+}", words)) for key, words in ZH.items()}
    assert fields == {key: sorted(schema.re.findall(r"{\w+}", w)) for key, w in EN.items()}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("<rect ", "<image ", "not allowed"),
        ("</svg>", "<script>1</script></svg>", "not allowed"),
        ('fill="#', 'onclick="1" fill="#', "onclick"),
        ('fill="#', 'style="1" fill="#', "style"),
        ('fill="#', 'href="x" fill="#', "href"),
        ("url(#bars-dots)", "url(#dots)", "no id 'dots'"),
        ('id="bars-d"', 'id="bars-t"', "twice"),
        ('<title id="bars-t">', '<desc id="bars-x">1</desc><title id="bars-t">', "first"),
        ('d="M', 'd="L', "begin with M"),
        ('d="M', 'd="M1 nan', "path holds"),
        ('font-size="24"', 'font-size="11"', "11 px"),
        ('x="24"', 'x="-24"', "leaves the picture"),
        ('height="16"', 'height="0"', "height 0"),
        ('fill="#1d2733"', 'fill="#a0a8b0"', "on #ffffff"),
        ("</svg>", '<text x="30" y="31" fill="#000000" font-size="24">B</text></svg>', "'B' on "),
        ('stroke="#0b5a8f"', 'stroke="#bfd8ea"', "<rect>"),
    ],
)
def test_the_checks_find(before: str, after: str, told: str) -> None:
    """Each check bites: one thing made wrong, and it is named."""
    assert not schema.faults(GOOD.svg)
    assert before in GOOD.svg
    text = GOOD.svg.replace(before, after)
    if before.startswith("<title"):
        assert "title, desc first" in schema.faults(text)
        return
    if before == "<rect ":
        text = text.replace("</rect>", "</image>")
    assert any(told in fault for fault in schema.faults(text)), schema.faults(text)
