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

	"github.com/rabta/rabta/graph"
)

//go:embed migrations/*.cypher
var migrationFiles embed.FS

// migration is one step from an empty database to the present schema. Steps are
// never edited once released; its statements can be run again without harm.
type migration struct {
	id        int64
	name, sha string
	// schema is set where its statements are about the schema, log where the program
	// works on the log.
	schema, log bool
	statements  []string
}

// embedded lists the migrations of this release in order.
func embedded() ([]migration, error) { return migrationsIn(migrationFiles) }

// migrationsIn reads files named NNNN_what.schema.cypher, NNNN_what.data.cypher or
// NNNN_what.log.cypher. A constraint that a later one drops is not made.
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
			schema: strings.HasSuffix(base, ".schema.cypher"), log: strings.HasSuffix(base, ".log.cypher"),
			statements: statements(string(text)),
		})
		dropEarlier(out)
	}
	return out, nil
}

// dropEarlier takes out of migrations what makes the constraints that the last one drops:
// what has come into the database since may not allow them.
func dropEarlier(all []migration) {
	for _, s := range all[len(all)-1].statements {
		drops, isDrop := strings.CutPrefix(s, "DROP CONSTRAINT ")
		if !isDrop {
			continue
		}
		name, _, _ := strings.Cut(drops, " ")
		for i := range all[:len(all)-1] {
			all[i].statements = slices.DeleteFunc(all[i].statements, func(s string) bool {
				return strings.HasPrefix(s, "CREATE CONSTRAINT "+name+" ")
			})
		}
	}
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
		return nil, incompatible("NEWER_STORE",
			fmt.Sprintf("the database was written by a newer version of rabta: it has migration %d, and this one knows %d",
				ids[len(ids)-1], len(all)), "use the newer rabta, or another database")
	}
	for i, id := range ids {
		if id != all[i].id || shas[i] != all[i].sha {
			return nil, incompatible("FOREIGN_STORE",
				fmt.Sprintf("the database was not made by a released rabta: its migration %d differs", id),
				"export it with the rabta that wrote it, and import that into an empty database")
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
// must be the only one, so its constraint comes first.
func (s *Store) migrationLock(ctx context.Context) error {
	for _, cypher := range []string{cypherMigrationID, cypherLockNode} {
		if err := s.define(ctx, "migration lock", cypher); err != nil {
			return err
		}
	}
	return nil
}

// How often define tries, and when it takes what is in the way for a leftover.
const (
	defineTries = 100
	defineClear = 20
	definePause = 50 * time.Millisecond
)

// define runs statements that do nothing where their work is done, in one
// transaction. The server does not queue equal schema statements, and goes on
// with those of a process that is gone: whoever meets them tries again.
func (s *Store) define(ctx context.Context, op string, statements ...string) error {
	for try := 1; ; try++ {
		err := s.write(ctx, op, func(t tx) error {
			for _, cypher := range statements {
				if err := run(ctx, t, cypher, nil); err != nil {
					return err
				}
			}
			return nil
		})
		c := code(err)
		inTheWay := strings.HasSuffix(c, "AlreadyExists") || c == "Neo.ClientError.Schema.ConstraintValidationFailed"
		if try == defineTries || !inTheWay {
			return err
		}
		if try == defineClear {
			if err := s.clearOrphans(ctx); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(definePause):
		}
	}
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
	return s.explicit(ctx, "migrate", writeLimit, func(lock driver.ExplicitTransaction) error {
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
			if err := s.runMigration(ctx, m); err != nil {
				return err
			}
			rows[i] = []any{m.id, m.name, m.sha}
		}
		if err := runRows(ctx, lock, cypherMigrated, rows, nil); err != nil {
			return err
		}
		return lock.Commit(ctx)
	})
}

// runMigration runs one migration: the server takes schema and data in different
// transactions.
func (s *Store) runMigration(ctx context.Context, m migration) error {
	if m.log {
		return s.sealOlder(ctx)
	}
	err := s.define(ctx, m.name, m.statements...)
	if err != nil || !m.schema {
		return err
	}
	return s.read(ctx, m.name, func(t tx) error { return run(ctx, t, cypherAwaitIndexes, nil) })
}

// sealOlder gives the commits that are older than stamps what graph.Older works out for
// them. It can be run again, and writes of records only stamps that are not CLEAR.
func (s *Store) sealOlder(ctx context.Context) error {
	older := graph.NewOlder()
	err := s.eachOlderPage(ctx, func(changes []graph.Change) error {
		for i := range changes {
			older.Note(&changes[i])
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.eachOlderPage(ctx, func(changes []graph.Change) error {
		for i := range changes {
			older.Seal(&changes[i])
		}
		return s.write(ctx, "stamps", func(t tx) error { return writeSeals(ctx, t, changes) })
	})
}

const cypherLastOlder = `MATCH (k:Commit) WHERE k.sealed IS NULL RETURN coalesce(max(k.seq), 0)`

// eachOlderPage calls f with the commits that are not sealed, in order, a page at a time.
func (s *Store) eachOlderPage(ctx context.Context, f func([]graph.Change) error) error {
	var last graph.Sequence
	err := s.read(ctx, "stamps", func(t tx) error {
		r, err := one(ctx, t, cypherLastOlder, nil)
		if err == nil {
			last = graph.Sequence(r.int(0))
		}
		return err
	})
	for at := graph.Sequence(0); err == nil && at < last; {
		var changes []graph.Change
		err = s.read(ctx, "stamps", func(t tx) (err error) {
			changes, err = readPage(ctx, t, at, last)
			return err
		})
		if err == nil {
			at = changes[len(changes)-1].Sequence
			err = f(changes)
		}
	}
	return err
}

const (
	cypherNumbers      = `UNWIND $rows AS r MATCH (k:Commit {seq: r[0]}) SET k.numbers = r[1], k.writer = r[2]`
	cypherStampClaims  = `UNWIND $rows AS r MATCH (c:Claim {seq: r[0], n: r[1]}) SET c.stamp = r[2]`
	cypherStampRecords = `UNWIND $rows AS r MATCH (c:Record {seq: r[0], n: r[1]}) SET c.stamp = r[2]`
)

// writeSeals writes the numbers, writers and stamps of commits.
func writeSeals(ctx context.Context, t tx, changes []graph.Change) error {
	var numbers, stamps [][]any
	for i := range changes {
		c := restoredCommit(&changes[i])
		numbers = append(numbers, []any{int64(c.Sequence), numberRow(c.Numbers), c.Writer.Level()})
		for n, s := range c.Seals() {
			if stamp, _ := sealRow(s); stamp != nil {
				stamps = append(stamps, []any{int64(c.Sequence), n, stamp})
			}
		}
	}
	if err := runRows(ctx, t, cypherStampClaims, stamps, nil); err != nil {
		return err
	}
	if err := runRows(ctx, t, cypherStampRecords, stamps, nil); err != nil {
		return err
	}
	return runRows(ctx, t, cypherNumbers, numbers, nil)
}
