"""A server for assistants that run on this machine (Model Context Protocol over stdio).

Every tool runs a reading command of ours in a process of its own: the database is held only while a
question is answered, and nothing can be written. What an assistant does with an answer is its own
affair, and it may well send it elsewhere; ``--redact`` hands out no names and no texts, ``--owner``
nothing that the exports of others tell, and neither offers a search in words.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from notworking import __version__
from notworking.errors import UsageError
from notworking.live import redact
from notworking.store.database import connect, key_of

#: Characters of an answer; more of them helps no reader.
_MOST = 60_000
_SECONDS = 120
#: Where the commands look for the key of an encrypted database.
KEY_VARIABLE = "NOTWORKING_KEY"
#: Commands that look words up, of which a copy has none.
_BY_WORDS = frozenset({"who", "path"})
_INSTRUCTIONS = (
    "Answers about the user's own contacts from their own exports: who is a real tie and who only "
    "a card, who knows about something, the way to a person. Read-only. Start with the tool "
    "analyses; sql reads the schema main (ties, people, contacts, interactions ...)."
)


@dataclass(frozen=True, slots=True)
class Asking:
    """How the tools ask.

    Attributes:
        commands: Names of the commands that may be asked.
        key: Key of an encrypted database.
    """

    database: Path
    commands: frozenset[str]
    key: str | None = None

    def run(self, arguments: Sequence[str]) -> str:
        """Return what a command prints, or why it did not."""
        command = [sys.executable, "-m", "notworking", "--db", str(self.database), *arguments]
        try:
            done = subprocess.run(  # noqa: S603 (our own command; every argument is one word)
                command,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
                timeout=_SECONDS,
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PYTHONIOENCODING": "utf-8", **self._secret()},
            )
        except subprocess.TimeoutExpired:
            return f"No answer within {_SECONDS} seconds: ask for less."
        text = done.stdout if done.returncode == 0 else done.stderr
        more = "\n... cut: ask for less." if len(text) > _MOST else ""
        return text[:_MOST] + more

    def _secret(self) -> dict[str, str]:
        return {} if self.key is None else {KEY_VARIABLE: self.key}


def serve(database: Path, commands: frozenset[str], cut: redact.Cut) -> None:
    """Serve until the assistant hangs up.

    Args:
        database: The database.
        commands: Names of the commands there are.
        cut: What may be handed out.

    Raises:
        UsageError: The package ``mcp`` is not installed, or there is no such owner.
        DatabaseError: The database cannot be used.
    """
    try:
        from mcp.server.mcpserver import MCPServer  # noqa: PLC0415 (an extra of few users)
    except ImportError as error:
        raise UsageError(
            "The server needs a package that is not installed: pip install 'notworking[mcp]'."
        ) from error
    key = key_of(database) if database.exists() else None
    if key is not None:
        # A wrong key is better said at once than at every question.
        connect(database, read_only=True).close()
    with tempfile.TemporaryDirectory(prefix="notworking-") as folder:
        if cut.is_redacted or cut.owner is not None:
            copy = Path(folder) / "part.duckdb"
            redact.copy(database, copy, cut)
            database, commands = copy, commands - _BY_WORDS
        server = MCPServer(
            "notworking", instructions=_INSTRUCTIONS, version=__version__, log_level="WARNING"
        )
        for tool in tools(Asking(database.resolve(), commands, key)):
            server.tool()(tool)
        server.run("stdio")


def tools(asking: Asking) -> list[Callable[..., str]]:
    """Return the tools, as far as their commands are there."""

    def who(query: str) -> str:
        """Who knows about, works at or can help with something: the best person to ask first."""
        return asking.run(["who", "--format", "json", "--", query])

    def path(target: str) -> str:
        """Warm ways to a company or a person, through people the user really knows."""
        return asking.run(["path", "--format", "json", "--", target])

    def person(name: str) -> str:
        """Everything known of one person: a name, a person_id, an e-mail address or a number."""
        return asking.run(["person", "--", name])

    def show(analysis: str, limit: int = 50) -> str:
        """Return the answer of one analysis, as JSON; the tool analyses lists them."""
        return asking.run(["show", "--format", "json", "--limit", str(limit), "--", analysis])

    def sql(query: str) -> str:
        """Return the answer of one read-only query in the SQL of DuckDB, as JSON."""
        return asking.run(["sql", "--format", "json", "--", query])

    def analyses() -> str:
        """List every analysis: name, question and source, as JSON."""
        return asking.run(["analyses", "--format", "json"])

    every = (who, path, person, show, sql, analyses)
    return [tool for tool in every if tool.__name__ in asking.commands]
