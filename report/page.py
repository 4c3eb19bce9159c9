"""The page itself: puts the parts into the template, and writes one file that asks for nothing.

The policy in its head lets the browser run this one script and this one style, known by their
digests, and load nothing at all.
"""

from __future__ import annotations

import base64
import hashlib
import webbrowser
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from notworking import output, verdict
from notworking.errors import UsageError
from notworking.queries import query as verdict_query
from notworking.report import answers, cards, people, sections, tables
from notworking.report.charts import rings
from notworking.report.charts.time import legend
from notworking.report.charts.words import figure
from notworking.report.markup import Markup, escape, join, script_data, tag
from notworking.report.packing import ALPHABET, Pool, Sentences
from notworking.report.people import source_name
from notworking.report.veil import HIDDEN, Veil

if TYPE_CHECKING:
    import duckdb

    from notworking.verdict import Verdict


#: The parts of the page's script, each after those it needs.
_SCRIPTS = ("data", "cards", "rings", "search", "tables", "report")


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for.

    Attributes:
        owner: Whose network; None: the first owner's.
        redact: Leave out names, texts, companies and places.
    """

    owner: str | None = None
    redact: bool = False


def write(con: duckdb.DuckDBPyConnection, target: Path, options: Options) -> int:
    """Write the page, readable by its owner alone, and return its size in bytes.

    Raises:
        UsageError: There is nothing to show, or the file cannot be written.
    """
    text = build(con, options)
    try:
        with output.private_file(target) as stream:
            stream.write(text)
    except OSError as error:
        raise UsageError(
            f"{target} cannot be written: {error.strerror}. Name another file with -o."
        ) from error
    return len(text.encode("utf-8"))


def show(target: Path) -> None:
    """Show a page in the user's browser.

    Raises:
        UsageError: No browser could be started.
    """
    if not webbrowser.open(target.resolve().as_uri()):
        raise UsageError(f"No browser could be started: open {target.resolve()} by hand.")


def build(con: duckdb.DuckDBPyConnection, options: Options) -> str:
    """Return the page as text."""
    owner = answers.owner(con, options.owner)
    veil = Veil(options.redact)
    crowd = people.read(con, owner.owner_id, veil)
    found = answers.read(con, owner.owner_id, veil.row)
    arranged = sections.arranged(found)
    chapters, rows = sections.body(arranged, crowd, owner.owner_id, _empty(con))
    spots = rings.spots(crowd)
    name = owner.name if owner.name and not options.redact else None
    parts = {
        "title": escape(f"{name or 'Your network'}: ties and cards"),
        "whose": escape(_whose(name, redacted=options.redact)),
        "verdict": _sentence(verdict.read(con, owner.owner_id)),
        "verdict_sql": _verdict_sql(owner.owner_id),
        "sight": _sight(found),
        "legend": _legend(),
        "rings": rings.draw(crowd, spots, _sizes(crowd)),
        "contents": sections.contents(arranged),
        "chapters": chapters,
        "footer": _footer(con, redacted=options.redact),
        "data": script_data(_held(con, owner.owner_id, crowd, veil, rows)),
    }
    return filled(parts)


def _held(
    con: duckdb.DuckDBPyConnection,
    owner_id: int,
    crowd: people.People,
    veil: Veil,
    rows: dict[str, list[list[tables.Packed]]],
) -> dict[str, Any]:
    """Return what the script of the page reads."""
    pool, last = Pool(), cards.last_day(con, owner_id)
    sentences = Sentences(pool, last)
    desk = cards.Desk(crowd, veil, pool, sentences, last)
    held = people.packed(crowd, pool, sentences) | cards.packed(con, owner_id, desk)
    held["tables"] = tables.pooled(rows, pool)
    return held | {"words": pool.words, "signs": ALPHABET}


def filled(parts: dict[str, Markup]) -> str:
    """Put parts, the style and the script into the template."""
    style, script = _asset("report.css"), _script()
    return Template(_asset("page.html")).substitute(
        parts,
        style=style,
        script=script,
        style_hash=_digest(style),
        script_hash=_digest(script),
    )


def _asset(name: str) -> str:
    return files("notworking.report").joinpath(name).read_text(encoding="utf-8")


def _script() -> str:
    parts = "".join(_asset(f"{name}.js") for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(digest).decode("ascii")


def _whose(name: str | None, *, redacted: bool) -> str:
    if redacted:
        return "A network without its names"
    return f"The network of {name}" if name else "Your network"


def _sentence(found: Verdict) -> Markup:
    if not found.people:
        return escape(verdict.sentence(found))
    cards, people_ = found.cards, found.people
    return join(
        [
            figure(found.contacts, "verdict"),
            " contacts are ",
            figure(people_, "verdict"),
            " people: ",
            figure(found.living, "verdict"),
            " living ties, ",
            figure(found.dormant, "verdict"),
            " dormant, and ",
            figure(cards, "verdict"),
            f" cards ({cards / people_:.0%}) with whom nothing ever went both ways.",
        ]
    )


def _verdict_sql(owner_id: int) -> Markup:
    sql = verdict_query("verdict_counts").replace("$owner", str(owner_id))
    return sections.query("verdict", sql.strip() + ";")


def _sight(found: list[answers.Answer]) -> Markup:
    """Say at once what could not be seen, since silence is judged by it."""
    seen = next((answer for answer in found if answer.name == "visibility"), None)
    link = tag("a", "What the data could not see", href="#sight")
    if seen is None or not seen.has("source", "shows_talk"):
        return link
    blind = [source_name(r["source"]) for r in seen.rows if not r["shows_talk"]]
    talk = [source_name(r["source"]) for r in seen.rows if r["shows_talk"]]
    if not talk:
        words = "No source here can show talk, so nobody can be told a card yet: import messages"
    else:
        words = f"Talk was seen in {', '.join(talk)}"
        words += f"; none can be seen in {', '.join(blind)}" if blind else ""
    return join([words + ". ", link, "."])


def _legend() -> Markup:
    return legend(
        ("inner", "inner: weekly"),
        ("strong", "strong: monthly"),
        ("weak", "weak, but alive"),
        ("dormant", "dormant"),
        ("card", "card: never both ways"),
        ("bridge-key", "bridge to other people"),
    )


def _sizes(crowd: people.People) -> dict[int | None, int]:
    sizes: dict[int | None, int] = {}
    for person in crowd.everyone:
        sizes[person.ring] = sizes.get(person.ring, 0) + 1
    return sizes


def _empty(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    if "empty_states" not in answers.published(con):
        return {}
    return dict(con.execute(answers.sql("empty")).fetchall())


def _footer(con: duckdb.DuckDBPyConnection, *, redacted: bool) -> Markup:
    (newest,) = con.execute(answers.sql("newest")).fetchall()
    until = f"The data end on {newest[0]:%Y-%m-%d}. " if newest[0] else ""
    words = (
        "This page is one file, asks for nothing from anywhere, and can be read by whoever has it."
    )
    hidden = f" Names, texts, companies and places are left out ({HIDDEN})." if redacted else ""
    return escape(until + words + hidden)
