"""Progress on a terminal: bars for files and rows. Silent when standard error is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from notworking.output import printable

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

_NAME_WIDTH = 40


class Silent:
    """Says nothing."""

    def start(self, files: int) -> None:
        """Files were found."""

    def file(self, name: str) -> None:
        """The next file is read."""

    def rows(self, rows: int) -> None:
        """So many rows of it were met."""

    def step(self, what: str) -> None:
        """A step that is not about files begins."""


class Terminal:
    """Draws a bar over the files, with the rows of the present one."""

    def __init__(self, bars: Bars) -> None:
        """Take the bars to draw on."""
        self._bars = bars
        self._task: TaskID | None = None

    def start(self, files: int) -> None:
        """Files were found."""
        self._task = self._bars.add_task("Reading", total=files, detail="")

    def file(self, name: str) -> None:
        """The next file is read."""
        if self._task is not None:
            short = printable(name)[-_NAME_WIDTH:]
            self._bars.update(self._task, advance=1, detail=short)

    def rows(self, rows: int) -> None:
        """So many rows of it were met."""
        if self._task is not None:
            self._bars.update(self._task, detail=f"{rows:,} rows")

    def step(self, what: str) -> None:
        """A step that is not about files begins."""
        self._bars.add_task(what, total=None, detail="")


@contextmanager
def shown() -> Iterator[Silent | Terminal]:
    """Give something that shows progress for as long as the block runs."""
    if not sys.stderr.isatty():
        yield Silent()
        return
    from rich.console import Console  # noqa: PLC0415 (only terminals need it)
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[detail]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield Terminal(bars)
