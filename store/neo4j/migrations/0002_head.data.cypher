// The counter of commits, and the lock that every writer takes first.
MERGE (h:Head {id: 0}) ON CREATE SET h.seq = 0, h.safe = 0, h.lock = false, h.digest = '', h.marking = '', h.fold = 0;
