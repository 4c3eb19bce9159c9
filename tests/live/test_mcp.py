"""The server for assistants, asked by the client of the same package over stdio."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from notworking.live import redact

pytest.importorskip("mcp")
COMMAND = Path(sys.executable).with_name("notworking")


def asked(desk: Any, *calls: tuple[str, dict[str, Any]], more: tuple[str, ...] = ()) -> list[str]:
    """Return the names of the tools, then the answer of each call, as text."""
    from mcp import ClientSession, StdioServerParameters, stdio_client

    server = StdioServerParameters(
        command=str(COMMAND), args=["--db", str(desk.database), "mcp", *more]
    )

    async def ask() -> list[str]:
        async with stdio_client(server) as streams, ClientSession(*streams) as session:
            await session.initialize()
            found = [",".join(sorted(tool.name for tool in (await session.list_tools()).tools))]
            for name, arguments in calls:
                answer = await session.call_tool(name, arguments)
                found.append("".join(getattr(part, "text", "") for part in answer.content))
            return found

    return asyncio.run(ask())


def test_the_tools_answer_and_none_writes(lived: Any) -> None:
    tools, person, ties, rows, refused = asked(
        lived,
        ("person", {"name": "Gwendolyn Weekly"}),
        ("show", {"analysis": "ties", "limit": 1}),
        ("sql", {"query": "select name from people where name like 'Gwen%'"}),
        ("sql", {"query": "delete from people"}),
    )
    assert {"person", "show", "sql", "analyses"} <= set(tools.split(","))
    assert "Gwendolyn Weekly  (person" in person
    assert [row["name"] for row in json.loads(ties)] == ["Gwendolyn Weekly"]
    assert json.loads(rows) == [{"name": "Gwendolyn Weekly"}]
    assert "The query failed" in refused
    assert lived.rows("select count(*) > 4 from people") == [(True,)]


def test_redacted_answers_hold_no_name_and_no_text(lived: Any) -> None:
    tools, ties, talk, leaked = asked(
        lived,
        ("show", {"analysis": "ties"}),
        ("sql", {"query": "select * from interactions limit 3"}),
        ("sql", {"query": "select * from raw.entries union all select * from raw.entries"}),
        more=("--redact",),
    )
    assert "sql" in tools
    names = {row["name"] for row in json.loads(ties)}
    assert names
    assert all(name.startswith("Person ") for name in names)
    assert {row["class"] for row in json.loads(ties)} >= {"inner", "card"}
    assert [row["text"] for row in json.loads(talk)] == [None] * 3
    assert json.loads(leaked) == []


def test_the_redacted_copy_holds_no_byte_of_a_name_or_a_message(lived: Any) -> None:
    lived.run("note", "Gwendolyn Weekly", "zanzibar")
    target = lived.folder / "redacted.duckdb"
    redact.copy(lived.database, target)
    held = target.read_bytes()
    for word in ("Gwendolyn", "gwendolyn", "Example Tools", "How are you", "zanzibar", "555010",
                 "Olive Owner"):  # fmt: skip
        assert word.encode() not in held, word
    import duckdb

    with duckdb.connect(str(target), read_only=True) as con:
        strengths = "select person_id, class, strength from ties order by person_id"
        assert con.execute(strengths).fetchall() == lived.rows(strengths)
        # Everything published is there, and every column.
        for (name,) in lived.rows(
            "select table_name from information_schema.tables where table_schema = 'main'"
        ):
            columns = f'select column_name from (describe "{name}")'
            assert con.execute(columns).fetchall() == lived.rows(columns), name
