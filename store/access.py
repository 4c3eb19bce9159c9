"""How the database is opened: how long to wait for it, and with which key.

Set once for a command, since every command opens the database somewhere in its depth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


def _say_nothing(_text: str) -> None:
    """Keep it to oneself."""


# A data class would cost every command, --help too, more time than all it holds.
class Access(NamedTuple):
    """How to open the database.

    Attributes:
        wait: Seconds to wait while another process holds it.
        key: Gives the key of an encrypted database; None: there is none.
        encrypt: A database that is made now is encrypted.
        tell: Told that somebody is waited for.
    """

    wait: float = 0.0
    key: Callable[[], str | None] = lambda: None
    encrypt: bool = False
    tell: Callable[[str], None] = _say_nothing


_ACCESS: ContextVar[Access] = ContextVar("notworking_access", default=Access())  # noqa: B039 (frozen)


def current() -> Access:
    """Return how the database is to be opened."""
    return _ACCESS.get()


@contextmanager
def using(access: Access) -> Iterator[None]:
    """Open databases so for as long as the block runs."""
    token = _ACCESS.set(access)
    try:
        yield
    finally:
        _ACCESS.reset(token)


def is_interrupt(error: BaseException) -> bool:
    """Tell whether an error comes of Ctrl-C, which the engine reports in its own way.

    Work that goes on after it meets an aborted transaction, so that the error may be a later one.
    """
    at: BaseException | None = error
    while at is not None:
        told = isinstance(at, RuntimeError) and "interrupted" in str(at).lower()
        if told or isinstance(at, KeyboardInterrupt):
            return True
        at = at.__cause__ or at.__context__
    return False
