package neo4j

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
)

// bare is a database without even a schema.
func bare(t *testing.T) database {
	t.Helper()
	d := empty(t)
	dropSchema(t)
	return d
}

func dropSchema(t *testing.T) {
	t.Helper()
	for _, r := range server.Query(t, "SHOW CONSTRAINTS YIELD name", nil) {
		server.Query(t, "DROP CONSTRAINT "+r[0].(string), nil)
	}
	for _, r := range server.Query(t, "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name", nil) {
		server.Query(t, "DROP INDEX "+r[0].(string), nil)
	}
}

// without takes a constraint or an index away while f runs, and then what has its name.
func without(t *testing.T, kind, name string, f func()) {
	t.Helper()
	made := server.Query(t, "SHOW "+kind+" YIELD name, createStatement WHERE name = $name RETURN createStatement", map[string]any{"name": name})
	drop := func() {
		server.Query(t, "DROP CONSTRAINT "+name+" IF EXISTS", nil)
		server.Query(t, "DROP INDEX "+name+" IF EXISTS", nil)
	}
	drop()
	f()
	drop()
	server.Query(t, made[0][0].(string), nil)
}

func TestSixStartersAtOnce(t *testing.T) {
	d := bare(t)
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			s, err := tryOpen(t, server.URI, Options{})
			if err != nil {
				t.Errorf("starter %d: %v", i, err)
				return
			}
			if _, err := s.Apply(t.Context(), people()); err != nil {
				t.Errorf("starter %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	all, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	var want [][]any
	for _, m := range all {
		want = append(want, []any{m.id, m.name, m.sha})
	}
	got := server.Query(t, "MATCH (m:Migration) WHERE m.id > 0 RETURN m.id, m.name, m.sha ORDER BY m.id", nil)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what was applied (-want +got):\n%s", diff)
	}
	s := d.open(t, Options{})
	if h, err := s.Head(t.Context()); h != 1 || err != nil {
		t.Errorf("head is %d, %v, want 1", h, err)
	}
	wantVerified(t, s)
}

// An Open that is cut short at any moment leaves nothing that the next one cannot go on
// from, and the last one cannot finish.
func TestOpenCutShort(t *testing.T) {
	d := bare(t)
	for _, after := range []time.Duration{0, 12, 24, 48, 84, 200, 500} {
		ctx, cancel := context.WithTimeout(t.Context(), after*time.Millisecond)
		s, err := Open(ctx, server.URI, Options{Username: server.Username, Password: server.Password})
		cancel()
		if err == nil {
			_ = s.Close()
		} else if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("cut short, Open gives %v", err)
		}
	}
	s := d.open(t, Options{})
	apply(t, s, people())
	wantVerified(t, s)
}

// wantRefused checks that the database is not opened, and why.
func wantRefused(t *testing.T, code string) {
	t.Helper()
	_, err := tryOpen(t, server.URI, Options{})
	invalid, ok := errors.AsType[*graph.InvalidError](err)
	if !ok || invalid.Problems[0].Code != code {
		t.Errorf("open gives %v, want %s", err, code)
	}
}

func TestForeignDatabases(t *testing.T) {
	for _, c := range []struct{ name, code, spoil string }{
		{"a changed migration", "FOREIGN_STORE", "MATCH (m:Migration {id: 1}) SET m.sha = 'another'"},
		{"a migration that is missing", "FOREIGN_STORE", "MATCH (m:Migration {id: 1}) DELETE m"},
		{"a migration of a newer release", "NEWER_STORE", "CREATE (:Migration {id: 99, name: 'later', sha: 'x'})"},
		{"a fold of a newer release", "NEWER_STORE", "MATCH (h:Head) SET h.fold = 99"},
	} {
		t.Run(c.name, func(t *testing.T) {
			apply(t, empty(t).open(t, Options{}), people())
			server.Query(t, c.spoil, nil)
			wantRefused(t, c.code)
		})
	}
}

// A constraint or an index that somebody took away is missed, also where another has its
// name, with which IF NOT EXISTS is content.
func TestSchemaThatIsGone(t *testing.T) {
	apply(t, empty(t).open(t, Options{}), people())
	refused := func() { wantRefused(t, "ALTERED_SCHEMA") }
	without(t, "INDEXES", "rabta_claim_link", refused)
	without(t, "CONSTRAINTS", "rabta_claim_id", refused)
	empty(t)
	without(t, "INDEXES", "rabta_claim_link", func() {
		server.Query(t, "CREATE INDEX rabta_claim_link FOR (n:Claim) ON (n.subject)", nil)
		refused()
	})
}

