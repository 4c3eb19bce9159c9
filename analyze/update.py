"""Shared tables after a small import: only what its vicinity changes is derived again.

Each shared table says in its header what it hangs on (see ``catalogue.Analysis``). The tables are
gone through in the order in which they read each other: one of which nothing it reads changed is
left alone; one that holds rows of people by themselves is derived for the people of the vicinity;
every other is derived as a whole and compared, so that what did not change stops the rest. Which
rows are the vicinity, and that it can be told apart, is decided by the caller.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from notworking.analyze import catalogue
from notworking.analyze.catalogue import Analysis
from notworking.vicinity import gather, near, put_back

if TYPE_CHECKING:
    import duckdb

#: Tables of which the caller made the vicinity.
_GIVEN = frozenset(
    (
        *("core.interactions", "core.hints", "core.members", "core.parties"),
        *("main.contacts", "main.people", "raw.events", "raw.threads", "raw.entries"),
    )
)
#: What a run changes in any case: it reads files, and the user's tags can have changed since.
_CHANGED = frozenset(("raw.files", "main.source_files", "main.tags"))
_TOLD = frozenset(("raw.events", "raw.threads"))
_OF_PEOPLE = "t.person_id in (from near_people)"
_OF_TOUCHED = (
    "t.thread_id in (select thread_id from near_threads"
    " semi join touched using (owner_id, network, thread_key))"
)
_OF_THREADS = "t.thread_id in (select thread_id from near_threads)"
#: Of more people than these, words are counted anew: a word must not be common among them.
_MOST_PEOPLE = 25
_OLD = "old."


def remember(con: duckdb.DuckDBPyConnection) -> None:
    """Note what tables that are not told by person hold of the vicinity as it was.

    To be called before the rows of the vicinity are put in their place.
    """
    con.execute(
        """
        create or replace temp table "old.core.interactions" as
        from core.interactions semi join near_contacts using (contact_id)
        union all
        from core.interactions semi join near_threads using (thread_id)
            anti join near_contacts using (contact_id);
        create or replace temp table "old.raw.events" as
        from temp."raw.events" anti join new_events using (event_id);
        """
    )
    tables = {"core.interactions", "raw.events"}
    for table in ("mart.known", "mart.passages", "mart.contact_days"):
        gather(con, table, _OF_PEOPLE, _OLD)
        tables.add(table)
    for mart in catalogue.marts():
        if mart.adds or mart.each == "word":
            _make(con, _OLD + _name(mart), near(mart.select, tables, _OLD))


def update(con: duckdb.DuckDBPyConnection, changed: frozenset[str]) -> None:
    """Bring every shared table up to date with the vicinity that was put in its place.

    Args:
        con: Inside the import's transaction, after ``remember`` and the rows of the vicinity.
        changed: Tables of which rows of the vicinity changed.
    """
    moved = dict.fromkeys(changed | _TOLD, "near") | dict.fromkeys(_CHANGED, "whole")
    group = catalogue.marts()
    tables = set(_GIVEN) | {
        _name(mart) for mart in group if mart.each in ("person", "conversation")
    }
    made: set[str] = set(_GIVEN)
    # Asked for once: for each table by itself, that takes longer than most of what is derived.
    columns = catalogue.columns(con)
    for mart in catalogue.in_order(group):
        read = {f"mart.{name}" for name in mart.follows} or catalogue.tables_read(mart)
        states = {moved[table] for table in read if table in moved}
        if states:
            for table in (catalogue.tables_read(mart) & tables) - made:
                gather(con, table, _of(columns["mart", table.removeprefix("mart.")]))
                made.add(table)
            state = _bring(con, mart, tables, by_vicinity="whole" not in states)
            if state:
                moved[_name(mart)] = state
            if mart.each in ("person", "conversation"):
                gather(con, _name(mart), _of(columns["mart", mart.name]))
                made.add(_name(mart))


def _name(mart: Analysis) -> str:
    return f"mart.{mart.name}"


def _of(columns: list[str]) -> str:
    """Return which rows of a shared table of these columns are looked at with the vicinity."""
    rows = {"person_id": _OF_PEOPLE, "thread_id": _OF_THREADS}
    return " or ".join(where for column, where in rows.items() if column in columns)


def _bring(
    con: duckdb.DuckDBPyConnection, mart: Analysis, tables: set[str], *, by_vicinity: bool
) -> str | None:
    """Bring one table up to date; return how it changed: ``near``, ``whole``, None: not at all."""
    name = _name(mart)
    if by_vicinity and mart.each in ("person", "conversation"):
        where = _OF_PEOPLE if mart.each == "person" else _OF_TOUCHED
        _make(con, name, f"select * from ({near(mart.select, tables)}) t where {where}")
        return "near" if put_back(con, name, where) else None
    if by_vicinity and mart.each == "word":
        return _words(con, mart, tables)
    if by_vicinity and mart.adds:
        _make(con, name, _sum(con, mart, near(mart.select, tables)))
    else:
        _make(con, name, mart.select)
    return "whole" if put_back(con, name, "true") else None


def _make(con: duckdb.DuckDBPyConnection, name: str, select: str) -> None:
    con.execute(f'create or replace temp table "{name}" as\n{select}')


def _sum(con: duckdb.DuckDBPyConnection, mart: Analysis, select: str) -> str:
    """Return the SELECT of a table of sums: as it was, without the vicinity before, with it now."""
    keys = ", ".join(mart.adds)
    values = [name for name, _ in mart.columns if name not in mart.adds]
    less = ", ".join(f"-{name} as {name}" for name in values)
    more = ", ".join(f"sum({name})::bigint as {name}" for name in values)
    none = " and ".join(f"sum({name}) = 0" for name in values)
    return (
        f"select {keys}, {more} from ("
        f"from {_name(mart)} union all by name from ({select}) union all by name"
        f' select {keys}, {less} from temp."{_OLD}{_name(mart)}"'
        f") group by {keys} having not ({none})"
    )


def _words(con: duckdb.DuckDBPyConnection, mart: Analysis, tables: set[str]) -> str | None:
    """Bring the words, or what is derived of them, up to date."""
    name = _name(mart)
    if mart.name != "words":
        return _of_words(con, mart)
    con.execute("create or replace temp table moved_words (word varchar, field varchar)")
    (people,) = con.execute("select count(*) from near_people").fetchall()[0]
    if people <= _MOST_PEOPLE:
        _make(con, name, near(mart.select, tables))
        con.execute(_sql("words"))
        if not con.execute(_sql("words_refusals")).fetchall():
            con.execute(_sql("words_put"))
            moved = con.execute("select count(*) from moved_words").fetchall() != [(0,)]
            return "near" if moved else None
    _make(con, name, mart.select)
    return "whole" if put_back(con, name, "true") else None


def _of_words(con: duckdb.DuckDBPyConnection, mart: Analysis) -> str | None:
    """Bring a table that has one row for each word up to date with those that moved."""
    where = "t.word in (select word from moved_words)"
    gather(con, "mart.words", where)
    _make(con, _name(mart), near(mart.select, {"mart.words"}))
    return "near" if put_back(con, _name(mart), where) else None


def _sql(name: str) -> str:
    folder = files("notworking.analyze").joinpath("update")
    return folder.joinpath(f"{name}.sql").read_text(encoding="utf-8")
