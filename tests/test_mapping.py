"""The map: every leg drawn once, nothing on top of anything else, and the same links as its list."""

import json
import re
from collections.abc import Iterable, Mapping
from itertools import combinations, pairwise

from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from commonground.arranging import Shape
from commonground.building import build
from commonground.lettering import fit, text_width
from commonground.mappage import SHAPES
from commonground.mapping import EDGE, TOUCH, Box, Drawing, draw
from commonground.model import Guide, Plain, Way
from commonground.reading import read_folder
from commonground.way import Route
from tests.casefile import BASE, CASES
from tests.rendering import as_html, harm
from tests.test_reporting import topic
from tests.test_way import HERE, NAMES, place, ways

MAP = b"---\ntitle: Map\n---\n\n<!-- map -->\n"
WAY = b"way:\n  steps:\n    - and: [plan-the-move, {boxes: if any}, {lifting: if heavy}]\n"


def stage(slug: str) -> Plain:
    return Plain(path=f"stages/{slug}.md", title=slug * 12, aliases=(), body="", span=HERE)


def drawn(way: Way, shape: Shape, split: int = len(NAMES)) -> Drawing:
    """Draw a way whose first topics are in one stage and the rest in another; the last but one is where to stop."""
    if len(NAMES) - 1 > sum(len(step.places) for step in way.steps):
        way = Way(way.steps, place(f"{NAMES[-2]}?"))
    topics = [topic(name, "one" if number < split else "two", number) for number, name in enumerate(NAMES)]
    return draw([stage("one"), stage("two")], topics, way, shape)


