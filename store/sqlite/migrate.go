package sqlite

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	codes "modernc.org/sqlite/lib"

	"github.com/rabta/rabta/graph"
)

// applicationID marks a file as rabta's: "rbta" in the header.
const applicationID = 0x72627461

// migrations bring a file from one version of its tables to the next; a file's
// version is how many it has had. They only ever go forward, each in a
// transaction of its own, and one that was released is never edited: the file
// keeps its checksum.
var migrations = []string{`
CREATE TABLE migrations (
  version  INTEGER PRIMARY KEY,
  checksum TEXT NOT NULL
) STRICT;

-- The log: one row a commit, numbered without gaps. recorded is microseconds
-- since 1970, UTC. digest is over the previous digest, this row and the digests
-- of its records.
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

-- number runs through the whole log: a commit's records are neighbours, in the
-- order of its batch. body is the canonical form, digest its hash.
CREATE TABLE records (
  number   INTEGER PRIMARY KEY,
  sequence INTEGER NOT NULL REFERENCES commits (sequence),
  kind     TEXT NOT NULL CHECK (kind IN ('source', 'entity', 'claim')),
  id       TEXT NOT NULL,
  body     TEXT NOT NULL,
  digest   BLOB NOT NULL
) STRICT;
CREATE INDEX records_sequence ON records (sequence, number);

-- What a new batch is checked against.
CREATE TABLE sources (
  id     TEXT PRIMARY KEY,
  digest TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE TABLE entities (
  id     TEXT PRIMARY KEY,
  kind   TEXT NOT NULL,
  digest TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE TABLE claims (
  id     TEXT PRIMARY KEY,
  counts INTEGER NOT NULL CHECK (counts IN (0, 1))
) WITHOUT ROWID, STRICT;
`, `
-- The digest of all that was given as the batch, also of what was known; empty in
-- commits that are older than this column.
ALTER TABLE commits ADD COLUMN content TEXT NOT NULL DEFAULT '';
`, `
-- The digest over the tables sources, entities and claims as they were after the
-- commit, which is part of the commit's digest. Commits that are older than this column
-- have none.
ALTER TABLE commits ADD COLUMN state BLOB;

-- One row: the random id of this store, and the digest over the tables when the file
-- got this table, after the commit with that sequence.
CREATE TABLE identity (
  id       TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  state    BLOB NOT NULL
) STRICT;
`, `
-- Has a row while the log of another store is being taken over.
CREATE TABLE restoring (
  id INTEGER PRIMARY KEY CHECK (id = 0)
) STRICT;
`, `
PRAGMA defer_foreign_keys = ON;

-- The markings that a record was sealed with and that is in force, as places in
-- graph.Markings. The second alone is ever changed.
ALTER TABLE records ADD COLUMN stamp INTEGER NOT NULL DEFAULT 0 CHECK (stamp BETWEEN 0 AND 4);
ALTER TABLE records ADD COLUMN marking INTEGER NOT NULL DEFAULT 0 CHECK (marking BETWEEN 0 AND 4);

-- writer is the clearance of who wrote, and the id of a batch is unique among those of
-- one. clear to amber_strict are the commit's numbers for readers of these markings;
-- for RED it is sequence. marked says which records, of the commit and of those before,
-- it gave another marking in force: a JSON list of number and marking in turn, empty where
-- there are none. sealed is 1 where all these and the stamps are part of the digest, 0 in
-- commits of older versions, whose state is over the tables that are dropped here.
CREATE TABLE older AS SELECT * FROM commits;
DROP TABLE commits;
CREATE TABLE commits (
  sequence     INTEGER PRIMARY KEY,
  recorded     INTEGER NOT NULL,
  batch        TEXT NOT NULL,
  content      TEXT NOT NULL,
  writer       INTEGER NOT NULL CHECK (writer BETWEEN 0 AND 4),
  actor        TEXT NOT NULL,
  reason       TEXT NOT NULL,
  sources      INTEGER NOT NULL,
  entities     INTEGER NOT NULL,
  claims       INTEGER NOT NULL,
  clear        INTEGER NOT NULL,
  green        INTEGER NOT NULL,
  amber        INTEGER NOT NULL,
  amber_strict INTEGER NOT NULL,
  marked       TEXT NOT NULL,
  sealed       INTEGER NOT NULL CHECK (sealed IN (0, 1)),
  state        BLOB,
  digest       BLOB NOT NULL,
  UNIQUE (batch, writer)
) STRICT;
INSERT INTO commits SELECT sequence, recorded, batch, content, 4, actor, reason, sources, entities, claims,
  sequence, sequence, sequence, sequence, '', 0, state, digest FROM older;
DROP TABLE older;
CREATE INDEX commits_marked ON commits (sequence) WHERE marked <> '';

-- What a new batch is checked against: of each id what is in force under each marking,
-- place counting them from 0 in the order in which they were first recorded. digest is
-- that of the last record of a source or an entity, kind an entity's, retracted the least
-- strict marking of what retracts a claim.
CREATE TABLE held (
  id        TEXT NOT NULL,
  place     INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  marking   INTEGER NOT NULL CHECK (marking BETWEEN 0 AND 4),
  digest    BLOB NOT NULL,
  retracted INTEGER CHECK (retracted BETWEEN 0 AND 4),
  PRIMARY KEY (id, place)
) WITHOUT ROWID, STRICT;
INSERT INTO held SELECT id, 0, '', 0, x'', CASE counts WHEN 0 THEN 0 END FROM claims ORDER BY id;
INSERT INTO held SELECT id, 0, kind, 0, ifnull(unhex(digest), x''), NULL FROM entities ORDER BY id;
INSERT INTO held SELECT id, 0, '', 0, ifnull(unhex(digest), x''), NULL FROM sources ORDER BY id;
DROP TABLE claims;
DROP TABLE entities;
DROP TABLE sources;
`, `
-- said is the digest of actor, reason and batch, which the commit's digest is over in
-- their place: so they can be taken out. Commits of older versions have none. redacted is
-- what the commit took out of the log: a JSON list of the commit, the place in it, the
-- stamp and the marking in force of each, in turn; of what the commit itself lacked when
-- it was taken over from another log, too. Empty where there is nothing.
ALTER TABLE commits ADD COLUMN said BLOB;
ALTER TABLE commits ADD COLUMN redacted TEXT NOT NULL DEFAULT '';
CREATE INDEX commits_redacted ON commits (sequence) WHERE redacted <> '';

-- 1 where a record was redacted: digest is the one that it had, id a name that says
-- nothing, and body when it was redacted, by which commit and why.
ALTER TABLE records ADD COLUMN redacted INTEGER NOT NULL DEFAULT 0 CHECK (redacted IN (0, 1));
CREATE INDEX records_redacted ON records (digest) WHERE redacted = 1;

-- Has a row while pages of the file may still hold what was redacted.
CREATE TABLE sweeping (
  id INTEGER PRIMARY KEY CHECK (id = 0)
) STRICT;
`, `
-- Where a commit comes from that was taken over from another store, as JSON: see
-- graph.Origin. Empty in what this store recorded itself. Its batch has the number of the
-- commit before it, for the id is that of another store.
ALTER TABLE commits ADD COLUMN origin TEXT NOT NULL DEFAULT '';
CREATE INDEX commits_origin ON commits (sequence) WHERE origin <> '';

-- One row: the id of the log among those that are exchanged. It goes with the log when that
-- is restored into another file, whose identity is another.
CREATE TABLE log (
  id TEXT NOT NULL
) STRICT;
INSERT INTO log SELECT id FROM identity;
`}

