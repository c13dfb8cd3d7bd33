package live_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/bulk"
	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// records is what a selection of a view exports, read again.
func records(t tb, v *live.View, s live.Selection) graph.Batch {
	t.Helper()
	x, err := v.Export(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	var b graph.Batch
	n := 0
	for line := range x.Lines(context.Background()) {
		n++
		switch {
		case strings.Contains(string(line), `"type":"source"`):
			b.Sources = append(b.Sources, decoded[graph.Source](t, line))
		case strings.Contains(string(line), `"type":"entity"`):
			b.Entities = append(b.Entities, decoded[graph.Entity](t, line))
		default:
			b.Claims = append(b.Claims, decoded[graph.Claim](t, line))
		}
	}
	if n != x.Len() {
		t.Fatalf("%d records were announced, and %d came", x.Len(), n)
	}
	return b
}

func decoded[R any](t tb, line []byte) R {
	t.Helper()
	r, err := graph.Decode[R](line)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// drawSelection draws a part of a view: all of it, or some kinds, perhaps none.
func drawSelection(t *rapid.T) (s live.Selection) {
	s.Kinds = drawKinds(t)
	if rapid.Bool().Draw(t, "some kinds of entity") {
		s.EntityKinds = slices.Concat([]graph.EntityKind{},
			rapid.SliceOfN(rapid.SampledFrom(graph.EntityKinds), 0, 4).Draw(t, "kinds of entity"))
	}
	return s
}

// file is what a reader gets of a file, with how much was announced.
func file(t tb, r *live.Reader, name string, lens graph.Lens, s live.Selection) (rows int, text string, err error) {
	t.Helper()
	q, err := bulk.Parse(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	q.Lens, q.Selection = lens, s
	x, err := q.Open(context.Background(), r)
	if err != nil {
		return 0, "", err
	}
	var b bytes.Buffer
	if err := x.Write(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return x.Rows, b.String(), nil
}

// TestFilesTellNothingOfHidden: the files of a reader of a clearance are those of a
// reader without limits of a store out of which everything above it was deleted, to
// the byte, and so is what is announced of them.
func TestFilesTellNothingOfHidden(t *testing.T) {
	raced.Alone(t)
	for name, tr := range map[string]traits{"wide": anything, "dense": dense} {
		worlds := drawOlder(tr)
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			w := worlds.Draw(t, "world")
			clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
			lens, part := drawLens(t, w), drawSelection(t)
			r, bare := graphFor(w.changes, clearance).Reader(), graphOf(cleared(w.changes, clearance)).Reader()
			for _, f := range formats.Exporters() {
				rows, got, err := file(t, r, f.File(), lens, part)
				bareRows, want, bareErr := file(t, bare, f.File(), lens, part)
				same(t, "the error", text(bareErr), text(err))
				same(t, "what is announced", bareRows, rows)
				same(t, f.File(), strings.Split(want, "\n"), strings.Split(got, "\n"))
			}
		}))
	}
}

// TestSelections: a selection takes what its conditions say of the whole, counts
// what it takes, and gives tables that fit together.
func TestSelections(t *testing.T) {
	raced.Alone(t)
	worlds := drawOlder(dense)
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		v, s := drawSeen(t, worlds).view, drawSelection(t)
		takes := func(e live.Entity) bool {
			return s.EntityKinds == nil || slices.Contains(s.EntityKinds, e.Base().Kind())
		}
		var links, chosen []graph.ID
		joined := map[graph.ID]bool{}
		for l := range v.Links() {
			if (s.Kinds == nil || slices.Contains(s.Kinds, l.Kind())) && takes(l.Source()) && takes(l.Target()) {
				links = append(links, l.ID())
				joined[l.SourceID()], joined[l.TargetID()] = true, true
			}
		}
		for l := range v.SelectLinks(ctx, s) {
			chosen = append(chosen, l.ID())
		}
		same(t, "the links", links, chosen)
		n, err := v.CountLinks(ctx, s)
		if err != nil || n != len(links) {
			t.Fatalf("%d links are counted, there are %d: %v", n, len(links), err)
		}
		var entities, taken []graph.ID
		for e := range v.Entities() {
			if takes(e) && (s.Kinds == nil || joined[e.Base().ID()]) {
				entities = append(entities, e.Base().ID())
			}
		}
		for e := range v.SelectEntities(ctx, s) {
			taken = append(taken, e.Base().ID())
		}
		same(t, "the entities", entities, taken)
		if n, err = v.CountEntities(ctx, s); err != nil || n != len(entities) {
			t.Fatalf("%d entities are counted, there are %d: %v", n, len(entities), err)
		}
		for id := range joined {
			if !slices.Contains(taken, id) {
				t.Fatalf("a link is selected, and not its end %s", id)
			}
		}
	})
}