// A process that is killed while a constraint is made may leave its index.
func TestLeftoverIndex(t *testing.T) {
	d := empty(t)
	for _, s := range []string{
		"DROP CONSTRAINT rabta_entity_id IF EXISTS", "CREATE INDEX rabta_entity_id FOR (n:Entity) ON (n.id)",
		"DROP CONSTRAINT rabta_migration_id IF EXISTS", "CREATE INDEX rabta_migration_id FOR (n:Migration) ON (n.id)",
	} {
		server.Query(t, s, nil)
	}
	apply(t, d.open(t, Options{}), people())
}

func TestOlderFoldIsMadeAnew(t *testing.T) {
	d := empty(t)
	s := d.open(t, Options{})
	b := people()
	b.Claims = []graph.Claim{ally("g0", "g1", "s_a")}
	apply(t, s, b)
	server.Query(t, "MATCH (h:Head) SET h.fold = 0", nil)
	server.Query(t, "MATCH ()-[l]->() SET l.status = 'ALLEGED'", nil)
	wantVerified(t, d.open(t, Options{}))
	wantRelationships(t, "g0 ALLIED_WITH g1 ASSERTED STATED 2 ../.. 1")
}

func TestMigrationFiles(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	got, err := migrationsIn(fstest.MapFS{
		"migrations/0001_a.schema.cypher": file("// why\nCREATE x;\n\nCREATE y\n  z;\nCREATE CONSTRAINT c FOR x;\nCREATE CONSTRAINT cc FOR x;\n"),
		"migrations/0002_b.data.cypher":   file("MERGE z;"),
		"migrations/0003_c.log.cypher":    file("// the program\n"),
		"migrations/0004_d.schema.cypher": file("CREATE CONSTRAINT k FOR x;\nDROP CONSTRAINT c IF EXISTS;\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []migration{
		{name: "0001_a.schema.cypher", schema: true, statements: []string{"CREATE x", "CREATE y\n  z", "CREATE CONSTRAINT cc FOR x"}},
		{name: "0002_b.data.cypher", statements: []string{"MERGE z;"}},
		{name: "0003_c.log.cypher", log: true},
		{name: "0004_d.schema.cypher", schema: true, statements: []string{"CREATE CONSTRAINT k FOR x", "DROP CONSTRAINT c IF EXISTS"}},
	}
	for i := range want {
		want[i].id = int64(i + 1)
	}
	same := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".sha" }, cmp.Ignore())
	if d := cmp.Diff(want, got, cmp.AllowUnexported(migration{}), same); d != "" || got[0].sha == got[1].sha {
		t.Errorf("read (-want +got):\n%s", d)
	}
	if _, err := migrationsIn(fstest.MapFS{"migrations/0002_b.data.cypher": file("MERGE z;")}); err == nil {
		t.Error("a number that is missing was not noticed")
	}
}

func TestTooOld(t *testing.T) {
	for agent, want := range map[string]bool{
		"Neo4j/4.4.30": true, "Neo4j/5.25.1": true, "Neo4j/5.26.0": false, "Neo4j/5.27-aura": false, "Neo4j/2025.01.0": false, "Another": false,
	} {
		if got := tooOld(agent); got != want {
			t.Errorf("tooOld(%q) is %t", agent, got)
		}
	}
}

// The database keeps places in these lists; if one must change, a migration has
// to rewrite the claims.
func TestStoredCodes(t *testing.T) {
	for _, c := range []struct{ want, got any }{
		{[]graph.Hedge{"CONFIRMED", "STATED", "OFFICIAL", "CLAIMED_BY_ACTOR", "REPORTED", "BELIEVED", "POSSIBLE", "SUSPECTED", "ALLEGED", "PATTERN", "RUMOURED", "CONDITIONAL", "ASSESSMENT"}, graph.Hedges},
		{[]graph.Polarity{"AFFIRMED", "DENIED", "NO_EVIDENCE"}, graph.Polarities},
		{[]graph.Marking{"CLEAR", "GREEN", "AMBER", "AMBER_STRICT", "RED"}, graph.Markings},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("stored codes (-stored +now):\n%s", diff)
		}
	}
}
