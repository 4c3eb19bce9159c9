"""Databases for the analyses: the frozen network, and small worlds made line by line."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest

from notworking.analyze import catalogue

NETWORK = Path(__file__).resolve().parents[2] / "fixtures" / "network"

_LOAD = {
    "owners": "insert into owners (owner_id, name)"
    " select owner_id, min(name) from people_csv join contacts_csv using (person_id)"
    " where relation = 'self' group by owner_id",
    "people": "insert into people (person_id, name, title, company, location, birthday, contacts,"
    " is_owner) select person_id, name, title, company, location, birthday,"
    " (select count(*) from contacts_csv c where c.person_id = p.person_id), is_owner"
    " from people_csv p",
    "contacts": "insert into contacts (contact_id, person_id, owner_id, source, source_key,"
    " relation, full_name, title, company, connected_at)"
    " select {contact}, person_id, owner_id, source, person_id, relation, name, title, company,"
    " (connected_at || ' 00:00:00+00')::timestamptz + {shift}"
    " from contacts_csv c join people_csv using (person_id)",
    "files": "insert into raw.files (file_id, owner_id, importer, sha256, as_of, complete)"
    " select file_id, owner_id, importer, '', (as_of || ' 00:00:00+00')::timestamptz + {shift},"
    " true from files_csv",
    "rows": "create temp table rows as select hash(r.owner_id, r.person_id, r.source, r.thread,"
    " r.direction, r.latest, i) % 4611686018427387904 as id,"
    # One message of the owner to a group is one event with a row for each member.
    " hash(r.owner_id, r.source, r.thread, r.latest, i,"
    "   case when r.direction = 'out' then 0 else r.person_id end) % 4611686018427387904 as event,"
    " r.*, {contact_of_row} as contact,"
    " (latest || '+00')::timestamptz - to_days((i * every_days)::integer) + {shift} as moment"
    " from rhythms_csv r, range(1000) t(i) where i < times order by {order}",
    "interactions": "insert into core.interactions select id, owner_id, contact, person_id, source,"
    " kind, direction, moment, {thread}, size, words, one_click, event,"
    " coalesce((select file_id from files_csv f"
    "   where f.owner_id = r.owner_id and f.source = r.source), 0) from rows r order by {order}",
    "events": "insert into raw.events (event_id, owner_id, source, kind, thread_key, one_click,"
    ' "at", file_id) select distinct event, owner_id, source, kind, thread, one_click, moment, 0'
    " from rows",
    "threads": "insert into raw.threads (owner_id, source, thread_key, flags, file_id)"
    " select owner_id, source, thread, [flags], 0 from threads_csv",
    "members": "insert into core.members select owner_id, source, thread, 'n:' || member"
    " from threads_csv where member is not null",
    "parties": "insert into core.parties (owner_id, source, ref, is_self, contact_id)"
    " select owner_id, source, 'n:' || person_id, false, {contact} from contacts_csv",
    "stages": "insert into raw.stages select stage_id, owner_id, source, kind, organisation, title,"
    " case when length(started) >= 10 then"
    "   (substr(started, 1, 10)::date + {days})::varchar || substr(started, 11)"
    "   else started end, ended, 0 from stages_csv",
    "changes": "insert into changes (contact_id, person_id, field, old, new, import_id, noticed_at)"
    " select {contact}, person_id, field, old, new, 1,"
    " (noticed_at || ' 00:00:00+00')::timestamptz + {shift} from changes_csv",
    "said": "create temp table said as select h.*, i.interaction_id, i.event_id, i.contact_id,"
    " i.at as moment, i.thread_id, i.thread_size, hash(h.owner_id, h.person_id, h.direction,"
    " h.latest, h.kind, n) % 4611686018427387904 as hint_id from hints_csv h, range(100) t(n)"
    " join core.interactions i on i.owner_id = h.owner_id and i.person_id = h.person_id"
    " and i.source = h.source and i.direction = h.direction"
    " and i.at = (h.latest || '+00')::timestamptz - to_days((n * h.every_days)::integer) + {shift}"
    " where n < h.times",
    "hints": "insert into core.hints select hint_id, interaction_id, event_id, owner_id,"
    " contact_id, person_id, source, direction, moment, thread_id, thread_size, kind, lang,"
    " hint_words, coalesce(string_split(marks, '|'), []) from said",
    "dismissed": "insert into dismissed_hints select event_id, kind, 'epoch'::timestamptz"
    " from said where dismissed = 'yes'",
    "texts": "update raw.events e set text = said.text from said"
    " where said.event_id = e.event_id and said.text is not null",
    "tags": "insert into tags (person_id, tag, noted_at) select person_id, tag,"
    " (noted_at || ' 00:00:00+00')::timestamptz + {shift}"
    " from tags_csv",
}
_CONTACT = "hash(owner_id, person_id, source) % 4611686018427387904"


def _empty() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(config={"storage_compatibility_version": "v1.4.0"})
    _create(con)
    return con


def _create(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("set TimeZone = 'UTC'")
    folder = files("notworking.store").joinpath("schema")
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql")):
        con.execute(folder.joinpath(name).read_text(encoding="utf-8"))


def _fill(con: duckdb.DuckDBPyConnection, shift_days: int, order: str) -> None:
    for path in sorted(NETWORK.glob("*.csv")):
        con.execute(
            f"create temp table {path.stem}_csv as from read_csv(?, all_varchar = true)",
            [str(path)],
        )
        _cast(con, f"{path.stem}_csv")
    for statement in _LOAD.values():
        con.execute(
            statement.format(
                contact=_CONTACT,
                contact_of_row="hash(r.owner_id, r.person_id, r.source) % 4611686018427387904",
                thread="case when thread is not null"
                " then hash(owner_id, thread) % 4611686018427387904 end",
                shift=f"to_days({shift_days})",
                days=shift_days,
                order=order,
            )
        )


def _cast(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Give the columns of numbers their type; dates stay text so that no time zone touches them."""
    whole = ("person_id", "owner_id", "file_id", "stage_id", "every_days", "times", "size", "words")
    rows = con.execute(f"select name from pragma_table_info('{table}')").fetchall()
    for (name,) in rows:
        if name in whole:
            con.execute(f"alter table {table} alter {name} type integer")
        elif name in ("is_owner", "one_click"):
            con.execute(f"alter table {table} alter {name} type boolean")


