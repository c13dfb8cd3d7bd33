// Package graph is the domain of rabta: what a claim is, which claims count for
// a reader, and how they become links. It uses the standard library only and
// does no I/O.
//
// The claim is the only fact. A source says that a subject stands in some
// relation to an object, or has some value, with a hedge, a speaker, a
// credibility, a polarity, a time of validity, a place in the source and a
// marking. A claim is never edited. Links and attributes are folds of claims,
// computed under a Lens and never stored as truth.
package graph
