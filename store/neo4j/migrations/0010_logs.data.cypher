// The log has an id among those that are exchanged.
MATCH (h:Head {id: 1}) WHERE h.log IS NULL SET h.log = replace(toString(randomUUID()), '-', '');
