// Package analysis is link analysis: pure functions of a live view.
//
// A Network is a view's shown links as a compact, immutable multigraph in which
// every link keeps its kind, grade, dates and the way back to its claims. An
// algo.Graph is what most measures are defined on: a simple graph, undirected or
// directed, made from a Network. Nodes are numbers from 0, by falling degree, so
// that what is read most lies together; the same view gives the same numbers.
//
// Package algo has the algorithms, analysis what they say of entities and links.
package analysis
