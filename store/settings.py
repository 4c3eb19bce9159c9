"""Everything that only the user knows, under the natural keys of the exports.

Contact ids are hashes that another database makes anew, and person ids are counted; so tags,
notes, decisions and answers are told by owner, source and key, and survive a new start. Reading
and writing the file is not done here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from notworking.queries import query

if TYPE_CHECKING:
    import duckdb

#: One line of the settings, by the names of the file.
Item = dict[str, Any]


@dataclass(slots=True)
class Settings:
    """What the user said, and the numbers the user changed."""

    owners: list[Item] = field(default_factory=list)
    thresholds: dict[str, float] = field(default_factory=dict)
    tags: list[Item] = field(default_factory=list)
    notes: list[Item] = field(default_factory=list)
    decisions: list[Item] = field(default_factory=list)
    answers: list[Item] = field(default_factory=list)
    dismissed_hints: list[Item] = field(default_factory=list)


#: Parts of the settings that a query of that name reads.
_READ = ("owners", "tags", "notes", "decisions", "answers", "dismissed_hints")


def read(con: duckdb.DuckDBPyConnection, delivered: dict[str, float]) -> Settings:
    """Return the settings of an open database.

    Args:
        con: The database.
        delivered: The thresholds as they are when nobody changes them.
    """
    found = Settings(thresholds=_changed(con, delivered))
    for part in _READ:
        cursor = con.execute(query(f"settings_{part}"))
        names = [column[0] for column in cursor.description or []]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        setattr(found, part, [{k: v for k, v in row.items() if v is not None} for row in rows])
    return found


def _changed(con: duckdb.DuckDBPyConnection, delivered: dict[str, float]) -> dict[str, float]:
    """Return the thresholds that are not as they were delivered."""
    rows = con.execute("select name, value from main.thresholds order by name").fetchall()
    return {name: value for name, value in rows if delivered.get(name) != value}


@dataclass(slots=True)
class Written:
    """What became of the settings: how many of each part are new, and what found no place."""

    counts: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def write(con: duckdb.DuckDBPyConnection, given: Settings) -> Written:
    """Write settings into a database, inside the caller's transaction; twice changes nothing.

    What names a contact or an owner that is not there is left out and told.
    """
    done = Written()
    keys = _Keys(con, given.owners)
    _regions(con, keys, given.owners)
    done.counts["thresholds"] = _thresholds(con, given.thresholds)
    for part, add in (
        ("tags", _tag),
        ("notes", _note),
        ("decisions", _decision),
        ("answers", _answer),
        ("dismissed_hints", _dismissed),
    ):
        before = _size(con, part)
        for item in getattr(given, part):
            if not add(con, keys, item):
                done.missing.append(_told(part, item))
        done.counts[part] = _size(con, part) - before
    return done


_TABLES = {"answers": "suggestions_answered"}


def _size(con: duckdb.DuckDBPyConnection, part: str) -> int:
    table = _TABLES.get(part, part)
    return int(con.execute(f"select count(*) from main.{table}").fetchall()[0][0])


def _told(part: str, item: Item) -> str:
    names = [str(item[k]) for k in ("name", "key", "key_a", "key_b", "event") if k in item]
    return f"{part}: {', '.join(names)}"


class _Keys:
    """Finds contacts by owner, source and key."""

    def __init__(self, con: duckdb.DuckDBPyConnection, owners: list[Item]) -> None:
        self._con = con
        rows = con.execute("select owner_id, core.name_key(name) from main.owners").fetchall()
        self._owners = {name: int(owner_id) for owner_id, name in rows}
        # Who keeps a database alone need not be called the same in both.
        self._only = int(rows[0][0]) if len(rows) == 1 and len(owners) <= 1 else None

    def owner(self, name: object) -> int | None:
        """Return the owner of a name."""
        key = self._con.execute("select core.name_key(?::varchar)", [name]).fetchall()[0][0]
        return self._owners.get(key, self._only)

    def contact(self, item: Item, suffix: str = "") -> int | None:
        """Return the contact that an item names."""
        found = self._con.execute(
            "select min(contact_id) from main.contacts"
            " where owner_id = ? and source = ? and source_key = ?",
            [
                self.owner(item.get("owner" + suffix)),
                item.get("source" + suffix),
                item.get("key" + suffix),
            ],
        ).fetchall()[0][0]
        return None if found is None else int(found)


def _regions(con: duckdb.DuckDBPyConnection, keys: _Keys, owners: list[Item]) -> None:
    for item in owners:
        owner_id = keys.owner(item.get("name"))
        if owner_id is not None and "region" in item:
            con.execute(
                "insert or replace into core.settings values (?, 'region', ?)",
                [owner_id, str(item["region"])],
            )


def _thresholds(con: duckdb.DuckDBPyConnection, given: dict[str, float]) -> int:
    for name, value in given.items():
        con.execute(
            "insert into main.thresholds values (?, ?, 'Your own.', 'You.')"
            " on conflict (name) do update set value = excluded.value",
            [name, float(value)],
        )
    return len(given)


def _tag(con: duckdb.DuckDBPyConnection, keys: _Keys, item: Item) -> bool:
    return _pinned(con, keys, item, "tags", "tag")


def _note(con: duckdb.DuckDBPyConnection, keys: _Keys, item: Item) -> bool:
    return _pinned(con, keys, item, "notes", "text")


def _pinned(
    con: duckdb.DuckDBPyConnection, keys: _Keys, item: Item, table: str, column: str
) -> bool:
    contact_id = keys.contact(item)
    if contact_id is None:
        return False
    con.execute(
        f"insert into main.{table} (person_id, {column}, noted_at, contact_id)"
        " select c.person_id, $value, $at, c.contact_id from main.contacts c"
        " where c.contact_id = $contact and c.person_id is not null and not exists ("
        f" from main.{table} t where t.person_id = c.person_id and t.{column} = $value)",
        {"value": item[column], "at": item["noted_at"], "contact": contact_id},
    )
    return True


def _decision(con: duckdb.DuckDBPyConnection, keys: _Keys, item: Item) -> bool:
    first, second = keys.contact(item, "_a"), keys.contact(item, "_b")
    if first is None or second is None:
        return False
    con.execute(
        """
        insert into main.decisions
        select (select coalesce(max(decision_id), 0) + 1 from main.decisions), $a, $b, $verdict, $at
        where not exists (
            from main.decisions where contact_a = $a and contact_b = $b and decided_at >= $at)
        """,
        {
            "a": min(first, second),
            "b": max(first, second),
            "verdict": item["verdict"],
            "at": item["decided_at"],
        },
    )
    return True


def _answer(con: duckdb.DuckDBPyConnection, keys: _Keys, item: Item) -> bool:
    contact_id, owner_id = keys.contact(item), keys.owner(item.get("owner"))
    if contact_id is None or owner_id is None:
        return False
    con.execute(
        "insert or replace into main.suggestions_answered values (?, ?, ?, ?, ?, ?, ?)",
        [
            owner_id,
            contact_id,
            item["kind"],
            item["occasion"],
            item["answer"],
            item["answered_on"],
            item.get("until"),
        ],
    )
    return True


def _dismissed(con: duckdb.DuckDBPyConnection, _keys: _Keys, item: Item) -> bool:
    con.execute(
        "insert into main.dismissed_hints select $event, $kind, $at where not exists ("
        " from main.dismissed_hints where event_id = $event and kind = $kind)",
        {
            "event": item["event"],
            "kind": item["kind"],
            "at": item["dismissed_at"],
        },
    )
    rows = con.execute("select 1 from raw.events where event_id = ?", [item["event"]]).fetchall()
    return bool(rows)
