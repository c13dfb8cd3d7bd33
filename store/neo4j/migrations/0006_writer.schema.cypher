// The id of a batch is that of writers of one clearance.
CREATE CONSTRAINT rabta_commit_writer IF NOT EXISTS FOR (n:Commit) REQUIRE (n.batch, n.writer) IS UNIQUE;
DROP CONSTRAINT rabta_commit_batch IF EXISTS;
