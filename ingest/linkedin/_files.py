"""Which of LinkedIn's files a file is: by its header, and by its name where headers are equal.

Names drift: underscores and blanks, a member number since 2026 (``Shares_123456.csv``), parts
(``_1``), second downloads (`` (1)``). Users rename files; the header wins.
"""

from __future__ import annotations

import re

from notworking.ingest._csv import Signature, find_header, is_spreadsheet
from notworking.ingest.importer import base_name

_ENDING = re.compile(r"\.(?:csv|tsv|txt)$")
_TAIL = re.compile(r"(?: \(\d+\)|[_-]\d+)$")


def file_key(path: str) -> str:
    """Return a file's name as letters and digits, without ending, part and member number."""
    name = _ENDING.sub("", base_name(path))
    name = _TAIL.sub("", _TAIL.sub("", name))
    return re.sub(r"[\W_]+", "", name)


def is_table(path: str, head: bytes, wanted: Signature, *keys: str) -> bool:
    """Return whether a file has the header, or is the named file, empty or a spreadsheet."""
    if not _ENDING.search(base_name(path)):
        return False
    if is_spreadsheet(head) or not head.strip():
        return file_key(path) in keys
    return find_header(head, wanted) is not None
