// One node a claim, an entity and a source; one a commit; one a version of what is recorded again.
CREATE CONSTRAINT rabta_claim_id IF NOT EXISTS FOR (n:Claim) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT rabta_entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT rabta_source_id IF NOT EXISTS FOR (n:Source) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT rabta_head_id IF NOT EXISTS FOR (n:Head) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT rabta_commit_seq IF NOT EXISTS FOR (n:Commit) REQUIRE n.seq IS UNIQUE;
CREATE CONSTRAINT rabta_commit_batch IF NOT EXISTS FOR (n:Commit) REQUIRE n.batch IS UNIQUE;
// The feed reads by these two.
CREATE INDEX rabta_claim_seq IF NOT EXISTS FOR (n:Claim) ON (n.seq, n.n);
CREATE INDEX rabta_record_seq IF NOT EXISTS FOR (n:Record) ON (n.seq, n.n);
// The claims of a link, for the fold and for people.
CREATE INDEX rabta_claim_link IF NOT EXISTS FOR (n:Claim) ON (n.link);