// TestSelectedRecords: the records of a selection can be recorded in an empty store,
// hold the claims of its links and no others, and are a part of all records.
func TestSelectedRecords(t *testing.T) {
	raced.Alone(t)
	tr := dense
	tr.plainly = true
	worlds := drawOlder(tr)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		v := open(t, graphFor(w.changes, rapid.SampledFrom(graph.Markings).Draw(t, "clearance")), nil)
		s := drawSelection(t)
		all, part := records(t, v, live.Selection{}), records(t, v, s)
		newFeed().apply(part) // panics where something is missing
		kinds := map[graph.ID]graph.EntityKind{}
		for _, e := range all.Entities {
			kinds[e.ID] = e.Kind
		}
		takes := func(id graph.ID) bool { return s.EntityKinds == nil || slices.Contains(s.EntityKinds, kinds[id]) }
		kept := map[graph.ID]bool{}
		var want, got []graph.ID
		for _, c := range all.Claims {
			spec := c.Predicate.Spec()
			switch {
			case spec.IsLink():
				kept[c.ID] = (s.Kinds == nil || slices.Contains(s.Kinds, c.Predicate)) && takes(c.Subject) &&
					takes(c.Object)
			case spec.IsAttribute():
				kept[c.ID] = s.Kinds == nil && takes(c.Subject)
			default:
				kept[c.ID] = kept[c.Subject] && kept[c.Object]
			}
			if kept[c.ID] {
				want = append(want, c.ID)
			}
		}
		for _, c := range part.Claims {
			got = append(got, c.ID)
		}
		same(t, "the claims", want, got)
		for _, e := range part.Entities {
			if !slices.ContainsFunc(all.Entities, func(o graph.Entity) bool {
				return string(graph.Encode(&o)) == string(graph.Encode(&e))
			}) {
				t.Fatalf("%s is another one in the selection", e.ID)
			}
		}
		if s.Kinds == nil {
			for id, kind := range kinds {
				if slices.Contains(s.EntityKinds, kind) &&
					!slices.ContainsFunc(part.Entities, func(e graph.Entity) bool { return e.ID == id }) {
					t.Fatalf("%s, of a kind that is selected, is left out", id)
				}
			}
		}
	})
}

// TestExportEndsWithItsContext: counting says why it ended, and what is yielded
// stops.
func TestExportEndsWithItsContext(t *testing.T) {
	raced.Alone(t)
	f := base()
	for i := range 40 {
		var claims []graph.Claim
		for j := range 100 {
			claims = append(claims, status("g", fmt.Sprint(i, j)),
				link("g", "SUPPORTS", "h", func(c *graph.Claim) { c.Locator = fmt.Sprint(i*100 + j) }),
				link("i", "MEMBER_OF", "g", func(c *graph.Claim) { c.Role = fmt.Sprint(i, j) }))
		}
		f.add(claims...)
	}
	v := f.view(t, graph.Clear, nil)
	ended, end := context.WithCancel(context.Background())
	x, err := v.Export(ended, live.Selection{})
	if err != nil {
		t.Fatal(err)
	}
	end()
	if _, err := v.Export(ended, live.Selection{}); !errors.Is(err, context.Canceled) {
		t.Errorf("records: %v", err)
	}
	if _, err := v.CountLinks(ended, live.Selection{}); !errors.Is(err, context.Canceled) {
		t.Errorf("links: %v", err)
	}
	if _, err := v.CountEntities(ended, live.Selection{}); !errors.Is(err, context.Canceled) {
		t.Errorf("entities: %v", err)
	}
	lines, links := 0, 0
	for range x.Lines(ended) {
		lines++
	}
	for range v.SelectLinks(ended, live.Selection{}) {
		links++
	}
	if lines >= x.Len() || links > 1024 {
		t.Errorf("%d of %d lines and %d links come after the end", lines, x.Len(), links)
	}
}

