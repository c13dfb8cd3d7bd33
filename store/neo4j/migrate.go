package neo4j

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

//go:embed migrations/*.cypher
var migrationFiles embed.FS

// migration is one step from an empty database to the present schema. Steps are
// never edited once released; its statements can be run again without harm.
type migration struct {
	id         int64
	name, sha  string
	schema     bool
	statements []string
}

// embedded lists the migrations of this release in order.
func embedded() ([]migration, error) { return migrationsIn(migrationFiles) }

// migrationsIn reads files named NNNN_what.schema.cypher or NNNN_what.data.cypher.
func migrationsIn(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "migrations/*.cypher")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var out []migration
	for i, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		base := strings.TrimPrefix(name, "migrations/")
		if !strings.HasPrefix(base, fmt.Sprintf("%04d_", i+1)) {
			return nil, fmt.Errorf("migration %s is not number %d", base, i+1)
		}
		sum := sha256.Sum256(text)
		out = append(out, migration{
			id: int64(i + 1), name: base, sha: hex.EncodeToString(sum[:]),
			schema: strings.HasSuffix(base, ".schema.cypher"), statements: statements(string(text)),
		})
	}
	return out, nil
}

// statements splits a file at the semicolons that end a line; lines that begin
// with // are comments.
func statements(text string) []string {
	var kept strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "//") {
			kept.WriteString(line)
		}
	}
	var out []string
	for s := range strings.SplitSeq(kept.String(), ";\n") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

const cypherApplied = `MATCH (m:Migration) WHERE m.id > 0
WITH m ORDER BY m.id RETURN collect(m.id), collect(m.sha)`

// pending compares what was applied with the migrations of this release and
// returns those that are missing.
func pending(ctx context.Context, t tx, all []migration) ([]migration, error) {
	r, err := one(ctx, t, cypherApplied, nil)
	if err != nil {
		return nil, err
	}
	ids, shas := list[int64](r[0]), list[string](r[1])
	if len(ids) > len(all) {
		return nil, foreign("NEWER_STORE", fmt.Sprintf("the database was written by a newer version of rabta: it has migration %d, and this one knows %d", ids[len(ids)-1], len(all)), "use the newer rabta, or another database")
	}
	for i, id := range ids {
		if id != all[i].id || shas[i] != all[i].sha {
			return nil, foreign("FOREIGN_STORE", fmt.Sprintf("the database was not made by a released rabta: its migration %d differs", id), "export it with the rabta that wrote it, and import that into an empty database")
		}
	}
	return all[len(ids):], nil
}

// migrate brings the schema up to date. Of several processes that start at once
// one does the work and the others wait for it.
func (s *Store) migrate(ctx context.Context) error {
	all, err := embedded()
	if err != nil {
		return err
	}
	return s.migrateTo(ctx, all)
}

func (s *Store) migrateTo(ctx context.Context, all []migration) error {
	var missing []migration
	err := s.read(ctx, "migrations", func(t tx) (err error) {
		missing, err = pending(ctx, t, all)
		return err
	})
	if err == nil && len(missing) > 0 {
		if err = s.migrationLock(ctx); err == nil {
			err = s.migrateLocked(ctx, all)
		}
	}
	if err == nil {
		err = s.checkSchema(ctx)
	}
	return s.failed(ctx, "open", err)
}

const (
	cypherMigrationID = `CREATE CONSTRAINT rabta_migration_id IF NOT EXISTS FOR (n:Migration) REQUIRE n.id IS UNIQUE`
	cypherLockNode    = `MERGE (m:Migration {id: 0})`
)

