"""Pages of made-up publishers, in forms that no installed layout knows; and a known one with another label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from copydesk.desk.load import Host, Plugin
from copydesk.desk.selection import Selection, host_of
from copydesk.new_source.propose import Proposal, Said, propose
from copydesk.new_source.samples import Hints, samples_of
from tests.support.specimens import SEEDS

NAME = "harbour-post"
HOST: Host = host_of(Selection())


class Story(NamedTuple):
    """What one page tells."""

    title: str
    author: str
    day: str
    paragraphs: tuple[str, ...]
    others: tuple[tuple[str, str], ...] = ()


FERRY = Story(
    "Ferry Timetable Changes in Spring",
    "Ana Ruiz",
    "4 March 2025",
    (
        "The ferry to the outer islands will leave twenty minutes earlier from the first of April, the office said.",
        "Nobody minded.",
        "The new timetable was printed on yellow paper, and a copy of it hangs in the waiting room beside the stove.",
    ),
    (("Nets Mended Before the Storm", "3 March 2025"), ("Library Opens on Sundays", "2 March 2025")),
)
LIBRARY = Story(
    "Library Opens on Sundays",
    "Tom Lee",
    "22 February 2025",
    (
        "The library on the hill will be open on Sundays from ten to four, so that the crews of the boats can use it.",
        "Two readers came on the first Sunday, and one of them stayed for the whole day because of the rain.",
    ),
    (("A Lamp", "1 February 2025"), ("Gulls Counted Twice", "31 January 2025"), ("Rain", "30 January 2025")),
)
STORIES = (FERRY, LIBRARY)

BRIDGE = Story(
    "새 다리 개통",
    "김하나",
    "2025.03.04.",
    (
        "새 다리가 어제 강변 마을에서 개통되여 사람들이 걸어서 강을 건널수 있게 되였다고 군청이 밝혔다.",
        "다리는 두해동안 지어졌으며 길이는 백이십메터이다. 마을 사람들은 이 다리를 오래 기다려왔다고 말했다.",
    ),
)
SUNDAY = Story(
    "도서관 일요일에도 문을 연다",
    "박두리",
    "2025.03.16.",
    (
        "마을 도서관이 다음달부터 일요일에도 문을 열어 배를 타는 사람들도 책을 빌릴수 있게 된다고 한다.",
        "첫날에는 두사람이 왔으며 한사람은 비때문에 하루종일 책을 읽었다고 도서관 직원이 전했다.",
    ),
)


def paper(story: Story, *, dated: str = "Published: {}") -> str:
    """Return a page with a masthead, a date line, a byline, and a list of other articles."""
    others = "\n".join(f"{title}\n{day}" for title, day in story.others)
    body = "\n\n".join(story.paragraphs)
    return (f"HARBOUR POST\nNews from the quay\n\n{story.title}\n\n{dated.format(story.day)}\nBy {story.author}\n\n"
            f"PORT ELLIS, {_month_day(story.day)} -- {body} (hp)\n\nShare this article\n\nMore from Harbour Post\n\n"
            f"{others}\n\n© 2025 Harbour Post. All rights reserved.\n")  # fmt: skip


def gazette(story: Story) -> str:
    """Return a page with the day on top, the title under it, a heading within the body, and an end mark of its own."""
    before, *behind = story.paragraphs
    return (f"{story.day}, 09:12\n{story.title}\nTown Hall Gazette | Local\n\n{before}\n\nBackground\n\n"
            f"{chr(10).join(behind)}\n(end)\nContact the Town Hall Gazette at the market square.\n")  # fmt: skip


def teasers(story: Story) -> str:
    """Return a page without a date line: title, body, stamp, and a list of titles, teasers and days."""
    items = "\n".join(f"{title}\n{title}\nOf this a few words stand here and\n{day}" for title, day in story.others)
    return (f"{story.title}\n{chr(10).join(story.paragraphs)}\nwww.islander.example ({story.day})\n"
            f"Other news of the Islander\n{items}\nEnd of the page of the Islander\n")  # fmt: skip


def riverside(story: Story) -> str:
    """Return a page in Korean."""
    body = "\n".join(story.paragraphs)
    return (f"강변신문\n홈 > 지역\n\n{story.title}\n\n입력: {story.day} 10:15\n\n{body} (끝)\n\n"
            "저작권자 강변신문\n")  # fmt: skip


def site(story: Story, *, number: int = 1, address: str = "https://www.harbourpost.example/{}") -> str:
    """Return a page of HTML, with a head, navigation, a box within the body, and related articles."""
    url = address.format(number)
    head = f'<link rel="canonical" href="{url}"><meta property="og:url" content="{url}">' if url else ""
    body = "\n".join(f"<p>{text}</p>" for text in story.paragraphs)
    others = "".join(f'<li><a href="/x">{title}</a> <i>{day}</i></li>' for title, day in story.others)
    return f"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{story.title} | Harbour Post</title>
<meta property="og:title" content="{story.title}">{head}</head>
<body class="page-{number}">
<header class="top"><nav><a href="/">Home</a> <a href="/quay">Quay</a></nav>
<p class="claim">News from the quay since 1951, for all who live by the water and all who only visit it.</p></header>
<main id="main"><article class="story story-10{number}41">
<h1 class="story-title">{story.title}</h1>
<div class="story-meta"><span class="when">Published {story.day}</span></div>
<p class="story-author">By {story.author}</p>
<div class="story-text"><div class="share-bar"><a href="#">Share</a> <a href="#">Mail</a></div>
{body}
<aside class="box"><h4>Subscribe to our letter</h4></aside></div>
</article><section class="related"><h2>More from the quay</h2><ul>{others}</ul></section></main>
<footer><p>Harbour Post, Quay 1.</p></footer></body></html>
"""


