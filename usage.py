"""What ``--help`` shows at its end, and how it is laid out."""

from __future__ import annotations

import argparse
import shutil
from functools import cache

EXAMPLES = """\
examples:
  notworking import ~/Downloads/exports       read everything in a folder
  notworking import export.zip contacts.vcf   or single files and archives
  notworking show ties --limit 20             who is close, and why
  notworking person "Ada Example"             everything known of one person
  notworking who grant writing                whom to ask about something, and why
  notworking path "Example Tools"             warm ways to a company or a person
  notworking analyses                         every question that can be asked
  notworking report --open                    everything as one page, in the browser
  notworking sql "select name, class from ties where class = 'dormant'"

Nothing leaves this machine: no command opens a network connection.
"""


@cache
def _width() -> int:
    # Every option that is added asks a formatter, which would look at the terminal each time.
    return shutil.get_terminal_size().columns - 2


def as_written(prog: str) -> argparse.HelpFormatter:
    """Return a formatter that leaves paragraphs as they are."""
    return argparse.RawDescriptionHelpFormatter(prog, width=_width())


def filled(prog: str) -> argparse.HelpFormatter:
    """Return a formatter that fills paragraphs to the width of the terminal."""
    return argparse.HelpFormatter(prog, width=_width())
