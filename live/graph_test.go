package live_test

import (
	"sync"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// thin is a feed with one record in each commit.
func thin(batches []graph.Batch) []graph.Change {
	f := newFeed()
	for _, b := range batches {
		for _, s := range b.Sources {
			s.DerivedFrom = nil // they may name one another
			f.apply(graph.Batch{Sources: []graph.Source{s}})
		}
		for _, e := range b.Entities {
			f.apply(graph.Batch{Entities: []graph.Entity{e}})
		}
		for _, c := range b.Claims {
			f.apply(graph.Batch{Claims: []graph.Claim{c}, Reassert: true})
		}
	}
	return f.changes
}

// TestSnapshots: what a reader has opened stays as it is while commits come in.
func TestSnapshots(t *testing.T) {
	tr := dense
	tr.remarked = false
	changes := thin(drawWorld(tr).Example(11).given)
	entities, claims := entitiesOf(changes), claimsOf(changes)
	half := len(changes) / 2
	graphs := map[graph.Marking]*live.Graph{}
	for _, clearance := range []graph.Marking{graph.Clear, graph.Amber, graph.Red} {
		graphs[clearance] = graphFor(changes[:half], clearance)
	}
	step, written := make(chan struct{}), make(chan struct{})
	var readers sync.WaitGroup
	for i, clearance := range []graph.Marking{graph.Red, graph.Clear, graph.Amber, graph.Red} {
		lens := graph.Lens{IncludeDenied: ptr(true), MinIndependentSources: ptr(i % 2)}
		g := graphs[clearance]
		v := open(t, g, &lens)
		want := text(readAll(t, v, entities, claims))
		known := text(dumpView(t, v, claims))
		lens.KnownAtSequence = ptr(g.Sequence())
		readers.Go(func() {
			for done := false; !done; {
				if got := text(readAll(t, v, entities, claims)); got != want {
					t.Errorf("what a %s reader sees of an old snapshot has changed", clearance)
				}
				if got := text(dumpView(t, open(t, g, &lens), claims)); got != known {
					t.Errorf("what a %s reader asks for by its commit has changed", clearance)
				}
				select {
				case step <- struct{}{}:
				case <-written:
					done = true
				}
			}
		})
	}
	for i := range changes[half:] {
		for clearance, g := range graphs {
			for _, ch := range seenBy(changes[:half+i+1], clearance)[g.Sequence():] {
				if err := g.Add(ch); err != nil {
					t.Error(err)
				}
			}
		}
		if i%12 == 0 {
			<-step // some reader has read on
		}
	}
	close(written)
	readers.Wait()
	same(t, "the last commit", graph.Sequence(len(changes)), graphs[graph.Red].Sequence())
	same(t, "all of it", text(dumpView(t, open(t, graphOf(changes), nil), claims)),
		text(dumpView(t, open(t, graphs[graph.Red], nil), claims)))
}

// TestAddRefuses: a change that leaves a gap, or refers to what never came, is
// refused whole.
func TestAddRefuses(t *testing.T) {
	f := rich()
	g := graphOf(f.changes[:2])
	ids := claimsOf(f.changes)
	before := text(dumpView(t, open(t, g, nil), ids))
	bad := func(change func(*graph.Change)) graph.Change {
		ch := graph.Change{
			Sequence: 3, Sources: []graph.Source{source("new")}, Entities: []graph.Entity{entity(graph.Group, "new")},
			Claims: []graph.Claim{status("new", "new"), link("new", "SUPPORTS", "ttp")},
		}
		change(&ch)
		return ch
	}
	for name, ch := range map[string]graph.Change{
		"a gap":                   bad(func(ch *graph.Change) { ch.Sequence = 4 }),
		"an unknown subject":      bad(func(ch *graph.Change) { ch.Claims[1].Subject = "nobody" }),
		"an unknown object":       bad(func(ch *graph.Change) { ch.Claims[1].Object = "nobody" }),
		"an unknown source":       bad(func(ch *graph.Change) { ch.Claims[1].Source = "s_none" }),
		"an unknown origin":       bad(func(ch *graph.Change) { ch.Claims[1].Origin = "s_none" }),
		"an unknown speaker":      bad(func(ch *graph.Change) { ch.Claims[1].Speaker = "nobody" }),
		"an unknown attributor":   bad(func(ch *graph.Change) { ch.Claims[1].Attributor = "nobody" }),
		"an unknown predicate":    bad(func(ch *graph.Change) { ch.Claims[1].Predicate = "LIKES" }),
		"an unknown kind":         bad(func(ch *graph.Change) { ch.Entities[0].Kind = "VEHICLE" }),
		"a claim that never came": bad(func(ch *graph.Change) { ch.Claims[1] = retract(status("ttp", "never")) }),
	} {
		if err := g.Add(ch); err == nil {
			t.Errorf("%s is taken", name)
		}
		if after := text(dumpView(t, open(t, g, nil), ids)); after != before {
			t.Errorf("%s left something behind", name)
		}
	}
	for _, ch := range f.changes { // the first two again, and on
		if err := g.Add(ch); err != nil {
			t.Errorf("commit %d is refused: %v", ch.Sequence, err)
		}
	}
	same(t, "all of it", text(dumpView(t, f.view(t, graph.Red, nil), ids)),
		text(dumpView(t, open(t, g, nil), ids)))
}

// TestUnknownMarking: what is marked by a label that nobody knows is hidden from
// all.
func TestUnknownMarking(t *testing.T) {
	f := base()
	f.changes = append(f.changes, graph.Change{
		Sequence: 2, Recorded: begin,
		Sources:  []graph.Source{source("odd", func(s *graph.Source) { s.Marking = "PURPLE" })},
		Entities: []graph.Entity{entity(graph.Group, "odd", func(e *graph.Entity) { e.Marking = "PURPLE" })},
		Claims: []graph.Claim{
			status("g", "one", marked("PURPLE")), status("g", "two", from("odd")), link("g", "SUPPORTS", "odd"),
			link("g", "SUPPORTS", "h"),
		},
	})
	older(f.changes)
	for _, clearance := range []graph.Marking{graph.Red, graph.Clear, "PURPLE", ""} {
		v := f.view(t, clearance, nil)
		same(t, "links for "+string(clearance), 1, len(linksOf(v)))
		e, _ := v.Entity("g")
		same(t, "claims for "+string(clearance), 1, len(entityOf(t, e).Claims))
		if _, ok := v.Entity("odd"); ok {
			t.Errorf("the entity is there for %q", clearance)
		}
		if _, ok := v.Source("s_odd"); ok {
			t.Errorf("the source is there for %q", clearance)
		}
	}
	red := base()
	red.add(status("g", "one", marked(graph.Green)))
	for clearance, want := range map[graph.Marking]int{"PURPLE": 0, "": 0, graph.Clear: 0, graph.Green: 1} {
		e, _ := red.view(t, clearance, nil).Entity("g")
		same(t, "claims for "+string(clearance), want, len(entityOf(t, e).Claims))
	}
}