def tables(story: Story, *, number: int = 1) -> str:
    """Return a page of HTML without heading tags: the title is a cell, and the day stands among other words."""
    body = "<br><br>".join(story.paragraphs)
    return f"""<html><head><title>Quay Records: {story.title}</title>
<meta name="generator" content="hand"><meta property="og:url" content="http://records.example/{number}.htm"></head>
<body bgcolor="white"><table id="frame"><tr><td class="menu"><a href="/">Start</a></td></tr>
<tr><td class="headline">{story.title}</td></tr>
<tr><td class="stand">No. {number}, {story.author}, {story.day}, page 3</td></tr>
<tr><td id="text">{body}</td></tr></table></body></html>
"""


def labelled(case: str, label: str = "Quay Gazette") -> str:
    """Return a page of a known layout whose publisher nobody knows."""
    return (SEEDS / "kcna" / case / "capture.txt").read_text("utf-8").replace("KCNA.kp", label)


def files(folder: Path, pages: Mapping[str, str] | Sequence[str], suffix: str = "txt") -> list[str]:
    """Write pages as files, and return their paths."""
    named = pages if isinstance(pages, Mapping) else {f"page-{n}.{suffix}": page for n, page in enumerate(pages, 1)}
    for name, page in named.items():
        (folder / name).write_bytes(page.encode())
    return [(folder / name).as_posix() for name in named]


def proposed(folder: Path, pages: Sequence[str], said: Said | None = None, *, suffix: str = "txt",
             hints: Hints | None = None) -> Proposal:  # fmt: skip
    """Return what is proposed for pages."""
    samples = samples_of(files(folder, pages, suffix), hints or Hints(), HOST)
    plugin = Plugin(NAME, "0.1.0", f"copydesk-{NAME} 0.1.0")
    return propose(samples, said or Said(), plugin, "copydesk_harbour_post:article.yaml", HOST)


def entries(proposal: Proposal) -> list[str]:
    """Return the entries of the one layout that is proposed, as they are written."""
    (layout,) = proposal.layouts
    return [entry.code for entry in layout.entries]


def _month_day(day: str) -> str:
    number, month, *_ = day.split()
    return f"{month} {number}"
