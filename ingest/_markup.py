"""Pages made safe for Python's parser, for every source that has an HTML form."""

from __future__ import annotations

import re

_DECLARATION = re.compile(r"<!--|<!|<\?")
_UNCLOSED = re.compile(r"<(?![^<>]*>)")


def plain_markup(text: str) -> str:
    """Return a page that Python's parser reads in linear time and to its end.

    Comments and declarations go, as nothing in them is read, and unclosed tags become text: over
    both the parser takes quadratic time, and on unknown declarations it gives up.
    """
    kept: list[str] = []
    at = 0
    closed = {"-->": True, ">": True}
    for match in _DECLARATION.finditer(text):
        if match.start() < at:
            continue
        kept.append(text[at : match.start()])
        at = match.end()
        closing = "-->" if match[0] == "<!--" else ">"
        end = text.find(closing, at) if closed[closing] else -1
        closed[closing] = end >= 0
        at = end + len(closing) if end >= 0 else at
    kept.append(text[at:])
    return _UNCLOSED.sub("&lt;", "".join(kept))
