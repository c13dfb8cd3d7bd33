// Package neo4j keeps the log of claims in a Neo4j 5 database (Community,
// Enterprise, Aura, a cluster) and beside it a native graph for people who open
// the same database in Neo4j Browser, Bloom or Graph Data Science. It is the
// only package that knows Cypher or the driver.
//
// What the database holds:
//
//	(:Claim {id, predicate, subject, object, source, origin, speaker, speakerText, attributor,
//	    link, hedge, credibility, polarity, marking, from, to, text, json,
//	    seq, n, stamp, inForce, last, counts, held, lasts, writers, ends,
//	    retractedBy, contradictedBy})
//	(:Entity:Group {id, kind, name, names, description, subtype,
//	    representation, marking, external, json, digest, held, kinds, retired,
//	    successor})
//	(:Source {id, kind, title, publisher, published, url, reliability, marking,
//	    withdrawnBy, json, digest, held})
//	(:Line {id, held, retractedBy})
//	(:Entity)-[:ALLIED_WITH {id, status, credibility, hedge, from, to, claims,
//	    qualifier, bearing, speakers, deniers, sourceIs, amounts}]->(:Entity)
//	(:Commit {seq, numbers, writer, batch, content, recorded, actor, reason,
//	    sources, entities, claims, marked, digest, sealed, said, redacted, origin})
//	(:Record {seq, n, kind, id, json, stamp, inForce})
//	(:Tombstone {seq, n, kind, digest, stamp, inForce, by, at, reason, counts, key, name, told, whole})
//	(:Head {seq, safe, recorded, digest, marking, fold, gone, log, merged}), (:Migration {id, name, sha})
//
// Claims have no relationships of their own: otherwise every untyped path would
// walk through the evidence. The claims of a relationship r are
//
//	MATCH (c:Claim {link: r.id}) MATCH (s:Source {id: c.source}) RETURN c, s
//
// A property that has no value is not there. Claim is a claim as it was first
// recorded: seq and n are the commit and the position in it, json is its canonical
// form, and the rest are its fields, with hedge and polarity as their indexes in
// graph.Hedges and graph.Polarities; from and to are the first and the last day on
// which it may have held; link is its relationship, or what the claims of one predicate
// that name or describe an entity have together. What later claims made of it: last is where it was last
// recorded, counts is false once it is retracted for everybody, retractedBy and
// contradictedBy are the claims that say so. Entity and Source are what their
// records add up to.
//
// Line is a claim that is retracted and has no Claim, because only lines of entities say
// it: held is what is held of it, and retractedBy the claims that take it back. Once it is
// recorded as a claim, these are with the Claim.
//
// A commit that was taken over from another store has origin, where it comes from, as JSON;
// it is a Burial too where tombstones came with it. Its batch has its number before the id
// there. What is last and in force, and all that is folded, goes by the places that commits
// have in the order of all logs, which merge gives; seq, n, last and lasts are places in this
// log all the same, so that nothing moves when something earlier comes. Head says in merged
// that there is such a commit, and in log which log it is.
//
// Markings are indexes in graph.Markings. stamp and inForce are a record's: absent
// where CLEAR, and where it is the stamp. A node's marking is the least strict in
// force of what is held of its id, and held what there is of it under each marking,
// for graph.Known: absent where that is what the node says besides, under CLEAR
// alone. lasts and writers are, in the order of held, where a claim was last
// recorded and by writers of which clearance, kinds the kinds and stamps under
// which an entity was recorded. An entity of another kind than the one that has its
// id is id~kind, and ends is set on claims that name such.
//
// Record holds every record of a source or an entity as it came, and claims that
// were recorded once more. With Claim and Commit it is the whole log, from which
// all the rest can be made again (Rebuild). A commit's digest is over its records
// with their stamps, its numbers, what it marked, and the digest before it: the feed
// refuses a log that was altered. Commits that are older than stamps are not sealed:
// their digests are not over these, and Verify works them out again.
//
// The relationships are the fold of the claims under the default lens, for a
// reader of Options.Marking, with claims counting those that affirm or deny it,
// qualifier the role, stage or attributor where there is one, bearing what sort of tie it
// is, and speakers and deniers whom the claims quote that affirm it and that deny it: ids
// of nodes, or words. So are the name, names,
// description, subtype, representation and external ids of entities: what lines and claims
// say of them and is neither retracted nor withdrawn, with the name that the server shows;
// an entity that the reader does not see has none of them. Entities that
// are judged to be the same keep their own relationships and have SAME_AS
// between them. All of it changes in the transaction that records the claims.
//
// A retired entity leaves the native graph: its node loses the label of its kind and
// says why in retired, with the successor's id, and it has no relationships; one of
// which something is stricter than the remark keeps the label, and that. What is said of it is read at its successor where it
// fits, as it is by a server: the claims of such a relationship have another link. Head keeps
// in gone, as JSON, what is retired, where that is read, and of which entities lines are
// contradicted; a commit that may change any of it reads the whole log.
//
// Whoever may open the database sees all of it whatever its marking: material
// that its readers must not see belongs on a server of its own. A commit is one
// transaction and takes the server up to 12 KB of memory a claim: with a heap of
// 1 GB, batches of up to 50,000 claims.
package neo4j
