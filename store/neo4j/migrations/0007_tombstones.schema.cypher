// What is left of records that were redacted, which the feed reads by their places.
CREATE INDEX rabta_tombstone_seq IF NOT EXISTS FOR (n:Tombstone) ON (n.seq, n.n);
