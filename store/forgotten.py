"""Forgetting somebody: erase the rows, and keep the person out of later imports.

Only keyed digests of identifiers and names are kept. Rewriting the file, so that the bytes are gone
too, is left to the caller.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import duckdb

from notworking.store.sql import sql

#: Block size of SHA-256, which HMAC pads its key to (RFC 2104).
_BLOCK = 64
_MARK = (
    "sha256(getvariable('nw_outer')::blob ||"
    " unhex(sha256(getvariable('nw_inner')::blob || encode(token))))"
)
_RAW = "select distinct raw from {} where raw <> ''"
_PARTS = "select distinct unnest(string_split(path, '/')) from main.source_files"
_WITHHELD = "kept out: belongs to somebody who is to be forgotten"


@dataclass(frozen=True, slots=True)
class Erased:
    """What forgetting somebody took away.

    Attributes:
        namesakes: Others who bear a name of theirs stay, so the name alone keeps nobody out.
    """

    entries: int
    events: int
    namesakes: bool


def withhold_staged(con: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """Take rows about forgotten people out of a run's temporary tables; return how many per file.

    Each is written down as a reject that says neither who nor where.
    """
    if not _any(con):
        return {}
    _use_key(con)
    con.execute(sql("load", "look_staged"))
    con.execute(sql("load", "look_tokens"))
    _recognise(con, "entry_tokens", "party_tokens", "thread_tokens")
    con.execute(sql("load", "look_flags"))
    counted = con.execute(
        "select file_id, count(*) from ("
        " select file_id, id, 1 from gone_entries union all select file_id, id, 2 from gone_events)"
        " group by file_id order by file_id"
    ).fetchall()
    _apply(con, "stage_entries", "stage_events", "stage_threads")
    _look_at(con, _RAW.format("stage_rejects"))
    _recognise(con, "text_tokens")
    _empty_rejects(con, "stage_rejects")
    for file_id, count in counted:
        con.execute(
            "insert into stage_rejects select $file, 'withheld', $reason, '' from range($count)",
            {"file": file_id, "reason": _WITHHELD, "count": count},
        )
    return {int(file_id): int(count) for file_id, count in counted}


def mask_paths(con: duckdb.DuckDBPyConnection) -> None:
    """Take the names of forgotten people out of the paths of files."""
    if _any(con):
        _use_key(con)
        _look_at(con, _PARTS)
        _recognise(con, "text_tokens")
        _hide_paths(con)


def erase(con: duckdb.DuckDBPyConnection, person_id: int) -> Erased:
    """Erase a person from raw and from what the user wrote, inside the caller's transaction.

    What is derived follows when the caller derives again.
    """
    con.execute("set variable nw_person = $id", {"id": person_id})
    con.execute(
        "create or replace temp table forget_contacts as"
        " select contact_id from main.contacts where person_id = getvariable('nw_person')"
        " union select contact_id from core.person_of where person_id = getvariable('nw_person')"
    )
    for name in ("look_raw", "look_tokens", "person_tokens", "look_flags"):
        con.execute(sql("load", name))
    entries, events, names = con.execute(
        "select (select count(*) from gone_entries), (select count(*) from gone_events),"
        " (select count(*) from their_names where 'n:' || core.words_key(name)"
        "  in (from staying_tokens))"
    ).fetchall()[0]
    _remember(con)
    _apply(con, "raw.entries", "raw.events", "raw.threads")
    _look_at(con, _RAW.format("main.rejects"))
    _empty_rejects(con, "main.rejects")
    _look_at(con, _PARTS)
    _hide_paths(con)
    con.execute(sql("load", "forget_rest"))
    return Erased(int(entries), int(events), bool(names))


def _any(con: duckdb.DuckDBPyConnection) -> bool:
    return bool(con.execute("select 1 from core.forgotten limit 1").fetchall())


def _use_key(con: duckdb.DuckDBPyConnection) -> None:
    """Give the engine the two padded keys of HMAC; the key is made when it is first needed."""
    con.execute(
        "insert or ignore into core.settings values (0, 'forget_key', ?)", [secrets.token_hex(32)]
    )
    text = con.execute(
        "select value from core.settings where owner_id = 0 and name = 'forget_key'"
    ).fetchall()[0][0]
    key = bytes.fromhex(text).ljust(_BLOCK, b"\0")
    con.execute("set variable nw_inner = $key", {"key": bytes(byte ^ 0x36 for byte in key)})
    con.execute("set variable nw_outer = $key", {"key": bytes(byte ^ 0x5C for byte in key)})


def _recognise(con: duckdb.DuckDBPyConnection, *tables: str) -> None:
    """Find which of the tokens in these tables belong to forgotten people."""
    tokens = " union ".join(f"select token from {table}" for table in tables)
    con.execute(
        f"create or replace temp table forgotten_tokens as select token from ({tokens})"
        f" where {_MARK} in (select mark from core.forgotten)"
    )


def _remember(con: duckdb.DuckDBPyConnection) -> None:
    """Keep the digests of the tokens of a person, and of the conversations that were theirs."""
    _use_key(con)
    con.execute(
        "insert or ignore into core.forgotten"
        f" select {_MARK} from (select token from forgotten_tokens union"
        "  select t.token from thread_tokens t join gone_threads g"
        "  using (owner_id, source, thread_key)) order by 1"
    )


def _apply(con: duckdb.DuckDBPyConnection, entries: str, events: str, threads: str) -> None:
    """Delete and change what ``look_flags`` found, in the tables that were looked at."""
    con.execute(f"delete from {entries} where rowid in (select id from gone_entries)")
    con.execute(f"delete from {events} where rowid in (select id from gone_events)")
    con.execute(
        f"delete from {threads} where rowid in (select t.id from look_threads t"
        " join gone_threads g using (owner_id, source, thread_key))"
    )
    con.execute(
        f"update {events} e set recipients = c.recipients, thread_size = c.thread_size"
        " from changed_events c where c.id = e.rowid"
    )
    con.execute(
        f"update {threads} t set members = c.members, size = c.size,"
        " title = case when c.keeps_title then t.title end"
        " from changed_threads c where c.id = t.rowid"
    )


def _look_at(con: duckdb.DuckDBPyConnection, texts: str) -> None:
    con.execute(
        f"create or replace temp table look_texts as select t as id, t as text from ({texts}) s(t)"
    )
    con.execute(sql("load", "look_texts"))


def _empty_rejects(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Empty the text of rejected rows that name somebody forgotten."""
    con.execute(
        f"update {table} set raw = '' where raw in"
        " (select id from text_tokens where token in (from forgotten_tokens))"
    )


def _hide_paths(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "set variable nw_hidden = (select coalesce(list(distinct id), []) from text_tokens"
        " where token in (from forgotten_tokens))"
    )
    con.execute(
        "update main.source_files set path = array_to_string(list_transform("
        " string_split(path, '/'),"
        " lambda part: case when list_contains(getvariable('nw_hidden'), part) then '…'"
        " else part end), '/')"
        " where list_has_any(string_split(path, '/'), getvariable('nw_hidden')::varchar[])"
    )
