"""Measures graphs by networkx, igraph and NetworKit.

Reads {"graphs": [...]} from standard input, each with name, nodes, directed,
weighted, edges [[from, to, weight]], alpha, communities and large, and writes
{graph: {library: {measure: value}}}. Of a large graph only communities are measured. A value is a number, a list by node, or a
list of lists; null stands for what is not defined. NetworKit's Katz centrality is
left out: it counts every walk twice, but not the constant.
"""

import json
import math
import random
import statistics
import sys
import warnings

import igraph
import networkit
import networkx
import numpy

warnings.simplefilter("ignore")

PREDICTED = 40  # of larger graphs only so many nodes are scored against others


def by_node(nodes, values):
    return [values[v] for v in range(nodes)]


def unit(values):
    length = math.sqrt(sum(x * x for x in values))
    return [x / length for x in values]


def named(parts, nodes):
    """Names each node's part by its least node."""
    of = [None] * nodes
    for part in parts:
        for v in part:
            of[v] = min(part)
    return of


def blocks_of(parts):
    return sorted(sorted(p) for p in parts)


def ordered(edges):
    return sorted(sorted(e) for e in edges)


def by_tie(graph, values):
    """Values of ties, by the end that they are seen from and then by the other."""
    return [values.get((u, v), values.get((v, u))) for u in sorted(graph) for v in sorted(graph[u])]


def with_networkx(g):
    n = g["nodes"]
    graph = networkx.DiGraph() if g["directed"] else networkx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_weighted_edges_from(map(tuple, g["edges"]))
    plain = graph.to_undirected() if g["directed"] else graph
    weight = "weight" if g["weighted"] else None
    out = {
        "degree": by_node(n, networkx.degree_centrality(graph)),
        "closeness": by_node(n, networkx.closeness_centrality(graph)),
        "harmonic": by_node(n, networkx.harmonic_centrality(graph)),
        "betweenness": by_node(n, networkx.betweenness_centrality(graph)),
        "tieBetweenness": by_tie(graph, networkx.edge_betweenness_centrality(graph)),
        "pagerank": by_node(n, networkx.pagerank(graph, weight=weight, tol=1e-14, max_iter=10000)),
        "katz": by_node(n, networkx.katz_centrality(graph, alpha=g["alpha"], weight=weight, tol=1e-14, max_iter=100000)),
        "core": by_node(n, networkx.core_number(plain)),
        "components": named(networkx.connected_components(plain), n),
        "cutpoints": sorted(networkx.articulation_points(plain)),
        "bridges": ordered(networkx.bridges(plain)),
        "blocks": blocks_of(networkx.biconnected_components(plain)),
        "triangles": by_node(n, networkx.triangles(plain)),
        "constraint": by_node(n, networkx.constraint(graph, weight=weight)),
        "effectiveSize": by_node(n, effective_size(graph, weight)),
        "density": networkx.density(graph),
        "assortativity": networkx.degree_assortativity_coefficient(graph),
        "predictions": predictions(plain),
    }
    if g["eigenvector"]:
        out["eigenvector"] = by_node(n, networkx.eigenvector_centrality(graph, weight=weight, tol=1e-14, max_iter=1000000))
    if g["directed"]:
        out["inDegree"] = by_node(n, networkx.in_degree_centrality(graph))
        out["outDegree"] = by_node(n, networkx.out_degree_centrality(graph))
        out["reciprocity"] = networkx.overall_reciprocity(graph)
        out["strongComponents"] = named(networkx.strongly_connected_components(graph), n)
    else:
        out["clustering"] = by_node(n, networkx.clustering(graph))
        out["modularity"] = networkx.community.modularity(graph, [set(c) for c in members(g)], weight=weight)
    return out


def effective_size(graph, weight):
    """Asks networkx for each node of the ties of both directions together.

    Asked for all nodes at once, networkx 3.6.1 divides by the wrong node's
    strongest tie, and of a directed graph it leaves out nodes without a way out.
    """
    both = networkx.Graph()
    both.add_nodes_from(graph)
    for u, v in graph.edges:
        both.add_edge(u, v, weight=networkx.structuralholes.mutual_weight(graph, u, v, weight))
    if not graph.is_directed() and not weight:
        return networkx.effective_size(graph, nodes=list(graph))
    return networkx.effective_size(both, nodes=list(both), weight="weight")


def members(g):
    parts = {}
    for v, k in enumerate(g["communities"]):
        parts.setdefault(k, []).append(v)
    return list(parts.values())


def predictions(graph):
    """Rows of a node, another two steps away, and their five scores."""
    rows = []
    for u in range(min(PREDICTED, len(graph))):
        two = {x for w in graph[u] for x in graph[w]} - set(graph[u]) - {u}
        pairs = [(u, v) for v in sorted(two)]
        scores = zip(
            pairs,
            [len(list(networkx.common_neighbors(graph, *p))) for p in pairs],
            networkx.adamic_adar_index(graph, pairs),
            networkx.resource_allocation_index(graph, pairs),
            networkx.jaccard_coefficient(graph, pairs),
            networkx.preferential_attachment(graph, pairs),
        )
        rows += [[p[0], p[1], common, adamic[2], resource[2], jaccard[2], attachment[2]] for p, common, adamic, resource, jaccard, attachment in scores]
    return rows


