"""Values that every Instagram file shares: times, user names, labelled values in any language.

Labels are translated in some exports and missing in others; a known label is taken first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Instagram began in 2010; a phone's own cards may bear an older time, a far future is damage.
_EARLIEST, _LATEST = 0, 4_102_444_800
_SECONDS_BELOW = 100_000_000_000
_NUMBER = re.compile(r"-?\d{1,17}", re.ASCII)
_USER = re.compile(r"[a-z0-9._]{1,64}")
_LINK = re.compile(
    r"(?:https?://)?(?:www\.)?instagram\.com/(?:_u/)?(@?[^/?#\s]+)/?(?:[?#].*)?", re.I
)
_NOT_USERS = frozenset({"p", "reel", "reels", "stories", "explore", "direct", "accounts", "_u"})
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
#: What a deleted account is called, case-folded.
_DELETED = frozenset(
    {
        *("", "instagram user", "instagramuser", "instagram-nutzer", "instagram-nutzer/in"),
        *("instagram-nutzerin", "utilisateur instagram", "utilisateur d’instagram"),
        *("usuario de instagram", "utente di instagram", "utente instagram"),
        *("usuário do instagram", "utilizador do instagram", "instagram-gebruiker"),
        *("użytkownik instagrama", "uživatel instagramu", "instagram kullanıcısı"),
        *("пользователь instagram", "instagramユーザー", "instagram 사용자", "instagram 用户"),
    }
)


def when(value: object) -> datetime | None:
    """Return a time in seconds or milliseconds as an aware datetime; None if unknown or absurd."""
    count = _count(value)
    if count is None or count in (0, -1):
        return None
    milliseconds = count if abs(count) >= _SECONDS_BELOW else count * 1000
    if not _EARLIEST * 1000 < milliseconds < _LATEST * 1000:
        return None
    return _EPOCH + timedelta(milliseconds=milliseconds)


def seconds(value: object) -> int:
    """Return a time as Unix seconds for use in a key; 0 if it is unknown."""
    at = when(value)
    return 0 if at is None else (at - _EPOCH) // timedelta(seconds=1)


def _count(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if abs(value) < 10**17 else None
    if isinstance(value, float):
        return int(value) if abs(value) < 1e17 else None
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return int(value)
    return None


def text(value: object) -> str | None:
    """Return a string trimmed, if it holds anything."""
    return value.strip() or None if isinstance(value, str) else None


def key_name(name: str) -> str:
    """Return a name for use in a key: without control and direction marks, composed, one blank."""
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", name)).split())


def is_deleted(name: str) -> bool:
    """Whether a display name stands for a deleted account."""
    return key_name(name).casefold() in _DELETED


def fields(value: object) -> dict[str, object]:
    """Return an object's fields; empty for anything that is no object."""
    return value if isinstance(value, dict) else {}


def records(value: object) -> list[object]:
    """Return the records of a list; a list of one is written as the bare object."""
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, dict) else []


def placed(value: object, *containers: str) -> Iterator[tuple[str, object]]:
    """Yield each record of a file with its JSON path.

    Args:
        value: The parsed file: a list, a bare record, or a list under one of the containers.
        containers: Keys under which the list may lie.
    """
    found = next((key for key in containers if key in fields(value)), None)
    inner = fields(value)[found] if found is not None else value
    for index, record in enumerate(records(inner)):
        yield f"{found or ''}[{index}]", record


def is_list(value: object, *containers: str) -> bool:
    """Whether a file holds a list of records, which may be empty, or one bare record."""
    listed = [fields(value).get(key) for key in containers if key in fields(value)]
    inner = listed[0] if listed else value
    return isinstance(inner, list) or (isinstance(inner, dict) and bool(inner))


def user_of(value: object) -> str | None:
    """Return a user name in lower case; None for anything that cannot be one."""
    name = key_name(text(value) or "").removeprefix("@").lower()
    return name if _USER.fullmatch(name) else None


def user_of_link(link: object) -> str | None:
    """Return the user name in a profile's address."""
    match = _LINK.fullmatch(text(link) or "")
    name = user_of(unquote(match[1])) if match else None
    return None if name in _NOT_USERS else name


def profile(user: str) -> str:
    """Return the address of a profile, which is the key of its contact."""
    return f"https://www.instagram.com/{user}"


def labelled(record: object, *labels: str) -> dict[str, object]:
    """Return the entry of ``string_map_data`` under one of the labels, given case-folded."""
    for label, entry in fields(fields(record).get("string_map_data")).items():
        if key_name(label).casefold() in labels:
            return fields(entry)
    return {}


def value_of(record: object, *labels: str) -> str | None:
    """Return the text under one of the labels."""
    return text(labelled(record, *labels).get("value"))


def label_values(record: object) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield label, value and link of each entry of the newest form of record."""
    for item in _nested(fields(record).get("label_values"), 0):
        label = text(item.get("label")) or text(item.get("title")) or ""
        yield label.casefold(), text(item.get("value")), text(item.get("href"))


def _nested(value: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > 6:
        return
    for item in map(fields, records(value)):
        yield item
        for name in ("dict", "vec"):
            yield from _nested(item.get(name), depth + 1)
