"""What our step adds to a build: the whole build beside a build of the pages that the step wrote, in turn.

A machine whose speed drifts slows both; the middle one of all rounds counts.
"""

import tempfile
from pathlib import Path
from statistics import median

from tests.bench.processes import cost

START = "import sys; from commonground.cli import main; sys.exit(main(sys.argv[1:]))"


def built(rounds: int) -> tuple[float, float, float]:
    """Return processor seconds of the whole build and of the same pages without a hook, and the share of the step."""
    with tempfile.TemporaryDirectory() as folder:
        tree, site = Path(folder) / "tree", Path(folder) / "site"
        cost("-c", START, "build", "--to", tree)
        mkdocs = ("-m", "mkdocs", "build", "--quiet", "--site-dir", site, "--config-file")
        both = [
            (cost(*mkdocs, "mkdocs.yml").processor, cost(*mkdocs, tree / "mkdocs.yml").processor)
            for _ in range(rounds + 1)
        ][1:]
    share = median(1 - bare / whole for whole, bare in both)
    return median(whole for whole, _ in both), median(bare for _, bare in both), share


def checked(rounds: int) -> tuple[float, float]:
    """Return the seconds of a check of the whole guide, start and imports included: the median and the worst."""
    taken = [cost("-c", START, "check").wall for _ in range(rounds + 1)][1:]
    return median(taken), max(taken)
