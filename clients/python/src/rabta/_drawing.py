"""A still drawing of a small network: spring layout and SVG, from nothing but the standard library."""

from __future__ import annotations

import math
from collections.abc import Sequence

from . import report
from ._html import escaped
from .records import Entity, Link

SIZE = 640.0
MARGIN = 70.0
MOST_NODES = 60
STEPS = 120
# Okabe and Ito's palette, which colour-blind readers can tell apart; the letter in the node says the kind too.
COLOURS = {
    "GROUP": "#d55e00", "INDIVIDUAL": "#0072b2", "MADRESSAH": "#009e73", "ORGANISATION": "#cc79a7", "INCIDENT": "#e69f00",
    "PLACE": "#56b4e9", "DESIGNATION": "#999999",
}  # fmt: skip
Place = tuple[float, float]


def layout(ids: Sequence[str], pairs: Sequence[tuple[int, int]]) -> list[Place]:
    """Places for nodes, the same each time: from a spiral, pulled together by links and pushed apart by nearness."""
    n = len(ids)
    spread = [math.sqrt((i + 0.5) / max(n, 1)) for i in range(n)]
    x = [s * math.cos(2.399963 * i) for i, s in enumerate(spread)]
    y = [s * math.sin(2.399963 * i) for i, s in enumerate(spread)]
    k = 1.6 / math.sqrt(max(n, 1))
    for step in range(STEPS):
        dx, dy = [0.0] * n, [0.0] * n
        for i in range(n):
            for j in range(i):
                ax, ay = x[i] - x[j], y[i] - y[j]
                push = k * k / max(ax * ax + ay * ay, 1e-4)
                dx[i] += ax * push
                dy[i] += ay * push
                dx[j] -= ax * push
                dy[j] -= ay * push
        for i, j in pairs:
            ax, ay = x[i] - x[j], y[i] - y[j]
            pull = math.hypot(ax, ay) / k
            dx[i] -= ax * pull
            dy[i] -= ay * pull
            dx[j] += ax * pull
            dy[j] += ay * pull
        heat = 0.12 * (1 - step / STEPS)
        for i in range(n):
            dx[i] -= 0.4 * x[i]  # towards the middle, so that parts do not drift off
            dy[i] -= 0.4 * y[i]
            far = math.hypot(dx[i], dy[i]) or 1.0
            x[i] += dx[i] / far * min(far, heat)
            y[i] += dy[i] / far * min(far, heat)
    return fitted(x, y)


def fitted(x: Sequence[float], y: Sequence[float]) -> list[Place]:
    if not x:
        return []
    low_x, low_y = min(x), min(y)
    wide = max(max(x) - low_x, max(y) - low_y) or 1.0
    scale = (SIZE - 2 * MARGIN) / wide
    return [(MARGIN + (a - low_x) * scale, MARGIN + (b - low_y) * scale) for a, b in zip(x, y, strict=True)]


def svg(nodes: Sequence[Entity], links: Sequence[Link], description: str) -> str:
    """A drawing: dashed links are disputed, dotted ones not asserted. At most MOST_NODES nodes, those of most links."""
    drawn = busiest(nodes, links)
    at = {e.id: i for i, e in enumerate(drawn)}
    lines = [x for x in links if x.source.id in at and x.target.id in at]
    pairs = {(min(a, b), max(a, b)) for a, b in ((at[x.source.id], at[x.target.id]) for x in lines)}
    places = layout([e.id for e in drawn], sorted(pairs))
    height = max((p[1] for p in places), default=0.0) + MARGIN
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE:.0f} {height:.0f}" width="{SIZE:.0f}" height="{height:.0f}" '
        'role="img" font-family="sans-serif" font-size="10">',
        f"<title>{escaped(description)}</title>",
        f'<rect width="{SIZE:.0f}" height="{height:.0f}" fill="#ffffff"/>',
    ]
    out += [edge(x, places[at[x.source.id]], places[at[x.target.id]]) for x in lines]
    out += [dot(e, p) for e, p in zip(drawn, places, strict=True)]
    return "".join(out) + "</svg>"


def busiest(nodes: Sequence[Entity], links: Sequence[Link]) -> list[Entity]:
    count = {e.id: 0 for e in nodes}
    for x in links:
        for end in (x.source.id, x.target.id):
            if end in count:
                count[end] += 1
    best = sorted(range(len(nodes)), key=lambda i: (-count[nodes[i].id], i))[:MOST_NODES]
    return [nodes[i] for i in sorted(best)]


def edge(x: Link, a: Place, b: Place) -> str:
    dash = ' stroke-dasharray="6 4"' if x.disputed else "" if x.status == "ASSERTED" else ' stroke-dasharray="1 3"'
    said = report.sentence(x)
    return (
        f'<line x1="{a[0]:.1f}" y1="{a[1]:.1f}" x2="{b[0]:.1f}" y2="{b[1]:.1f}" stroke="#777777" stroke-width="1.2"{dash}>'
        f"<title>{escaped(said)}</title></line>"
    )


def dot(e: Entity, p: Place) -> str:
    colour = COLOURS.get(e.kind, "#555555")
    name = e.name if len(e.name) <= 28 else e.name[:27] + "\u2026"
    return (
        f"<g><title>{escaped(f'{e.name} ({e.kind})')}</title>"
        f'<circle cx="{p[0]:.1f}" cy="{p[1]:.1f}" r="7" fill="{colour}" stroke="#333333"/>'
        f'<text x="{p[0]:.1f}" y="{p[1] + 3.5:.1f}" text-anchor="middle" fill="#ffffff">{escaped(e.kind[:1])}</text>'
        f'<text x="{p[0]:.1f}" y="{p[1] - 10:.1f}" text-anchor="middle" fill="#222222">{escaped(name)}</text></g>'
    )