def with_igraph(g):
    n = g["nodes"]
    graph = igraph.Graph(n=n, edges=[e[:2] for e in g["edges"]], directed=g["directed"])
    graph.es["weight"] = [e[2] for e in g["edges"]]
    plain = graph.as_undirected(combine_edges="sum") if g["directed"] else graph
    weight = "weight" if g["weighted"] else None
    pairs = (n - 1) * (n - 2) / (1 if g["directed"] else 2)
    out = {
        "degree": [d / (n - 1) for d in graph.degree()],
        "harmonic": [x * (n - 1) for x in graph.harmonic_centrality(mode="in")],
        "betweenness": [b / pairs for b in graph.betweenness()],
        "pagerank": graph.pagerank(weights=weight),
        "core": plain.coreness(),
        "components": named(list(graph.connected_components(mode="weak")), n),
        "cutpoints": sorted(plain.articulation_points()),
        "bridges": ordered(plain.es[e].tuple for e in plain.bridges()),
        "blocks": blocks_of(b for b in plain.biconnected_components() if len(b) > 1),
        "triangles": triangles(plain),
        "constraint": graph.constraint(weights=weight),
        "density": graph.density(),
        "assortativity": graph.assortativity_degree(directed=g["directed"]),
        "diameter": graph.diameter(directed=g["directed"], unconn=True),
        "meanDistance": graph.average_path_length(directed=g["directed"], unconn=True),
    }
    if g["eigenvector"]:
        out["eigenvector"] = unit(graph.eigenvector_centrality(weights=weight))
    if g["directed"]:
        out["inDegree"] = [d / (n - 1) for d in graph.indegree()]
        out["outDegree"] = [d / (n - 1) for d in graph.outdegree()]
        out["reciprocity"] = graph.reciprocity()
        out["strongComponents"] = named(list(graph.connected_components(mode="strong")), n)
    else:
        out["clustering"] = graph.transitivity_local_undirected(mode="zero")
        out |= igraph_communities(g)
    return out


def igraph_communities(g):
    """The modularity of communities given, and of igraph's own: the best of ten, of a large graph the middle of ten made by its defaults."""
    graph = igraph.Graph(n=g["nodes"], edges=[e[:2] for e in g["edges"]])
    weights = [e[2] for e in g["edges"]] if g["weighted"] else None
    random.seed(1)
    found = [graph.community_leiden("modularity", weights=weights, n_iterations=2 if g["large"] else -1).modularity for _ in range(10)]
    own = statistics.median(found) if g["large"] else max(found)
    return {"modularity": graph.modularity(g["communities"], weights=weights), "leiden": own}


def triangles(graph):
    count = [0] * graph.vcount()
    for three in graph.list_triangles():
        for v in three:
            count[v] += 1
    return count


def with_networkit(g):
    n = g["nodes"]
    graph = networkit.Graph(n, weighted=g["weighted"], directed=g["directed"])
    bare = networkit.Graph(n, weighted=False, directed=g["directed"])
    for u, v, weight in g["edges"]:
        graph.addEdge(u, v, weight)
        bare.addEdge(u, v)
    central = networkit.centrality
    scores = lambda algorithm: algorithm.run().scores()
    out = {
        "betweenness": scores(central.Betweenness(bare, normalized=True)),
        "density": networkit.graphtools.density(bare),
    }
    if g["directed"] or all(bare.degree(v) for v in range(n)):  # of undirected graphs NetworKit loses what isolates hold
        out["pagerank"] = scores(central.PageRank(graph, damp=0.85, tol=1e-14, distributeSinks=central.SinkHandling.DistributeSinks))
    if g["directed"]:
        strong = networkit.components.StronglyConnectedComponents(bare).run()
        out["strongComponents"] = named(strong.getComponents(), n)
        weak = networkit.components.WeaklyConnectedComponents(bare).run()
        out["components"] = named(weak.getComponents(), n)
        return out
    partition = networkit.Partition(data=numpy.array(g["communities"], dtype=float))
    out |= {
        "degree": [d / (n - 1) for d in scores(central.DegreeCentrality(bare))],
        "closeness": scores(central.Closeness(bare, True, central.ClosenessVariant.GENERALIZED)),
        "harmonic": scores(central.HarmonicCloseness(bare, normalized=False)),
        "core": scores(central.CoreDecomposition(bare)),
        "components": named(networkit.components.ConnectedComponents(bare).run().getComponents(), n),
        "clustering": scores(central.LocalClusteringCoefficient(bare)),
        "modularity": networkit.community.Modularity().getQuality(partition, graph),
    }
    if g["eigenvector"]:
        out["eigenvector"] = scores(central.EigenvectorCentrality(graph, tol=1e-15))
    return out


def writable(value):
    """Writes what is not defined as null."""
    if isinstance(value, dict):
        return {k: writable(x) for k, x in value.items()}
    if isinstance(value, (list, tuple)):
        return [writable(x) for x in value]
    if value is None or not math.isfinite(value):
        return None
    return float(value)


def main():
    networkit.setNumberOfThreads(1)
    answer = {}
    for g in json.load(sys.stdin)["graphs"]:
        if g["large"]:
            answer[g["name"]] = {"igraph": igraph_communities(g)}
        else:
            answer[g["name"]] = {"networkx": with_networkx(g), "igraph": with_igraph(g), "networkit": with_networkit(g)}
    json.dump(writable(answer), sys.stdout, allow_nan=False)


if __name__ == "__main__":
    main()
