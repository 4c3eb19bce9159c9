"""vCard files: bytes of a value to text, by what they are and what the card declares."""

from __future__ import annotations

import re
from collections import Counter

_SURROGATE = re.compile("[\udc80-\udcff]")
#: Character sets that cards declare, as Python calls them; ``latin-1`` in practice is its superset.
CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "cp950",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "macintosh": "mac_roman",
    "tis-620": "cp874",
    **{f"iso-8859-{n}": f"iso8859_{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "iso-8859-9": "cp1254",
    **{f"windows-{n}": f"cp{n}" for n in (874, *range(1250, 1259))},
    **{f"cp{n}": f"cp{n}" for n in (437, 850, 852, 866, 874, 932, 949, 950, *range(1250, 1259))},
}
SEVERAL_BYTES = frozenset({"cp932", "gb18030", "cp950", "euc_jp", "iso2022_jp", "cp949"})


def decode_bytes(data: bytes, charset: str, flags: Counter[str]) -> str:
    """Return bytes as text: by what they are, then by what is declared, then as Windows Western.

    Text that is valid UTF-8 is UTF-8 even if a single-byte page is declared, which fits anything:
    programs convert cards and leave the parameter behind.
    """
    for name in (charset, "utf-8") if charset in SEVERAL_BYTES else ("utf-8", charset):
        try:
            return data.decode(name) if name else _fallback(data, flags)
        except UnicodeDecodeError:
            continue
    return _fallback(data, flags)


def _fallback(data: bytes, flags: Counter[str]) -> str:
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if bad * 2 < sum(1 for sign in text if sign > "\x7f"):
        flags["cut_character"] += 1
        return text
    flags["fallback_charset"] += 1
    return data.decode("cp1252", "replace")


def is_torn(text: str) -> bool:
    """Tell whether text holds stand-ins for bytes that were no UTF-8."""
    return _SURROGATE.search(text) is not None


def readable(text: str) -> str:
    """Return text without the stand-ins for bytes that were no UTF-8."""
    if is_torn(text):
        return decode_bytes(text.encode("utf-8", "surrogateescape"), "", Counter())
    return text
