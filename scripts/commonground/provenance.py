"""What stands behind what, as links: advice and the tensions, checklists and answers that it is part of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from .linking import Targets
from .model import Advice, Checklist, Guide, Point, Question, Side, Tension

CHECK_FIRST = " (check first)"  # ends a link that leads past the line to check to a page where it stands


class Provenance:
    """Links between advice and what is made of it; `here` is the path of the page that they are for."""

    def __init__(self, guide: Guide, targets: Targets) -> None:
        """Note for each piece of advice where it takes part."""
        content = guide.content
        self._targets = targets
        self.printed = {point.id: advice for advice in guide.advice for point in (*advice.points, *advice.replaced)}
        self._named = self.printed | {advice.id: advice for advice in guide.advice}
        self._tensions = _tensions_of(content.tensions)
        self._lists: dict[str, dict[str, tuple[Checklist, str]]] = defaultdict(dict)
        self._questions: dict[str, list[Question]] = defaultdict(list)
        for checklist in content.checklists:
            for item in checklist.items:
                for advice in self.pieces(item.advice):
                    self._lists[advice.id].setdefault(checklist.slug, (checklist, item.id))
        for question in content.questions:
            for advice in self.pieces(question.advice):
                self._questions[advice.id].append(question)
        self._steps = {scope.id: (step, scope.check) for step, scope in enumerate(content.settings.scopes)}
        self._scopes = {f"guide/{topic.slug}.md": topic.scope for topic in content.topics}
        self._scopes |= {f"checklists/{checklist.slug}.md": checklist.scope for checklist in content.checklists}

    def check_first(self, path: str, here: str) -> str:
        """Return what ends the words of a link into a page that has more to check than the reader has seen here."""
        step, check = self._steps.get(self._scopes.get(path, ""), (-1, ""))
        seen, seen_check = self._steps.get(self._scopes.get(here, ""), (-1, ""))
        return CHECK_FIRST if step > seen and check not in {"", seen_check} else ""

    def pieces(self, names: Iterable[str]) -> list[Advice]:
        """The pieces of advice that have these names, or that print the points that do, each once."""
        return list({self._named[name].id: self._named[name] for name in names}.values())

    def leads(self, advice: Iterable[Advice], here: str) -> str:
        """Links to pieces of advice by what they ask for."""
        return "; ".join(
            f"[{one.lead.removesuffix('.')}{self.check_first(f'guide/{one.topic}.md', here)}]"
            f"({self._targets.link('advice', one.id, here)})"
            for one in advice
        )

    def side(self, side: Side, here: str) -> str:
        """Where this guide prints what a side of a tension says, or says that it left it out."""
        advice = {self.printed[one.id].id: self.printed[one.id] for one in side.points if one.id in self.printed}
        left_out = [one.id for one in side.points if one.id not in self.printed]
        links = [self.leads(advice.values(), here)] if advice else []
        links += [f"[left out, and why]({self._targets.link('left out', left_out[0], here)})"] if left_out else []
        return f'<span class="behind">In this guide: {"; ".join(links)}</span>' if links else ""

    def tensions(self, points: Iterable[Point], here: str) -> str:
        """Links to the tensions that have these points on one of their sides."""
        found = {tension.id: tension for point in points for tension in self._tensions.get(point.id, [])}
        return ", ".join(self._tension(tension, here) for tension in found.values())

    def _tension(self, tension: Tension, here: str) -> str:
        paths = [f"guide/{topic.id}.md" for topic in tension.topics]
        if here in paths:
            return f"[{tension.title}](#{tension.id})"
        return f"[{tension.title}{self.check_first(paths[0], here)}]({self._targets.link('tension', tension.id, here)})"

    def uses(self, advice: Advice, here: str) -> Iterable[str]:
        """Lines that say what else in the guide rests on a piece of advice."""
        if tensions := self.tensions((*advice.points, *advice.replaced), here):
            yield f"- One side of: {tensions}"
        if lists := self._lists.get(advice.id, {}):
            links = [self._listed(checklist, item, here) for checklist, item in lists.values()]
            yield f"- On the checklist{'s' if len(links) > 1 else ''}: {', '.join(links)}"
        if questions := self._questions.get(advice.id, []):
            links = [f"[{one.question}]({self._targets.link('question', one.id, here)})" for one in questions]
            yield f"- Answers: {' '.join(links)}"

    def _listed(self, checklist: Checklist, item: str, here: str) -> str:
        """A link to a list's first line that rests on the advice."""
        link = self._targets.link("checklist", checklist.slug, here)
        return f"[{checklist.title}{self.check_first(f'checklists/{checklist.slug}.md', here)}]({link}#{item})"


def _tensions_of(tensions: Iterable[Tension]) -> Mapping[str, list[Tension]]:
    """The tensions that each point takes part in, each once."""
    found: dict[str, dict[str, Tension]] = defaultdict(dict)
    for tension in tensions:
        for point in (one for side in tension.sides for one in side.points):
            found[point.id][tension.id] = tension
    return {name: list(own.values()) for name, own in found.items()}
