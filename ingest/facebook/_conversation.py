"""What a conversation is: its key, its members and its flags, as the export words them.

A thread's number is the same in every export; the ten letters of exports up to 2022 are not a
number, so there the whole folder name is the key. A deleted counterpart of a one-to-one chat is an
unknown person of that chat alone; deleted members of a group are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from notworking.ingest._mojibake import repair
from notworking.ingest.facebook._values import is_deleted, key_name
from notworking.ingest.importer import content_key
from notworking.records import Party, Thread

_NUMBERED = re.compile(r"(?:.*_)?(\d{5,25})", re.DOTALL)
_FOLDER_FLAGS = {
    "message_requests": "request",
    "filtered_threads": "filtered",
    "e2ee_cutover": "cutover",
}
_PAIR = 2
_LONGEST_KEY = 4_000


@dataclass(frozen=True, slots=True)
class Head:
    """A thread's own fields, strings as in the file.

    Attributes:
        group: Whether a field of the file marks it as a group.
    """

    members: tuple[str, ...] = ()
    title: str = ""
    thread_path: str = ""
    left: bool = False
    pending: bool = False
    group: bool = False


def thread_key(head: Head, path: str, senders: Iterable[str]) -> str:
    """Return the key of a conversation, from its own path, the file's, or else its members."""
    parts = path.replace("\\", "/").split("/")
    if len(parts) > 1 and parts[-2] == "your_group_messages":
        place = parts[-1].rsplit(".", 1)[0]
    else:
        place = repair(head.thread_path).rstrip("/") or "/".join(parts[:-1])
    name = key_name(place.rsplit("/", 1)[-1])
    if not name:
        return key_of_members((*head.members, *senders))
    numbered = _NUMBERED.fullmatch(name)
    return numbered[1] if numbered else name


def key_of_members(names: Iterable[str]) -> str:
    """Return the key of a conversation that has nothing but its members to be known by."""
    joined = "|".join(sorted({key_name(repair(name)) for name in names}))
    # Every event bears the key, so that of thousands of names would be their square.
    return f"participants:{joined if len(joined) <= _LONGEST_KEY else content_key(joined)}"


def flags(head: Head, path: str) -> tuple[str, ...]:
    """Return the flags of a conversation in a fixed order."""
    parts = path.replace("\\", "/").split("/")
    folders = {*head.thread_path.split("/")[:-1], *parts[:-2]}
    found = {flag for folder, flag in _FOLDER_FLAGS.items() if folder in folders}
    if is_group(head) or "your_group_messages" in parts:
        found.add("group")
    if head.pending:
        found.add("request")
    if head.left:
        found.add("left")
    if " · " in repair(head.title):
        found.add("marketplace")
    return tuple(sorted(found))


def is_group(head: Head) -> bool:
    """Whether a conversation has, or was meant for, more than two people."""
    return head.group or len(head.members) > _PAIR


def party(name: str, key: str, group: bool) -> Party:
    """Return who a repaired name stands for in one conversation."""
    if not is_deleted(name):
        return Party(None, name.strip())
    return Party(None, None) if group else Party(f"thread:{key}", None)


def thread(head: Head, path: str, key: str, senders: Iterable[str]) -> Thread:
    """Return the record of a conversation.

    Senders who are not listed are members of a one-to-one chat (exports of 2018 leave the owner
    out) and of a group that the owner left (only the owner is listed then). In other groups they
    went away and are no recipients any more.
    """
    marks = flags(head, path)
    group = "group" in marks
    names = [repair(name) for name in head.members]
    if not group or head.left or not names:
        names += senders
    members = dict.fromkeys(party(name, key, group) for name in names)
    members.pop(Party(None, None), None)
    return Thread(key, repair(head.title).strip() or None, tuple(members), None, marks)
