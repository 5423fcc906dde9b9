"""A document that is whole, and values that readers of YAML are known to misread."""

from __future__ import annotations

BODY = "Rice planting began in the south.\n\nThe work goes on.\n"

WHOLE: dict[str, str | list[str]] = {
    "id": "kcna-2021-01-21-0a1b2c3d4e5f",
    "title": "“Rice Planting” Begins in the South’s Fields",
    "date": "2021-01-21",
    "lang": "en",
    "source_id": "kcna",
    "source_name": "Korean Central News Agency",
    "source_label": "KCNA.kp (En)",
    "archive": "KCNA Watch",
    "agency": "KCNA",
    "dateline": "Pyongyang, January 21 (KCNA) --",
    "dateline_place": "Pyongyang",
    "dateline_date": "2021-01-21",
    "author": ["Staff Writer"],
    "original_url": "http://www.example.org/en/article/1",
    "capture_url": "https://archive.example.org/newstream/1611187200-1/rice",
    "captured": "2026-03-01",
    "related": ["2021-01-20 Seed Is Sorted", "2021-01-19 Fields Are Ploughed"],
    "schema": "copydesk/article/1",
    "converter": "copydesk 0.1.0",
    "plugin": "kcna 0.1.0",
    "capture_layout": "kcnawatch-a",
    "input_file": "captures/000.txt",
    "input_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "warnings": ["dates-disagree: the page says 2021-01-21, the dateline 2021-01-20"],
}

_WORDS = (
    *("y", "Y", "n", "N", "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "off", "OFF"),
    *("true", "True", "TRUE", "false", "False", "null", "Null", "NULL", "~", "undefined", "nil", "None"),
)
_NUMBERS = (
    *("0", "1", "-1", "+1", "01", "007", "0o17", "0x1F", "0b101", "1e3", "1E3", "12e03", "1.5", ".5", "5.", "1_000"),
    *(".inf", "-.inf", "+.Inf", ".nan", ".NaN", "NaN", "Infinity", "12:30:45", "190:20:30.15", "1,000", "10 000"),
    *("123456789012345678901234567890", "1e400", "0.1e-5", "0123456789ab", "1234e56789"),
)
_DAYS = (
    *("2021-01-21", "2021-1-2", "2021-01", "2021", "20210121", "2021-01-21T00:00:00Z", "2021-01-21 10:00:00 +09:00"),
    *("2001-12-14t21:59:43.10-05:00", "21.01.2021", "2021-02-30"),
)
_MARKS = (
    *("---", "...", "----", "--- a", "- a", "-", "? a", "?", ": a", ":", "a: b", "a:", " #", "a # b", "#a", "# a"),
    *("&a", "*a", "!a", "!!str a", "%a", "@a", "`a`", "|", ">", "|-", ">+", "[a]", "{a: b}", "[", "]", "{", "}", ","),
    *("<<", "=", "<", "'", '"', "''", '""', "'a'", '"a"', 'a "b" c', "it's", "\\", "\\\\", "a\\", "\\n", "\\x41"),
    *("\\u0041", "\\N", "\\_", "\\ ", "C:\\new\\table", "/", "\\/", "{{ a }}", "{% a %}", "$a", "${a}", "<a>", "&amp;"),
)
_SPACES = (
    " ",
    " a",
    "a ",
    "  a  ",
    "\t",
    "a\tb",
    "\n",
    "a\nb",
    "\n\na\n\n",
    "a\r\nb",
    "\r",
    "a  b",
    "a\n---\nb",
    "\\\n",
)
_CONTROLS = tuple(map(chr, (*range(0x20), *range(0x7F, 0xA1))))
_UNSEEN = (
    *("\xad", "\u034f", "\u061c", "\u115f", "\u180e", "\u2003", "\u200b", "\u200d", "\u200e", "\u2028", "\u2029"),
    *("\u202a", "\u202e", "\u202f", "\u2060", "\u2066", "\u2069", "\u3164", "\ue000", "\uf8ff", "\ufdd0", "\ufe0f"),
    *("\ufeff", "a\ufeffb", "\uffa0", "\ufff9", "\ufffd", "\ufffe", "\uffff"),
)
_ASTRAL = ("😀", "a😀b", "\U0001fffe", "\U000e0001", "\U000f0000", "\U0010ffff", "𠀀")
_LETTERS = ("é", "e\u0301", "평양", "平壌", "Пхеньян", "“a”", "’", "—", "…", "ﬁ", "\u3000", "ab" * 1000, "a b " * 500)

HOSTILE = (*_WORDS, *_NUMBERS, *_DAYS, *_MARKS, *_SPACES, *_CONTROLS, *_UNSEEN, *_ASTRAL, *_LETTERS)
