"""Values that every Facebook file shares: times, names, lists that may be one bare object.

Nothing here knows a file. Times are seconds in most files and milliseconds in messages, and zero
means unknown; names may be empty, and deleted accounts bear a name that is nobody's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: 1900 and 2100 in microseconds: anything outside is damage, not a time.
EARLIEST = -2_208_988_800_000_000
LATEST = 4_102_444_800_000_000
#: Below it a number counts seconds, below the second one milliseconds.
SECONDS_BELOW = 100_000_000_000
MILLIS_BELOW = 100_000_000_000_000

_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_NUMBER = re.compile(r"\s*-?\d{1,20}\s*")

#: What a deleted or deactivated account is called, case-folded, in the account's language.
DELETED_NAMES = frozenset(
    {
        "",
        "facebook user",
        "facebook-nutzer",
        "facebook-nutzer/in",
        "facebook-nutzerin",
        "utilisateur facebook",
        "utilisateur de facebook",
        "usuario de facebook",
        "utente di facebook",
        "utente facebook",
        "usuário do facebook",
        "utilizador do facebook",
        "facebook-gebruiker",
        "użytkownik facebooka",
        "użytkownik facebook",
        "uživatel facebooku",
        "používateľ facebooku",
        "facebook-användare",
        "facebook-bruker",
        "facebook-bruger",
        "facebook-käyttäjä",
        "facebook-felhasználó",
        "utilizator facebook",
        "facebook kullanıcısı",
        "пользователь facebook",
        "користувач facebook",
        "facebookユーザー",
        "facebook 사용자",
        "facebook 用户",
        "facebook 用戶",
    }
)


def number(value: object) -> int | None:
    """Return an integer that may be written as a string or a float; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if abs(value) < 1e20 else None
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return int(value)
    return None


def microseconds(value: object) -> int | None:
    """Return a time as microseconds since 1970, its unit told from its size; None if unknown."""
    count = number(value)
    if count is None or count in (0, -1):
        return None
    if abs(count) < SECONDS_BELOW:
        count *= 1_000_000
    elif abs(count) < MILLIS_BELOW:
        count *= 1_000
    return count if EARLIEST <= count <= LATEST else None


def when(value: object) -> datetime | None:
    """Return a time as an aware datetime; None if it is unknown or absurd."""
    count = microseconds(value)
    return None if count is None else _EPOCH + timedelta(microseconds=count)


def seconds(value: object) -> int:
    """Return a time as Unix seconds for use in a key; 0 if it is unknown."""
    count = microseconds(value)
    return 0 if count is None else count // 1_000_000


def text(value: object) -> str | None:
    """Return a non-blank string, trimmed; None for anything else."""
    return value.strip() or None if isinstance(value, str) else None


def key_name(name: str) -> str:
    """Return a name for use in a key: without control and direction marks, composed, one space."""
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", name)).split())


def is_deleted(name: str) -> bool:
    """Whether a name is empty or stands for a deleted account in some language."""
    return key_name(name).casefold() in DELETED_NAMES


def person(value: object) -> str | None:
    """Return a display name that names somebody; None for nobody and deleted accounts."""
    name = text(value)
    return None if name is None or is_deleted(name) else name


def records(value: object) -> list[object]:
    """Return the records of a list; exports write a list of one as the bare object."""
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, dict) else []


def fields(value: object) -> dict[str, object]:
    """Return an object's fields; empty for anything that is no object."""
    return value if isinstance(value, dict) else {}


def container(value: object, *names: str) -> tuple[object, str]:
    """Return what lies under one of the names, bare or with ``_v2``, ``_v3`` ..., and its key.

    A top-level list is its own container, with an empty key.
    """
    if isinstance(value, dict):
        pattern = re.compile(rf"(?:{'|'.join(names)})(?:_v\d+)?")
        for key, inner in value.items():
            if pattern.fullmatch(key):
                return inner, key
    return (value, "") if isinstance(value, list) else (None, "")


def placed(value: object, at: str) -> Iterator[tuple[str, object]]:
    """Yield each record of a list with its JSON path."""
    for index, record in enumerate(records(value)):
        yield f"{at}[{index}]", record
