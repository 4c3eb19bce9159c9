"""How precise the word lists are, and how much they find, on the labelled messages.

    python benchmarks/hints_quality.py [--wrong] [--unseen]

There are two sets: the lists were mended after a look at what they got wrong in the first; the
second (``--unseen``) was written afterwards, and they were not.

Precision: of what a list says, how much is meant. Recall: of what is meant, how much it says.
Each message is read by the list of its own language, as a conversation in that language is.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import polars as pl

from notworking.hints import KINDS, LANGUAGES, find

LABELLED = Path(__file__).resolve().parents[1] / "tests" / "hints" / "labelled"


def labelled(language: str, part: str = "") -> list[tuple[set[str], str]]:
    """Return the kinds that are meant and the message, for each line of a language."""
    lines = (LABELLED / part / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(set(kinds.split(",")) - {"-"}, text.replace("\\n", "\n")) for kinds, text in rows]


def outcomes(language: str, part: str = "") -> pl.DataFrame:
    """Return a row for each message and kind that is meant or said: meant, said, text, words."""
    messages = labelled(language, part)
    frame = pl.DataFrame({"event_id": range(len(messages)), "text": [text for _, text in messages]})
    said = (
        find(frame)
        .filter(pl.col("lang") == language)
        .select("event_id", "kind", "words", said=pl.lit(True))
    )
    schema = {"event_id": pl.Int64, "kind": pl.String}
    pairs = [(number, kind) for number, (kinds, _) in enumerate(messages) for kind in sorted(kinds)]
    meant = pl.DataFrame(pairs, schema=schema, orient="row").with_columns(meant=pl.lit(True))
    return (
        meant.join(said, on=["event_id", "kind"], how="full", coalesce=True)
        .with_columns(pl.col("meant", "said").fill_null(False), language=pl.lit(language))
        .join(frame, on="event_id")
    )


def measured(found: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Return precision and recall of outcomes, for each value of some columns."""
    both = pl.col("meant") & pl.col("said")
    return found.group_by(*by).agg(
        positives=pl.col("meant").sum(),
        precision=both.sum() / pl.col("said").sum(),
        recall=both.sum() / pl.col("meant").sum(),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="also list what is missed or wrong")
    parser.add_argument("--unseen", action="store_true", help="measure on the second set")
    args = parser.parse_args()
    part = "unseen" if args.unseen else ""
    found = pl.concat([outcomes(language, part) for language in LANGUAGES])
    print(f"{'kind':14}{'':>4}" + "".join(f"{language:>12}" for language in LANGUAGES))
    each = {
        (row["kind"], row["language"]): row
        for row in measured(found, "kind", "language").to_dicts()
    }
    whole = {row["language"]: row for row in measured(found, "language").to_dicts()}
    for kind in KINDS:
        rows = [each.get((kind, language)) for language in LANGUAGES]
        print(f"{kind:18}" + "".join(shown(row) for row in rows))
    print(f"{'all':18}" + "".join(shown(whole[language]) for language in LANGUAGES))
    print("precision / recall in percent, number of messages meant")
    if args.wrong:
        for row in found.filter(pl.col("meant") != pl.col("said")).to_dicts():
            fault = "missed" if row["meant"] else f"wrong ({row['words']})"
            print(f"{row['language']} {row['kind']} {fault}: {row['text']!r}")


def shown(row: dict[str, float] | None) -> str:
    """Return one cell of the table."""
    if row is None:
        return f"{'':>12}"
    return (
        f"{row['precision']:>6.0%}".replace("%", "/")
        + f"{row['recall']:.0%}".replace("%", "")
        + f"{row['positives']:>3.0f}"
    )


if __name__ == "__main__":
    main()
