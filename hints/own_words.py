"""The sender's own words: a message without quoted replies, forwards and signatures."""

from __future__ import annotations

import polars as pl

#: Own words beyond this many characters are a pasted document rather than a message.
LONGEST = 8_000

#: Lines that programs write above what they quote: "On Monday Ada wrote:" in seven languages.
_INTRODUCED = (
    r"(?im)^[^\n]{0,200}(?:\n[^\n]{0,120})?\b"
    r"(?:wrote|writes|schrieb[^\n:]{0,100}|schreibt|a écrit|escribió|escreveu|ha scritto"
    r"|schreef[^\n:]{0,100}|het volgende geschreven)\s?:[ \t]*$"
)
_FORWARDED = (
    r"(?im)^[ \t>*_-]*(?:begin forwarded message|forwarded message|original message"
    r"|anfang der weitergeleiteten (?:nachricht|e-mail)|weitergeleitete nachricht"
    r"|urspr(?:ü|ue)ngliche (?:nachricht|mail)"
    r"|(?:début du )?message (?:transféré|réexpédié|d'origine)"
    r"|inicio del mensaje reenviado|mensaje (?:reenviado|original)"
    r"|mensagem (?:encaminhada|original)|início da mensagem encaminhada"
    r"|(?:inizio )?messaggio (?:inoltrato|originale)"
    r"|(?:begin )?doorgestuurd bericht|oorspronkelijk bericht)\b.*$"
)
_HEADER = (
    r"(?im)^[ \t*]*(?:from|von|de|da|van)\s?:[^\n]*\n[ \t*]*"
    r"(?:sent|date|to|gesendet|datum|an|envoyé|à|enviado|fecha|para|enviada|inviato|data|a|"
    r"verzonden|aan)\s?:.*$"
)
_SIGNED = (
    r"(?im)^(?:--[ \t]?|_{5,}[ \t]*"
    r"|(?:sent from my|von meinem|envoyé de mon|enviado desde mi|enviado do meu|inviato da"
    r"|verstuurd vanaf mijn)\b[^\n]*)$"
)
_TAIL = rf"(?:{_INTRODUCED}|{_FORWARDED}|{_HEADER}|{_SIGNED})(?s:.*)"
_QUOTED = r"(?m)^[ \t]*>[^\n]*$"
#: What a text holds at least if any of the above is in it.
_SUSPECT = r"(?i)^[ \t]*>|\n|^--|forward|original|weitergeleitet|ursprüng|transféré|reenviado"


def own_words(messages: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with its column ``text`` cut down to the sender's own words."""
    cut = (
        pl.col("text")
        .str.replace_all("\r\n", "\n", literal=True)
        .str.replace_all(r"[\r\u{2028}\u{2029}]", "\n")
        .str.replace(_TAIL, "")
        .str.replace_all(_QUOTED, "")
    )
    suspect = messages["text"].str.contains(_SUSPECT)
    return pl.concat(
        [messages.filter(~suspect), messages.filter(suspect).with_columns(cut)]
    ).with_columns(pl.col("text").str.slice(0, LONGEST).str.replace_all("\x1f", " ", literal=True))
