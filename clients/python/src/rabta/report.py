"""Links in words, with notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .lens import Lens
from .records import Claim, Exclusion, Link, Truncation

SAYS = {"AFFIRMED": "affirms", "DENIED": "denies", "NO_EVIDENCE": "finds no evidence"}


def footnotes(
    links: Sequence[Link],
    evidence: Mapping[str, tuple[Sequence[Claim], Sequence[Claim]]],
    lens: Lens,
    excluded: Iterable[Exclusion],
    truncated: Truncation | None,
) -> str:
    """A line a link with the numbers of its notes, then the notes, then what the answer leaves out."""
    lines: list[str] = []
    notes: list[str] = []
    for x in links:
        numbers = []
        about, against = evidence.get(x.id, ((), ()))
        for text in [note(c) for c in about] + [f"Set against it: {note(c, said(c))}" for c in against]:
            notes.append(f"[{len(notes) + 1}] {text}")
            numbers.append(f"[{len(notes)}]")
        lines.append(f"{sentence(x)} {''.join(numbers)}".rstrip())
    out = [*lines, "", *notes]
    out += ["", f"Read under {lens!r}."]
    if truncated:
        out.append(f"Not complete: {truncated.reason} (limit {truncated.limit}).")
    left = ", ".join(str(e) for e in excluded)
    if left:
        out.append(f"Left out: {left}.")
    return "\n".join(out)


def sentence(x: Link) -> str:
    dates = " to ".join(d.edtf for d in (x.valid_from, x.valid_to) if d)
    when = f", {dates}" if dates else ", undated"
    who = spoken(x, "AFFIRMED", ", according to ") + spoken(x, "DENIED", ", denied by ")
    return f"{x.source.name} {x.kind} {x.target.name} ({x.status}, {x.admiralty}{when}{who})."


def spoken(x: Link, polarity: str, words: str) -> str:
    """Who speaks one way about a link, after the words; nothing where that is nobody but the sources."""
    names = [s.name for s in x.speakers if s.polarity == polarity]
    return words + " and ".join(names) if names else ""


def said(c: Claim) -> str:
    """What a claim says, in the words of the schema."""
    about = c.subject.name if c.subject else ""
    what = c.object.name if c.object else c.value.text if c.value and c.value.text else ""
    return " that " + " ".join(part for part in (about, c.predicate, what) if part)


def note(c: Claim, what: str = "") -> str:
    place = f", {c.locator}" if c.locator else ""
    origin = f", relying on {c.origin}" if c.origin else ""
    words = c.speaker.name if c.speaker else c.speaker_text
    speaker = f", quoting {words}" if words else ""
    return f"{c.source}{place}{origin}: {SAYS.get(c.polarity, c.polarity)}{what}{speaker} ({c.hedge}, {c.admiralty})."
