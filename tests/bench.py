"""What the step before MkDocs costs: the whole build with it, beside a build of the pages that it wrote.

Both run in turn, so that a machine whose speed drifts slows both. Seconds are processor time of whole processes,
start and imports included; the middle one of all rounds is printed. The aim is a step below 15 % of the build.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).parents[1]
ROUNDS = 11


def processor_seconds(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        tree, site = Path(folder) / "tree", Path(folder) / "site"
        start = "import sys; from commonground.cli import main; sys.exit(main(sys.argv[1:]))"
        processor_seconds([sys.executable, "-c", start, "build", "--to", str(tree)])
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site), "--config-file"]
        whole, without = [*mkdocs, "mkdocs.yml"], [*mkdocs, str(tree / "mkdocs.yml")]
        rounds = [(processor_seconds(whole), processor_seconds(without)) for _ in range(ROUNDS + 1)][1:]
    share = median(1 - bare / full for full, bare in rounds)
    print(f"mkdocs build                  {median(full for full, _ in rounds):.2f} s")
    print(f"the same pages without a hook {median(bare for _, bare in rounds):.2f} s")
    print(f"the step before MkDocs        {share:.1%} of the build ({ROUNDS} rounds)")


if __name__ == "__main__":
    main()
