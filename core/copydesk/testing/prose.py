"""Prose: paragraphs made up to stand in the place of those of a case."""

from __future__ import annotations

ENGLISH = (
    "The reading room was painted in a light green.",
    "It rained.",
    "On Monday 14 people, three of them from the next village, said that they had counted 2,047 sheep by noon.",
    "More than half of the seats were taken, and the photo by the door shows who sat where, the clerk explained.",
    "Nobody could say where to subscribe, what to share or why a link should be clicked, and the date was left open.",
    "“We have read it twice,” said the miller, “and will read it again on 3 October 2019 (a Thursday).”",
    "This page of the old book, number 12, was the first that the readers asked for: they liked its end.",
    "A Related Story of the Village Was Told by the Source of the River, where Copyright was never a word.",
    ("The clerk, who has kept the list of all visitors since the house was opened, added that she had never seen so "
     "many of them on one afternoon, that the bench in front of the house had to be brought in, and that the tea, of "
     "which there had been enough for a week, was gone by four; the next reading is to be held in the larger hall."),
)  # fmt: skip
"""Short and long, with numbers, quotes and days, and with words that furniture is made of, each a proper paragraph."""


def instead_of(text: str, lang: str) -> tuple[str, ...]:
    """Return paragraphs that could stand in the place of one, in its language."""
    if lang == "en":
        return ENGLISH
    words = text.split()
    return (" ".join((*words[1:-1], words[0], words[-1])),) if len(words) > 3 else ()
