"""Markup that cannot be broken by what it holds: the one place of the report that escapes.

Every text that is no ``Markup`` is escaped on its way in, so a name that looks like a script is
shown as a name. Nothing here knows what a report is.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from typing import Any

from notworking.output import printable

_VOID = frozenset({"br", "input", "link", "meta", "wbr"})
#: Inside a script element only these could end it, or a line of it.
_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


Child = str | int | float | None | Iterable["Child"]
Attribute = str | int | float | bool | None


def escape(text: str) -> Markup:
    """Return a text as markup that shows it, without characters that steer its direction."""
    return text if isinstance(text, Markup) else Markup(html.escape(printable(text)))


def tag(name: str, *children: Child, **attributes: Attribute) -> Markup:
    """Return one element.

    Args:
        name: Name of the element.
        children: Texts (escaped), markup, numbers, or groups of these; None is nothing.
        attributes: ``_`` stands for ``-``, a trailing one is dropped; None and False leave the
            attribute out, True leaves it without a value.
    """
    said = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{name}{said}>")
    return Markup(f"<{name}{said}>{join(children)}</{name}>")


def join(children: Iterable[Child]) -> Markup:
    """Return children one after the other."""
    return Markup("".join(map(_child, children)))


def _child(child: Child) -> str:
    match child:
        case None:
            return ""
        case str():
            return _spaced(child)
        case int() | float():
            return number(child)
        case _:
            return join(child)


def _spaced(text: str) -> str:
    """Escape a text and keep the blank at either end, which separates it from its neighbour."""
    if isinstance(text, Markup):
        return text
    before = " " if text[:1] == " " else ""
    after = " " if text[-1:] == " " and text.strip() else ""
    return before + escape(text) + after


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.removesuffix("_").replace("_", "-")
    if value is True:
        return f" {name}"
    shown = escape(value) if isinstance(value, str) else number(value)
    return f' {name}="{shown}"'


def number(value: float) -> str:
    """Return a number as coordinates have it: short, never in powers of ten."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def script_data(value: Any) -> Markup:
    """Return a value as JSON that may stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign, spelled in _SCRIPT.items():
        text = text.replace(sign, spelled)
    return Markup(text.encode("utf-8", "replace").decode("utf-8"))
