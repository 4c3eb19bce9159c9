"""Time the whole import command on generated LinkedIn, Facebook and vCard exports.

Usage: ``python benchmarks/import_speed.py [--scale N] [--runs N]``. Scale 1 is 3,000 connections,
50,000 messages, 600 friends and 1,000 cards, invented and the same at every run. Prints wall and
processor seconds, peak memory and file size of a first and a second import as medians, beside a
floor measured in the same run: the interpreter that only imports duckdb and polars.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

NEWEST = datetime(2026, 10, 30, tzinfo=UTC)
SYLLABLES = (
    "ba",
    "de",
    "fi",
    "go",
    "hu",
    "ka",
    "le",
    "mi",
    "no",
    "pu",
    "ra",
    "se",
    "ti",
    "vo",
    "zu",
)
WORDS = (
    "thanks",
    "Tuesday",
    "coffee",
    "projector",
    "agreed",
    "house",
    "sample",
    "tomorrow",
    "team",
)


def name(number: int) -> tuple[str, str]:
    """Return an invented given and family name; far apart numbers seldom share one."""
    dice = random.Random(number)
    given = "".join(dice.choices(SYLLABLES, k=2)).title() + dice.choice(("a", "n", "s"))
    family = "".join(dice.choices(SYLLABLES, k=4)).title()
    return given, family


def url(number: int) -> str:
    given, family = name(number)
    return f"https://www.linkedin.com/in/{given}-{family}-{number}".lower()


def rows_of_connections(count: int) -> Iterator[list[str]]:
    yield ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
    for n in range(count):
        day = NEWEST - timedelta(days=4000 * n / count)
        company = f"{name(n % 997)[1]} Ltd"
        yield [*name(n), url(n), "", company, "Engineer", day.strftime("%d %b %Y")]


def rows_of_messages(count: int, people: int) -> Iterator[list[str]]:
    yield [
        "CONVERSATION ID",
        "CONVERSATION TITLE",
        "FROM",
        "SENDER PROFILE URL",
        "TO",
        "RECIPIENT PROFILE URLS",
        "DATE",
        "SUBJECT",
        "CONTENT",
        "FOLDER",
    ]
    dice = random.Random(3)
    owner = ("Olive Owner", "https://www.linkedin.com/in/olive-owner")
    for n in range(count):
        who = int(people * 0.15 * dice.random() ** 2)
        other = (" ".join(name(who)), url(who))
        sender, receiver = (owner, other) if dice.random() < 0.5 else (other, owner)
        at = NEWEST - timedelta(seconds=3.0e8 * n / count)
        text = " ".join(dice.choices(WORDS, k=dice.choice((3, 9, 25))))
        thread = f"2-{who:08d}=="
        when = at.strftime("%Y-%m-%d %H:%M:%S UTC")
        yield [thread, "", *sender, *receiver, when, "", text, "INBOX"]


def write_csv(archive: zipfile.ZipFile, member: str, rows: Iterator[list[str]]) -> None:
    with archive.open(member, "w", force_zip64=True) as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        text.flush()
        text.detach()


def write_linkedin(folder: Path, connections: int, messages: int) -> None:
    target = folder / "Complete_LinkedInDataExport_11-01-2026.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        write_csv(archive, "Connections.csv", rows_of_connections(connections))
        write_csv(archive, "messages.csv", rows_of_messages(messages, connections))


def write_facebook(folder: Path, friends: int, messages: int) -> None:
    dice = random.Random(4)
    target = folder / "facebook-oliveowner-2026-10-30-Ab12Cd34.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        listed = [
            {"name": " ".join(name(n)), "timestamp": 1_300_000_000 + n} for n in range(friends)
        ]
        archive.writestr(
            "connections/friends/your_friends.json", json.dumps({"friends_v2": listed})
        )
        for n in range(friends // 5):
            other = " ".join(name(n))
            said = [
                {
                    "sender_name": dice.choice((other, "Olive Owner")),
                    "timestamp_ms": 1_790_000_000_000 - 86_400_000 * k,
                    "content": " ".join(dice.choices(WORDS, k=8)),
                }
                for k in range(messages * 5 // friends)
            ]
            thread = {
                "participants": [{"name": other}, {"name": "Olive Owner"}],
                "messages": said,
                "title": other,
                "thread_path": f"inbox/x_{10**15 + n}",
            }
            path = f"your_facebook_activity/messages/inbox/x_{10**15 + n}/message_1.json"
            archive.writestr(path, json.dumps(thread))


def write_cards(folder: Path, cards: int) -> None:
    with (folder / "contacts.vcf").open("w", encoding="utf-8", newline="") as file:
        for n in range(cards):
            given, family = name(n * 2)
            file.write(
                f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-{n}\r\nN:{family};{given};;;\r\n"
                f"FN:{given} {family}\r\nTEL;TYPE=CELL:+1202{555 + n // 10000}{n % 10000:04d}\r\n"
                "END:VCARD\r\n"
            )


def measure(command: list[str], folder: Path) -> tuple[float, float, float]:
    """Run a command; return wall seconds, processor seconds and peak memory in MiB."""
    before = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def median(runs: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    wall, cpu, memory = (statistics.median(column) for column in zip(*runs, strict=True))
    return wall, cpu, memory


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--connections", type=int)
    parser.add_argument("--messages", type=int)
    args = parser.parse_args()
    connections = args.connections or int(3000 * args.scale)
    messages = args.messages or int(50_000 * args.scale)
    friends, cards = int(600 * args.scale), int(1000 * args.scale)
    command = [
        str(Path(sys.executable).with_name("notworking")),
        "--db",
        "n.duckdb",
        "import",
        "in",
    ]
    floor = [sys.executable, "-c", "import duckdb, polars"]
    with tempfile.TemporaryDirectory() as name_of_folder:
        folder = Path(name_of_folder)
        given = folder / "in"
        given.mkdir()
        write_linkedin(given, connections, messages // 2)
        write_facebook(given, friends, messages - messages // 2)
        write_cards(given, cards)
        first, second, floors, size = run_all(command, floor, folder, args.runs)
    print(
        f"{connections:,} connections, {friends:,} friends, {messages:,} messages, {cards:,} cards"
    )
    print(f"{'':24}{'wall s':>8}{'cpu s':>8}{'MiB':>8}{'cpu / floor':>13}")
    for label, row in (("first import", first), ("second import", second), ("floor", floors)):
        print(f"{label:24}{row[0]:8.2f}{row[1]:8.2f}{row[2]:8.0f}{row[1] / floors[1]:13.1f}")
    print(f"database {size / 2**20:.1f} MiB")


def run_all(
    command: list[str], floor: list[str], folder: Path, runs: int
) -> tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float], int]:
    measured: dict[str, list[tuple[float, float, float]]] = {"first": [], "second": [], "floor": []}
    size = 0
    for _ in range(runs):
        (folder / "n.duckdb").unlink(missing_ok=True)
        measured["floor"].append(measure(floor, folder))
        measured["first"].append(measure(command, folder))
        measured["second"].append(measure(command, folder))
        size = (folder / "n.duckdb").stat().st_size
    return median(measured["first"]), median(measured["second"]), median(measured["floor"]), size


if __name__ == "__main__":
    main()
