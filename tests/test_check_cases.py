"""What `check` finds: every case of cases/check has the findings it names and no others, those of cases/fine none."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import commonground
from commonground import checks, proportions, wording
from commonground.building import build
from commonground.voice import Voice, load_voice
from tests.casefile import Case, assert_findings, assert_pages, cases, read_case

PACKAGE = Path(commonground.__file__).parent

NOT_CONTENT = {
    "too-long-to-print": "comes of typesetting, after the content was read; test_printing.py has it",
    "broken-link": "is found by linting; test_linting.py has it",
    "bad-exception": "is made by linting; test_linting.py has it",
    "unused-exception": "is made by linting; test_linting.py has it",
    "stale-help": "needs to know the day; test_linting.py has it",
    "default-repo-url": "stands in mkdocs.yml, not in the content; test_cli.py has it",
    "sample-text": "comes of `commonground new`; test_new.py has it",
    "default-site-url": "stands in mkdocs.yml, not in the content; test_cli.py has it",
    "lost-address": "stands in addresses.txt, beside the content; test_redirects.py has it",
    "unrecorded-address": "stands in addresses.txt, beside the content; test_redirects.py has it",
    "bad-record": "stands in addresses.txt, beside the content; test_redirects.py has it",
    "dead-link": "needs the network; test_outside.py has it",
    "moved-link": "needs the network; test_outside.py has it",
    "unsure-link": "needs the network; test_outside.py has it",
    "echo": "needs the guards beside the content; test_echoes.py and test_import_command.py have it",
    "no-guard": "needs the guards beside the content; test_echoes.py has it",
    "possible-duplicate": "needs the extra review; test_proposing.py has it",
    "bad-edit": "is raised by an edit; test_yamlediting.py has it",
    "bad-guard": "stands in echoes/, not in the content; test_echoes.py has it",
}


@pytest.mark.parametrize("path", cases("check"), ids=lambda path: path.stem)
def test_bad_content(path: Path) -> None:
    case = read_case(path)
    assert case.expected
    assert_findings(case, case.build())


@pytest.mark.parametrize("path", cases("fine"), ids=lambda path: path.stem)
def test_content_that_only_looks_bad(path: Path) -> None:
    case = read_case(path)
    result = case.build()
    assert_findings(case, result)
    assert_pages(case, result)
    assert result.pages


def test_the_base_has_no_finding(base: dict[str, bytes]) -> None:
    assert build(base).findings == ()


def spoken(case: Case) -> Voice:
    return load_voice((case.files.get("voice.yml") or b"").decode())[0]


def shown() -> set[str]:
    """Every code that a case finds, but for those that only its own voice.yml knows."""
    found: set[str] = set()
    for case in map(read_case, cases("check")):
        found |= {finding.code for finding in case.expected} - {rule.id for rule in spoken(case).rules}
    return found


DOCUMENTED = {one.code for one in [*checks.explanations(), *wording.explanations(Voice())]}


def test_every_code_has_a_case() -> None:
    assert shown() | NOT_CONTENT.keys() == DOCUMENTED


def test_every_rule_about_words_has_a_false_alarm() -> None:
    named = {path.stem for path in cases("fine")}
    assert {code for code in wording.exceptable(Voice()) | proportions.SAFETY if code not in named} == set()


def test_every_case_is_named_after_its_code() -> None:
    for path in cases("check"):
        codes = {finding.code for finding in read_case(path).expected}
        assert any(path.stem == code or path.stem.startswith(f"{code}-") for code in codes), path.name


def test_every_code_is_documented_with_an_example() -> None:
    for one in [
        *checks.explanations(),
        *wording.explanations(Voice()),
    ]:  # which raises an error at a text that gives no examples
        assert all([one.why, one.bad, one.good]), one.code


CODE_OF = {"at": 1, "Fault": 1, "find": 1, "Diagnostic": 3}  # which argument of these calls is the code


def _raised(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            arguments = dict(enumerate(node.args))
            match arguments.get(CODE_OF.get(name, -1)):
                case ast.Constant(value=str(code)):
                    yield code


def test_every_code_in_the_package_is_documented() -> None:
    raised = {code for path in PACKAGE.glob("*.py") for code in _raised(path)}
    assert len(raised) > len(CODE_OF)
    assert raised <= DOCUMENTED
