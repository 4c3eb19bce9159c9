"""A page of an HTML export as rows of text, whatever its generation's class names are.

Since 2018 every entry is a ``div`` or ``section`` with one of two class names; only those that
hold no other such element are rows. Before that entries were list items. The parser keeps order and
nothing else: what a row means belongs to the importer. Text is real UTF-8 with entities.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from notworking.ingest._markup import plain_markup
from notworking.ingest.facebook._html_dates import languages, looks_like_date

_ROW_CLASSES = frozenset({"_a6-g", "uiBoxWhite"})
_INLINE = frozenset({"a", "abbr", "b", "em", "font", "i", "img", "small", "span", "strong", "u"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)
_MEDIA = frozenset({"img", "video", "audio", "source"})
_SKIPPED = frozenset({"script", "style", "nav", "title"})
_MENUS = frozenset({"div", "nav", "ul"})
#: A text directly in one of these is what the list items below it belong to.
_HEADINGS = frozenset({"h1", "h2", "h3", "div", "td", "th"})
#: A page may be damaged so that nothing closes; deeper than this only text is kept.
_DEEPEST = 200


@dataclass(slots=True)
class Row:
    """One entry.

    Attributes:
        place: Which entry of the page it is, for people.
        blocks: Its texts in order, without the items of lists.
        items: The items of lists in it (reactions).
        media: Addresses of pictures and sound.
        heading: The last text above it that is no entry.
    """

    place: str
    blocks: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    heading: str = ""

    def date(self) -> str | None:
        """Return the last text if it is a date."""
        last = self.blocks[-1] if self.blocks else ""
        return last if len(self.blocks) > 1 and looks_like_date(last) else None


@dataclass(slots=True)
class Page:
    """A page.

    Attributes:
        rows: Its entries.
        listed: Its list items outside of entries and navigation.
        heading: The last text that is no entry: at the end of an old page, its footer.
        length: How much text there is.
        whole: Whether the page comes to its end, and no part of it is lost in a broken tag.
    """

    rows: list[Row] = field(default_factory=list)
    listed: list[Row] = field(default_factory=list)
    heading: str = ""
    length: int = 0
    whole: bool = False

    def spoken(self) -> frozenset[str]:
        """Return the languages that the page's dates can be in."""
        return languages(date for row in self.rows if (date := row.date()) is not None)


class _Reader(HTMLParser):
    """Collects rows while the tags go by; end tags that nobody opened are ignored."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[str] = []
        self.rows: list[tuple[int, Row, bool]] = []
        self.text: list[str] = []
        self.lists = 0
        self.muted = 0
        self.torn = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.text.append("\n")
            return
        if tag not in _INLINE:
            self._flush()
        # A quote that is missing makes an attribute of what follows, up to the next one.
        self.torn = self.torn or "<" in (self.get_starttag_text() or "")[1:]
        named = dict(attrs)
        if tag in _MEDIA and self.rows and named.get("src"):
            self.rows[-1][1].media.append(named["src"] or "")
        if tag in _VOID or len(self.open) >= _DEEPEST:
            return
        self.open.append(tag)
        self.torn = self.torn or (bool(self.muted) and tag in ("h1", "h2"))
        self.lists += tag in ("ul", "ol")
        classes = set((named.get("class") or "").split())
        if "nav" in classes and tag in _MENUS and not self.muted:
            self.muted = len(self.open)
        if tag in ("div", "section") and _ROW_CLASSES & classes:
            self.rows = [(depth, row, False) for depth, row, _ in self.rows]
            self.rows.append((len(self.open), Row("", heading=self.page.heading), True))

    def handle_endtag(self, tag: str) -> None:
        self.page.whole = self.page.whole or tag in ("body", "html")
        if tag in _VOID or tag not in self.open:
            return
        if tag not in _INLINE:
            self._flush()
        top = len(self.open)
        while self.open:
            depth = len(self.open)
            closed = self.open.pop()
            self.lists -= closed in ("ul", "ol")
            if closed in _SKIPPED and closed != tag:
                self.torn = True
            if self.muted == depth:
                # A menu that is not closed by itself may have muted all of the page.
                self.torn = self.torn or closed != tag or depth != top
                self.muted = 0
            if self.rows and self.rows[-1][0] == depth:
                self._close_row()
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.muted and not _SKIPPED.intersection(self.open):
            self.text.append(data)

    def _flush(self) -> None:
        lines = (" ".join(line.split()) for line in "".join(self.text).split("\n"))
        block = "\n".join(line for line in lines if line)
        self.text.clear()
        if not block:
            return
        self.page.length += len(block)
        if self.rows:
            row = self.rows[-1][1]
            (row.items if self.lists else row.blocks).append(block)
        elif "li" in self.open:
            number = len(self.page.listed) + 1
            self.page.listed.append(Row(f"item {number}", [block], heading=self.page.heading))
        elif self.open and self.open[-1] in _HEADINGS:
            self.page.heading = block

    def _close_row(self) -> None:
        _, row, leaf = self.rows.pop()
        if leaf and (row.blocks or row.media):
            row.place = f"entry {len(self.page.rows) + 1}"
            self.page.rows.append(row)

    def close(self) -> None:
        super().close()
        self.torn = self.torn or bool(self.muted or _SKIPPED.intersection(self.open))
        self.page.whole = self.page.whole and not self.torn
        self._flush()
        while self.rows:
            self._close_row()


def read_page(text: str) -> Page:
    """Return the rows of a page."""
    reader = _Reader()
    reader.feed(plain_markup(text))
    reader.close()
    return reader.page