def over(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


def corners(path: str) -> list[tuple[float, float]]:
    """The corners of a line, without the head of its arrow."""
    line = re.match(r"M([\d.]+) ([\d.]+)((?:[HV][\d.]+)+)", path)
    assert line
    found = [(float(line[1]), float(line[2]))]
    for kind, value in re.findall(r"([HV])([\d.]+)", line[3]):
        x, y = found[-1]
        found.append((float(value), y) if kind == "H" else (x, float(value)))
    return found


def crosses(box: Box, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a stroke runs through a box, and not only to its edge."""
    (left, right), (top, bottom) = (sorted(pair) for pair in zip(start, end, strict=True))
    across = left < box.x + box.width - 0.1 and box.x + 0.1 < right
    down = top < box.y + box.height - 0.1 and box.y + 0.1 < bottom
    return across and down


def touches(box: Box, at: tuple[float, float]) -> bool:
    x, y = at
    inside = -0.1 <= x - box.x <= box.width + 0.1 and -0.1 <= y - box.y <= box.height + 0.1
    edges = (x - box.x, box.x + box.width - x, y - box.y, box.y + box.height - y)
    return inside and min(map(abs, edges)) < 0.1


@given(ways(), st.sampled_from(SHAPES), st.integers(0, len(NAMES)))
def test_every_leg_is_drawn_once_and_nothing_lies_over_another(way: Way, shape: Shape, split: int) -> None:
    found = drawn(way, shape, split)
    on_the_way = [line for line in found.lines if line.out is None]
    assert [(line.start, line.end) for line in on_the_way] == [(leg.start, leg.end) for leg in Route(way).legs]
    assert sorted(found.boxes) == sorted(NAMES)
    for one, other in combinations(found.boxes.values(), 2):
        assert not over(one, other), (one, other)
    for box in found.boxes.values():
        frame = found.frames[box.stage]
        assert frame.y < box.y < box.y + box.height < frame.y + frame.height <= found.height
        assert 0 < box.x < box.x + box.width < shape.width - EDGE
        assert box.height >= TOUCH
    for line in found.lines:
        stroke = corners(line.path)
        assert line not in on_the_way or touches(found.boxes[line.start], stroke[0]), line
        assert touches(found.boxes[line.end], stroke[-1]), line
        for start, end in pairwise(stroke):
            assert not any(crosses(box, start, end) for box in found.boxes.values()), line


WORDS = st.text("abcmMW il.é字", max_size=40)


@given(WORDS, st.sampled_from([14, 15.5]), st.integers(20, 300))
def test_a_text_is_broken_to_fit_and_loses_nothing(text: str, size: float, width: int) -> None:
    rows = list(fit(text, width, size))
    assert "".join(rows).replace(" ", "") == "".join(text.split())
    assert all(text_width(row, size) <= width or len(row) == 1 for row in rows)
    if all(text_width(word, size) <= width for word in text.split()):
        assert " ".join(rows) == " ".join(text.split())


def test_words_stay_whole_where_they_fit() -> None:
    assert list(fit("Pack the boxes", 75, 15)) == ["Pack the", "boxes"]
    assert list(fit("Donaudampfschiff", 75, 15)) == ["Donauda", "mpfschif", "f"]


def guides(docs: Mapping[str, bytes]) -> Iterable[tuple[str, Mapping[str, bytes]]]:
    base = read_folder(BASE) | {"map.md": MAP}
    yield "base", base
    yield "base with a way", base | {"guide.yml": base["guide.yml"] + WAY}
    yield "moving", read_folder(CASES / "moving" / "docs")
    yield "the guide", docs


def element(found: object) -> Tag:
    assert isinstance(found, Tag)
    return found


def names(guide: Guide) -> dict[str, str]:
    """The slug of each stage and topic by its address."""
    content = guide.content
    return {f"guide/{one.slug}.md": one.slug for one in content.topics} | {one.path: one.slug for one in content.stages}


def listed(page: BeautifulSoup, names: Mapping[str, str]) -> tuple[list[str], set[tuple[str, str]]]:
    """What the list of a map names, in order, and which of them it leads from and to."""
    order: list[str] = []
    ways: set[tuple[str, str]] = set()
    for part in page.select("details > ol > li"):
        own, *out = (names[str(link["href"])] for link in part.find_all("a", recursive=False))
        order.append(own)
        ways |= {(own, end) for end in out}
        for one in part.select(":scope > ul > li"):
            start = names[str(element(one.a)["href"])]
            order.append(start)
            ways |= {(start, names[str(link["href"])]) for link in one.select(":scope > ul a")}
    return order, ways


def test_both_pictures_and_the_list_hold_the_same(docs: Mapping[str, bytes]) -> None:
    for name, files in guides(docs):
        result = build(files)
        assert result.findings == (), name
        page = BeautifulSoup(as_html(next(one.text for one in result.pages if one.path == "map.md")), "html.parser")
        known = names(result.guide)
        order, ways = listed(page, known)
        assert sorted(order) == sorted(known.values()), name
        pictures = page.select("svg")
        assert len(pictures) == len(SHAPES)
        for picture in pictures:
            assert {(str(one["data-start"]), str(one["data-end"])) for one in picture.select("path")} == ways, name
            assert [known[str(link["href"])] for link in picture.select("a")] == order, name
            assert element(picture.title).get_text()
            for label in ("aria-labelledby", "aria-describedby"):
                assert picture.find(id=str(picture[label])), label
        route = Route(result.guide.content.settings.way)
        assert {(leg.start, leg.end) for leg in route.legs} <= ways
        assert harm(str(page)) == []


def test_the_pictures_say_every_word_of_a_title(docs: Mapping[str, bytes]) -> None:
    result = build(docs)
    page = BeautifulSoup(as_html(next(one.text for one in result.pages if one.path == "map.md")), "html.parser")
    titles = {f"guide/{one.slug}.md": one.title for one in result.guide.content.topics}
    for link in page.select("svg a[href^=guide]"):
        said = " ".join(link.get_text().split())
        assert said.endswith(titles[str(link["href"])])
        place = Route(result.guide.content.settings.way).places.get(str(link["href"])[6:-3])
        assert not place or place.words in said


def test_the_way_is_in_the_data(docs: Mapping[str, bytes]) -> None:
    data = json.loads(next(page.text for page in build(docs).pages if page.path == "guide.json"))
    way = build(docs).guide.content.settings.way
    assert [one["join"] for one in data["way"]["steps"]] == [one.join for one in way.steps]
    assert data["way"]["stop"] == {"topic": way.stop.topic.id, "words": way.stop.words} if way.stop else None