// TestRecordsGiveTheSame: what a view holds as records, recorded in an empty store,
// gives the same entities, links and claims.
func TestRecordsGiveTheSame(t *testing.T) {
	raced.Alone(t)
	tr := dense
	tr.plainly, tr.namesSources = true, false // what would have no name is named by its id
	tr.derivation = false                     // what relies on something strict is as strict from now on
	tr.linesAlone = true                      // of two primary names the later holds, and lines are written first
	worlds := drawOlder(tr)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
		v := open(t, graphFor(w.changes, clearance), nil)
		f := newFeed()
		f.apply(records(t, v, live.Selection{}))
		var claims []graph.ID // what it leaves out is about claims that do not count
		for _, c := range records(t, v, live.Selection{}).Claims {
			claims = append(claims, c.ID)
		}
		plain := func(d dump) dump {
			d = d.unordered()
			d.Sequence, d.Recorded, d.Counts, d.Claims = 0, begin, [4]int{}, nil
			for i := range d.Entities { // of several lines one is made, with one primary name
				e := &d.Entities[i]
				several := len(e.Same) > 1 // of their primary names the one of the later commit is shown
				if several {
					e.Name = ""
				}
				for j := range e.Names {
					n := &e.Names[j]
					n.Claims, n.Source, n.Primary = nil, "", n.Primary && !several
				}
			}
			for i := range d.Known {
				d.Known[i].Sequence, d.Known[i].Recorded = 0, begin
			}
			for i := range d.Sources { // of which some claims were retracted
				d.Sources[i].Claims, d.Sources[i].Withdrawn = nil, false
			}
			return d
		}
		same(t, "the view", plain(dumpView(t, v, claims)),
			plain(dumpView(t, open(t, graphOf(f.changes), nil), claims)))
	})
}

// TestRecordsOfContradictions: a claim about two claims is among the records when
// both are, even when they are such claims themselves.
func TestRecordsOfContradictions(t *testing.T) {
	f := base()
	a, b, c := status("g", "one"), status("g", "two"), status("g", "three")
	ab := contradict(a, b)
	chain := contradict(ab, c)
	gone := contradict(b, c)
	f.add(a, b, c, ab, chain, gone, contradict(gone, a), retract(gone))
	kept := records(t, f.view(t, graph.Red, nil), live.Selection{})
	var got []graph.ID
	for _, k := range kept.Claims {
		got = append(got, k.ID)
	}
	same(t, "the claims", []graph.ID{a.ID, b.ID, c.ID, ab.ID, chain.ID}, got)
	newFeed().apply(kept)
}

// TestStrictClaimsStayStrict: a claim that is stricter than it says and than what it names
// is exported with its marking, and so is what is about it.
func TestStrictClaimsStayStrict(t *testing.T) {
	f := base()
	open := status("g", "open")
	strict, other := status("g", "one"), status("g", "two")
	f.apply(graph.Batch{Marking: graph.Amber, Claims: []graph.Claim{strict, other, contradict(strict, other)}})
	f.add(open)
	got := records(t, f.view(t, graph.Red, nil), live.Selection{})
	again := newFeed()
	again.apply(got)
	same(t, "what those see who may see less", []graph.ID{open.ID}, claimIDs(slices.Collect(again.view(t, graph.Green, nil).Claims())))
	same(t, "what the others see", 4, len(slices.Collect(again.view(t, graph.Amber, nil).Claims())))
}

