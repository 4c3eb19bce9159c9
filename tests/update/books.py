"""Small imports into a database that is full already, held against deriving everything anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from notworking import pipeline
from notworking.pipeline import Options, import_paths
from notworking.progress import Silent
from notworking.store import database

OWNER = "Olive Owner"
FRIENDS = ("Mira Beispiel", "Jonas Ejemplo", "Lea Exempel", "Tomas Primer", "Nora Voorbeeld")
#: 2026-03-01; messages are given as minutes from there.
START = 1_772_323_200_000
HEAD = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER\n"
)
Said = tuple[str, int, str]


def conversation(folder: Path, key: str, members: list[str], said: list[Said]) -> None:
    """Write a conversation as Facebook exports it."""
    target = folder / "your_facebook_activity" / "messages" / "inbox" / key
    target.mkdir(parents=True, exist_ok=True)
    messages = [
        {"sender_name": who, "timestamp_ms": START + minute * 60_000, "content": text}
        for who, minute, text in said
    ]
    thread = {
        "participants": [{"name": name} for name in (*members, OWNER)],
        "messages": messages,
        "title": key.partition("_")[0],
        "thread_path": f"inbox/{key}",
    }
    (target / "message_1.json").write_text(json.dumps(thread), encoding="utf-8")


def linkedin_messages(folder: Path, rows: list[tuple[str, str, str, bool, int, str]]) -> None:
    """Write messages.csv: conversation, name, handle, whether the owner wrote, minute, text."""
    lines = [HEAD]
    for key, name, handle, is_own, minute, text in rows:
        they = (name, f"https://www.linkedin.com/in/{handle}")
        own = (OWNER, "https://www.linkedin.com/in/olive-owner")
        (who, url), (to, to_url) = (own, they) if is_own else (they, own)
        clock = f"2026-03-{1 + minute // 1440:02d} {minute // 60 % 24:02d}:{minute % 60:02d}:00 UTC"
        lines.append(f'{key},,{who},{url},{to},{to_url},{clock},,"{text}",INBOX\n')
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "messages.csv").write_text("".join(lines), encoding="utf-8")


def first_exports(folder: Path) -> Path:
    """Write what is imported first: lists, conversations of two and of more, texts with hints."""
    friends = {
        "friends_v2": [
            {"name": name, "timestamp": 1_600_000_000 + n} for n, name in enumerate(FRIENDS)
        ]
    }
    lists = folder / "connections" / "friends"
    lists.mkdir(parents=True)
    (lists / "your_friends.json").write_text(json.dumps(friends), encoding="utf-8")
    profile = {"profile_v2": {"name": {"full_name": OWNER}}}
    about = folder / "personal_information" / "profile_information"
    about.mkdir(parents=True)
    (about / "profile_information.json").write_text(json.dumps(profile), encoding="utf-8")
    for n, name in enumerate(FRIENDS[:4]):
        said = [
            (who, 400 * day + n, text)
            for day in range(0, 20, n + 1)
            for who, text in (
                (name, f"Could you help me with the projector on day {day}?"),
                (OWNER, f"Of course, thanks for the hint about harbour {n}."),
            )
        ]
        conversation(folder, f"chat_{n}", [name], said)
    conversation(
        folder,
        "choir_9",
        list(FRIENDS[1:4]),
        [(FRIENDS[1 + n % 3], 900 * n, f"Rehearsal {n} is on Friday") for n in range(12)],
    )
    (folder / "Profile.csv").write_text("First Name,Last Name,Headline\nOlive,Owner,Tester\n")
    (folder / "Connections.csv").write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Mira,Beispiel,https://www.linkedin.com/in/mira,mira@example.com,Contoso,Pilot,05 Nov 2023"
        "\n"
        "Paul,Sample,https://www.linkedin.com/in/paul,,Globex,Engineer,17 Jun 2021\n",
        encoding="utf-8",
    )
    linkedin_messages(
        folder,
        [
            (
                "2-p==",
                "Paul Sample",
                "paul",
                n % 2 == 0,
                700 * n,
                f"Budget of quarter {n}, thank you",
            )
            for n in range(10)
        ],
    )
    return folder


def give(path: Path, folder: Path) -> None:
    """Import a folder into a database."""
    import_paths([folder], path, Options(owner=OWNER), Silent())


class Book:
    """A database, and what an import into it did.

    Attributes:
        path: The database.
        anew: How often everything was derived anew.
    """

    def __init__(self, path: Path) -> None:
        """Take a database as it is."""
        self.path = path
        self.anew = 0

    def give(self, folder: Path) -> None:
        """Import a folder."""
        give(self.path, folder)

    def is_as_if_anew(self) -> bool:
        """Whether every table holds what it would hold if all were derived again."""
        con = database.connect(self.path)
        try:
            held = _rows(con)
            con.execute("begin")
            (newest,) = con.execute("select max(import_id) from imports").fetchall()[0]
            pipeline.rebuild(con, newest, Silent())
            anew = _rows(con)
            con.execute("rollback")
        finally:
            con.close()
        assert held.keys() == anew.keys()
        for table, rows in anew.items():
            assert held[table] == rows, table
        return True


def _rows(con: Any) -> dict[str, list[str]]:
    tables = con.execute(
        "select schema_name || '.' || table_name from duckdb_tables()"
        " where database_name = current_database() and not temporary"
        # When a run began and ended is no derivation, nor is what the next one is told of it.
        " and schema_name in ('raw', 'core', 'main', 'mart')"
        " and table_name not in ('imports', 'settings')"
    ).fetchall()
    held = {}
    for (table,) in tables:
        columns = con.execute(f"select column_name, column_type from (describe {table})").fetchall()
        # Sums of fractions hang on the order of adding up in their last digits.
        shown = ", ".join(
            f'round("{name}", 9)' if kind in ("DOUBLE", "FLOAT") else f'"{name}"'
            for name, kind in columns
        )
        held[table] = sorted(map(str, con.execute(f"select {shown} from {table}").fetchall()))
    return held