// migrationLock makes the node that is locked while migrations run. The node
// must be the only one, so its constraint comes first; and since the server does
// not queue equal schema statements, those who come second try again.
func (s *Store) migrationLock(ctx context.Context) error {
	for _, cypher := range []string{cypherMigrationID, cypherLockNode} {
		var err error
		for range 20 {
			err = s.write(ctx, "migration lock", func(t tx) error { return run(ctx, t, cypher, nil) })
			if !strings.HasPrefix(code(err), "Neo.ClientError.Schema.") {
				break
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(50 * time.Millisecond):
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

const (
	cypherTakeMigrationLock = `MATCH (m:Migration {id: 0}) SET m.lock = true RETURN count(m)`
	cypherAwaitIndexes      = `CALL db.awaitIndexes(300)`
	cypherMigrated          = `UNWIND $rows AS r CREATE (:Migration {id: r[0], name: r[1], sha: r[2]})`
)

// migrateLocked holds the lock in one transaction, which also records what was
// done, and does the work in others. The lock goes with its holder, and then
// nothing is recorded and the next one does it all again.
func (s *Store) migrateLocked(ctx context.Context, all []migration) error {
	session := s.session(ctx, driver.AccessModeWrite)
	defer session.Close(context.WithoutCancel(ctx))
	lock, err := session.BeginTransaction(ctx, limits("migrate", writeLimit)...)
	if err != nil {
		return err
	}
	defer lock.Close(context.WithoutCancel(ctx))
	if _, err := one(ctx, lock, cypherTakeMigrationLock, nil); err != nil {
		return err
	}
	missing, err := pending(ctx, lock, all)
	if err != nil || len(missing) == 0 {
		return err
	}
	rows := make([][]any, len(missing))
	for i, m := range missing {
		s.log.InfoContext(ctx, "migrating the store", "migration", m.name)
		if err := s.step(ctx, m); err != nil {
			return err
		}
		rows[i] = []any{m.id, m.name, m.sha}
	}
	if err := runRows(ctx, lock, cypherMigrated, rows, nil); err != nil {
		return err
	}
	return lock.Commit(ctx)
}

// step runs one migration: the server takes schema and data in different
// transactions.
func (s *Store) step(ctx context.Context, m migration) error {
	err := s.write(ctx, m.name, func(t tx) error {
		for _, cypher := range m.statements {
			if err := run(ctx, t, cypher, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || !m.schema {
		return err
	}
	return s.read(ctx, m.name, func(t tx) error { return run(ctx, t, cypherAwaitIndexes, nil) })
}

// definition is a constraint or an index that the store relies on.
type definition struct{ name, kind, label, properties string }

var definitions = []definition{
	{"rabta_claim_id", "UNIQUENESS", "Claim", "id"},
	{"rabta_entity_id", "UNIQUENESS", "Entity", "id"},
	{"rabta_source_id", "UNIQUENESS", "Source", "id"},
	{"rabta_head_id", "UNIQUENESS", "Head", "id"},
	{"rabta_commit_seq", "UNIQUENESS", "Commit", "seq"},
	{"rabta_commit_batch", "UNIQUENESS", "Commit", "batch"},
	{"rabta_migration_id", "UNIQUENESS", "Migration", "id"},
	{"rabta_claim_seq", "RANGE", "Claim", "seq,n"},
	{"rabta_record_seq", "RANGE", "Record", "seq,n"},
	{"rabta_claim_link", "RANGE", "Claim", "link"},
}

const (
	cypherConstraints = `SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties WHERE name STARTS WITH 'rabta_'
RETURN collect([name, type, labelsOrTypes[0], reduce(s = '', p IN properties | s + CASE s WHEN '' THEN '' ELSE ',' END + p)])`
	cypherIndexes = `SHOW INDEXES YIELD name, type, labelsOrTypes, properties, owningConstraint, state
WHERE name STARTS WITH 'rabta_' AND owningConstraint IS NULL AND state <> 'FAILED'
RETURN collect([name, type, labelsOrTypes[0], reduce(s = '', p IN properties | s + CASE s WHEN '' THEN '' ELSE ',' END + p)])`
)

// checkSchema compares what is there with definitions: IF NOT EXISTS is content
// with another definition under the same name.
func (s *Store) checkSchema(ctx context.Context) error {
	var found []definition
	err := s.read(ctx, "check schema", func(t tx) error {
		found = nil
		for _, cypher := range []string{cypherConstraints, cypherIndexes} {
			r, err := one(ctx, t, cypher, nil)
			if err != nil {
				return err
			}
			for _, v := range list[[]any](r[0]) {
				d := row(v)
				found = append(found, definition{d.text(0), d.text(1), d.text(2), d.text(3)})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, d := range definitions {
		if !slices.Contains(found, d) {
			return foreign("ALTERED_SCHEMA", fmt.Sprintf("%s is missing, or is not %s of %s(%s)", d.name, d.kind, d.label, d.properties), "drop what has that name, delete the nodes labelled Migration, and open it again")
		}
	}
	return nil
}
