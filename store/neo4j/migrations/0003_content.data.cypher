// Commits hold the digest of what was given as their batch from here on, and their own digests cover it.
MATCH (h:Head {id: 0}) SET h.lock = false;
