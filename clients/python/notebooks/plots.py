"""What the notebooks' figures share: colours that colour-blind readers can tell apart, and captions that name sources."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

import matplotlib.pyplot as plt
import networkx as nx

# Okabe and Ito's colours.
BLUE, ORANGE, GREEN, RED, PURPLE, SKY, YELLOW, GREY = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442", "#8A8A8A",
)  # fmt: skip

KIND_COLOURS: Mapping[str, str] = {
    "GROUP": BLUE, "INDIVIDUAL": ORANGE, "MADRESSAH": GREEN, "INCIDENT": RED, "ORGANISATION": PURPLE, "PLACE": GREY, "DESIGNATION": SKY,
}  # fmt: skip

plt.rcParams.update(
    {
        "figure.figsize": (9, 5),
        "figure.dpi": 110,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlelocation": "left",
        "axes.titleweight": "bold",
        "font.family": ["DejaVu Sans"],
    }
)


def caption(figure: Any, sources: Iterable[Any], note: str = "") -> None:
    """Writes under a figure what it was read in, and what a reader has to know."""
    titles = list(dict.fromkeys(s.title for s in sources))
    listed = "; ".join(titles[:4]) + (f"; and {len(titles) - 4} more" if len(titles) > 4 else "")
    text = " ".join(x for x in (note, f"Sources: {listed}." if titles else "") if x)
    figure.text(0.01, -0.02, textwrap.fill(text, 130), ha="left", va="top", fontsize=8, color="#555555")


def wrapped(name: str, width: int = 18) -> str:
    return textwrap.fill(name, width)


def draw(net: Any, title: str, *, seed: int = 3, size: tuple[float, float] = (11, 8), label: int = 18) -> Any:
    """Draws a network of at most some dozens of entities: colour by kind, dashed what is disputed, thin what is poorly credited."""
    graph = nx.Graph(net.to_networkx())
    figure, axes = plt.subplots(figsize=size)
    start = nx.spring_layout(graph, seed=seed, k=2.2 / math.sqrt(max(len(graph), 1)))
    places = nx.kamada_kawai_layout(graph, pos=start) if nx.is_connected(graph) else start
    names = {e.id: wrapped(e.name, label) for e in net.nodes}
    kinds = {e.id: e.kind for e in net.nodes}
    for link in net.links:
        ends = [(link.source.id, link.target.id)]
        nx.draw_networkx_edges(
            graph,
            places,
            edgelist=ends,
            ax=axes,
            edge_color=GREY,
            width=max(0.6, 3.2 - 0.5 * link.credibility),
            style="dashed" if link.disputed else "solid",
        )
    nx.draw_networkx_nodes(graph, places, ax=axes, node_size=160, node_color=[KIND_COLOURS.get(kinds[n], GREY) for n in graph])
    shift = {n: (x, y - 0.045) for n, (x, y) in places.items()}
    nx.draw_networkx_labels(graph, shift, labels=names, ax=axes, font_size=7, verticalalignment="top")
    present = sorted({kinds[n] for n in graph})
    handles = [plt.Line2D([], [], marker="o", linestyle="", color=KIND_COLOURS.get(k, GREY), label=k.capitalize()) for k in present]
    axes.legend(handles=handles, loc="upper left", fontsize=8, frameon=False)
    axes.set_title(title)
    axes.margins(0.12)
    axes.axis("off")
    return figure
