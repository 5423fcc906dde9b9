"""The word lists that made-up articles are put together from: dull, neutral, and nobody's copy."""

from __future__ import annotations

PLACES = ("Pyongyang", "Hamhung", "Wonsan", "Hyesan", "Kumya", "Sariwon", "Nampho", "Kanggye", "Chongjin")

SUBJECTS = (
    "The county library",
    "A weather station",
    "The grain store",
    "A small nursery",
    "The new reading room",
    "The bakery by the river",
    "An exhibition of old maps",
    "The town's reservoir",
    "A school for beekeepers",
    "The district’s tram line",
    "The paper mill",
)
VERBS = (
    "counted",
    "received",
    "put in order",
    "reported on",
    "lent out",
    "measured",
    "described",
    "set aside",
    "looked after",
)
OBJECTS = (
    "10 000 seedlings",
    "1 250 printed pages",
    "25 sacks of barley",
    "the rainfall of the week",
    "three kinds of cabbage",
    'a booklet called "Plain Bread"',
    "a leaflet “On Quiet Rivers”",
    "some two hundred jars (most of them full)",
    "the timetable for spring",
    "12.5 tons of salt",
    "one-third of the shelves",
    "a table of tides -- an old one",
)
TAILS = (
    "",
    " on Monday",
    " in the morning",
    " without delay",
    ", as it does every year",
    " for the second time",
    " at the request of its readers",
    " between 1998–2004",
    " (see the list)",
    " in good weather",
)
ENDINGS = (".", ".", ".", ".", "!", "?")

ABOUT_LEADERS = (
    "The label on the box names {leader}, and nothing else.",
    "A book by {leader} stands on the lower shelf.",
    "The plate gives the name of President {leader}.",
    "The catalogue has a page on Marshal {leader} and one on clocks.",
    "The index lists {leader}'s name twice.",
    "Visitors asked where the card for Chairman {leader} was kept.",
    "{leader} is the first entry of the list.",
    "The drawer marked {leader} and the drawer marked Maps were swapped.",
)
QUOTED = (
    '"The shelves are dry," the keeper said.',
    "“The shelves are dry”, the keeper wrote.",
    'The sign reads "Closed on Sundays".',
    "The keeper’s note and the clerk's note agree.",
    'The sign says, "Please knock."',
)

TITLE_STARTS = ("Library", "Weather Station", "Grain Store", "Nursery", "Exhibition", "Reading Room", "Bakery", "Mill")
TITLE_VERBS = ("Opens", "Counts", "Reports on", "Puts in Order", "Describes", "Lends Out", "Moves", "Looks After")
TITLE_ENDS = (
    "Old Maps",
    "10 000 Seedlings",
    '"Plain Bread"',
    "Week's Rainfall",
    "District’s Cabbage",
    "Shelves (Lower Floor)",
    "Card for {leader}",
    "{leader}'s Plate",
    "Jars in DPRK",
)

BYLINES = ("Hong Kil Tong", "Kim Chol Su", "KCNA")

HOSTILE = (
    "The heading (KCNA) -- was set in small type.",
    "Pyongyang, March 3 (KCNA) -- was the example that the clerk gave.",
    "Date: 12/03/2024 | Source: a drawer in the hall.",
    "Date: 12/03/2024 stands on the lid.",
    "More From Our Farms is the name of a column.",
    "More Articles were asked for.",
    "A Share Button was sewn to the coat.",
    "The mark -0- stands here in the middle of a sentence.",
    "The stamp www.kcna.kp (2025.12.14.) is quoted here, not used.",
    "March 01, 2026 was written on the lid.",
    "1. The first shelf is made of oak.",
    "# The second shelf has a number sign before it.",
    "The third shelf has *two stars* and [a bracket] and <b>a tag</b>.",
    "--- is the rule between the third shelf and the fourth.",
    "The rate was {{ 5 }} of 100 % | per shelf & drawer \\ box.",
    "Date: and More From and (KCNA) all stand in this sentence.",
)
"""Paragraphs that look like the page's own lines or like Markdown, and are none."""
