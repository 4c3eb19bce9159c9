"""The errors a person can meet, each with the exit status it ends in.

    NotworkingError
    ├── UsageError         2  nothing to do, or not to be understood
    └── DatabaseError      3  the database cannot be used
        ├── LockedError       another process holds it
        ├── NewerError        a newer notworking wrote it
        └── DamagedError      it is no database, or a broken one

Files that cannot be read are no exceptions: they end up in ``source_files`` and ``rejects``.
"""

from __future__ import annotations


class NotworkingError(Exception):
    """Base of every error that is told to the user as one sentence."""

    exit_status = 1


class UsageError(NotworkingError):
    """What was asked cannot be done as asked."""

    exit_status = 2


class DatabaseError(NotworkingError):
    """The database cannot be used."""

    exit_status = 3


class LockedError(DatabaseError):
    """Another process holds the database."""


class NewerError(DatabaseError):
    """A newer version of notworking wrote the database."""


class DamagedError(DatabaseError):
    """The file is not a database of notworking, or it is damaged."""
