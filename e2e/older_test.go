package e2e

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/store"
	"github.com/rabta/rabta/store/neo4j/neo4jtest"
	"github.com/rabta/rabta/tests/older"
	"github.com/rabta/rabta/tests/raced"
)

// TestOlderNeo4j restores the databases that older versions wrote, and holds them to the
// same log as their SQLite files and to the answers of that time.
func TestOlderNeo4j(t *testing.T) {
	raced.Alone(t)
	folders, err := older.Folders("../tests/older/testdata")
	if err != nil || len(folders) == 0 {
		t.Fatalf("nothing is kept: %v", err)
	}
	for _, folder := range folders {
		v, err := older.Open(folder)
		if err != nil {
			t.Fatal(err)
		}
		dump, err := v.Unpacked(older.DumpFile)
		if err != nil {
			t.Fatal(err)
		}
		wipe(t)
		server := neo4jtest.Server{URI: database.uri, Username: database.username, Password: database.password}
		server.Restore(t, dump)
		s := openURL(t, database.uri)
		if got, err := store.Verify(t.Context(), s); err != nil || len(got.Faults) > 0 {
			t.Errorf("%s: the database is not whole: %v, %v", v.Name, got.Faults, err)
		}
		file := filepath.Join(t.TempDir(), "rabta.db")
		if err := v.Unpack(file); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(older.Feed(t, openURL(t, "sqlite:"+file)), older.Feed(t, s)); d != "" {
			t.Errorf("%s: the log is another than in SQLite (-SQLite +Neo4j):\n%s", v.Name, d)
		}
		w, err := older.Serve(t.Context(), s, "neo4j")
		if err != nil {
			t.Fatal(err)
		}
		v.Check(t, older.NewJudgement(), w, older.WorldStore, older.Some)
	}
}
