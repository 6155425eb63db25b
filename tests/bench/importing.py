"""What it costs to import made articles: twice as many may take twice the time, and a page more memory each."""

import random
import tempfile
from pathlib import Path

from tests.bench.building import START
from tests.bench.processes import Cost, cost

TEXT = "you should store apples in a cool place and look at them once so that"
FORMS = {".txt": ("{}\n\n", "{}\n\n"), ".md": ("## {}\n\n", "- {}\n"), ".html": ("<h2>{}</h2>", "<p>{}</p>")}


def article(number: int, ending: str) -> str:
    """Make an article of 1,000 words in ten sections; the same number makes the same words."""
    chance = random.Random(number)  # noqa: S311  # made texts, no secrets
    heading, paragraph = FORMS[ending]
    text = heading.format(f"Article {number} on apples")
    for section in range(1, 11):
        sentences = [" ".join(chance.choices(TEXT.split(), k=12)).capitalize() + "." for _ in range(8)]
        text += heading.format(f"Apples, part {section}") + "".join(paragraph.format(one) for one in sentences) + "\n"
    return text


def imported(count: int) -> Cost:
    """Import so many articles into an empty project."""
    with tempfile.TemporaryDirectory() as folder:
        articles, project = Path(folder) / "articles", Path(folder) / "project"
        articles.mkdir()
        (project / "docs").mkdir(parents=True)
        for number in range(count):
            ending = list(FORMS)[number % len(FORMS)]
            (articles / f"{number}{ending}").write_text(article(number, ending), encoding="utf-8")
        used = cost("-c", START, "import", articles, "--project", project)
        if len(list((project / "docs" / "sources").iterdir())) < count:
            raise SystemExit("The import of made articles failed.")
    return used
