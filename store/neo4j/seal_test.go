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

func marked(e graph.Entity, m graph.Marking) graph.Entity {
	e.Marking = m
	return e
}

// member is a claim that somebody belongs to a group.
func member(who, group string) graph.Claim {
	return graph.Claim{Subject: graph.ID(who), Predicate: "MEMBER_OF", Object: graph.ID(group), Source: "s_a", Hedge: graph.Stated}
}

// An id that two entities have is that of the first; what is said of it belongs to the one
// that its writer saw.
func TestTwoKinds(t *testing.T) {
	s := empty(t).open(t, Options{Marking: graph.Red})
	apply(t, s, people())
	hidden := graph.Batch{Entities: []graph.Entity{marked(node(graph.Group, "x"), graph.Red)}, Claims: []graph.Claim{member("i0", "x")}}
	apply(t, s, hidden)
	based := graph.Claim{Subject: "g0", Predicate: "BASED_IN", Object: "x", Source: "s_a", Hedge: graph.Stated}
	apply(t, s, as(graph.Clear, graph.Batch{Entities: []graph.Entity{node(graph.Place, "x")}, Claims: []graph.Claim{based}}))
	apply(t, s, as(graph.Clear, graph.Batch{Claims: []graph.Claim{{
		Subject: "g1", Predicate: "BASED_IN", Object: "x", Source: "s_b", Hedge: graph.Stated,
	}}}))
	apply(t, s, graph.Batch{Claims: []graph.Claim{member("i1", "x")}})
	based.Source = "s_b" // which is folded with what is there
	apply(t, s, as(graph.Clear, graph.Batch{Claims: []graph.Claim{based}}))
	want := []string{
		"g0 BASED_IN x~place ASSERTED STATED 2 ../.. 2", "g1 BASED_IN x~place ASSERTED STATED 2 ../.. 1",
		"i0 MEMBER_OF x ASSERTED STATED 2 ../.. 1", "i1 MEMBER_OF x ASSERTED STATED 2 ../.. 1",
	}
	wantRelationships(t, want...)
	wantVerified(t, s)
	got := server.Query(t, "MATCH (e:Entity) WHERE e.id STARTS WITH 'x' RETURN e.id, e.kind, e.marking, e:Group, e:Place ORDER BY e.id", nil)
	if d := cmp.Diff([][]any{{"x", "GROUP", int64(4), true, false}, {"x~place", "PLACE", int64(0), false, true}}, got); d != "" {
		t.Errorf("the nodes (-want +got):\n%s", d)
	}
	// A claim of both stands with the group; a description goes to the place alone.
	hidden.Entities, hidden.Claims = nil, []graph.Claim{status("x")}
	apply(t, s, hidden)
	place := node(graph.Place, "x")
	place.Description = "A town."
	apply(t, s, as(graph.Clear, graph.Batch{Entities: []graph.Entity{place}, Claims: []graph.Claim{status("x")}}))
	wantVerified(t, s)
	server.Query(t, "MATCH (e:Entity) WHERE e.id STARTS WITH 'x' DETACH DELETE e", nil)
	if err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantRelationships(t, want...)
	wantVerified(t, s)
	apply(t, empty(t).open(t, Options{}), people())
}

func status(of string) graph.Claim {
	return graph.Claim{Subject: graph.ID(of), Predicate: "STATUS", Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Text: "active"}}
}

// What a commit marks is in force at once in the feed and the native graph, and Verify
// finds what is in force otherwise.
func TestMarked(t *testing.T) {
	s := empty(t).open(t, Options{})
	b := people()
	b.Claims = []graph.Claim{ally("g0", "g1", "s_a"), ally("g1", "g2", "s_b")}
	apply(t, s, b)
	link, source := uint64(positionOf(1, len(b.Sources)+len(b.Entities))), uint64(positionOf(1, 0))
	mark(t, s, note(0), graph.Marked{Place: link, InForce: graph.Amber}, graph.Marked{Place: source, InForce: graph.Green})
	wantRelationships(t, "g1 ALLIED_WITH g2 ASSERTED STATED 2 ../.. 1")
	wantVerified(t, s)
	all, err := feed(t, s)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		got  graph.Seal
		want graph.Marking
	}{{all[0].Claims[0].Seal, graph.Amber}, {all[0].Claims[1].Seal, graph.Clear}, {all[0].Sources[0].Seal, graph.Green}} {
		if want := (graph.Seal{Stamp: graph.Clear, InForce: c.want}); c.got != want {
			t.Errorf("a seal is %v, want %v", c.got, want)
		}
	}
	mark(t, s, note(1), graph.Marked{Place: link, InForce: graph.Clear})
	wantRelationships(t, "g0 ALLIED_WITH g1 ASSERTED STATED 2 ../.. 1", "g1 ALLIED_WITH g2 ASSERTED STATED 2 ../.. 1")
	wantVerified(t, s)
	for _, spoil := range []struct{ set, back string }{
		{"MATCH (r:Record {seq: 1, n: 0}) REMOVE r.inForce", "MATCH (r:Record {seq: 1, n: 0}) SET r.inForce = 1"},
		{"MATCH (c:Claim {predicate: 'ALLIED_WITH'}) SET c.inForce = 2", "MATCH (c:Claim) REMOVE c.inForce"},
	} {
		server.Query(t, spoil.set, nil)
		wantFault(t, s, whereLog, 1)
		server.Query(t, spoil.back, nil)
	}
	restored(t, all[:2])
}

