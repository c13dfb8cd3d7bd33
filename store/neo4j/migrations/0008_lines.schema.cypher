// What is held of claims that have no records, because lines of entities stand for them.
CREATE CONSTRAINT rabta_line_id IF NOT EXISTS FOR (n:Line) REQUIRE n.id IS UNIQUE;