// The versions from which on a file has a content digest with each commit, the digests
// over its tables, a mark while a restore has not ended, stamps, numbers and held, what a
// redaction needs, and origins.
const (
	contentVersion = 2
	stateVersion   = 3
	restoreVersion = 4
	sealVersion    = 5
	redactVersion  = 6
	originVersion  = 7
)

func checksum(migration string) string {
	sum := sha256.Sum256([]byte(migration))
	return hex.EncodeToString(sum[:])
}

// probe looks at the file through a connection that changes nothing, so that a
// file that is not ours stays as it is.
//
// An empty file where a store with commits was is refused as well.
func (s *Store) probe(ctx context.Context, end headRecord) error {
	db := s.pool(1, "rw", "deferred", append([]string{"query_only(ON)"}, settings...))
	defer func() { _ = db.Close() }()
	version, err := s.version(ctx, db)
	if err == nil && version == 0 && end.sequence > 0 {
		return goneError(end)
	}
	return err
}

const versionSQL = `SELECT
  (SELECT application_id FROM pragma_application_id),
  (SELECT user_version FROM pragma_user_version),
  (SELECT count(*) FROM sqlite_schema)`

// version is how many migrations the file has had. It is an error when the file
// is not ours or had migrations that this version does not know.
func (s *Store) version(ctx context.Context, q queryer) (int, error) {
	version, err := s.readVersion(ctx, q)
	if code(err) == codeNotADatabase {
		return 0, s.notOurs()
	}
	if code(err) == codeCorrupt {
		s.logger.ErrorContext(ctx, "the file is damaged", "error", err)
		return 0, &graph.UnavailableError{What: "the file is damaged at its beginning", Remedy: restoreFile}
	}
	if code(err) != 0 {
		return 0, s.failed(ctx, "look at the file", err)
	}
	return version, err
}

