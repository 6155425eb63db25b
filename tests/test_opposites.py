"""What may speak against two texts being the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.opposites import opposite


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Label every box.", "Don't label the boxes.", "only one says not: box, label"),
        ("You needn’t empty the drawers.", "Empty the drawers first.", "only one says not: drawers, empty"),
        ("You shan't carry boxes.", "Carry boxes.", "only one says not: boxes, carry"),
        ("dont lift the sofa", "Lift the sofa together.", "only one says not: lift, sofa"),
        ("Avoid packing at night.", "Pack at night.", "only one says not: night, pack"),
        ("Pack without newspaper.", "Pack with newspaper.", "only one says not: newspaper"),
        ("You ain't going to need a van.", "You need a van.", "only one says not: need, van"),
        ("You cannot park there.", "You can park there.", "only one says not: park"),
        ("Always wrap plates.", "Never wrap plates.", "one says always, the other never"),
        ("Book the van two weeks ahead.", "Book a van 30 days ahead.", "different numbers: 2, 30"),
        ("Call after eight.", "Call after 8.", ""),
        ("Take 2 to 3 boxes.", "Take 3 boxes.", ""),
        ("Do not call after six.", "Don't call after dark.", ""),
        ("Don't rush: pack early.", "Pack early.", ""),
        ("Not only pack early, but label.", "Pack early.", ""),
        ("Do not park there, but label boxes.", "Label boxes.", ""),
        ("Always call.", "Never paint.", ""),
        ("Wrap 3 plates.", "Carry 4 chairs.", ""),
        ("", "", ""),
    ],
)
def test_opposites(one: str, other: str, reason: str) -> None:
    assert opposite(one, other) == opposite(other, one) == reason


WORDS = ["box", "boxes", "van", "label", "pack", "key", "lamp", "the", "not", "lorry"]
texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


@given(texts, texts)
def test_no_text_is_its_own_opposite_and_sides_do_not_matter(one: str, other: str) -> None:
    assert opposite(one, one) == ""
    assert opposite(one, other) == opposite(other, one)
