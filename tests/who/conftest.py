"""Databases for ``who`` and ``path``: the frozen network with words in it, and the example."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

from notworking import ask
from notworking.store import database

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "fixtures" / "network_who"
EXPORTS = ROOT / "fixtures" / "example" / "exports"

#: What the words add to the frozen network. Every row of one event has the number of the event.
_ADD = (
    "insert into people (person_id, name, title, company, location, contacts, is_owner)"
    " select person_id, name, title, company, location, 1, false from people_csv",
    "insert into contacts (contact_id, person_id, owner_id, source, source_key, relation,"
    " full_name, title, company, connected_at)"
    " select {contact}, person_id, 1, 'linkedin', person_id, relation, name, title, company,"
    " timestamptz '2020-01-01 00:00:00+00'"
    " from (select *, 1 as owner_id, 'linkedin' as source from people_csv)",
    "insert into core.interactions"
    " select event * 100 + person_id, 1, {contact}, person_id, 'linkedin', kind, direction,"
    " (moment || '+00')::timestamptz,"
    " case when thread is not null then hash(1, thread) % 4611686018427387904 end, size,"
    " len(string_split(text, ' ')), kind = 'endorsement', event, 1"
    " from (select *, 1 as owner_id, 'linkedin' as source from said_csv)",
    'insert into raw.events (event_id, owner_id, source, kind, thread_key, one_click, "at", text,'
    " file_id) select distinct event, 1, 'linkedin', kind, thread, kind = 'endorsement',"
    " (moment || '+00')::timestamptz, text, 1 from said_csv",
    "insert into raw.threads (owner_id, source, thread_key, title, flags, members, file_id)"
    " select 1, source, thread, any_value(title), [], list(struct_pack("
    '   "key" := null::varchar, "name" := person_id::varchar)), 1'
    " from titles_csv join (select distinct thread, source, person_id from rhythms_csv)"
    " using (thread) group by thread, source",
    "update contacts set note = (select text from notes_csv"
    "   where kind = 'card' and notes_csv.person_id = contacts.person_id)"
    " where person_id in (select person_id from notes_csv where kind = 'card')",
    "insert into notes (person_id, text, noted_at) select person_id, text,"
    " timestamptz '2026-01-01 00:00:00+00' from notes_csv where kind = 'note'",
    "insert into tags (person_id, tag, noted_at) select person_id, text,"
    " timestamptz '2026-01-01 00:00:00+00' from notes_csv where kind = 'tag'",
    "insert into raw.entries (entry_id, owner_id, source, list, contact_id, source_key, relation,"
    " title, company, as_of)"
    " select person_id, 1, 'linkedin', 'linkedin.connections', {contact}, person_id, 'connection',"
    " title, company, (as_of || ' 00:00:00+00')::timestamptz"
    " from (select *, 1 as owner_id, 'linkedin' as source from former_csv)",
)
_WHOLE = ("person_id", "event", "size")


@pytest.fixture(scope="session")
def network_maker() -> ModuleType:
    """Return what loads the frozen network: the analyses' own module, which no import reaches."""
    path = ROOT / "tests" / "analyze" / "conftest.py"
    spec = importlib.util.spec_from_file_location("network_maker", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def wordy_file(network_maker: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the frozen network with words in it, as a file."""
    path = tmp_path_factory.mktemp("who") / "network.duckdb"
    con = duckdb.connect(str(path), config={"storage_compatibility_version": "v1.4.0"})
    network_maker._create(con)
    con.execute("insert into core.schema_version values (?)", [database.migrations()[-1][0]])
    network_maker._fill(con, 0, "id")
    for table in sorted(WORDS.glob("*.csv")):
        read = "from read_csv(?, all_varchar = true)"
        con.execute(f"create or replace temp table {table.stem}_csv as {read}", [str(table)])
        names = con.execute(f"select name from pragma_table_info('{table.stem}_csv')").fetchall()
        for (name,) in names:
            if name in _WHOLE:
                con.execute(f"alter table {table.stem}_csv alter {name} type integer")
    for statement in _ADD:
        con.execute(statement.format(contact=network_maker._CONTACT))
    network_maker._finish(con)
    con.close()
    return path


@pytest.fixture(scope="session")
def wordy(wordy_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return the frozen network with words in it; for reading only."""
    # A process cannot open one file in two ways, and the commands open theirs.
    copied = shutil.copyfile(wordy_file, wordy_file.with_name("copy.duckdb"))
    with ask.opened(copied) as con:
        yield con


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return the shipped example, imported; for reading only."""
    path = tmp_path_factory.mktemp("example") / "network.duckdb"
    command = [str(Path(sys.executable).with_name("notworking")), "--db", str(path)]
    done = subprocess.run(
        [*command, "import", str(EXPORTS)], check=False, capture_output=True, text=True
    )
    assert done.returncode in (0, 1), done.stderr
    with ask.opened(path) as con:
        yield con
