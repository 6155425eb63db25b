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
        # the verb is denied in the one and asked for in the other
        ("Do not write to them.", "Write one short letter.", "only one says not: write"),
        ("Never pack after dark.", "Put the lamps on and pack.", "only one says not: pack"),
        ("Stop texting.", "Text them each morning.", "only one says not: text"),
        ("Avoid calling them at night.", "If it is urgent, call at night.", "only one says not: call, night"),
        ("You don't have to reply.", "Reply soon.", "only one says not: reply"),
        ("Try not to argue.", "Argue your case.", "only one says not: argue"),
        ("The boxes must not get wet.", "Get the boxes wet.", "only one says not: get, wet"),
        ("Pack early, and do not label.", "Label each box.", "only one says not: label"),
        ("Leave without locking the door.", "Lock the door.", "only one says not: door, lock"),
        ("Never call them.", "You should always call.", "one says always, the other never"),
        # all of a list is denied
        ("Do not write, call or visit.", "Write a letter.", "only one says not: write"),
        ("Do not write, call or visit.", "Visit them once.", "only one says not: visit"),
        ("Do not use guilt, money or threats.", "Use money.", "only one says not: money, use"),
        # a thing is denied
        ("Avoid newspaper.", "Wrap plates in newspaper.", "only one says not: newspaper"),
        ("Buy no new boxes.", "Buy new boxes.", "only one says not: boxes, new"),
        # the denied word is no imperative in the other
        ("Be well without it.", "When things go well, choose.", ""),
        ("Never give way on safety.", "Look for a way that suits you both.", ""),
        ("Do not look at one day only.", "Begin as soon as the day is fixed.", ""),
        ("You do not have to be at breaking point.", "See your part instead of pointing at them.", ""),
        ("Do not plan for them.", "Plans may change.", ""),
        ("Plan ahead.", "Make no plans for them.", ""),
        ("Do not push them.", "It can push them further off.", ""),
        ("Do not win them back.", "To win them back, listen.", ""),
        ("Do not force anyone.", "If they hit, forced or controlled you, leave.", ""),
        # the denial is none of the advice
        ("If they do not want to talk, leave.", "Talk early.", ""),
        ("They did not say why.", "Say why you left.", ""),
        ("Get rid of what you do not use.", "Use old clothes as padding.", ""),
        ("They may not want to.", "Want a good home.", ""),
        ("Never stop talking.", "Talk to them.", ""),
        # the same verb with another object
        ("Do not accept insults.", "Accept that it is too soon.", ""),
        ("Do not expect a film ending.", "Expect no fixed date.", ""),
        ("Do not give up.", "Give them room.", ""),
        ("Do not look for it.", "Look at both sides.", ""),
        ("Learn a skill. Do not choose it for show.", "Choose good friends.", ""),
        ("You can drop it, or not forgive.", "Forgive or do not forgive.", ""),
        # numbers of the same thing
        ("Wait two weeks.", "Wait three weeks.", "different numbers: 2, 3"),
        ("Call after eight.", "Call after nine.", "different numbers: 8, 9"),
        ("Mark boxes on two sides.", "Mark boxes three weeks ahead.", ""),
    ],
)
def test_opposites(one: str, other: str, reason: str) -> None:
    assert opposite(one, other) == opposite(other, one) == reason


WORDS = ["box", "boxes", "van", "label", "pack", "key", "lamp", "the", "not", "lorry"]
WORDS += [
    "packing",
    "always",
    "never",
    "without",
    "avoid",
    "no",
    "you",
    "can",
    "need",
    "to",
    "it",
    "or",
    ",",
    "two",
    "3",
]
texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


@given(texts, texts)
def test_no_text_is_its_own_opposite_and_sides_do_not_matter(one: str, other: str) -> None:
    assert opposite(one, one) == ""
    assert opposite(one, other) == opposite(other, one)
