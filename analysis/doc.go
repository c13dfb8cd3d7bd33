// Package analysis is link analysis: pure functions of a live view, one
// algorithm a file.
//
// A Network is a view's shown links as a compact, immutable multigraph in which
// every link keeps its kind, grade, dates and the way back to its claims. A
// Graph is what most measures are defined on: a simple graph, undirected or
// directed, made from a Network. Nodes are numbers from 0, by falling degree, so
// that what is read most lies together; the same view gives the same numbers.
//
// Algorithms take a Meter. It counts the link slots that they read, so that work
// is bounded by a number that does not depend on the machine, and it watches the
// context.
package analysis
