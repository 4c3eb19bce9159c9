"""One conversation in two exports is stored once: the values, by the command itself."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

COMMAND = Path(sys.executable).with_name("notworking")
BEGAN = datetime(2022, 3, 1, 10, 0, 5, tzinfo=UTC)
OWNER, OTHER = "Olive Owner", "Bo Sample"
#: Minutes after the first, whether the owner wrote it, and what was said.
TALK = [
    (0, False, "Shall we meet on Tuesday?"),
    (7, True, "Yes, at the café; I bring the maps"),
    (9, False, "Fine 👍 see you then"),
    (2_000, True, "It was good to see you"),
]
IN_MESSAGES = [
    ("in" if not out else "out", BEGAN + timedelta(minutes=after), text)
    for after, out, text in TALK
]


def imported(folder: Path, *given: Path) -> list[tuple[Any, ...]]:
    """Import into a new database; return its messages in order of time."""
    database = folder / "network.duckdb"
    done = subprocess.run(
        [str(COMMAND), "--db", str(database), "import", "--owner", OWNER, *map(str, given)],
        capture_output=True,
        text=True,
        env={**os.environ, "NOTWORKING_DB": str(database)},
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    with duckdb.connect(str(database), read_only=True) as con:
        con.execute("set timezone = 'UTC'")
        return con.execute(
            'select direction, "at"::timestamp, text from interactions'
            " where kind = 'message' order by \"at\", text"
        ).fetchall()


def in_utc(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [(direction, at.replace(tzinfo=UTC), text) for direction, at, text in rows]


# --- LinkedIn ------------------------------------------------------------------------------------


def write_table(path: Path, header: str, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header.split(","), *rows])


def linkedin_2020(folder: Path) -> Path:
    """Write the layout that has neither conversations nor addresses."""
    folder.mkdir()
    rows = []
    for after, out, text in TALK:
        who, to = (OWNER, OTHER)[:: 1 if out else -1]
        at = f"{BEGAN + timedelta(minutes=after):%Y-%m-%dT%H:%M:%S}"
        rows.append([who, to, at, "", text, "OUTGOING" if out else "INCOMING", "INBOX"])
    write_table(folder / "messages.csv", "From,To,Date,Subject,Content,Direction,Folder", rows)
    return folder


def linkedin_2023(folder: Path, talk: list[tuple[int, bool, str]]) -> Path:
    folder.mkdir()
    urls = {name: f"https://www.linkedin.com/in/{name.lower()[:2]}" for name in (OWNER, OTHER)}
    rows = []
    for after, out, text in talk:
        who, to = (OWNER, OTHER)[:: 1 if out else -1]
        at = f"{BEGAN + timedelta(minutes=after):%Y-%m-%d %H:%M:%S} UTC"
        rows.append(["2-abc==", "", who, urls[who], to, urls[to], at, "", text, "INBOX"])
    header = (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"
        "DATE,SUBJECT,CONTENT,FOLDER"
    )
    write_table(folder / "messages.csv", header, rows)
    connection = [*OTHER.split(), urls[OTHER], "", "", "", "01 Mar 2022"]
    header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    write_table(folder / "Connections.csv", header, [connection])
    return folder


def test_an_older_and_a_newer_archive_of_linkedin(tmp_path: Path) -> None:
    older = linkedin_2020(tmp_path / "LinkedInDataExport_06-01-2022")
    newer = linkedin_2023(tmp_path / "LinkedInDataExport_06-01-2023", TALK)
    assert in_utc(imported(tmp_path, older, newer)) == IN_MESSAGES


def test_the_basic_and_the_complete_archive_of_one_day(tmp_path: Path) -> None:
    folder = linkedin_2023(tmp_path / "files", TALK)
    archives = []
    for kind in ("Basic", "Complete"):
        archive = tmp_path / f"{kind}_LinkedInDataExport_06-01-2023.zip.zip"
        with zipfile.ZipFile(archive, "w") as file:
            for path in sorted(folder.iterdir()):
                file.write(path, path.name)
        archives.append(archive)
    assert in_utc(imported(tmp_path, *archives)) == IN_MESSAGES


def test_archives_that_overlap_in_part(tmp_path: Path) -> None:
    older = linkedin_2023(tmp_path / "LinkedInDataExport_03-02-2022", TALK[:3])
    newer = linkedin_2023(tmp_path / "LinkedInDataExport_06-01-2023", TALK[2:])
    assert in_utc(imported(tmp_path, older, newer)) == IN_MESSAGES


# --- Facebook ------------------------------------------------------------------------------------


def as_meta_writes(text: str) -> str:
    return text.encode().decode("latin-1")


def facebook(folder: Path, inner: str, talk: list[tuple[int, bool, str]]) -> Path:
    messages = [
        {
            "sender_name": OWNER if out else OTHER,
            "timestamp_ms": int((BEGAN + timedelta(minutes=after)).timestamp()) * 1000,
            "content": as_meta_writes(text),
        }
        for after, out, text in talk
    ]
    chat = {
        "participants": [{"name": OTHER}, {"name": OWNER}],
        "messages": messages[::-1],
        "title": OTHER,
        "is_still_participant": True,
        "thread_path": "/".join(inner.split("/")[-2:]),
    }
    path = folder / inner
    path.mkdir(parents=True)
    (path / "message_1.json").write_text(json.dumps(chat), encoding="utf-8")
    return folder


def secure_storage(folder: Path, talk: list[tuple[int, bool, str]]) -> Path:
    messages = [
        {
            "isUnsent": False,
            "media": [],
            "reactions": [],
            "senderName": OWNER if out else OTHER,
            "text": text,
            "timestamp": int((BEGAN + timedelta(minutes=after)).timestamp()) * 1000,
            "type": "text",
        }
        for after, out, text in talk
    ]
    chat = {"participants": [OWNER, OTHER], "threadName": f"{OTHER}_7", "messages": messages}
    path = folder / "messages"
    path.mkdir(parents=True)
    text = json.dumps(chat, ensure_ascii=False)
    (path / f"{OTHER}_7.json").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("is_friend", [True, False])
@pytest.mark.parametrize("overlap", [0, 2])
def test_the_main_export_and_the_secure_storage(
    tmp_path: Path, overlap: int, is_friend: bool
) -> None:
    inner = "your_facebook_activity/messages/e2ee_cutover/bosample_1000000000000001"
    main = facebook(tmp_path / "facebook-olive-2025", inner, TALK[:2])
    if is_friend:
        friends = main / "connections" / "friends"
        friends.mkdir(parents=True)
        listed = {"friends_v2": [{"name": OTHER, "timestamp": 1_600_000_000}]}
        (friends / "your_friends.json").write_text(json.dumps(listed), encoding="utf-8")
    storage = secure_storage(tmp_path / "storage", TALK[2 - overlap :])
    assert in_utc(imported(tmp_path, main, storage)) == IN_MESSAGES


def test_an_older_and_a_newer_export_of_facebook(tmp_path: Path) -> None:
    older = facebook(tmp_path / "2022", "messages/inbox/bosample_a1b2c3d4e5", TALK[:3])
    inner = "your_facebook_activity/messages/inbox/bosample_1000000000000001"
    newer = facebook(tmp_path / "2025", inner, TALK)
    (tmp_path / "turned").mkdir()
    assert in_utc(imported(tmp_path, older, newer)) == IN_MESSAGES
    assert in_utc(imported(tmp_path / "turned", newer, older)) == IN_MESSAGES
