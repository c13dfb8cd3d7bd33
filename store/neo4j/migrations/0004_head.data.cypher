// The head has another id, so that servers of older versions, which know no stamps, find none and write nothing more.
MATCH (h:Head {id: 0}) WHERE NOT EXISTS { MATCH (:Head {id: 1}) } SET h.id = 1;
MATCH (h:Head {id: 0}) DELETE h;