// readVersion is version with an error of the driver as it is.
func (s *Store) readVersion(ctx context.Context, q queryer) (int, error) {
	var id int64
	var version, tables int
	if err := q.QueryRowContext(ctx, versionSQL).Scan(&id, &version, &tables); err != nil {
		return 0, err
	}
	switch {
	case id == 0 && version == 0 && tables == 0:
		return 0, nil
	case id != applicationID:
		return 0, s.notOurs()
	case version > len(migrations):
		return 0, graph.Invalid("NEWER_STORE", "store",
			fmt.Sprintf("%s was written by a newer version of rabta: its tables are of version %d, "+
				"and this rabta knows %d", s.path, version, len(migrations)),
			"use the newer rabta, or another file")
	}
	return version, nil
}

// notOurs is the error for a file of something else.
func (s *Store) notOurs() error {
	return graph.Invalid("FOREIGN_FILE", "store", fmt.Sprintf("%s exists and is not a store of rabta", s.path),
		"choose the path of another file; this one was left as it is")
}

// migrate brings the file to the version of this program. Several processes may
// do it at once: each step looks at the version again inside its transaction.
func (s *Store) migrate(ctx context.Context) error {
	for {
		done, err := s.runMigration(ctx)
		if err != nil || done {
			return err
		}
	}
}

// beginFirst begins a transaction on a connection that may be new. Turning a fresh file
// to the journal of this store is refused at once, whatever busy_timeout says, while
// another process does the same: so it is tried again.
func (s *Store) beginFirst(ctx context.Context) (*sql.Tx, error) {
	start := time.Now()
	for wait := time.Millisecond; ; wait *= 2 {
		tx, err := s.writer.BeginTx(ctx, nil)
		if code(err) != codes.SQLITE_BUSY || time.Since(start) > firstWait {
			return tx, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(wait):
		}
	}
}

// firstWait is how long it is tried again; a try that has waited longer is the last.
const firstWait = 5 * time.Second

// runMigration runs the next migration, and reports whether there was none.
func (s *Store) runMigration(ctx context.Context) (done bool, err error) {
	tx, err := s.beginFirst(ctx)
	if err != nil {
		return false, s.failed(ctx, "begin a migration", err)
	}
	defer func() { _ = tx.Rollback() }()
	version, err := s.version(ctx, tx)
	if err != nil {
		return false, err
	}
	if version == len(migrations) {
		return true, s.checkChecksums(ctx, tx, version)
	}
	text := migrations[version]
	for _, stmt := range []string{
		text,
		fmt.Sprintf("INSERT INTO migrations VALUES (%d, '%s')", version+1, checksum(text)),
		fmt.Sprintf("PRAGMA application_id = %d", applicationID),
		fmt.Sprintf("PRAGMA user_version = %d", version+1),
	} {
		if _, err := tx.ExecContext(ctx, stmt); err != nil {
			return false, s.failed(ctx, "migrate", err)
		}
	}
	if err := s.fill(ctx, tx, version+1); err != nil {
		return false, err
	}
	if err := tx.Commit(); err != nil {
		return false, s.failed(ctx, "commit a migration", err)
	}
	return false, nil
}

// fill gives the tables of a version what no statement gives them.
func (s *Store) fill(ctx context.Context, tx *sql.Tx, version int) error {
	switch version {
	case stateVersion:
		if err := identify(ctx, tx); err != nil {
			return s.failed(ctx, "digest the tables", err)
		}
	case sealVersion:
		return s.sealOlder(ctx, tx)
	}
	return nil
}

// identify gives the file its id, and notes the digest over its tables as they are.
func identify(ctx context.Context, tx *sql.Tx) error {
	sum, err := sumOlderTables(ctx, tx)
	if err != nil {
		return err
	}
	id := make([]byte, 16)
	_, _ = rand.Read(id) // which never fails
	_, err = tx.ExecContext(ctx, `INSERT INTO identity SELECT ?, ifnull(max(sequence), 0), ? FROM commits`,
		hex.EncodeToString(id), sum.bytes())
	return err
}

const checksumSQL = `SELECT checksum FROM migrations WHERE version = ?`

// checkChecksums compares the migrations that the file has had with ours.
func (s *Store) checkChecksums(ctx context.Context, q queryer, version int) error {
	for i, text := range migrations[:version] {
		var sum string
		err := q.QueryRowContext(ctx, checksumSQL, i+1).Scan(&sum)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return s.failed(ctx, "read the migrations", err)
		}
		if sum != checksum(text) {
			return graph.Invalid("FOREIGN_STORE", "store",
				fmt.Sprintf("the tables of %s were not made by a released rabta: migration %d differs", s.path, i+1),
				"export it with the rabta that wrote it, and import that into a new file")
		}
	}
	return nil
}
