package live_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// asClaims is a log in which the lines of entities say nothing, and all that they say is
// recorded by claims: what a line says is new to those who see no record of it.
func asClaims(changes []graph.Change) []graph.Change {
	known, out := graph.Known{}, []graph.Change{}
	sources := map[graph.ID]graph.Marking{}
	for _, ch := range changes {
		var said []graph.Claim
		for _, s := range ch.Sources {
			sources[s.ID] = max(sources[s.ID], s.InForce)
		}
		ch.Entities = slices.Clone(ch.Entities)
		for i := range ch.Entities {
			e := &ch.Entities[i]
			for _, c := range graph.Expand(e) {
				if !slices.ContainsFunc(known[c.ID], func(h graph.Held) bool { return h.Marking.Level() <= e.InForce.Level() }) {
					c.Seal = e.Seal
					said = append(said, c)
					known.Note(&graph.Batch{Claims: []graph.Claim{c}, Clearance: ch.Writer})
				}
			}
			e.Names, e.Description, e.Subtype, e.External = nil, "", "", nil
		}
		known.Note(&graph.Batch{Claims: ch.Claims, Clearance: ch.Writer})
		ch.Claims = append(said, ch.Claims...)
		out = append(out, ch)
	}
	return out
}

// shownOf is what an entity is called and described as.
type shownOf struct {
	Name, Description, Subtype string
	Outside                    bool
	Names, External            []string
}

func shown(v *live.View, id graph.ID) (out shownOf) {
	e, ok := v.Entity(id)
	if !ok {
		return out
	}
	out = shownOf{Name: e.Base().Name(), Outside: e.Base().NameOutsideLens(), External: valuesOf(e.Base().External())}
	for _, a := range slices.Backward(e.Base().Description()) {
		out.Description = *a.Value().Text()
	}
	for _, a := range slices.Backward(e.Base().Subtype()) {
		out.Subtype = *a.Value().Text()
	}
	for _, n := range e.Base().Names() {
		out.Names = append(out.Names, n.Value+" "+string(n.Form()))
	}
	slices.Sort(out.Names)
	slices.Sort(out.External)
	return out
}

// TestLinesAreClaims: what the line of an entity says is said as by claims that were
// recorded with it: it can be retracted, contradicted and asserted anew likewise, by writers
// of every clearance and for readers of every one.
func TestLinesAreClaims(t *testing.T) {
	raced.Alone(t)
	tr := ofWriters
	tr.namesSources, tr.identity, tr.derivation, tr.claims = false, false, false, [2]int{40, 120}
	tr.retires = false // what a stricter line says once more stays with it
	worlds, retracted := drawWorld(tr), 0
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
		lens := w.asSeen(drawLens(t, w), clearance)
		v, err := graphFor(w.changes, clearance).Reader().View(&lens)
		if err != nil {
			return
		}
		plain := open(t, graphFor(asClaims(w.changes), clearance), &lens)
		for _, id := range entitiesOf(w.changes) {
			same(t, "what "+string(id)+" is called", shown(plain, id), shown(v, id))
		}
		lines := map[graph.ID]bool{}
		for _, ch := range w.changes {
			for _, c := range ch.Claims {
				if c.Predicate == graph.Retracts && lines[c.Subject] {
					retracted++
				}
			}
			for i := range ch.Entities {
				for _, c := range graph.Expand(&ch.Entities[i]) {
					lines[c.ID] = true
				}
			}
		}
	})
	if retracted == 0 {
		t.Error("nothing that a line says is taken back: the test says nothing")
	}
}

