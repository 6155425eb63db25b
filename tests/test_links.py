"""The automatic links of the project's own guide: each was read on its page and judged by a person."""

import warnings
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from commonground.building import Result, build
from commonground.linking import CHECK_FIRST
from commonground.mentions import MOST

JUDGED: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "eval" / "links.yml").read_text("utf-8"))
LEAST = 0.95  # of the links that help


class UnjudgedLink(UserWarning):
    """A link that nobody has judged, or a judgement of a link that is gone: worth a look, no fault."""


@pytest.fixture(scope="module")
def result(docs: Mapping[str, bytes]) -> Result:
    return build(docs)


def made(result: Result) -> list[tuple[str, str, str]]:
    """Every automatic link: page, topic, words."""
    found = result.links.mentions
    return [(page, one.aim, one.words) for page, mentions in found.items() for one in mentions if not one.reason]


@pytest.mark.filterwarnings("default::tests.test_links.UnjudgedLink")  # shown at the end of the run
def test_nineteen_in_twenty_links_help_and_none_harms(result: Result) -> None:
    links = made(result)
    verdicts = [JUDGED.get(page, {}).get(aim, "") for page, aim, _ in links]
    for (page, aim, words), verdict in zip(links, verdicts, strict=True):
        if not verdict:
            warnings.warn(
                UnjudgedLink(f'{page}: "{words}" leads to {aim}; judge it in tests/eval/links.yml'), stacklevel=1
            )
    gone = {(page, aim) for page, aims in JUDGED.items() for aim in aims} - {(page, aim) for page, aim, _ in links}
    for page, aim in sorted(gone):
        warnings.warn(
            UnjudgedLink(f"{page}: no link leads to {aim} now; take it out of tests/eval/links.yml"), stacklevel=1
        )
    judged = [verdict for verdict in verdicts if verdict]
    assert set(judged) <= {"helps", "harmless"}
    assert judged.count("helps") >= LEAST * len(judged) > 0


def test_links_are_few_and_warn_of_what_wants_a_check(result: Result) -> None:
    content = result.guide.content
    scope_of = {topic.slug: topic.scope for topic in content.topics}
    checked = {scope.id for scope in content.settings.scopes if scope.check}
    gate = f"guide/{content.settings.gate}.md"
    assert made(result)
    for page, mentions in result.links.mentions.items():
        links = [one for one in mentions if not one.reason]
        assert len(links) <= MOST
        assert len({one.aim for one in links}) == len(links)
        assert page != gate or not links
        for one in links:
            alone = (
                page.startswith("stages/")
                or scope_of.get(page.removeprefix("guide/").removesuffix(".md")) not in checked
            )
            if alone and scope_of[one.aim] in checked and one.span.path == page:
                assert f"{one.words}{CHECK_FIRST}](" in result.links.bodies[page]
