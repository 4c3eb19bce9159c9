"""Small exports of an invented owner, the command, and a digest of everything a database holds."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

COMMAND = Path(sys.executable).with_name("notworking")
#: Times of runs, which no two runs share.
_CLOCK = {"main.imports": "started_at, finished_at"}

Run = Callable[..., subprocess.CompletedProcess[str]]
Digest = Callable[[Path], dict[str, str]]

_PROFILE = "First Name,Last Name,Headline\nOlive,Owner,Tester\n"
_HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
_MIRA = (
    "Mira,Examplová,https://www.linkedin.com/in/mira-ex,mira@example.com,{},Tester,05 Nov 2020\n"
)
_JONAS = "Jonas,Beispiel,https://www.linkedin.com/in/jonasb,,Contoso,Engineer,17 Jun 2021\n"
_DEE = "Dee,Sample,https://www.linkedin.com/in/deesample,,Contoso,Chemist,18 Jul 2022\n"
_NAMELESS = ",,,,,,02 Feb 2019\n"
_MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER\n"
)
_OLIVE_URL, _MIRA_URL = "https://www.linkedin.com/in/olive", "https://www.linkedin.com/in/mira-ex"
_IN = f"2-a==,,Mira Examplová,{_MIRA_URL},Olive Owner,{_OLIVE_URL},{{}},,{{}},INBOX\n"
_OUT = f"2-a==,,Olive Owner,{_OLIVE_URL},Mira Examplová,{_MIRA_URL},{{}},,{{}},INBOX\n"


def _thread(path: str, members: tuple[str, ...], said: list[tuple[str, int, str]]) -> str:
    messages = [
        {"sender_name": who, "timestamp_ms": 1_700_000_000_000 + at, "content": text}
        for who, at, text in reversed(said)
    ]
    return json.dumps(
        {
            "participants": [{"name": name} for name in members],
            "messages": messages,
            "title": " and ".join(name for name in members if name != "Olive Owner"),
            "thread_path": f"inbox/{path}",
        }
    )


def _linkedin(folder: Path, people: list[str], messages: list[str]) -> None:
    folder.mkdir(parents=True)
    (folder / "Profile.csv").write_text(_PROFILE, encoding="utf-8")
    (folder / "Connections.csv").write_text(_HEAD + "".join(people), encoding="utf-8")
    (folder / "messages.csv").write_text(_MESSAGES + "".join(messages), encoding="utf-8")


def _facebook(folder: Path, more: list[tuple[str, int, str]]) -> None:
    inbox = folder / "your_facebook_activity" / "messages" / "inbox"
    friends = folder / "connections" / "friends"
    friends.mkdir(parents=True)
    names = ("Bo Sample", "Mira Examplová", "Cy Sample")
    listed = [{"name": name, "timestamp": 1_600_000_000 + n} for n, name in enumerate(names)]
    (friends / "your_friends.json").write_text(json.dumps({"friends_v2": listed}))
    said = [("Bo Sample", 0, "Shall we meet at the marzipan fair?"), ("Olive Owner", 9000, "Yes!")]
    _put(inbox, "bosample_1000000000000001", ("Bo Sample", "Olive Owner"), [*said, *more])
    group = [
        ("Cy Sample", 20_000, "Who brings the tent?"),
        ("Bo Sample", 30_000, "My tangerine tent is dry."),
        ("Olive Owner", 40_000, "Then I bring the soup."),
    ]
    _put(inbox, "tent_1000000000000002", ("Bo Sample", "Cy Sample", "Olive Owner"), group)


def _put(
    inbox: Path, path: str, members: tuple[str, ...], said: list[tuple[str, int, str]]
) -> None:
    (inbox / path).mkdir(parents=True)
    (inbox / path / "message_1.json").write_text(_thread(path, members, said))


def _cards(path: Path, *names: str) -> None:
    cards = [
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL:+1202555014{n}\r\n"
        f"EMAIL:{name.split()[0].lower()}@example.org\r\nEND:VCARD\r\n"
        for n, name in enumerate(names)
    ]
    path.write_bytes("".join(cards).encode())


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three portions: an old one, a newer one that repeats most of it, and a third."""
    root = tmp_path_factory.mktemp("exports")
    first, second, third = (root / name for name in ("first", "second", "third"))
    early = [
        _IN.format("2021-01-02 10:00:00 UTC", "Do you know a good baker?"),
        _OUT.format("2021-01-03 11:00:00 UTC", "The one at the corner."),
    ]
    late = [_IN.format("2023-05-06 12:00:00 UTC", "The baker moved away.")]
    old = _MIRA.format("Northwind")
    _linkedin(first / "Basic_LinkedInDataExport_05-01-2022", [old, _NAMELESS, _JONAS], early)
    _cards(first / "phone.vcf", "Bo Sample", "Ede Vzorek")
    new = _MIRA.format("Fabrikam")
    _linkedin(second / "Basic_LinkedInDataExport_05-01-2024", [new, _JONAS, _DEE], early + late)
    _facebook(second / "facebook-olive-2024-01-05-aBcDeFgH", [])
    _cards(second / "phone.vcf", "Bo Sample", "Ede Vzorek")
    (second / "broken.json").write_text('{"friends_v2": [object Object]')
    _facebook(
        third / "facebook-olive-2025-01-05-hGfEdCbA", [("Bo Sample", 90_000, "Marzipan again?")]
    )
    _cards(third / "phone.vcf", "Bo Sample", "Fay Vzorek")
    (third / "broken.json").write_text('{"friends_v2": [object Object]')
    return root


def _run(
    *arguments: str | Path, folder: Path, **kwargs: object
) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NOTWORKING")}
    done: subprocess.CompletedProcess[str] = subprocess.run(
        [str(COMMAND), "--db", str(folder / "n.duckdb"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=folder,
        env=environment,
        **kwargs,  # type: ignore[call-overload]
    )
    return done


@pytest.fixture(scope="session")
def run() -> Run:
    """Run the command on the database ``n.duckdb`` of a folder."""
    return _run


def _digest(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    found = {}
    with duckdb.connect(str(path), read_only=True) as con:
        tables = con.execute(
            "select schema_name || '.' || table_name from duckdb_tables()"
            " where not internal and schema_name in ('main', 'raw', 'core')"
        ).fetchall()
        for (table,) in sorted(tables):
            columns = f"* exclude ({_CLOCK[table]})" if table in _CLOCK else "*"
            rows = con.execute(
                f"select t::varchar from (select {columns} from {table}) t order by 1"
            ).fetchall()
            found[table] = f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()[:16]}"
    return found


@pytest.fixture(scope="session")
def digest() -> Digest:
    """Digest the content of every table of a database, whatever the order of its rows."""
    return _digest
