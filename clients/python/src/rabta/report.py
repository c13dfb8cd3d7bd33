"""Links in words, with notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .records import Claim, Exclusion, Link, Truncation

VOICES = {"AFFIRMED": "according to", "DENIED": "denied by", "NO_EVIDENCE": "no evidence found by"}
SAYS = {"AFFIRMED": "affirms", "DENIED": "denies", "NO_EVIDENCE": "finds no evidence"}


def footnotes(
    links: Sequence[Link],
    evidence: Mapping[str, tuple[Sequence[Claim], Sequence[Claim]]],
    read: str,
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
    out += ["", f"Read {read}."]
    if truncated:
        out.append(f"Not complete: {truncated.reason} (limit {truncated.limit}).")
    left = ", ".join(str(e) for e in excluded)
    if left:
        out.append(f"Left out: {left}.")
    return "\n".join(out)


def sentence(x: Link) -> str:
    graded = [x.status, x.hedge, x.admiralty, *doubts(x), when(x), *voices(x)]
    return f"{x.source.name} {x.kind} {x.target.name} ({', '.join(graded)})."


def doubts(x: Link) -> list[str]:
    """What is to be known of how a link stands beside its status."""
    given = (
        (x.contested, "contested"),
        (x.dates_disagree and not x.interrupted, "dates disagree"),
        (x.outside_life and bool(x.held), "outside a life"),
        (x.combined == "SECOND", "in the second view alone, and as that has it"),
    )
    return [words for there, words in given if there]


def when(x: Link) -> str:
    """When a link held, in words."""
    if x.held:
        return " and ".join(i.words for i in x.held)
    if x.outside_life:
        return "on no day, as an end of it did not live or exist then"
    if x.undated:
        return "undated"
    return " to ".join(d.edtf for d in (x.valid_from, x.valid_to) if d) or "on no day that its claims give"


def voices(x: Link) -> list[str]:
    """Who says so, and who denies it or finds no evidence; nobody where that is nobody but the sources."""
    out = []
    for polarity, words in VOICES.items():
        names = [s.name for s in x.speakers if s.polarity == polarity]
        out += [f"{words} {' and '.join(names)}"] if names else []
    return out


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
    speaker += f", as {c.attributor.name} has it" if c.attributor and c.attributor != c.speaker else ""
    return f"{c.source}{place}{origin}: {SAYS.get(c.polarity, c.polarity)}{what}{speaker} ({c.hedge}, {c.admiralty})."
