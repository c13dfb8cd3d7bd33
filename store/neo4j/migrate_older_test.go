package neo4j

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
)

// as is a batch of a writer of a clearance.
func as(clearance graph.Marking, b graph.Batch) graph.Batch {
	b.Clearance = clearance
	return b
}

// older makes the database that of an older version, and returns what it held.
func older(t *testing.T) database {
	t.Helper()
	d := bare(t)
	text, err := os.ReadFile("../../tests/older/testdata/v1/neo4j.ndjson.gz")
	if err != nil {
		t.Fatal(err)
	}
	zipped, err := gzip.NewReader(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	dump, err := io.ReadAll(zipped)
	if err != nil {
		t.Fatal(err)
	}
	server.Restore(t, dump)
	return d
}

// TestOlder: an older database is opened by several at once, and has the stamps and
// numbers that its markings give.
func TestOlder(t *testing.T) {
	d := older(t)
	commits := server.Query(t, "MATCH (k:Commit) RETURN k.seq, k.batch, k.content, k.digest ORDER BY k.seq", nil)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if _, err := tryOpen(t, server.URI, Options{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	s := d.open(t, Options{})
	wantVerified(t, s)
	all, err := feed(t, s)
	if err != nil || len(all) != len(commits) {
		t.Fatalf("%d commits, %v", len(all), err)
	}
	plain, want := graph.NewOlder(), make([]graph.Change, len(all))
	hidden := 0
	for i, c := range all {
		want[i] = unsealed(c)
		plain.Note(&want[i])
	}
	for i := range want {
		plain.Seal(&want[i])
		if want[i].Numbers.At(graph.Clear) != want[i].Sequence {
			hidden++
		}
	}
	if d := cmp.Diff(want, all); d != "" || hidden == 0 {
		t.Errorf("%d commits are hidden from some (-want +got):\n%s", hidden, d)
	}
	if d := cmp.Diff(commits, server.Query(t, "MATCH (k:Commit) RETURN k.seq, k.batch, k.content, k.digest ORDER BY k.seq", nil)); d != "" {
		t.Errorf("the commits changed (-before +after):\n%s", d)
	}
	goesOn(t, s, all)
}

// goesOn checks that an older log goes on, that Verify finds what no digest of it is over,
// and that an older version finds nothing to write to.
func goesOn(t *testing.T, s *Store, all []graph.Change) {
	t.Helper()
	last := all[len(all)-1]
	c := apply(t, s, graph.Batch{ID: last.Batch, Clearance: graph.Clear, Sources: []graph.Source{report("new")}})
	if c.Numbers != last.Numbers.Next(&graph.Batch{Sources: []graph.Source{{Seal: graph.Seal{Stamp: graph.Clear}}}}) {
		t.Errorf("the next commit has the numbers %v after %v", c.Numbers, last.Numbers)
	}
	wantVerified(t, s)
	for i, spoil := range []string{
		"MATCH (r:Record) WHERE r.stamp = 4 WITH r ORDER BY r.seq DESC LIMIT 1 REMOVE r.stamp",
		"MATCH (c:Claim {seq: 2}) WITH c LIMIT 1 SET c.stamp = 1",
		"MATCH (k:Commit {seq: 3}) SET k.writer = 3",
		"MATCH (k:Commit {seq: 4}) SET k.numbers = [1, 1, 1, 1, 4]",
	} {
		server.Query(t, spoil, nil)
		if v, err := s.Verify(t.Context()); err != nil || len(v.Faults) != i+1 {
			t.Errorf("after %s there are the faults %v, %v", spoil, v.Faults, err)
		}
	}
	server.Query(t, "MATCH (k:Commit {seq: 6}) REMOVE k.numbers", nil)
	got, err := feed(t, s)
	wantUnavailable(t, "Changes", err)
	if len(got) > 5 {
		t.Error("a commit that has no numbers is read")
	}
	if got := server.Query(t, "MATCH (h:Head {id: 0}) RETURN h.seq", nil); len(got) > 0 {
		t.Errorf("an older version would find the head %v", got)
	}
}

// What migrations are done to once more may hold what an earlier one of them would not
// have allowed.
func TestMigratedOnceMore(t *testing.T) {
	d := empty(t)
	s := d.open(t, Options{})
	apply(t, s, people())
	apply(t, s, as(graph.Clear, graph.Batch{ID: people().ID, Sources: []graph.Source{report("d")}}))
	server.Query(t, "MATCH (m:Migration) DELETE m", nil)
	s = d.open(t, Options{})
	if all, err := feed(t, s); err != nil || len(all) != 2 || all[0].Batch != all[1].Batch {
		t.Errorf("the feed is %v, %v", all, err)
	}
	wantVerified(t, s)
}

// unsealed is a change of an older version.
func unsealed(c graph.Change) graph.Change {
	out := c
	out.Numbers, out.Writer = graph.Numbers{}, ""
	out.Sources, out.Entities, out.Claims = []graph.Source{}, []graph.Entity{}, []graph.Claim{}
	for _, r := range c.Sources {
		r.Seal = graph.Seal{}
		out.Sources = append(out.Sources, r)
	}
	for _, r := range c.Entities {
		r.Seal = graph.Seal{}
		out.Entities = append(out.Entities, r)
	}
	for _, r := range c.Claims {
		r.Seal = graph.Seal{}
		out.Claims = append(out.Claims, r)
	}
	return out
}
