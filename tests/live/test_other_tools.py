"""The page about other tools: every query and every program on it runs as it stands there."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import re
import shlex
from pathlib import Path
from typing import Any

import duckdb
import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "other-tools.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the blocks of a language on the page."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_every_query_for_duckdb_answers(lived: Any) -> None:
    (queries, _) = blocks("sql")
    with duckdb.connect(str(lived.database), read_only=True) as con:
        statements = con.extract_statements(queries)
        assert len(statements) == 5
        answers = [con.execute(statement).fetchall() for statement in statements]
    assert all(answers)
    assert answers[0][0][0] == "Gwendolyn Weekly"
    assert {company for company, *_ in answers[1]} == {"Sample Works", "Example Tools"}


def test_the_tables_for_browsers_can_be_made(lived: Any) -> None:
    """Run what the page does in SQLite in a database of DuckDB: the extension has to be fetched."""
    (_, queries) = blocks("sql")
    with duckdb.connect(str(lived.database)) as con:
        con.execute("attach ':memory:' as lite")
        for statement in con.extract_statements(queries):
            if "create table" in statement.query:
                con.execute(statement)
        for name in ("people", "ties", "news"):
            kinds = {row[1] for row in con.execute(f"describe lite.{name}").fetchall()}
            assert not [kind for kind in kinds if "[]" in kind or "STRUCT" in kind], name
        emails = "select emails from lite.people where name = 'Gwendolyn Weekly'"
        assert con.execute(emails).fetchall() == [("gwendolyn@example.com",)]


@pytest.mark.parametrize("program", blocks("python"), ids=lambda text: text.split()[1])
def test_every_program_runs(lived: Any, program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in re.findall(r"^import (\w+)", program, re.MULTILINE):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed")
    monkeypatch.chdir(lived.folder)
    lived.run("export", "--format", "parquet", "-o", "tables")
    lived.run("export", "--format", "graph", "--layout", "graphml", "-o", "people.graphml")
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(program, "other-tools.md", "exec"), {})  # noqa: S102 (our own page)
    if "print" in program or "show" in program:
        assert said.getvalue().strip()


def test_every_command_of_the_page_runs(lived: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lived.folder)
    lines = re.findall(r"^(?:`)?notworking ([^`\n]+)", PAGE, re.MULTILINE)
    assert len(lines) == 5
    for line in lines:
        lived.run(*shlex.split(line))
    assert {"people.gexf", "people.graphml", "edges.csv", "ties.csv", "tables"} <= {
        path.name for path in lived.folder.iterdir()
    }
