"""The project's own guide: it builds, nothing of its articles is lost or said twice, and its names are permanent."""

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema_rs import Draft202012Validator

import commonground
from commonground.building import Result, build
from commonground.mdtext import normalised
from commonground.schemas import load_schema
from tests.conftest import PROJECT
from tests.rendering import as_html, broken, harm

PACKAGE = Path(commonground.__file__).parent


@pytest.fixture(scope="session")
def result(docs: Mapping[str, bytes]) -> Result:
    return build(docs)


@pytest.fixture(scope="session")
def html(result: Result) -> dict[str, str]:
    return {page.path: as_html(page.text) for page in result.pages if page.path.endswith(".md")}


@pytest.fixture(scope="session")
def data(result: Result) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(next(page.text for page in result.pages if page.path == "guide.json"))
    return loaded


def test_it_builds_without_a_finding(result: Result) -> None:
    assert result.findings == ()
    assert result.pages


def test_each_point_is_printed_once_or_swapped_by_a_rule(result: Result, html: dict[str, str]) -> None:
    content = result.guide.content
    printed = Counter(
        point
        for path, page in html.items()
        for points in re.findall(r'data-from="([^"]*)"', page)
        for point in points.split()
        if path.startswith("guide/")
    )
    rules = {*content.settings.care, *(tension.id for tension in content.tensions)}
    points = list(content.points)
    assert points
    for point in points:
        assert printed.pop(point.id, 0) == (0 if point.use == "swap" else 1), point.id
        assert point.use == "keep" or point.rule in rules, point.id
    assert not printed, "these points are nobody's"


def test_points_print_nowhere_but_on_topic_pages(html: dict[str, str]) -> None:
    for path, page in html.items():
        assert path.startswith("guide/") or "data-from=" not in page, path


def test_each_swapped_point_is_reported_on_a_topic_and_on_its_source(result: Result, html: dict[str, str]) -> None:
    swapped = [point for point in result.guide.content.points if point.use == "swap"]
    assert swapped
    for point in swapped:
        topics = [path for path, page in html.items() if f'id="left-out-{point.id}"' in page]
        assert len(topics) == 1, point.id
        assert not any(piece.text == point.text for piece in result.guide.advice), point.id


def test_no_two_printed_pieces_say_the_same(result: Result) -> None:
    texts = Counter(normalised(piece.text) for piece in result.guide.advice)
    assert texts
    assert [text for text, count in texts.items() if count > 1] == []


def test_every_bullet_of_a_source_says_where_it_went(result: Result, html: dict[str, str]) -> None:
    for source in result.guide.content.sources:
        page = html[f"sources/{source.slug}.md"]
        for point in source.points:
            element = re.search(rf'<li id="{point.id}">.*?</li>', page, re.DOTALL)
            assert element, point.id
            fate = element[0].rpartition("<em>")[2]
            assert re.search(r'<a href="\.\./guide/[a-z-]+\.md#[a-z0-9-]+">', fate), point.id
            assert fate.startswith("Not printed" if point.use == "swap" else "Printed in"), point.id


def test_every_link_leads_somewhere_and_every_id_is_one(html: dict[str, str], docs: Mapping[str, bytes]) -> None:
    assert list(broken(html, docs)) == []


def test_every_page_is_harmless(html: dict[str, str]) -> None:
    assert {path: harm(page) for path, page in html.items() if harm(page)} == {}


def names(result: Result) -> dict[str, list[str]]:
    """Every permanent name of the finished guide: each page's ids, those of headings and of revisions aside."""
    assert not result.failed, result.findings
    name = re.compile(r'(?<=\sid=")(?!revised-)[^"]+|(?<=\{ #)[^ ]+')
    found = {page.path: sorted(name.findall(page.text)) for page in result.pages}
    return {path: ids for path, ids in found.items() if ids}


def reworded(path: str, text: str) -> str:
    """Other words in the bodies of points, items, answers and groups."""
    text = re.sub(r"\.\n( *)\{ #", r", as a rule.\n\1{ #", text)
    return re.sub(r"^( +body: .*)\.$", r"\1, as a rule.", text, flags=re.MULTILINE) if path == "merges.yml" else text


def reordered(path: str, text: str) -> str:
    """Groups, tensions, topics, checklists and what topics list, all from the last to the first."""
    if path in {"merges.yml", "tensions.yml"}:
        value = yaml.safe_load(text)
        turned = {key: part[::-1] for key, part in value.items()} if isinstance(value, dict) else value[::-1]
        return yaml.safe_dump(turned, allow_unicode=True, width=1_000)
    text = re.sub(r"^order: (\d+)", lambda match: f"order: {100 - int(match[1])}", text, flags=re.MULTILINE)
    turn = re.compile(r"^(advice|tensions|left_out): \[([^\]]*)\]", re.MULTILINE)
    return turn.sub(lambda match: f"{match[1]}: [{', '.join(reversed(match[2].split(', ')))}]", text)


