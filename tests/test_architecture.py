"""The shape of the package: who may import whom, and who may touch the world outside."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import commonground

PACKAGE = Path(commonground.__file__).parent
HOOK = PACKAGE.parent / "mkdocs_hook.py"

# Each layer may import those above it in this list; modules of one layer do not know each other.
LAYERS = [
    {"model", "article", "patterns", "inflecting", "runs", "rulebook", "marking", "pairs"},
    {"diagnostics", "languages", "repository"},
    {"yamltext", "echoes", "stemming", "asking", "naming", "ruling", "suppressions", "fixing", "ageing"},
    {"schemas", "yamlediting", "opposites", "numbering", "vectors"},
    {"similarity", "safety", "mdtext", "sentences", "bylines", "decoding"},
    {
        "records",
        "lettering",
        "merging",
        "linking",
        "relating",
        "reporting",
        "furniture",
        "extracting",
        "way",
        "verdicts",
        "joining",
        "pagechanges",
    },
    {"provenance", "arranging", "indexing", "revising", "glyphs", "drafting"},
    {"lookalikes", "leftovers", "examples"},
    {"reading", "prose", "layout", "addresses", "mapping", "outside", "inside", "samples"},
    {"mentions", "skeletons", "visible"},
    {"corpus"},
    {"voice", "plainness"},
    {"spelling", "measuring"},
    {"style", "proportions"},
    {"wording"},
    {"crosslinking"},
    {"blocks"},
    {"reportpage", "waypage", "checklistpage", "rulespage"},
    {"mappage"},
    {"pages", "data", "searching", "cleaning", "sheets", "book", "merging_rules", "naming_rules", "page_rules"},
    {"redirects"},
    {"movedpages", "checks"},
    {"building", "importing", "writing", "proposing", "deciding"},
    {"linting", "preview"},
    {"storing", "printing", "listing", "tensions", "history", "changes", "repeating"},
    {"changesections"},
    {"changecounts"},
    {"intake", "desk", "visiting", "changesreport", "sites", "serving", "remembering"},
    {"terminal"},
    {"wordings"},
    {"dialogue"},
    {"console"},
    {"command_check", "command_make", "command_new", "command_import", "command_review", "command_report"},
    {"cli", "mkdocs_hook"},
]
COMMANDS = {"console", "command_check", "command_make", "command_new", "command_import", "command_review"}
COMMANDS |= {"command_report", "cli"}
ADAPTERS = {"storing", "printing", "intake", "desk", "terminal", "wordings", "dialogue", "visiting", "history"}
ADAPTERS |= {"sites", "serving", "remembering"}
ADAPTERS |= COMMANDS | {"mkdocs_hook"}
NETWORK = {"socket", "ssl", "urllib.request", "urllib.error", "http.client", "http.server", "requests", "urllib3"}
SPEAKING = COMMANDS | {"dialogue", "terminal"}
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
MODULES = {path.stem: path for path in [*PACKAGE.glob("*.py"), HOOK] if path.stem != "__init__"}
INNER = sorted(MODULES.keys() - ADAPTERS)

WORLD = {"mkdocs", "logging", "datetime", "time", "random", "secrets", "uuid", "socket", "urllib", "http", "subprocess"}
WORLD |= {"requests", "shutil", "tempfile", "locale", "sklearn", "threading", "multiprocessing", "asyncio", "ctypes"}
WRITING = {"write_text", "write_bytes", "writelines", "unlink", "rmdir", "mkdir", "rename", "touch"}
WRITING |= {"symlink_to", "hardlink_to", "chmod", "makedirs", "removedirs", "rmtree", "system", "popen"}


def tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def imports(name: str) -> Iterator[str]:
    """The modules that a module imports, wherever in it: `mkdocs.plugins`, or `model` for one of the package."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = (node.module or "").removeprefix("commonground").removeprefix(".")
            inside = node.level or (node.module or "").startswith("commonground")
            yield from [module] if module or not inside else (one.name for one in node.names)


def own(name: str) -> set[str]:
    """The modules of the package that a module imports."""
    return {one.split(".")[0] for one in imports(name)} & MODULES.keys()


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a module, with the last part of what is called."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""), node


def test_every_module_has_its_layer() -> None:
    assert MODULES.keys() == LEVEL.keys()


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_point_downwards(name: str) -> None:
    assert {one for one in own(name) if LEVEL[one] >= LEVEL[name]} == set()


def test_the_layers_are_read_from_the_code() -> None:
    assert own("building") > {"reading", "merging", "checks", "pages", "model"}
    assert own("mkdocs_hook") > {"building"}
    assert "mkdocs" in {one.split(".")[0] for one in imports("mkdocs_hook")}


@pytest.mark.parametrize("name", INNER)
def test_no_inner_module_touches_the_world(name: str) -> None:
    assert {one.split(".")[0] for one in imports(name)} & WORLD == set()


@pytest.mark.parametrize("name", sorted(MODULES.keys() - {"visiting"}))
def test_one_module_reaches_the_network(name: str) -> None:
    assert {*imports(name)} & NETWORK == set()
    assert {one.split(".")[0] for one in imports(name)} & {"urllib", "http"} == set()
    assert {*imports("visiting")} & NETWORK


@pytest.mark.parametrize("name", INNER)
def test_no_inner_module_writes(name: str) -> None:
    for called, call in calls(name):
        assert called not in WRITING, f"{MODULES[name].name}:{call.lineno}"
        if called == "open":
            given = [*call.args, *(word.value for word in call.keywords)]
            modes = {one.value for one in given if isinstance(one, ast.Constant)}
            assert not any(set(str(mode)) & set("wax+") for mode in modes), call.lineno


@pytest.mark.parametrize("name", sorted(MODULES.keys() - SPEAKING))
def test_only_the_command_line_prints(name: str) -> None:
    assert {called for called, _ in calls(name)} & {"print", "echo", "secho", "stdout", "stderr"} == set()
    assert {ast.unparse(node) for node in ast.walk(tree(name))} & {"sys.stdout", "sys.stderr"} == set()


@pytest.mark.parametrize("name", INNER)
def test_no_inner_module_reads_its_surroundings(name: str) -> None:
    read = {node.attr for node in ast.walk(tree(name)) if isinstance(node, ast.Attribute)}
    assert read & {"environ", "getenv", "getcwd", "cwd", "argv", "now", "today"} == set()


@pytest.mark.parametrize("name", sorted(MODULES))
def test_no_module_hides_a_library(name: str) -> None:
    assert name not in sys.stdlib_module_names | {"markdown", "yaml", "jinja2", "click", "mkdocs", "jsonschema"}


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        (
            "commonground.cli",
            {"urllib.request", "mkdocs", "sklearn", "numpy", "markdown", "babel", "trafilatura", "ftfy", "mammoth"},
        ),
        ("commonground.intake", {"mkdocs", "trafilatura", "dateparser", "justext", "mammoth"}),
        ("commonground.building", {"mkdocs", "click", "sklearn", "numpy", "markdown"}),
    ],
)
def test_an_import_loads_little_and_says_nothing(module: str, heavy: set[str]) -> None:
    code = f"import sys; sys.path.insert(0, sys.argv[1]); import {module}; sys.stderr.write(repr(set(sys.modules)))"
    command = [sys.executable, "-c", code, str(PACKAGE.parent)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout == ""
    assert {name for name in ast.literal_eval(ran.stderr) if name in heavy} == set()
