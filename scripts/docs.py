"""Writes the documentation that is made from the code: docs/formats.md and docs/analyses.md.

Usage: ``.venv/bin/python scripts/docs.py [DATABASE]``. Without a database the shipped example is
imported first. ``tests/test_docs.py`` fails when what stands in docs/ is no longer what this makes.
"""

from __future__ import annotations

import inspect
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from notworking.analyze import catalogue
from notworking.ingest import ignored, importers
from notworking.output import shown

ROOT = Path(__file__).resolve().parents[1]
ROWS = 5
_CELL = 70


def formats() -> str:
    """Return the table of every kind of file that is known."""
    lines = [
        "# Files that are read",
        "",
        "Made by `scripts/docs.py` from the importers themselves; `notworking formats` prints the",
        "same. A file is recognised by its content first and its name second, so renamed files are",
        "read too. Whatever is not listed is named as unrecognised, never dropped in silence.",
        "",
    ]
    sources = {i.source for i in importers()} | {k.source for k in ignored()}
    for source in sorted(sources):
        head = ["| kind | files | what comes of it |", "|---|---|---|"]
        lines += [f"## {source}", "", *head]
        lines += [
            f"| `{i.name}` | {_escaped(i.files)} | {_escaped(i.yields)} |"
            for i in importers()
            if i.source == source
        ]
        lines += [
            f"| `{k.name}` | {_escaped(k.files)} | not read: {_escaped(k.reason)} |"
            for k in ignored()
            if k.source == source
        ]
        lines += ["", *_layouts(source), ""]
    return "\n".join(lines)


def _layouts(source: str) -> list[str]:
    """Return what each importer module says of the layouts it reads."""
    said: dict[str, list[str]] = {}
    for importer in importers():
        if importer.source == source:
            text = inspect.getdoc(sys.modules[importer.extract.__module__]) or ""
            said.setdefault(" ".join(text.split()), []).append(f"`{importer.name}`")
    return [f"- {', '.join(names)}: {_escaped(text)}" for text, names in said.items()]


def analyses(con: duckdb.DuckDBPyConnection) -> str:
    """Return every question: columns, source, limits, and its first rows on the example."""
    lines = [
        "# Questions and answers",
        "",
        "Made by `scripts/docs.py` from the headers of `analyze/*.sql`, with the first rows of",
        "each answer on the shipped example. `notworking show NAME` prints an answer; so does",
        "`SELECT * FROM name` in plain DuckDB.",
        "",
    ]
    for analysis in catalogue.analyses():
        lines += [f"## {analysis.name}", "", f"**{analysis.question}**", ""]
        lines += [f"- `{name}`: {meaning}" for name, meaning in analysis.columns]
        lines += ["", f"Source: {analysis.source}", ""]
        if analysis.limits:
            lines += [f"Limits: {analysis.limits}", ""]
        lines += [*_answer(con, analysis), ""]
    return "\n".join(lines)


def _answer(con: duckdb.DuckDBPyConnection, analysis: catalogue.Analysis) -> list[str]:
    order = "" if "order by" in analysis.select.splitlines()[-1] else "order by all"
    cursor = con.execute(f'select * from "{analysis.name}" {order} limit {ROWS}')
    columns = [column[0] for column in cursor.description or []]
    rows = cursor.fetchall()
    if not rows:
        return ["On the example: no rows."]
    return [
        f"| {' | '.join(columns)} |",
        f"|{'---|' * len(columns)}",
        *(f"| {' | '.join(_cell(shown(v)) for v in row)} |" for row in rows),
    ]


def _cell(text: str) -> str:
    return _escaped(text if len(text) <= _CELL else text[: _CELL - 1] + "…")


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def main() -> None:
    """Write both pages."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "example.duckdb"
        if not database.exists():
            command = [str(Path(sys.executable).with_name("notworking")), "--db", str(database)]
            exports = ROOT / "fixtures" / "example" / "exports"
            subprocess.run([*command, "import", str(exports)], check=False, capture_output=True)
        with duckdb.connect(str(database), read_only=True) as con:
            con.execute("set TimeZone = 'UTC'")
            (ROOT / "docs" / "analyses.md").write_text(analyses(con), encoding="utf-8")
    (ROOT / "docs" / "formats.md").write_text(formats(), encoding="utf-8")


if __name__ == "__main__":
    main()