@pytest.mark.parametrize("change", [reworded, reordered])
def test_names_outlast_a_change_of_words_or_order(docs: Mapping[str, bytes], result: Result, change: Any) -> None:
    texts = {path: raw.decode("utf-8") for path, raw in docs.items() if path.endswith((".md", ".yml"))}
    files = {path: change(path, text) for path, text in texts.items()}
    assert files != texts
    del files["revisions.yml"]  # which another wording would want renewed
    changed = build({path: text.encode() for path, text in files.items()})
    assert names(changed) == names(result)
    assert changed.pages != result.pages


def test_a_point_that_joins_a_group_keeps_its_anchor(docs: Mapping[str, bytes], result: Result) -> None:
    merges = yaml.safe_load(docs["merges.yml"])
    groups = {group["id"]: group for group in merges["groups"]}
    alone = next(piece for piece in result.guide.advice if piece.id in merges["alone"])
    joined = next(group for group in groups.values() if group["topic"] == alone.topic and not group.get("replaced"))
    joined["members"].append(alone.id)
    merges["alone"].remove(alone.id)
    merges["different"] = [one for one in merges["different"] if alone.id not in str(one["between"])]
    path = f"guide/{alone.topic}.md"
    topic = re.sub(rf"\b{alone.id}(, )?", "", docs[path].decode(), count=1)
    changed = build({**docs, "merges.yml": yaml.safe_dump(merges).encode(), path: topic.encode()})
    assert not changed.failed, changed.findings
    page = next(page.text for page in changed.pages if page.path == path)
    assert f'<li id="{alone.id}"' not in page
    assert page.count(f' id="{alone.id}"') == 1


def test_the_data_obey_their_schema(data: dict[str, Any]) -> None:
    validator = Draft202012Validator(load_schema("guide"), validate_formats=True)
    assert [error.message for error in validator.iter_errors(data)] == []
    assert not validator.is_valid({**data, "points": []} | {"surplus": 1})


def test_the_data_are_the_guide(result: Result, data: dict[str, Any]) -> None:
    guide = result.guide
    assert [point["id"] for point in data["points"]] == [point.id for point in guide.content.points]
    assert [piece["id"] for piece in data["advice"]] == [piece.id for piece in guide.advice]
    swapped = {point["id"] for point in data["points"] if point["use"] == "swap"}
    assert swapped
    assert not any(swapped & set(piece["points"]) for piece in data["advice"])
    for topic in data["topics"]:
        assert topic["advice"] == [piece.id for piece in guide.advice_of(topic_of(result, topic["slug"]))]


def topic_of(result: Result, slug: str) -> Any:
    return next(topic for topic in result.guide.content.topics if topic.slug == slug)


SUBJECT = ["partner", "reconcil", "break-?up", "divorce", "relationship", "marriage", "lover", "forgiv", "grief"]


WRITTEN = sorted(path for path in PACKAGE.rglob("*.*") if path.suffix in {".py", ".md", ".json"})


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_the_build_knows_no_subject(path: Path, docs: Mapping[str, bytes]) -> None:
    text = path.read_text(encoding="utf-8").lower()
    slugs = {Path(name).stem for name in docs if name.startswith(("guide/", "stages/", "checklists/"))} - {"index"}
    names = {slug for slug in slugs if "-" in slug}
    assert names
    assert [word for word in [*SUBJECT, *sorted(names)] if re.search(rf"\b{word}", text)] == []


SMALL = 12


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.name)
def test_the_build_knows_no_counts(path: Path, result: Result) -> None:
    content = result.guide.content
    counts = {sum(source.is_article for source in content.sources), len(list(content.points)), len(content.topics)}
    counts |= {sum(point.mark.isdigit() for point in content.points), len(result.guide.advice)}
    counts = {count for count in counts if count > SMALL}  # small numbers mean many things
    tree = ast.parse(path.read_text(encoding="utf-8"))
    numbers = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is int}
    assert numbers & counts == set()


# With the articles at hand


@pytest.fixture(scope="session")
def inventory(shared: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load((shared / "content" / "inventory.yml").read_text(encoding="utf-8"))
    return entries


def test_every_entry_of_the_inventory_stands_once_under_its_source(
    inventory: list[dict[str, Any]], result: Result
) -> None:
    points = [(point.id, point.mark) for point in result.guide.content.points if point.mark.isdigit()]
    assert sorted(points) == sorted((entry["id"], str(entry["source"])) for entry in inventory)


def test_what_the_inventory_swaps_is_swapped(inventory: list[dict[str, Any]], result: Result) -> None:
    uses = {point.id: point.use for point in result.guide.content.points}
    swapped = [entry["id"] for entry in inventory if entry["use"] == "swap"]
    assert swapped
    assert [name for name in swapped if uses.get(name) != "swap"] == []


def test_no_sentence_of_the_articles_survives(shared: Path) -> None:
    command = [sys.executable, str(shared / "tools" / "echo.py"), "docs"]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")
