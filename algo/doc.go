// Package algo has algorithms on graphs. It knows no views, no entities and no claims:
// nodes are numbers from 0.
//
// A Graph is simple and never changes; parallel edges are one. Most measures are defined
// on it, one algorithm a file. Communities are in package community, what is defined on
// friendly and hostile edges in package signed.
//
// Algorithms take a Meter. It counts the link slots that they read, so that work is
// bounded by a number that does not depend on the machine, and it watches the context.
package algo
