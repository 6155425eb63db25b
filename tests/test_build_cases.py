"""What the build makes: every case of cases/build has the pages it names."""

from pathlib import Path

import pytest

from tests.casefile import assert_findings, assert_pages, cases, read_case


@pytest.mark.parametrize("path", cases("build"), ids=lambda path: path.stem)
def test_finished_pages(path: Path) -> None:
    case = read_case(path)
    assert case.pages
    result = case.build()
    assert_findings(case, result)
    assert_pages(case, result)