def _finish(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    con.execute("begin transaction")
    catalogue.refresh(con)
    catalogue.publish(con)
    con.execute("commit")
    return con


@pytest.fixture(scope="session")
def make_network() -> Callable[..., duckdb.DuckDBPyConnection]:
    """Load the frozen network, moved by whole days and in any order of rows."""

    def make(
        shift_days: int = 0, order: str = "id", path: Path | None = None
    ) -> duckdb.DuckDBPyConnection:
        if path is None:
            con = _empty()
        else:
            con = duckdb.connect(str(path), config={"storage_compatibility_version": "v1.4.0"})
            _create(con)
        _fill(con, shift_days, order)
        return _finish(con)

    return make


@pytest.fixture(scope="session")
def network(make_network: Callable[..., duckdb.DuckDBPyConnection]) -> duckdb.DuckDBPyConnection:
    """Return the frozen network with everything published; for reading only."""
    return make_network()


@dataclass
class World:
    """A small world: owner 1 is person 1; everything else is said line by line."""

    con: duckdb.DuckDBPyConnection
    events: int = 0

    def __post_init__(self) -> None:
        self.con.execute("insert into owners (owner_id, name) values (1, 'Mara Example')")
        self.contact(1, relation="self")

    def contact(
        self,
        person: int,
        source: str = "linkedin",
        relation: str = "connection",
        connected_at: str | None = None,
    ) -> None:
        """Put a person into a list of the owner."""
        self.con.execute(
            "insert into people (person_id, name, contacts, is_owner)"
            " select p, 'Person ' || p, 1, ? from (select ?::integer as p)"
            " where p not in (select person_id from people)",
            [relation == "self", person],
        )
        self.con.execute(
            "insert into contacts (contact_id, person_id, owner_id, source, source_key, relation,"
            f" connected_at) select {_CONTACT}, person_id, owner_id, source, person_id, ?, ?"
            " from (select 1 as owner_id, ?::integer as person_id, ? as source)",
            [relation, connected_at, person, source],
        )

    def says(
        self,
        person: int,
        direction: str,
        *moments: str,
        source: str = "linkedin",
        kind: str = "message",
        size: int = 2,
        words: int | None = 5,
        one_click: bool = False,
        thread: str | None = None,
        file_id: int = 0,
    ) -> None:
        """Add interactions at these times (UTC)."""
        for moment in moments:
            self.events += 1
            thread_key = thread or f"{source} {person}"
            self.con.execute(
                "insert into core.interactions"
                f" select ?, 1, {_CONTACT}, person_id, source, ?, ?, (? || '+00')::timestamptz,"
                " hash(?) % 4611686018427387904, ?, ?, ?, ?, ?"
                " from (select 1 as owner_id, ?::integer as person_id, ? as source)",
                [
                    self.events, kind, direction, moment, thread_key, size, words, one_click,
                    self.events, file_id, person, source,
                ],
            )  # fmt: skip
            self.con.execute(
                "insert into raw.events (event_id, owner_id, source, kind, thread_key, one_click,"
                " file_id) values (?, 1, ?, ?, ?, ?, ?)",
                [self.events, source, kind, thread_key, one_click, file_id],
            )

    def publish(self) -> World:
        """Build the shared tables and the views."""
        _finish(self.con)
        return self

    def rows(self, query: str) -> list[dict[str, object]]:
        """Return the answer to a query, a dictionary for each row."""
        cursor = self.con.execute(query)
        names: Sequence[str] = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def tie(self, person: int) -> dict[str, object]:
        """Return the tie to a person."""
        (row,) = self.rows(f"from ties where person_id = {person}")
        return row


@pytest.fixture(scope="session")
def empty_network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database file with the views in it and nobody: making views is the slow part."""
    path = tmp_path_factory.mktemp("empty") / "network.duckdb"
    con = duckdb.connect(str(path), config={"storage_compatibility_version": "v1.4.0"})
    _create(con)
    _finish(con).close()
    return path


@pytest.fixture
def world(empty_network: Path, tmp_path: Path) -> Iterator[World]:
    """Return a small world with the owner in it and nobody else."""
    path = tmp_path / "world.duckdb"
    shutil.copyfile(empty_network, path)
    made = World(duckdb.connect(str(path)))
    made.con.execute("set TimeZone = 'UTC'")
    yield made
    made.con.close()
