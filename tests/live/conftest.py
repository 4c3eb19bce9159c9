"""LinkedIn exports made line by line, and the commands at work in a folder."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from notworking.cli import main

OWNER = "Olive Owner"


def profile(name: str) -> str:
    """Return the profile address of a fictional person."""
    return "https://www.linkedin.com/in/" + name.lower().replace(" ", "-")


@dataclass(frozen=True)
class Card:
    """One connection; ``key`` where the address is not made from the name."""

    name: str
    company: str = ""
    title: str = ""
    since: str = "05 Mar 2021"
    email: str = ""
    key: str = ""

    def row(self) -> list[str]:
        first, _, last = self.name.partition(" ")
        url = profile(self.key or self.name)
        return [first, last, url, self.email, self.company, self.title, self.since]


@dataclass(frozen=True)
class Words:
    """One message between the owner and somebody."""

    name: str
    direction: str
    at: str
    text: str = "Hello again"
    key: str = ""

    def row(self, owner: str) -> list[str]:
        them = (self.name, profile(self.key or self.name))
        me = (owner, profile(owner))
        sender, receiver = (them, me) if self.direction == "in" else (me, them)
        thread = f"thread {self.key or self.name}"
        return [thread, "", *sender, *receiver, f"{self.at} UTC", "", self.text, "INBOX"]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], before: str = "") -> str:
    stream = io.StringIO()
    stream.write(before)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return stream.getvalue()


def linkedin(
    folder: Path,
    day: str,
    cards: Sequence[Card],
    words: Sequence[Words] = (),
    owner: str = OWNER,
) -> Path:
    """Write an export of a day (``2024-02-01``) and return it."""
    year, month, of_month = day.split("-")
    path = folder / f"Complete_LinkedInDataExport_{month}-{of_month}-{year}.zip"
    first, _, last = owner.partition(" ")
    heads = {
        "Profile.csv": _table(["First Name", "Last Name", "Headline"], [[first, last, "Owner"]]),
        "Connections.csv": _table(
            ["First Name", "Last Name", "URL", "Email Address", "Company", "Position",
             "Connected On"],
            [card.row() for card in cards],
            'Notes:\n"When exporting your connection data, you may notice ..."\n\n',
        ),
        "messages.csv": _table(
            ["CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO",
             "RECIPIENT PROFILE URLS", "DATE", "SUBJECT", "CONTENT", "FOLDER"],
            [word.row(owner) for word in words],
        ),
    }  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in heads.items():
            moment = (int(year), int(month), int(of_month), 12, 0, 0)
            archive.writestr(zipfile.ZipInfo(name, moment), text)
    return path


@dataclass(frozen=True)
class Done:
    """What a command did."""

    returncode: int
    stdout: str
    stderr: str


@dataclass
class Desk:
    """A folder with a database, and the command at work in it."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "network.duckdb"

    def run(self, *arguments: str | Path, status: int = 0) -> Done:
        """Run a command in this process and check its exit status."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                returned = main(["--db", str(self.database), *map(str, arguments)])
            except SystemExit as error:
                returned = int(error.code or 0)
        done = Done(returned, out.getvalue(), err.getvalue())
        assert done.returncode == status, done.stderr
        return done

    def answer(self, *arguments: str | Path) -> list[dict[str, Any]]:
        """Return the answer of a command as objects."""
        found: list[dict[str, Any]] = json.loads(self.run(*arguments, "--format", "json").stdout)
        return found

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the answer of a query."""
        with duckdb.connect(str(self.database), read_only=True) as con:
            con.execute("set TimeZone = 'UTC'")
            return con.execute(sql).fetchall()


class Maker:
    """What tests need to write exports."""

    card = Card
    words = Words
    linkedin = staticmethod(linkedin)


@pytest.fixture(scope="session")
def make() -> Maker:
    """Return what makes exports: ``make.linkedin(folder, day, [make.card(...)], ...)``."""
    return Maker()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return an empty folder to work in."""
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def make_desk(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Desk]:
    """Return what makes further folders to work in, also for fixtures of a module."""
    return lambda name: Desk(tmp_path_factory.mktemp(name))


def _steady(name: str, first: str, last: str, every: int) -> list[Words]:
    """Return messages both ways, every so many days from the first day to the last."""
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    found = []
    while day <= end:
        found.append(Words(name, "out", f"{day} 09:00:00", f"How are you on {day}?"))
        found.append(Words(name, "in", f"{day} 10:00:00", f"Fine, on {day}."))
        day += timedelta(days=every)
    return found


CARDS = """\
BEGIN:VCARD
VERSION:3.0
UID:card-gwen
FN:Gwendolyn Weekly
EMAIL;TYPE=HOME:gwendolyn@example.com
TEL;TYPE=CELL:+1 202 555 0101
TEL;TYPE=WORK:+1 202 555 0102
ADR;TYPE=HOME:;;1 Example Street;Sampletown;;12345;USA
BDAY:1984-02-29
NOTE:likes semicolons; and commas, too
END:VCARD
BEGIN:VCARD
VERSION:3.0
UID:card-bruno
FN:Bruno Birthday
EMAIL:bruno@example.com
BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-05
END:VCARD
BEGIN:VCARD
VERSION:3.0
UID:card-silent
FN:Silvester Silent
TEL:+1 202 555 0103
END:VCARD
"""


@pytest.fixture(scope="session")
def lived_once(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return two years with five people; "now" is 1 February 2026. For reading only."""
    desk = Desk(tmp_path_factory.mktemp("lived"))
    day = "2024-02-01"
    words = [
        *_steady("Gwendolyn Weekly", day, "2026-01-29", 7),
        *_steady("Bruno Birthday", day, "2026-01-10", 30),
        *_steady("Dorothea Drifting", day, "2025-08-01", 21),
        *_steady("Jolanda Newjob", day, "2026-01-20", 45),
        Words("Gwendolyn Weekly", "in", "2026-02-01 08:00:00", "Good morning"),
    ]
    names = ("Bruno Birthday", "Dorothea Drifting", "Silvester Silent")
    same = [Card(name, "Sample Works", "Clerk") for name in names]
    gwen = Card("Gwendolyn Weekly", "Sample Works", "Clerk", email="gwendolyn@example.com")
    old = [*same, gwen, Card("Jolanda Newjob", "Sample Works", "Clerk")]
    new = [*same, gwen, Card("Jolanda Newjob", "Example Tools", "Head of Clerks")]
    (desk.folder / "cards.vcf").write_text(CARDS, encoding="utf-8")
    desk.run("import", linkedin(desk.folder, "2025-02-01", old), desk.folder / "cards.vcf")
    desk.run("import", linkedin(desk.folder, "2026-02-01", new, words))
    return desk


@pytest.fixture
def lived(lived_once: Desk, tmp_path: Path) -> Desk:
    """Return a copy of those two years, to work with."""
    shutil.copyfile(lived_once.database, tmp_path / "network.duckdb")
    return Desk(tmp_path)
