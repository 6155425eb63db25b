"""What our two long steps cost: the one before MkDocs in a build, and the import of many articles.

The whole build runs beside a build of the pages that our step wrote, in turn, so that a machine whose speed drifts
slows both; the middle one of all rounds is printed. The aim is a step below 15 % of the build. The import reads more
and more made articles; twice as many may take twice the time, and the memory of one more page each. Seconds are
processor time of whole processes, start and imports included.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).parents[1]
START = "import sys; from commonground.cli import main; sys.exit(main(sys.argv[1:]))"
ROUNDS = 11
ARTICLES = (250, 500, 1_000)
WORDS = [
    "you",
    "should",
    "store",
    "apples",
    "in",
    "a",
    "cool",
    "place",
    "and",
    "look",
    "at",
    "them",
    "once",
    "so",
    "that",
]
FORMS = {".txt": ("{}\n\n", "{}\n\n"), ".md": ("## {}\n\n", "- {}\n"), ".html": ("<h2>{}</h2>", "<p>{}</p>")}


def processor_seconds(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def article(number: int, ending: str) -> str:
    """Make an article of 1,000 words in ten sections; the same number makes the same words."""
    chance = random.Random(number)  # noqa: S311  # made texts, no secrets
    heading, paragraph = FORMS[ending]
    text = heading.format(f"Article {number} on apples")
    for section in range(1, 11):
        sentences = [" ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _ in range(8)]
        text += heading.format(f"Apples, part {section}") + "".join(paragraph.format(one) for one in sentences) + "\n"
    return text


def imported(count: int) -> tuple[float, float]:
    """Import so many articles into an empty project; return the seconds and the megabytes at the peak."""
    with tempfile.TemporaryDirectory() as folder:
        articles, project = Path(folder) / "articles", Path(folder) / "project"
        articles.mkdir()
        (project / "docs").mkdir(parents=True)
        for number in range(count):
            ending = list(FORMS)[number % len(FORMS)]
            (articles / f"{number}{ending}").write_text(article(number, ending), encoding="utf-8")
        command = [sys.executable, "-c", START, "import", str(articles), "--project", str(project)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode or len(list((project / "docs" / "sources").iterdir())) < count:
            raise SystemExit("The import of made articles failed.")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        tree, site = Path(folder) / "tree", Path(folder) / "site"
        processor_seconds([sys.executable, "-c", START, "build", "--to", str(tree)])
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site), "--config-file"]
        whole, without = [*mkdocs, "mkdocs.yml"], [*mkdocs, str(tree / "mkdocs.yml")]
        rounds = [(processor_seconds(whole), processor_seconds(without)) for _ in range(ROUNDS + 1)][1:]
    share = median(1 - bare / full for full, bare in rounds)
    print(f"mkdocs build                  {median(full for full, _ in rounds):.2f} s")
    print(f"the same pages without a hook {median(bare for _, bare in rounds):.2f} s")
    print(f"the step before MkDocs        {share:.1%} of the build ({ROUNDS} rounds)")
    for count in ARTICLES:
        seconds, megabytes = imported(count)
        print(f"import of {count:5,} articles      {seconds:.1f} s, {megabytes:.0f} MB")


if __name__ == "__main__":
    main()
