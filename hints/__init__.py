"""Text hints: which messages ask, offer, promise, thank, introduce, congratulate or decline.

A transparent word list and nothing more: frames in, frames out, no verdict on anybody. Nothing
here knows of a database, of people or of time; what a hint means for a tie is for the analyses.
"""

from __future__ import annotations

from notworking.hints.find import FOUND_SCHEMA, find
from notworking.hints.lists import KINDS, LANGUAGES, digest

__all__ = ["FOUND_SCHEMA", "KINDS", "LANGUAGES", "digest", "find"]
