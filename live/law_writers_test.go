package live_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
	"github.com/rabta/rabta/work"
)

// ofWriters is a small world that writers of every clearance record.
var ofWriters = func() traits {
	tr := dense
	tr.writers, tr.retires, tr.ofLines, tr.claims = true, true, true, [2]int{30, 80}
	return tr
}()

// without is the log out of which everything above a clearance was deleted. It keeps the
// commits that are emptied by it, if they have a number.
func without(changes []graph.Change, above graph.Marking) (out []graph.Change) {
	last, sources := graph.Sequence(0), map[graph.ID]bool{"": true}
	keeps := func(s graph.Seal) bool { return s.InForce.Level() <= above.Level() }
	for _, ch := range changes {
		n := ch.Numbers.At(above)
		if n == last {
			continue
		}
		last = n
		kept := graph.Change{
			Sequence: n, Numbers: graph.Numbers{n, n, n, n, n}, Writer: ch.Writer, Recorded: ch.Recorded,
			Sources:  slices.DeleteFunc(slices.Clone(ch.Sources), func(r graph.Source) bool { return !keeps(r.Seal) }),
			Entities: slices.DeleteFunc(slices.Clone(ch.Entities), func(r graph.Entity) bool { return !keeps(r.Seal) }),
			Claims:   slices.DeleteFunc(slices.Clone(ch.Claims), func(r graph.Claim) bool { return !keeps(r.Seal) }),
		}
		for i := range kept.Claims {
			kept.Claims[i].Sequence = n
		}
		for _, r := range kept.Sources {
			sources[r.ID] = true
		}
		for i := range kept.Entities { // the source of a name hides the name
			e := &kept.Entities[i]
			e.Names = slices.DeleteFunc(slices.Clone(e.Names), func(n graph.Name) bool { return !sources[n.Source] })
		}
		if len(kept.Sources)+len(kept.Entities)+len(kept.Claims) == len(ch.Sources)+len(ch.Entities)+len(ch.Claims) {
			kept.Batch, kept.Content, kept.Actor, kept.Reason = ch.Batch, ch.Content, ch.Actor, ch.Reason
		}
		out = append(out, kept)
	}
	return out
}

// TestLawOfWriters: whoever wrote what is there, a reader of a clearance gets what a reader
// without limits gets from a store that never held what is above it, to the byte.
func TestLawOfWriters(t *testing.T) {
	raced.Alone(t)
	worlds := drawWorld(ofWriters)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
		lens := w.asSeen(drawLens(t, w), clearance)
		v, err := graphFor(w.changes, clearance).Reader().View(&lens)
		bare, bareErr := graphOf(without(w.changes, clearance)).Reader().View(&lens)
		if err != nil || bareErr != nil {
			same(t, "the error", text(bareErr), text(err))
			return
		}
		entities, claims := entitiesOf(w.changes), claimsOf(w.changes)
		read := func(v *live.View) (all string, slots int64) {
			r := work.NewRequest(t.Context(), 0, nil)
			defer r.Close()
			all = text(readAll(t, v.Within(r.Records()), entities, claims))
			return all, r.Used()
		}
		want, least := read(bare)
		got, slots := read(v)
		if want != got {
			same(t, "what is read", strings.Split(want, "\n"), strings.Split(got, "\n"))
		}
		if slots != least { // else a budget would end elsewhere
			t.Fatalf("it costs %d slots to read, and %d without what is hidden", slots, least)
		}
	})
}

// TestLowerWritersTakeNothingAway: what a writer records takes nothing that is stricter than
// what it sees out of what counts for those who see that.
func TestLowerWritersTakeNothingAway(t *testing.T) {
	raced.Alone(t)
	worlds, compared := drawWorld(ofWriters), 0
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		for n := 1; n < len(w.changes); n++ {
			writer := w.changes[n].Writer
			before, after := open(t, graphOf(w.changes[:n]), nil), open(t, graphOf(w.changes[:n+1]), nil)
			for c := range before.Claims() {
				if c.Marking().Level() <= writer.Level() {
					continue
				}
				compared++
				if k, ok := after.Claim(c.ID()); !ok || !k.Counts() {
					t.Fatalf("commit %d of a writer of %s takes away %s, which is %s", n+1, writer, c.ID(), c.Marking())
				}
			}
		}
	})
	if compared == 0 {
		t.Error("nothing was stricter than what a writer sees: the test says nothing")
	}
}

// TestWithdrawnBelow: a claim that stands says so exactly where a reader who sees less than
// its marking finds it retracted.
func TestWithdrawnBelow(t *testing.T) {
	raced.Alone(t)
	found, logs := 0, rapid.Custom(takenBackAndSaidAgain)
	for seed := range 200 { // few of them have what it is about
		changes := logs.Example(seed)
		var below []*live.View
		for _, m := range graph.Markings {
			below = append(below, open(t, graphFor(changes, m), nil))
		}
		for i := range graph.Markings {
			for _, id := range saidIn(changes) {
				c, ok := below[i].Claim(id)
				if !ok {
					continue
				}
				want := false
				for l := range c.Marking().Level() {
					k, ok := below[l].Claim(id)
					want = want || ok && k.Retracted() && !c.Retracted()
				}
				if got := c.WithdrawnBelow(); got != want {
					t.Fatalf("a reader of %s is told %t of %s", graph.Markings[i], got, id)
				}
				if want {
					found++
				}
			}
		}
	}
	if found == 0 {
		t.Error("nothing was taken back below: the test says nothing")
	}
}

// takenBackAndSaidAgain is a log in which writers of every clearance say the same few things,
// and take them and the source back.
func takenBackAndSaidAgain(t *rapid.T) []graph.Change {
	f := base()
	said := []graph.Claim{status("g", "active", from("b")), status("h", "active", from("b"))}
	marking := rapid.SampledFrom(graph.Markings)
	for range rapid.IntRange(2, 12).Draw(t, "batches") {
		b := graph.Batch{
			Clearance: marking.Draw(t, "writer"), Marking: marking.Draw(t, "marking"), Reassert: rapid.Bool().Draw(t, "again"),
		}
		c := rapid.SampledFrom(said).Draw(t, "claim")
		switch rapid.IntRange(0, 4).Draw(t, "what") {
		case 0, 1:
			b.Claims = []graph.Claim{c}
		case 2:
			b.Claims = []graph.Claim{retract(c)}
		case 3:
			b.Claims = []graph.Claim{withdraw("s_b")}
		case 4:
			b.Entities = []graph.Entity{{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "G, they say", Source: "s_b"}}}}
		}
		if f.refuses(b) {
			continue
		}
		f.apply(b)
		said = append(said, b.Normalised().Claims...)
	}
	return f.changes
}

// saidIn are the ids of all claims of a log, also of those that lines stand for.
func saidIn(changes []graph.Change) []graph.ID {
	out := claimsOf(changes)
	for _, ch := range changes {
		for i := range ch.Entities {
			for _, c := range graph.Expand(&ch.Entities[i]) {
				out = append(out, c.ID)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
