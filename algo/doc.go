// Package algo has algorithms on graphs. It knows no views, no entities and no claims: nodes
// are numbers from 0.
//
// A Graph is simple and never changes; parallel edges are one. It may be directed, and
// weighted. Sets of nodes, such as components or groups, are lists of a Label a node.
//
// Algorithms take a Meter. It counts the link slots that they read, so that work is bounded
// by a number that does not depend on the machine, and it watches the context. With an error
// of the meter most answer with what they found so far.
//
// What there is, and whose:
//
//	BFS                 Beamer, Asanović and Patterson 2012, turned round where that reads less
//	Components          trees of first neighbours, then union and find
//	StrongComponents    Tarjan 1972
//	Cutpoints           Hopcroft and Tarjan 1973, with bridges, blocks and fragmentation
//	Cores               Batagelj and Zaveršnik 2003, peeled in windows of core numbers
//	Triangles           neighbours in order of degree; Clustering as LDBC
//	Degree              and OutDegree, InDegree, Strengths
//	Closeness           Wasserman and Faust 1994; Harmonic: Marchiori and Latora 2000
//	Betweenness         Brandes 2001, of nodes; TieBetweenness of edges
//	SampleBetweenness   Riondato and Kornaropoulos 2016, by random shortest paths
//	SampleHarmonic      Eppstein and Wang 2004, by random nodes
//	PageRank            Brin and Page 1998; Eigenvector, Katz and Bonacich 1987 beside it
//	MeasureDistances    diameter and mean distance, exact or with Hoeffding's bounds
//	StructureOf         density, reciprocity, assortativity, Freeman's centralisation
//	StructuralHoles     Burt 1992: constraint and effective size
//	Brokers             Gould and Fernandez 1989, with exact moments under permutation
//	CoreAndPeriphery    Borgatti and Everett 1999, the discrete model, by local search
//	FindKeyPlayers      Borgatti 2006: all sets, or greedy with exchanges
//	Predict             common neighbours, Adamic and Adar 2003, Zhou, Lü and Zhang 2009
//	Similar             Jaccard and Salton's cosine, over kinds, directions and neighbours
//	ProjectTwoMode      Newman 2001; the disparity filter of Serrano et al. 2009
//	Layered             Battiston, Nicosia and Latora 2014, layers of the same nodes
//	Ranks, Intervals    ranks that equals share, and how sure they are
//	community.Leiden    Traag, Waltman and van Eck 2019; LabelPropagation as LDBC; Modularity
//	signed.BalanceOf    Cartwright and Harary 1956; FindFactions: the frustration index
package algo