// restored takes over changes whose markings in force are not their stamps.
func restored(t *testing.T, all []graph.Change) {
	t.Helper()
	s := empty(t).open(t, Options{})
	if err := s.Restore(t.Context(), func(yield func(graph.Change, error) bool) {
		for _, c := range all {
			if !yield(c, nil) {
				return
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	got, err := feed(t, s)
	if d := cmp.Diff(all, got); d != "" || err != nil {
		t.Errorf("the log that was taken over: %v (-want +got):\n%s", err, d)
	}
	wantVerified(t, s)
}

// mark has a commit mark records, as one that is settled so is written.
func mark(t *testing.T, s *Store, b graph.Batch, list ...graph.Marked) {
	t.Helper()
	ctx := t.Context()
	err := s.write(ctx, "test", func(t tx) error {
		a := &application{tx: t, batch: b.Normalised()}
		known, err := a.lock(ctx)
		if err != nil {
			return err
		}
		to, err := graph.Settle(a.batch, graph.Log{Known: known, Head: graph.Commit{Numbers: a.head.numbers}, Holder: noHolder})
		if err != nil {
			return err
		}
		to.Marked = list
		c := freshCommit(&to, a.head.recorded)
		if _, err := a.append(ctx, c, known); err != nil {
			return err
		}
		return a.mark(ctx, c)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func noHolder(string, graph.Marking) (*graph.Holder, error) { return nil, nil }

// The records that a batch that marks asks for have one of the ids or name one.
func TestRecordsOf(t *testing.T) {
	s := empty(t).open(t, Options{})
	b := people()
	b.Sources[1].DerivedFrom = []graph.ID{"s_a"}
	b.Entities[0].Names[0].Source = "s_a"
	b.Claims = []graph.Claim{ally("g0", "g1", "s_b"), ally("g1", "g2", "s_a")}
	apply(t, s, b)
	apply(t, s, note(0)) // says something of g0, read in s_a
	for id, want := range map[graph.ID][]position{
		"s_a": {positionOf(1, 0), positionOf(1, 1), positionOf(1, 3), positionOf(1, 11), positionOf(2, 0)},
		"g0":  {positionOf(1, 4), positionOf(1, 10), positionOf(2, 0)},
		"x":   nil,
	} {
		var got []position
		err := s.read(t.Context(), "test", func(tr tx) error {
			for r, err := range recordsOf(t.Context(), tr, 2, map[graph.ID]bool{id: true}) {
				if err != nil {
					return err
				}
				got = append(got, position(r.Place))
			}
			return nil
		})
		if d := cmp.Diff(want, got); d != "" || err != nil {
			t.Errorf("those of %s: %v (-want +got):\n%s", id, err, d)
		}
	}
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

// A stamp, a number or a writer that was altered is not read past the place.
func TestAlteredSeal(t *testing.T) {
	for _, spoil := range []string{
		"MATCH (c:Claim {seq: 3}) SET c.stamp = 1",
		"MATCH (k:Commit {seq: 3}) SET k.writer = 0",
		"MATCH (k:Commit {seq: 3}) SET k.numbers = [1, 3, 3, 3, 3]",
		"MATCH (k:Commit {seq: 3}) SET k.marked = [1048576, 4]",
		"MATCH (k:Commit {seq: 3}) REMOVE k.sealed",
		"MATCH (k:Commit {seq: 3}) REMOVE k.numbers",
	} {
		t.Run(spoil, func(t *testing.T) {
			s := altered(t, spoil)
			_, err := feed(t, s)
			wantUnavailable(t, "Changes", err)
			wantFault(t, s, whereLog, 3)
		})
	}
}
