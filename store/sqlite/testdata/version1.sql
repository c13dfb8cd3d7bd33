-- A store as the first release wrote it: four commits, with a retraction in the third.
BEGIN TRANSACTION;
CREATE TABLE claims (
  id     TEXT PRIMARY KEY,
  counts INTEGER NOT NULL CHECK (counts IN (0, 1))
) WITHOUT ROWID, STRICT;
INSERT INTO "claims" VALUES('c_ruccjivurca36dbecwvne2fiv4',1);
INSERT INTO "claims" VALUES('c_xl2tzvgmmotyey3lha3w2lbzpe',1);
CREATE TABLE commits (
  sequence INTEGER PRIMARY KEY,
  recorded INTEGER NOT NULL,
  batch    TEXT NOT NULL UNIQUE,
  actor    TEXT NOT NULL,
  reason   TEXT NOT NULL,
  sources  INTEGER NOT NULL,
  entities INTEGER NOT NULL,
  claims   INTEGER NOT NULL,
  digest   BLOB NOT NULL
) STRICT;
INSERT INTO "commits" VALUES(1,1796008907587166,'58f8100b20a5459120898761f245dc29','somebody','to have it',1,1,1,X'A5B1001466CF03AE873B7CE1C00BB99CC34B1E6B11E71D32C111DDC921815DEB');
INSERT INTO "commits" VALUES(2,1796008907634297,'bf92950757b193c06d14cf2d26dc2e96','','',1,1,0,X'7E1D4B80B35BB04D96B43A932C6CB6A9911978570FAF612B159E5CBBACCE493C');
INSERT INTO "commits" VALUES(3,1796008907967893,'d3857cc21eb717f3e9d61fb4bf3a6dcf','','',0,0,1,X'17BF66BE84899621DD9E77D48A70A0AE494F4BE44AE652371CAB617126D2F0AC');
INSERT INTO "commits" VALUES(4,1796008908020542,'f4c75ef74585b675621cc2ad73b77bfb','','',1,1,1,X'4EA707160FAC53AC8710025D564D7D9F917F7F20F204979B3DB9A9EF3D3DBDB9');
CREATE TABLE entities (
  id     TEXT PRIMARY KEY,
  kind   TEXT NOT NULL,
  digest TEXT NOT NULL
) WITHOUT ROWID, STRICT;
INSERT INTO "entities" VALUES('g','GROUP','22ee25f94dd8508c082e596dc8a44d53');
CREATE TABLE migrations (
  version  INTEGER PRIMARY KEY,
  checksum TEXT NOT NULL
) STRICT;
INSERT INTO "migrations" VALUES(1,'3027ab7ff7ee7c7474f6a52b764c52fcc8e98e8569246368301820613f867a90');
CREATE TABLE records (
  number   INTEGER PRIMARY KEY,
  sequence INTEGER NOT NULL REFERENCES commits (sequence),
  kind     TEXT NOT NULL CHECK (kind IN ('source', 'entity', 'claim')),
  id       TEXT NOT NULL,
  body     TEXT NOT NULL,
  digest   BLOB NOT NULL
) STRICT;
INSERT INTO "records" VALUES(1,1,'source','s_a','{"id":"s_a","kind":"BOOK","title":"Title a","type":"source"}',X'9E8BA9599D6BA5C0002B733724F9C163');
INSERT INTO "records" VALUES(2,1,'entity','g','{"id":"g","kind":"GROUP","names":[{"primary":true,"value":"G"}],"type":"entity"}',X'22EE25F94DD8508C082E596DC8A44D53');
INSERT INTO "records" VALUES(3,1,'claim','c_ruccjivurca36dbecwvne2fiv4','{"credibility":2,"hedge":"STATED","id":"c_ruccjivurca36dbecwvne2fiv4","marking":"CLEAR","polarity":"AFFIRMED","predicate":"STATUS","source":"s_a","subject":"g","type":"claim","value":{"text":"active"}}',X'64D668632A2583753013D22691093797');
INSERT INTO "records" VALUES(4,2,'source','s_a','{"id":"s_a","kind":"BOOK","title":"Another title","type":"source"}',X'264C294D59DB5C5E6B09ED7F72594E15');
INSERT INTO "records" VALUES(5,2,'entity','g','{"id":"g","kind":"GROUP","names":[{"primary":true,"value":"H"}],"type":"entity"}',X'1CDF1BA88F90DB13CD06669EFDDAE043');
INSERT INTO "records" VALUES(6,3,'claim','c_xl2tzvgmmotyey3lha3w2lbzpe','{"credibility":2,"hedge":"STATED","id":"c_xl2tzvgmmotyey3lha3w2lbzpe","marking":"CLEAR","polarity":"AFFIRMED","predicate":"RETRACTS","source":"s_a","subject":"c_ruccjivurca36dbecwvne2fiv4","type":"claim"}',X'0BE8B953F8FE842A28BFAAFA631D408D');
INSERT INTO "records" VALUES(7,4,'source','s_a','{"id":"s_a","kind":"BOOK","title":"Title a","type":"source"}',X'9E8BA9599D6BA5C0002B733724F9C163');
INSERT INTO "records" VALUES(8,4,'entity','g','{"id":"g","kind":"GROUP","names":[{"primary":true,"value":"G"}],"type":"entity"}',X'22EE25F94DD8508C082E596DC8A44D53');
INSERT INTO "records" VALUES(9,4,'claim','c_ruccjivurca36dbecwvne2fiv4','{"credibility":2,"hedge":"STATED","id":"c_ruccjivurca36dbecwvne2fiv4","marking":"CLEAR","polarity":"AFFIRMED","predicate":"STATUS","source":"s_a","subject":"g","type":"claim","value":{"text":"active"}}',X'64D668632A2583753013D22691093797');
CREATE TABLE sources (
  id     TEXT PRIMARY KEY,
  digest TEXT NOT NULL
) WITHOUT ROWID, STRICT;
INSERT INTO "sources" VALUES('s_a','9e8ba9599d6ba5c0002b733724f9c163');
CREATE INDEX records_sequence ON records (sequence, number);
COMMIT;
PRAGMA application_id = 1919054945;
PRAGMA user_version = 1;
