"""The server for assistants, asked by the client of the same package over stdio."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from notworking import safety
from notworking.live import mcp, redact

pytest.importorskip("mcp")
COMMAND = Path(sys.executable).with_name("notworking")


def asked(
    desk: Any,
    *calls: tuple[str, dict[str, Any]],
    more: tuple[str, ...] = (),
    before: tuple[str, ...] = (),
) -> list[str]:
    """Return the names of the tools, then the answer of each call, as text.

    Args:
        more: Options of the server; ``before``: of the program.
    """
    from mcp import ClientSession, StdioServerParameters, stdio_client

    server = StdioServerParameters(
        command=str(COMMAND),
        args=["--db", str(desk.database), *before, "mcp", *more],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", "")},
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
    with duckdb.connect(str(target), read_only=True) as con:
        strengths = "select person_id, class, strength from ties order by person_id"
        assert con.execute(strengths).fetchall() == lived.rows(strengths)
        # Everything published is there, and every column.
        for (name,) in lived.rows(
            "select table_name from information_schema.tables where table_schema = 'main'"
        ):
            columns = f'select column_name from (describe "{name}")'
            assert con.execute(columns).fetchall() == lived.rows(columns), name


def test_who_and_path_answer_with_a_person_and_a_reason(lived: Any) -> None:
    lived.run("tag", "Silvester Silent", "beekeeping")
    tools, who, path, nobody = asked(
        lived,
        ("who", {"query": "beekeeping"}),
        ("path", {"target": "Example Tools"}),
        ("who", {"query": "zymurgy"}),
    )
    assert {"who", "path"} <= set(tools.split(","))
    (best,) = json.loads(who)
    assert best["name"] == "Silvester Silent"
    assert "beekeeping" in best["reason"]
    first = json.loads(path)[0]
    assert "Jolanda Newjob" in first["path"]
    assert first["company"] == "Example Tools"
    assert json.loads(nobody or "[]") == []


#: What a curious assistant would try, and what the tools answer with in the clear.
CURIOUS: list[tuple[str, dict[str, Any]]] = [
    ("analyses", {}),
    ("person", {"name": "Gwendolyn Weekly"}),
    ("person", {"name": "Gwen"}),
    ("person", {"name": "gwendolyn@example.com"}),
    ("person", {"name": "+12025550101"}),
    *[("person", {"name": str(number)}) for number in range(1, 7)],
    *[
        ("sql", {"query": query})
        for query in (
            "select * from people",
            "select * from contacts",
            "select * from contact_points",
            "select * from interactions",
            "select * from changes",
            "select * from matches",
            "select * from notes union all select person_id, tag, noted_at from tags",
            "select * from owners",
            "select * from source_files",
            "select * from rejects",
            "select * from mart.words",
            "select * from mart.passages",
            "select * from raw.events",
            "select * from core.parties",
            "select * from duckdb_views()",
            "select * from duckdb_tables()",
            "select * from duckdb_columns()",
            "select * from duckdb_databases()",
            "select getenv('NOTWORKING_DB')",
            "select getvariable('compare_since')",
            "select * from read_text('{database}')",
            "select * from read_blob('{folder}/*')",
            "select * from read_csv('{folder}/cards.vcf')",
            "select * from glob('{folder}/*')",
            "attach '{database}' as open (read_only)",
            "copy (select 1) to '{folder}/x.csv'",
            "set enable_external_access = true",
            "from query('select * from people')",
        )
    ],
]
_SECRETS = (
    *("gwendolyn", "bruno", "dorothea", "jolanda", "silvester", "olive", "example.com", "2025550"),
    *("example tools", "sample works", "how are you", "good morning", "semicolons", "zanzibar"),
    *("1984-02-29", "sampletown", "complete_linked", "quokka"),
)


def test_no_tool_and_no_query_of_a_redacted_server_tells_a_name_or_a_text(lived: Any) -> None:
    lived.run("note", "Gwendolyn Weekly", "zanzibar")
    lived.run("tag", "Gwendolyn Weekly", "quokka")
    (lived.folder / "cards.vcf").write_text("FN:Gwendolyn Weekly\n", encoding="utf-8")
    places = {"{database}": str(lived.database), "{folder}": str(lived.folder)}
    calls = [("show", {"analysis": name}) for name in ("birthdays", "news", "tie_changes")]
    for tool, given in CURIOUS:
        query = given.get("query", "")
        for word, place in places.items():
            query = query.replace(word, place)
        calls.append((tool, {**given, "query": query} if query else given))
    tools, *answers = asked(lived, *calls, more=("--redact",))
    assert set(tools.split(",")) == {"analyses", "person", "show", "sql"}
    for call, text in zip(calls, answers, strict=True):
        said = text.casefold()
        for known in call[1].values():
            # What was asked may be said again.
            said = said.replace(str(known).casefold(), "")
        assert [word for word in _SECRETS if word in said] == [], (call, text)
    assert any('"Person ' in text for text in answers)


KEY = "open sesame"


@pytest.fixture
def locked(lived: Any) -> Any:
    """Return those two years in an encrypted database, as another machine made it."""
    plain = lived.folder / "plain.duckdb"
    lived.database.rename(plain)
    with duckdb.connect() as con:
        # Written with the weaker module on purpose: what is tested here is reading.
        con.execute("set force_mbedtls_unsafe = true")
        con.execute(f"attach '{plain}' as plain (read_only)")
        con.execute(f"attach '{lived.database}' as network (encryption_key '{KEY}')")
        con.execute("copy from database plain to network")
    plain.unlink()
    (lived.folder / "key").write_text(KEY + "\n", encoding="utf-8")
    return lived


def test_the_tools_of_an_encrypted_database_answer_with_its_key_file(locked: Any) -> None:
    before = ("--key-file", str(locked.folder / "key"))
    _, ties, who = asked(
        locked,
        ("show", {"analysis": "ties", "limit": 1}),
        ("who", {"query": "Head of Clerks"}),
        before=before,
    )
    assert [row["name"] for row in json.loads(ties)] == ["Gwendolyn Weekly"]
    assert json.loads(who)[0]["name"] == "Jolanda Newjob"


def test_the_key_is_handed_on_where_the_commands_look_for_it() -> None:
    assert mcp.KEY_VARIABLE == safety.KEY_VARIABLE


def test_an_encrypted_database_is_served_to_nobody_without_its_key(locked: Any) -> None:
    for key, reason in (("wrong", "This is not the key"), (None, "needs a key")):
        options: list[str] = []
        if key is not None:
            (locked.folder / "key").write_text(key, encoding="utf-8")
            options = ["--key-file", str(locked.folder / "key")]
        done = subprocess.run(
            [str(COMMAND), "--db", str(locked.database), *options, "mcp"],
            input="",
            capture_output=True,
            text=True,
            check=False,
            env={k: v for k, v in os.environ.items() if k != "NOTWORKING_KEY"},
        )
        assert done.returncode == 3
        assert reason in done.stderr


def test_a_copy_without_names_of_an_encrypted_database_is_never_a_plain_file(
    locked: Any,
) -> None:
    done = subprocess.run(
        [str(COMMAND), "--db", str(locked.database), "--key-file", str(locked.folder / "key"),
         "mcp", "--redact"],
        input="",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(locked.folder)},
    )  # fmt: skip
    # This engine cannot encrypt, so there is no copy at all.
    assert done.returncode == 3
    assert "httpfs" in done.stderr
    assert sorted(path.name for path in locked.folder.iterdir()) == ["key", "network.duckdb"]


def test_a_server_of_one_owner_answers_from_a_copy_and_searches_no_words(lived: Any) -> None:
    tools, person, ties, texts = asked(
        lived,
        ("person", {"name": "Gwendolyn Weekly"}),
        ("show", {"analysis": "ties", "limit": 1}),
        ("sql", {"query": "select count(text) as texts from interactions"}),
        more=("--owner", "olive OWNER"),
    )
    assert set(tools.split(",")) == {"analyses", "person", "show", "sql"}
    assert "Gwendolyn Weekly  (person" in person
    assert [row["name"] for row in json.loads(ties)] == ["Gwendolyn Weekly"]
    assert json.loads(texts)[0]["texts"] > 100
    refused = lived.run("mcp", "--owner", "Nobody", status=2).stderr
    assert 'this database holds "Olive Owner"' in refused
