"""What notebooks show. Names come from anybody's web page: every text is escaped, and nothing runs or is fetched."""

from __future__ import annotations

import html
import unicodedata
from base64 import b64encode
from collections.abc import Sequence

from .frames import Row, shown

MOST_ROWS = 20
MOST_TEXT = 160


def escaped(value: object) -> str:
    """A text that is safe within HTML and SVG, in an attribute too, and cannot turn the direction of what follows it."""
    text = shown(value)
    text = "".join(c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") or c in "\u200c\u200d" else "\ufffd" for c in text)
    return html.escape(text, quote=True)


def cell(value: object) -> str:
    text = shown(value)
    cut = text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1] + "\u2026"
    return f'<td style="text-align:left;vertical-align:top" dir="auto">{escaped(cut)}</td>'


def table(rows: Sequence[Row], columns: Sequence[str], caption: str, most: int = MOST_ROWS) -> str:
    """A table of the first rows, with a line that says how many there are."""
    head = "".join(f'<th scope="col" style="text-align:left">{escaped(c)}</th>' for c in columns)
    body = "".join("<tr>" + "".join(cell(r.get(c)) for c in columns) + "</tr>" for r in rows[:most])
    more = f"<p>{escaped(f'{len(rows) - most} more')}</p>" if len(rows) > most else ""
    caption = f'<caption style="text-align:left">{escaped(caption)}</caption>'
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def notice(text: str) -> str:
    """A paragraph that is not to be overlooked."""
    return f'<p role="note"><strong>{escaped(text)}</strong></p>'


def picture(svg: str, description: str) -> str:
    """A drawing as an image, so that nothing in it can run; it needs no network."""
    data = b64encode(svg.encode()).decode()
    return f'<img alt="{escaped(description)}" src="data:image/svg+xml;base64,{data}">'