// TestRetractWhatALineSays: who sees a name of a line after what writers of two clearances
// did, in their order.
func TestRetractWhatALineSays(t *testing.T) {
	line := func(m graph.Marking) graph.Entity {
		return graph.Entity{ID: "g", Kind: graph.Group, Marking: m, Names: []graph.Name{{Value: "A"}, {Value: "B"}}}
	}
	first := line("")
	of := graph.Expand(&first)[1].ID
	says := func(w graph.Marking, reassert bool) graph.Batch {
		return graph.Batch{Clearance: w, Reassert: reassert, Entities: []graph.Entity{line(w)}}
	}
	takes := func(w graph.Marking, of graph.ID) graph.Batch {
		c := graph.Claim{Subject: of, Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated, Marking: w}
		return graph.Batch{Clearance: w, Claims: []graph.Claim{c}}
	}
	undoes := func(w graph.Marking) graph.Batch { return takes(w, takes(w, of).Normalised().Claims[0].ID) }
	clear, red := graph.Clear, graph.Red
	for _, c := range []struct {
		name  string
		steps []graph.Batch
		sees  string // the clearances, each if it sees the name
	}{
		{"said", []graph.Batch{says(clear, false)}, "CLEAR RED"},
		{"retracted", []graph.Batch{says(clear, false), takes(clear, of)}, ""},
		{"said once more", []graph.Batch{says(clear, false), takes(clear, of), says(clear, false)}, ""},
		{"asserted anew", []graph.Batch{says(clear, false), takes(clear, of), says(clear, true)}, "CLEAR RED"},
		{"taken back", []graph.Batch{says(clear, false), takes(clear, of), undoes(clear)}, "CLEAR RED"},
		{"retracted by who sees all", []graph.Batch{says(clear, false), takes(red, of)}, "CLEAR"},
		{"by both", []graph.Batch{says(clear, false), takes(red, of), takes(clear, of)}, ""},
		{"by both, one of them takes it back", []graph.Batch{says(clear, false), takes(red, of), takes(clear, of), undoes(clear)}, "CLEAR"},
		{"hidden, then open", []graph.Batch{says(red, false), says(clear, false)}, "CLEAR RED"},
		{"hidden, then open, retracted below", []graph.Batch{says(red, false), says(clear, false), takes(clear, of)}, "RED"},
		{"hidden, then open, retracted above", []graph.Batch{says(red, false), says(clear, false), takes(red, of)}, "CLEAR"},
		{"hidden and retracted, then open", []graph.Batch{says(red, false), takes(red, of), says(clear, false)}, "CLEAR RED"},
		{"open, then hidden, retracted below", []graph.Batch{says(clear, false), says(red, false), takes(clear, of)}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFeed()
			f.apply(graph.Batch{Sources: []graph.Source{source("a")}})
			for _, b := range c.steps {
				f.apply(b)
			}
			sees := ""
			for _, m := range []graph.Marking{clear, red} {
				g := graphFor(f.changes, m)
				if slices.Contains(shown(open(t, g, nil), "g").Names, "B FULL") {
					sees = strings.TrimSpace(sees + " " + string(m))
				}
			}
			if sees != c.sees {
				t.Errorf("the name is seen by %q, want %q", sees, c.sees)
			}
		})
	}
}

// TestRecordsOfLines: what is exported and recorded anew is called as before, also where some
// of what lines say was taken back and asserted anew.
func TestRecordsOfLines(t *testing.T) {
	raced.Alone(t)
	tr := dense
	tr.ofLines, tr.namesSources, tr.linesAlone, tr.identity, tr.derivation, tr.plainly = true, false, true, false, false, true
	worlds := drawOlder(tr)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		v := open(t, graphFor(w.changes, graph.Red), nil)
		f := newFeed()
		f.apply(records(t, v, live.Selection{}))
		again := open(t, graphOf(f.changes), nil)
		for _, id := range entitiesOf(w.changes) {
			if want, got := shown(v, id), shown(again, id); len(want.Names) > 0 {
				same(t, "what "+string(id)+" is called", want, got)
			}
		}
	})
}

// TestNameOfALineRecordedByItself: the claim and the line say one thing, since the line did;
// the commit that recorded the claim tells of it.
func TestNameOfALineRecordedByItself(t *testing.T) {
	f := newFeed()
	e := graph.Entity{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "A", Primary: true, Source: "s_a"}}}
	f.apply(graph.Batch{Sources: []graph.Source{source("a")}, Entities: []graph.Entity{e}})
	other := graph.Entity{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "B", Primary: true}}}
	f.apply(graph.Batch{Entities: []graph.Entity{other}})
	n := f.apply(graph.Batch{Claims: []graph.Claim{graph.Expand(&e)[0]}})
	v := open(t, graphOf(f.changes), nil)
	same(t, "what it is called", shownOf{Name: "B", Names: []string{"A FULL", "B FULL"}, External: []string{}}, shown(v, "g"))
	if c := commitsOf(t, v, nil)[n-1]; c.Claims() != 1 {
		t.Errorf("the commit tells of %d claims", c.Claims())
	}
}
