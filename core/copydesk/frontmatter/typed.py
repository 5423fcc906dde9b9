"""The frontmatter as a type, made by `copydesk schema --as python`."""

from typing import Literal, NotRequired, TypedDict


class Frontmatter(TypedDict):
    """The frontmatter of one captured article, flat, with every string in double quotes.

    A person's own keys may stand beside these.
    """

    id: str
    """the identity that all captures of one article share, <source_id>-<date or undated>-<12 hex>"""
    title: NotRequired[str]
    """the headline as printed; absent where the capture has none"""
    date: NotRequired[str]
    """the day of publication"""
    lang: str
    """the language of the body as a BCP 47 tag; und where it is unknown"""
    source_id: str
    """the id of the source plugin; unknown where no plugin knows the publisher"""
    source_name: str
    """the publisher as the source plugin names it, or the label where there is no plugin"""
    source_label: NotRequired[str]
    """the label of the source as the page prints it"""
    archive: NotRequired[str]
    """the aggregator that the page was captured from"""
    agency: NotRequired[str]
    """the agency that the dateline names"""
    dateline: NotRequired[str]
    """the dateline as printed"""
    dateline_place: NotRequired[str]
    """the place that the dateline names"""
    dateline_date: NotRequired[str]
    """the day that the dateline names"""
    author: NotRequired[list[str]]
    """the bylines as printed, one an item"""
    original_url: NotRequired[str]
    """the URL of the publisher's own page"""
    capture_url: NotRequired[str]
    """the URL of the page that was captured"""
    captured: NotRequired[str]
    """the day on which the capture was made"""
    related: NotRequired[list[str]]
    """the page's list of other articles, each as its day and its title"""
    schema: Literal["copydesk/article/1"]
    """the schema that this frontmatter follows, with its version"""
    converter: str
    """the name and version of the program that wrote the document"""
    plugin: str
    """the name and version of the source plugin"""
    capture_layout: str
    """the id of the layout that read the page"""
    input_file: str
    """the path of the capture as it was given, with / on every system"""
    input_sha256: str
    """the SHA-256 of the bytes of the capture"""
    body_sha256: str
    """the SHA-256 of the body behind the blank line, which shows whether the body was edited"""
    frontmatter_sha256: str
    """the SHA-256 of all other lines between the fences, which shows whether the frontmatter was edited"""
    warnings: NotRequired[list[str]]
    """what a person should know of this document, each as its code and a text"""
