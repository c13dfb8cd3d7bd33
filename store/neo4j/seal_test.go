package neo4j

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
)

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