// TestLeftOut: what the reader may see and the export does not hold is counted.
func TestLeftOut(t *testing.T) {
	f := base()
	one, two, three := status("g", "one"), status("g", "two"), status("g", "three", marked(graph.Red))
	opinion := status("g", "four", func(c *graph.Claim) { c.Hedge = graph.Assessment })
	f.add(one, two, three, opinion)
	f.add(retract(one))
	f.apply(graph.Batch{Sources: []graph.Source{source("b")}, Entities: []graph.Entity{entity(graph.Place, "p")}})
	for _, c := range []struct {
		clearance graph.Marking
		selection live.Selection
		want      live.LeftOut
	}{
		{graph.Red, live.Selection{}, live.LeftOut{Claims: 3}},                                                              // one, what retracts it, the opinion
		{graph.Clear, live.Selection{EntityKinds: []graph.EntityKind{}}, live.LeftOut{Sources: 2, Entities: 10, Claims: 4}}, // two as well
	} {
		v := f.view(t, c.clearance, nil)
		x, err := v.Export(context.Background(), c.selection)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "what "+string(c.clearance)+" is not given", c.want, x.LeftOut())
	}
}

// TestRecordsOfAnOldMoment are marked as they were, whatever stricter mentions came since.
func TestRecordsOfAnOldMoment(t *testing.T) {
	f := base()
	f.apply(graph.Batch{
		Sources:  []graph.Source{source("b", func(s *graph.Source) { s.Marking = graph.Amber })},
		Entities: []graph.Entity{entity(graph.Group, "h", func(e *graph.Entity) { e.Marking = graph.Green })},
	})
	b := records(t, f.view(t, graph.Red, known(1)), live.Selection{})
	for _, s := range b.Sources {
		same(t, string(s.ID), map[graph.ID]graph.Marking{"s_red": graph.Red}[s.ID], s.Marking)
	}
	for _, e := range b.Entities {
		same(t, string(e.ID), graph.Marking(""), e.Marking)
	}
}

// TestRecordsOfNamesBesideLines: a name of a stricter source stands beside the line of its entity, and what
// is exported gives it as it was, before the id that the line of an entity without a name bears.
func TestRecordsOfNamesBesideLines(t *testing.T) {
	f := newFeed()
	named := func(id graph.ID, names ...graph.Name) graph.Entity {
		return graph.Entity{ID: id, Kind: graph.Group, Names: names}
	}
	f.apply(graph.Batch{
		Sources: []graph.Source{source("a"), source("green", func(s *graph.Source) { s.Marking = graph.Green })},
		Entities: []graph.Entity{
			named("one", graph.Name{Value: "Alpha", Source: "s_green"}), named("two", graph.Name{Value: "Béta"}),
		},
		Claims: []graph.Claim{{
			Subject: "two", Predicate: graph.NameOf, Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Text: "Gamma"},
			Excerpt: "Gamma", Marking: graph.Green,
		}},
	})
	f.apply(graph.Batch{Claims: []graph.Claim{retract(graph.Expand(&f.given[0].Entities[1])[0])}})
	for _, clearance := range []graph.Marking{graph.Clear, graph.Red} {
		v := f.view(t, clearance, nil)
		again := newFeed()
		again.apply(records(t, v, live.Selection{}))
		for _, id := range []graph.ID{"one", "two"} {
			want, _ := v.Entity(id)
			for _, m := range []graph.Marking{graph.Clear, graph.Red} {
				got, _ := again.view(t, m, nil).Entity(id)
				name := want.Base().Name()
				if m == graph.Clear {
					name = string(id) // what a file holds is as strict elsewhere
				}
				same(t, string("the name that "+m+" sees of what was exported at "+clearance), name, got.Base().Name())
			}
		}
	}
}
