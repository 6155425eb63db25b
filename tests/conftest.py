"""What all tests share: the small guide they start from, and the folder beside the project that a clone may lack."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from commonground.reading import read_folder
from tests.casefile import BASE, CASES

PROJECT = Path(__file__).parents[1]

# Seconds differ from machine to machine and examples that change from run to run hide faults: none of either here.
settings.register_profile("project", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("project")


@pytest.fixture
def base() -> dict[str, bytes]:
    """The files of the small valid guide in cases/base, as a copy to change."""
    return read_folder(BASE)


@pytest.fixture(scope="session")
def docs() -> Mapping[str, bytes]:
    """The files of the project's own guide."""
    return read_folder(PROJECT / "docs")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the raw articles and their inventory, which only the authors have."""
    folder = PROJECT.parent / "shared"
    if not (folder / "content" / "inventory.yml").is_file():
        pytest.skip("../shared is not here: only the authors can compare the guide with the articles it came from")
    return folder


@pytest.fixture(scope="session")
def site_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site: the one that SITE_DIR names, else a fresh strict build."""
    if given := os.environ.get("SITE_DIR"):
        site = (PROJECT / given).resolve()
        assert (site / "index.html").is_file(), f"SITE_DIR holds no built site: {site}"
        return site
    site = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    built = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, f"the strict build failed:\n{built.stdout}{built.stderr}"
    return site


CONFIGURATION = """site_name: Moving house
site_url: https://example.org/
theme: mkdocs
hooks:
  - scripts/hook.py
watch: [scripts]
strict: true
validation: {anchors: warn, absolute_links: warn, unrecognized_links: warn}
markdown_extensions: [attr_list, md_in_html, tables]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the small guide and a minimal mkdocs.yml, in which the test runs."""
    folder = tmp_path / "project"
    shutil.copytree(BASE, folder / "docs")
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SITE_URL", "https://example.net/")
    return folder


@pytest.fixture
def moving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The guide about moving house, in which the test runs, with its decision about d-07 taken back."""
    project = tmp_path / "moving"
    shutil.copytree(CASES / "moving", project)
    merges = project / "docs" / "merges.yml"
    text = merges.read_text(encoding="utf-8")
    assert "[a-06, b-05, c-07, d-07]" in text
    merges.write_text(
        text.replace("members: [a-06, b-05, c-07, d-07]", "members: [a-06, b-05, c-07]"), encoding="utf-8"
    )
    monkeypatch.chdir(project)
    monkeypatch.setenv("SITE_URL", "https://example.net/")
    return project
