"""What our long steps cost: the one before MkDocs in a build, links, the import of many articles, a review's proposals.

The aims: a step below 15 % of the build, and linking below 10 %; 1,000 pages linked in under 5 s; an import that grows
as its articles do; all proposals for 100,000 statements in under 60 s and 1 GB, and those of one article more in under
3 s; a key of a review of 10,000 points in under 0.5 s; a check of the guide in under 1 s; the first search answered in
50 ms; a bullet that was saved in the browser in under 2 s. Whole processes are measured, but for linking, keys and
search.
"""

import os
import tempfile
from pathlib import Path

from commonground.proposing import NEAR
from tests.bench.building import built, checked
from tests.bench.candidates import BY
from tests.bench.importing import imported
from tests.bench.linking import NAMES, linked, made
from tests.bench.processes import additions
from tests.bench.proposing import Workshop, present
from tests.bench.searching import searched
from tests.bench.serving import served
from tests.bench.sitting import pressed

ROUNDS = 11
ARTICLES = (250, 500, 1_000)
PAGES = (250, 500, 1_000)
STATEMENTS = (1_000, 10_000, 100_000)
REVIEWED = (100, 1_000, 10_000)
COMPARED = 10_000  # every pair's full score, of which there are a hundred times as many at ten times the statements
LARGEST = {"scikit": COMPARED}  # what compares all with all takes a quarter of an hour for the most
CALLED = {"ours": "our engine", "semhash": "SemHash", "scikit": "scikit-learn"}


def main() -> None:
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    print(f"this machine                  {additions():.2f} s for twenty million additions, to compare by")
    whole, bare, share = built(ROUNDS)
    print(f"mkdocs build                  {whole:.2f} s")
    print(f"the same pages without a hook {bare:.2f} s")
    print(f"the step before MkDocs        {share:.1%} of the build ({ROUNDS} rounds)")
    usual, worst = checked(ROUNDS)
    print(f"a check of the guide          {usual:.2f} s, at worst {worst:.2f} s ({ROUNDS} rounds)")
    links = linked(ROUNDS)
    print(f"linking in it                 {links:.2f} s, {links / whole:.1%} of the build")
    for count in PAGES:
        print(f"linking of {count:5,} pages        {made(count):.1f} s for {NAMES} names")
    print(f"the first search              {searched(ROUNDS):.0f} ms in a new browser")
    changed, told, mended = served(ROUNDS)
    print(f"a saved bullet on its page    {changed} ({ROUNDS} rounds, from saving to the browser)")
    print(f"a mistake in it on the page   {told}; mended and gone {mended}")
    for count in ARTICLES:
        print(f"import of {count:5,} articles      {imported(count)}")
    with tempfile.TemporaryDirectory() as folder:
        propose(Workshop(Path(folder)))
        sit(Path(folder))  # last: it runs in this process, whose memory counts for those that come from it


def sit(folder: Path) -> None:
    """Print what a key of a review costs."""
    for count in REVIEWED:
        seconds = pressed(count, ROUNDS, folder / str(count))
        print(f"a key of a review of {count:6,} points, to the next screen {seconds}")


def propose(workshop: Workshop) -> None:
    """Print the curves, then what the shortlists lose."""
    for who in present():
        for count in STATEMENTS:
            small = count <= LARGEST.get(who, count)
            used = workshop.every(who, count) if small else "left out: a hundred times the pairs of a tenth of them"
            print(f"{CALLED[who]:12} {count:7,} statements, all of them  {used}")
            if who == "ours":
                print(f"{'':12} {count:7,} and one article more     {workshop.added(count)}")
                print(f"{'':12} {count:7,} in the order of a review {workshop.proposed(count)}")
    for who in present():
        every, near = workshop.recall(who, COMPARED), workshop.recall(who, COMPARED, NEAR)
        print(
            f"{CALLED[who]:12} finds {every:.1%} of the five best of {COMPARED:,}; of those from {NEAR} on {near:.1%}"
        )
    if absent := [CALLED[who] for who in BY if who not in present()]:
        print(f"Left out: {', '.join(absent)}. `make bench` installs them; else pip install --editable '.[bench]'.")


if __name__ == "__main__":
    main()
