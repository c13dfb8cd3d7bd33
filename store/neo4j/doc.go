// Package neo4j keeps the log of claims in a Neo4j 5 database (Community,
// Enterprise, Aura, a cluster) and beside it a native graph for people who open
// the same database in Neo4j Browser, Bloom or Graph Data Science. It is the
// only package that knows Cypher or the driver.
//
// What the database holds:
//
//	(:Claim {id, predicate, subject, object, source, origin, speaker, attributor,
//	    link, hedge, credibility, polarity, marking, from, to, text, json,
//	    seq, n, last, counts, retractedBy, contradictedBy})
//	(:Entity:Group {id, kind, name, names, description, subtype,
//	    representation, marking, external, json, digest})
//	(:Source {id, kind, title, publisher, published, url, reliability, marking,
//	    withdrawnBy, json, digest})
//	(:Entity)-[:ALLIED_WITH {id, status, credibility, hedge, from, to, claims,
//	    qualifier}]->(:Entity)
//	(:Commit {seq, batch, content, recorded, actor, reason, sources, entities,
//	    claims, digest})
//	(:Record {seq, n, kind, id, json})
//	(:Head {seq, safe, recorded, digest, marking, fold}), (:Migration {id, name, sha})
//
// Claims have no relationships of their own: otherwise every untyped path would
// walk through the evidence. The claims of a relationship r are
//
//	MATCH (c:Claim {link: r.id}) MATCH (s:Source {id: c.source}) RETURN c, s
//
// A property that has no value is not there. Claim is a claim as it was first
// recorded: seq and n are the commit and the position in it, json is its canonical
// form, and the rest are its fields, with hedge, polarity and marking as their
// indexes in graph.Hedges, graph.Polarities and graph.Markings; from and to are
// the first and the last day on which it may have held. What later claims made
// of it: last is where it was last recorded, counts is false once it is
// retracted, retractedBy and contradictedBy are the claims that say so. Entity
// and Source are what their records add up to.
//
// Record holds every record of a source or an entity as it came, and claims that
// were recorded once more. With Claim and Commit it is the whole log, from which
// all the rest can be made again (Rebuild). A commit's digest is over its records
// and the digest before it: the feed refuses a log that was altered.
//
// The relationships are the fold of the claims under the default lens, for a
// reader of Options.Marking, with claims counting those that affirm or deny it,
// and qualifier the role, stage or attributor where there is one. Entities that
// are judged to be the same keep their own relationships and have SAME_AS
// between them. All of it changes in the transaction that records the claims.
//
// Whoever may open the database sees all of it whatever its marking: material
// that its readers must not see belongs on a server of its own. A commit is one
// transaction and takes the server up to 12 KB of memory a claim: with a heap of
// 1 GB, batches of up to 50,000 claims.
package neo4j
