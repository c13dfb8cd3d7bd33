// Package live holds the whole graph in memory and answers every read from it.
//
//	graph.Store -- feed --> Follower --> Graph   tables that only grow
//	                                       |
//	                                    snapshot   how long they were after a commit
//	                                       |  + clearance
//	                                     Reader    one request
//	                                       |  + lens
//	                                      View     entities, links, claims, sources
//
// A Graph follows a store's feed. A snapshot is how long its tables were after a
// commit; every snapshot stays readable, because rows are only appended. A Reader is
// one request: a snapshot and a clearance. A View is a reader's snapshot under one
// lens, and the only thing from which entities, links, claims and sources can be had,
// so what is hidden is hidden everywhere. No read does I/O.
//
// A few words mean one thing each here:
//
//	visible    of a record: clearance lets the reader know of it and of what it refers to
//	exists     of an entity, a source: it is visible, and had been recorded by the view
//	current    of the rows that record one claim: the one in which the reader finds it
//	retracted  of a claim: a later, visible claim that is not retracted itself retracts it
//	counts     of a claim: the reader finds it, and the lens does not exclude it
//	visible    of a link: the view shows it, as the claims that count make it
//	order      where a link comes in the order of recording: the row of its first visible claim
package live
