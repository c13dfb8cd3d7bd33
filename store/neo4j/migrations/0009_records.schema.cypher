// The records of an entity, of a source and of a claim that is recorded again, for what an entity is called.
CREATE INDEX rabta_record_id IF NOT EXISTS FOR (n:Record) ON (n.id);
