// Package live holds the whole graph in memory and answers every read from it.
//
// A Graph follows a store's feed. A Snapshot is a moment of it; every moment
// stays readable, because rows are only appended. A Reader is one request: a
// snapshot and a clearance. A View is a reader's snapshot under one lens, and
// the only thing from which entities, links, claims and sources can be had, so
// what is hidden is hidden everywhere. No read does I/O.
package live
