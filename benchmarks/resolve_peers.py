"""Compare the resolver with its peers: the same invented records, in one run, side by side.

Usage: ``python benchmarks/resolve_peers.py [HABITS] [SIZE] [SEED] [PEER] [OWNERS]``; with the first
word of a peer's name only that one runs beside ours, as large sets ask for; with a number of owners
the contacts are a pool of that many address books. The peers are installed from
PyPI into an environment of their own in the folder for temporary files, kept for the next run;
they are no dependencies of notworking. ``PEERS_PYTHON`` names another interpreter for it, which
some of them need (mailcompiler wants Python 3.12). A peer that cannot be installed or run is
named with the reason. Every program runs in a process of its own, so that time and memory can be
told apart.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from notworking.benchmarks.people_truth import (
    CONTACT_SCHEMA,
    DECISION_SCHEMA,
    POINT_SCHEMA,
    Truth,
    invent,
    invent_pool,
)
from notworking.benchmarks.resolve import b_cubed, pairwise
from notworking.resolve import resolve

_HERE = Path(__file__).resolve().parent
#: Peer, what pip installs for it, and the script that runs it.
_WANTED = (
    ("Splink", ("splink", "pandas"), ("peer_splink.py",)),
    ("goldenmatch, own settings", ("goldenmatch", "polars"), ("peer_goldenmatch.py",)),
    ("goldenmatch, told", ("goldenmatch", "polars"), ("peer_goldenmatch.py", "--named")),
    ("mailcompiler", ("mailcompiler",), ("peer_mailcompiler.py",)),
)
_SECONDS = 1800


@dataclass(frozen=True)
class Run:
    """What one program made of the records.

    Attributes:
        group: Group of each contact; empty if there was no result.
        seconds: CPU seconds, start and reading included.
        megabytes: Peak memory.
        reason: Why there is no result.
    """

    group: dict[int, str]
    seconds: float = 0.0
    megabytes: float = 0.0
    reason: str = ""


def flat(case: Truth) -> list[dict[str, Any]]:
    """Return the contacts as plain records, as every tool for tables wants them.

    What only notworking reads (source, relation, profile) stands in ``contact``.
    """
    held: dict[tuple[int, str], list[str]] = defaultdict(list)
    for contact, kind, value in case.points.select("contact_id", "kind", "value").iter_rows():
        held[contact, kind].append(value)
    records = []
    for row in case.contacts.iter_rows(named=True):
        words = (row["full_name"] or "").split(" ")
        number = row["contact_id"]
        records.append(
            {
                "unique_id": number,
                "given": (row["given_name"] or " ".join(words[:-1]) or words[0]).lower(),
                "family": (row["family_name"] or words[-1]).lower(),
                "company": (row["company"] or "").lower() or None,
                "mails": held[number, "email"],
                "phones": held[number, "phone"],
                "contact": row | {"connected_at": None},
            }
        )
    return records


def environment() -> Path:
    """Return the interpreter of the peers' environment, which is made if need be."""
    base = os.environ.get("PEERS_PYTHON", sys.executable)
    folder = f"notworking-peers-{hashlib.sha256(base.encode()).hexdigest()[:8]}"
    python = Path(tempfile.gettempdir()) / folder / "bin" / "python"
    if not python.exists():
        subprocess.run([base, "-m", "venv", str(python.parents[1])], check=True)
    return python


def install(python: Path, packages: tuple[str, ...]) -> str:
    """Install a peer into the environment; return the reason if that fails."""
    command = [str(python), "-m", "pip", "install", "--quiet", *packages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else f"cannot be installed: {_last_line(done.stderr)}"


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.startswith("ERROR")] or text.splitlines()
    return "; ".join(lines[:2]) or "no message"


def run(command: list[str], records: list[dict[str, Any]]) -> Run:
    """Run a program on the records in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "records.json", Path(folder) / "groups.json"
        source.write_text(json.dumps(records), "utf-8")
        with (Path(folder) / "said.txt").open("w+", encoding="utf-8") as said:
            child = subprocess.Popen(
                [*command, str(source), str(target)], cwd=folder, stdout=said, stderr=said
            )
            used = _wait(child)
            said.seek(0)
            text = said.read()
        if used is None or child.returncode or not target.exists():
            reason = "took too long" if used is None else f"failed: {_last_line(text[-500:])}"
            return Run({}, reason=reason)
        groups = {int(k): str(v) for k, v in json.loads(target.read_text("utf-8")).items()}
    return Run(groups, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _wait(child: subprocess.Popen[bytes]) -> resource.struct_rusage | None:
    """Wait for a process; return what it used, None if it took too long."""
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        done, status, used = os.wait4(child.pid, os.WNOHANG)
        if done:
            child.returncode = os.waitstatus_to_exitcode(status)
            return used
        time.sleep(0.05)
    child.kill()
    child.wait()
    return None


def line(name: str, case: Truth, found: Run) -> str:
    """Return one line of the table."""
    if found.reason:
        return f"| {name} | {found.reason} |"
    p, r, f = pairwise(found.group, case.person)
    bp, br, bf = b_cubed(found.group, case.person)
    fused = sum(found.group[a] == found.group[b] for a, b in case.namesakes)
    rate = len(case.person) / found.seconds
    return (
        f"| {name} | {p:.3f} {r:.3f} {f:.3f} | {bp:.3f} {br:.3f} {bf:.3f} "
        f"| {fused} of {len(case.namesakes)} | {rate:,.0f} | {found.megabytes:.0f} |"
    )


def ours(source: Path, target: Path) -> None:
    """Read records, write groups: this script, started again as a process of its own."""
    records = json.loads(source.read_text("utf-8"))
    points = [
        {"contact_id": r["unique_id"], "kind": kind, "value": value, "sure": True, "label": None}
        for r in records
        for kind, column in (("email", "mails"), ("phone", "phones"))
        for value in r[column]
    ]
    found = resolve(
        pl.DataFrame([record["contact"] for record in records], schema=CONTACT_SCHEMA),
        pl.DataFrame(points, schema=POINT_SCHEMA),
        pl.DataFrame(schema=DECISION_SCHEMA),
    )
    target.write_text(json.dumps(dict(found.clusters.iter_rows())), "utf-8")


def made(habits: str, size: int, seed: int, owners: int) -> Truth:
    """Return one owner's contacts, or a pool of several owners'."""
    if owners > 1:
        return invent_pool(habits, size, owners, seed)
    return invent(habits, size, seed)


def main() -> None:
    """Invent, run everyone, print the table."""
    if sys.argv[1:2] == ["--ours"]:
        ours(*(Path(name) for name in sys.argv[2:]))
        return
    given = sys.argv[1:]
    *chosen, peer, owners = (*given, *("gentle", "8500", "1", "", "1")[len(given) :])
    case = made(chosen[0], int(chosen[1]), int(chosen[2]), int(owners))
    records, python = flat(case), environment()
    print(f"{' '.join(chosen)}, owners: {owners}: {len(records)} records")
    print("| | pairs P R F1 | B-cubed P R F1 | namesakes fused | records per CPU s | peak MB |")
    print("|---|---|---|---|---|---|")
    itself = [sys.executable, str(Path(__file__).resolve()), "--ours"]
    print(line("notworking", case, run(itself, records)), flush=True)
    for name, packages, script in _WANTED:
        if not name.lower().startswith(peer.lower()):
            continue
        reason = install(python, packages)
        command = [str(python), str(_HERE / script[0]), *script[1:]]
        found = Run({}, reason=reason) if reason else run(command, records)
        print(line(name, case, found), flush=True)


if __name__ == "__main__":
    main()
