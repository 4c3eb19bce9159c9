"""Time the whole command line on generated LinkedIn, Facebook and vCard exports.

Usage: ``python benchmarks/import_speed.py [--scale N] [--runs N] [--messages N]``. Scale 1 is 3,000
connections, 50,000 messages, 600 friends and 1,000 cards, invented and the same at every run.
Prints wall and processor seconds and peak memory of every step as medians, beside two references
of the same run: the interpreter that only imports duckdb and polars (floor), and the standard
library reading the same files and doing nothing with them (reader).
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
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

NEWEST = datetime(2026, 10, 30, tzinfo=UTC)
SYLLABLES = [
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
]
WORDS = [
    "thanks",
    "Tuesday",
    "coffee",
    "projector",
    "agreed",
    "house",
    "sample",
    "tomorrow",
    "team",
]
FLOOR = "import duckdb, polars"
READER = """
import csv, io, json, sys, zipfile
csv.field_size_limit(1 << 30)
for path in sys.argv[1:]:
    if path.endswith(".vcf"):
        with open(path, encoding="utf-8") as cards:
            cards.read().split("END:VCARD")
        continue
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            with archive.open(member) as raw:
                if member.endswith(".csv"):
                    sum(1 for _ in csv.reader(io.TextIOWrapper(raw, "utf-8", newline="")))
                else:
                    json.load(raw)
"""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is generated; messages are half LinkedIn's, half Facebook's."""

    connections: int
    messages: int
    friends: int
    cards: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: wall and processor seconds, and its peak memory in MiB."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Result:
    """Medians of every step, and the bytes of the database and of what was read."""

    steps: dict[str, Cost]
    database: int
    read: int


def sizes(scale: float) -> Sizes:
    return Sizes(int(3000 * scale), int(50_000 * scale), int(600 * scale), int(1000 * scale))


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


def write_one_more(folder: Path) -> None:
    """Write a conversation of 20 messages that the export does not hold."""
    other = " ".join(name(1))
    said = [
        {"sender_name": other, "timestamp_ms": 1_790_000_400_000 + n, "content": f"see you {n}"}
        for n in range(20)
    ]
    thread = {
        "participants": [{"name": other}, {"name": "Olive Owner"}],
        "messages": said,
        "title": other,
        "thread_path": f"inbox/x_{10**15 + 1}",
    }
    target = folder / "your_facebook_activity" / "messages" / "inbox" / f"x_{10**15 + 1}"
    target.mkdir(parents=True)
    (target / "message_2.json").write_text(json.dumps(thread), encoding="utf-8")


def write_all(folder: Path, size: Sizes) -> None:
    """Write the exports to ``in`` and one more conversation to ``more``."""
    given = folder / "in"
    given.mkdir()
    write_linkedin(given, size.connections, size.messages // 2)
    write_facebook(given, size.friends, size.messages - size.messages // 2)
    write_cards(given, size.cards)
    write_one_more(folder / "more")


def measure(command: list[str], folder: Path) -> Cost:
    # Whatever is installed keeps its compiled form: compiling is no part of a run.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def median(runs: list[Cost]) -> Cost:
    return Cost(
        statistics.median(one.wall for one in runs),
        statistics.median(one.cpu for one in runs),
        statistics.median(one.memory for one in runs),
    )


def commands(given: Path) -> dict[str, list[str]]:
    """Return every step that is measured, in the order in which they follow one another."""
    ours = [str(Path(sys.executable).with_name("notworking")), "--db", "n.duckdb"]
    python = [sys.executable, "-c"]
    return {
        "python -c pass": [*python, "pass"],
        "import duckdb": [*python, "import duckdb"],
        "floor": [*python, FLOOR],
        "reader": [*python, READER, *map(str, sorted(given.iterdir()))],
        "first import": [*ours, "import", "in"],
        "the same again": [*ours, "import", "in"],
        "one more conversation": [*ours, "import", "more"],
        "show": [*ours, "show", "ties", "--limit", "20"],
        "person": [*ours, "person", "17"],
        "who": [*ours, "who", "projector"],
        "path": [*ours, "path", f"{name(5)[1]} Ltd"],
        "--help": [*ours, "--help"],
    }


def run(size: Sizes, runs: int) -> Result:
    """Generate exports and take every step so many times, in turn."""
    with tempfile.TemporaryDirectory() as name_of_folder:
        folder = Path(name_of_folder)
        write_all(folder, size)
        measure(commands(folder / "in")["one more conversation"], folder)
        measured: dict[str, list[Cost]] = {}
        database = 0
        for _ in range(runs):
            (folder / "n.duckdb").unlink(missing_ok=True)
            for step, command in commands(folder / "in").items():
                measured.setdefault(step, []).append(measure(command, folder))
                if step == "first import":
                    database = (folder / "n.duckdb").stat().st_size
        steps = {step: median(costs) for step, costs in measured.items()}
        return Result(steps, database, bytes_of(folder / "in"))


def bytes_of(folder: Path) -> int:
    """Return how many bytes there are to read, archives unpacked."""
    total = 0
    for path in folder.iterdir():
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                total += sum(info.file_size for info in archive.infolist())
        else:
            total += path.stat().st_size
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--connections", type=int)
    parser.add_argument("--messages", type=int)
    args = parser.parse_args()
    usual = sizes(args.scale)
    size = Sizes(
        args.connections or usual.connections,
        args.messages or usual.messages,
        usual.friends,
        usual.cards,
    )
    result = run(size, args.runs)
    print(
        f"{size.connections:,} connections, {size.friends:,} friends, {size.messages:,} messages, "
        f"{size.cards:,} cards"
    )
    print(f"{'':24}{'wall s':>8}{'cpu s':>8}{'MiB':>8}{'cpu / floor':>13}{'cpu / reader':>14}")
    floor, reader = result.steps["floor"].cpu, result.steps["reader"].cpu
    for step, cost in result.steps.items():
        print(
            f"{step:24}{cost.wall:8.2f}{cost.cpu:8.2f}{cost.memory:8.0f}"
            f"{cost.cpu / floor:13.1f}{cost.cpu / reader:14.1f}"
        )
    print(f"database {result.database / 2**20:.1f} MiB of {result.read / 2**20:.1f} MiB read")


if __name__ == "__main__":
    main()
