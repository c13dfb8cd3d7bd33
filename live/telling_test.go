package live_test

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// TestFacts: facts are the links that the lens shows, in numbers.
func TestFacts(t *testing.T) {
	worlds := drawWorld(dense)
	rapid.Check(t, func(t *rapid.T) {
		v := drawSeen(t, worlds).view
		type fact struct {
			ID, Source, Target graph.ID
			Kind               graph.Predicate
			Credibility        int
			Times              graph.Span
		}
		var want, got []fact
		for l := range v.Links() {
			want = append(want, fact{l.ID(), l.SourceID(), l.TargetID(), l.Kind(), l.Credibility(), l.Times()})
		}
		split := live.LinkRow(rapid.Uint32Range(0, uint32(v.LinkRows())).Draw(t, "split"))
		row := -1
		for _, r := range [][2]live.LinkRow{{0, split}, {split, v.LinkRows() + 9}} {
			v.LinkSummaries(r[0], r[1], func(f live.LinkSummary) {
				if int(f.Row) <= row {
					t.Fatalf("row %d comes after %d", f.Row, row)
				}
				row = int(f.Row)
				source, target := v.EntityAt(f.Source).Base().ID(), v.EntityAt(f.Target).Base().ID()
				got = append(got, fact{v.LinkAt(f.Row).ID(), source, target, graph.Predicates()[f.Kind].Name, int(f.Credibility), f.Times})
				if again, ok := v.EntityRow(source); !ok || again != f.Source || f.Source >= v.EntityRows() {
					t.Fatalf("%s is in row %d, and not in %d", source, f.Source, again)
				}
			})
		}
		for _, list := range [][]fact{want, got} {
			slices.SortFunc(list, func(a, b fact) int { return cmp.Compare(a.ID, b.ID) })
		}
		same(t, "the facts", want, got)
		if _, ok := v.EntityRow("nobody"); ok {
			t.Fatal("nobody is somewhere")
		}
	})
}

// TestRecordsGiveTheSame: what a view holds as records, recorded in an empty store,
// gives the same entities, links and claims.
func TestRecordsGiveTheSame(t *testing.T) {
	tr := dense
	tr.plainly, tr.namesSources = true, false // what would have no name is named by its id
	worlds := drawWorld(tr)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
		v := open(t, graphOf(w.changes), clearance, nil)
		f := newFeed()
		f.apply(records(t, v, live.Selection{}))
		var claims []graph.ID // what it leaves out is about claims that do not count
		for _, c := range records(t, v, live.Selection{}).Claims {
			claims = append(claims, c.ID)
		}
		plain := func(d dump) dump {
			d = d.unordered()
			d.Sequence, d.Recorded, d.Counts, d.Claims = 0, begin, [4]int{}, nil
			for i := range d.Known {
				d.Known[i].Sequence, d.Known[i].Recorded = 0, begin
			}
			for i := range d.Sources { // of which some claims were taken back
				d.Sources[i].Claims, d.Sources[i].Withdrawn = nil, false
			}
			return d
		}
		same(t, "the view", plain(dumpView(t, v, claims)), plain(dumpView(t, open(t, graphOf(f.changes), graph.Red, nil), claims)))
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

// TestRecordsOfAnOldMoment are marked as they are now.
func TestRecordsOfAnOldMoment(t *testing.T) {
	f := base()
	f.apply(graph.Batch{
		Sources:  []graph.Source{source("b", func(s *graph.Source) { s.Marking = graph.Amber })},
		Entities: []graph.Entity{entity(graph.Group, "h", func(e *graph.Entity) { e.Marking = graph.Green })},
	})
	b := records(t, f.view(t, graph.Red, known(1)), live.Selection{})
	for _, s := range b.Sources {
		same(t, string(s.ID), map[graph.ID]graph.Marking{"s_b": graph.Amber, "s_red": graph.Red}[s.ID], s.Marking)
	}
	for _, e := range b.Entities {
		same(t, string(e.ID), map[graph.ID]graph.Marking{"h": graph.Green}[e.ID], e.Marking)
	}
}

// TestDuring folds a link over a part of its time.
func TestDuring(t *testing.T) {
	f := base()
	f.add(
		link("g", graph.AlliedWith, "h", during("2001", "2002"), hedged(graph.Alleged)),
		link("g", graph.AlliedWith, "h", during("2004", "2005"), from("b")),
		link("g", graph.AlliedWith, "h", during("2005", "2006"), polar(graph.Denied), from("b")),
	)
	l, _ := f.view(t, graph.Red, nil).Link(graph.LinkKey{Kind: graph.AlliedWith, Source: "g", Target: "h"}.ID())
	for when, want := range map[string]graph.LinkStatus{
		"2000": "", "2001": graph.StatusReported, "2002-12-31": graph.StatusReported, "2003": "", "2004": graph.StatusAsserted, "2005": graph.StatusDisputed, "2006": "", "2001/2004": graph.StatusAsserted, "../..": graph.StatusDisputed,
	} {
		d := date(when)
		got := graph.LinkStatus("")
		if part := l.During(graph.Span{Earliest: d.Earliest, Latest: d.Latest}); part != nil {
			got = part.Status()
		}
		if got != want {
			t.Errorf("during %s it is %q, want %q", when, got, want)
		}
	}
	if l.Status() != graph.StatusDisputed || l.Hedge() != graph.Stated {
		t.Errorf("the link itself is %s now", l.Status())
	}
	f.add(link("g", "SUPPORTS", "h", during("2001", "2002"), polar(graph.Denied)))
	denied, _ := f.view(t, graph.Red, &graph.Lens{IncludeDenied: ptr(true)}).Link(graph.LinkKey{Kind: "SUPPORTS", Source: "g", Target: "h"}.ID())
	d := date("2001")
	if part := denied.During(graph.Span{Earliest: d.Earliest, Latest: d.Latest}); part == nil || part.Status() != graph.StatusDenied {
		t.Error("what is denied is not shown to those who ask for it")
	}
}

// TestValueThatNothingAffirms is graded by the best claim, whichever came first.
func TestValueThatNothingAffirms(t *testing.T) {
	f := base()
	said := func(h graph.Hedge, source string) graph.Claim {
		return attribute("bombing", graph.Responsibility, graph.Value{Text: "nobody"}, polar(graph.NoEvidence), hedged(h), from(source))
	}
	f.add(said(graph.Alleged, "a"), said(graph.Confirmed, "b"), said(graph.Reported, "a"))
	e, _ := f.view(t, graph.Red, nil).Entity("bombing")
	a := entityOf(t, e).Attributes
	if len(a) != 1 || a[0].Polarity != graph.NoEvidence || a[0].Credibility != 1 || a[0].Hedge != graph.Confirmed || a[0].Independent != 0 || len(a[0].Claims) != 3 {
		t.Errorf("the value is %+v", a)
	}
}

// TestRivalValues: values that claims affirm rival each other; others do not.
func TestRivalValues(t *testing.T) {
	f := base()
	f.add(status("g", "one"), status("g", "three", polar(graph.NoEvidence)), status("g", "four", polar(graph.Denied)))
	rivals := func() (out []string) {
		e, _ := f.view(t, graph.Red, &graph.Lens{IncludeDenied: ptr(true)}).Entity("g")
		for _, a := range must(e.Base().Attributes(nil, nil)) {
			if a.Rivalled() {
				out = append(out, deref(a.Value().Text()))
			}
		}
		return out
	}
	same(t, "rivals of one value", nil, rivals())
	f.add(status("g", "two", from("b"), hedged(graph.Alleged)))
	same(t, "rivals of two", []string{"one", "two"}, rivals())
}

// TestTypedFields reads the attributes of each kind of entity where it has them.
func TestTypedFields(t *testing.T) {
	f := base()
	b := graph.Batch{Entities: []graph.Entity{entity(graph.Madressah, "jamia"), entity(graph.Designation, "un-list")}}
	for subject, values := range map[string]map[graph.Predicate]string{
		"g": {"IDEOLOGY": "an ideology", "DENOMINATION": "a denomination"}, "i": {"NATIONALITY": "a nationality", "FATHER_NAME": "a father", "POST": "a post"}, "jamia": {"BOARD": "a board"},
		"bombing": {"ATTACK_TYPE": "an attack", "WEAPON": "a weapon", "TARGET_TYPE": "a target"}, "un-list": {"AUTHORITY": "an authority", "LIST": "a list"},
	} {
		for p, v := range values {
			b.Claims = append(b.Claims, attribute(subject, p, graph.Value{Text: v}))
			b.Claims = append(b.Claims, attribute(subject, p, graph.Value{Text: "not " + v}, hedged(graph.Alleged)))
		}
	}
	for subject, values := range map[string]map[graph.Predicate]string{"g": {"FOUNDED_ON": "2001", "DISSOLVED_ON": "2002"}, "i": {"BIRTH": "1960", "DEATH": "2003"}, "un-list": {graph.DateOf: "2004"}} {
		for p, v := range values {
			b.Claims = append(b.Claims, attribute(subject, p, graph.Value{Date: date(v)}), attribute(subject, p, graph.Value{Date: date("1900")}, hedged(graph.Alleged)))
		}
	}
	b.Claims = append(b.Claims, attribute("g", "STRENGTH", graph.Value{Low: ptr(1.0), Unit: "fighters"}))
	f.apply(b)
	v := f.view(t, graph.Red, nil)
	group, individual := must(get[*live.Group](v, "g")), must(get[*live.Individual](v, "i"))
	jamia, bombing, list := must(get[*live.Madressah](v, "jamia")), must(get[*live.Incident](v, "bombing")), must(get[*live.Designation](v, "un-list"))
	same(t, "single values", []string{
		"a denomination", "a nationality", "a father", "a board", "an authority", "a list", "2001", "2002", "1960", "2003", "2004",
	}, []string{
		deref(group.Denomination()), deref(individual.Nationality()), deref(individual.FatherName()), deref(jamia.Board()), deref(list.Authority()), deref(list.List()),
		edtf(group.Founded()), edtf(group.Dissolved()), edtf(individual.Birth()), edtf(individual.Death()), edtf(list.Date()),
	})
	both := func(s string) []string { return []string{s, "not " + s} }
	same(t, "several values", [][]string{both("an ideology"), both("a post"), both("an attack"), both("a weapon"), both("a target")},
		[][]string{group.Ideologies(), individual.Posts(), bombing.AttackTypes(), bombing.Weapons(), bombing.TargetTypes()})
	if s := group.Strength(); len(s) != 1 || deref(s[0].Value().Unit()) != "fighters" || s[0].Value().Text() != nil || s[0].Value().Date() != nil || s[0].Value().Role() != nil || s[0].Value().Effect() != nil || s[0].Value().Precision() != nil {
		t.Errorf("the strength is %+v", s)
	}
	if must(get[*live.Group](v, "h")).Founded() != nil || must(get[*live.Group](v, "h")).Denomination() != nil {
		t.Error("what nobody says is something")
	}
}

// get is an entity of a kind.
func get[T live.Entity](v *live.View, id graph.ID) (T, error) {
	e, ok := v.Entity(id)
	if !ok {
		var none T
		return none, graph.NotFound("id", id)
	}
	return e.(T), nil
}

// TestTolls: least low, greatest high, and the best of the best claim.
func TestTolls(t *testing.T) {
	killed := func(low, best, high *float64, change ...func(*graph.Claim)) graph.Claim {
		return attribute("bombing", graph.Casualties, graph.Value{Low: low, Best: best, High: high, Role: "CIVILIAN", Effect: "KILLED"}, change...)
	}
	n := func(f float64) *float64 { return &f }
	for _, c := range []struct {
		name            string
		claims          []graph.Claim
		low, best, high *int
	}{
		{"a range", []graph.Claim{killed(n(50), n(55), n(60))}, ptr(50), ptr(55), ptr(60)},
		{"a figure", []graph.Claim{killed(nil, n(55), nil)}, ptr(55), ptr(55), ptr(55)},
		{"at least", []graph.Claim{killed(n(5), nil, nil)}, ptr(5), nil, nil},
		{"at most", []graph.Claim{killed(nil, nil, n(5))}, nil, nil, ptr(5)},
		{"nobody", []graph.Claim{killed(nil, n(0), nil)}, ptr(0), ptr(0), ptr(0)},
		{"two ranges", []graph.Claim{killed(n(50), n(55), n(60)), killed(n(40), nil, n(70), hedged(graph.Alleged))}, ptr(40), ptr(55), ptr(70)},
		{"a better claim without a best", []graph.Claim{killed(nil, n(9), nil, hedged(graph.Alleged)), killed(n(5), nil, nil)}, ptr(5), nil, ptr(9)},
		{"what is denied", []graph.Claim{killed(n(5), nil, nil), killed(n(99), nil, nil, polar(graph.Denied))}, ptr(5), nil, nil},
	} {
		f := base()
		f.add(c.claims...)
		tolls := must(get[*live.Incident](f.view(t, graph.Red, nil), "bombing")).Casualties()
		if len(tolls) != 1 {
			t.Errorf("%s: there are %d tolls", c.name, len(tolls))
			continue
		}
		same(t, c.name, []*int{c.low, c.best, c.high}, []*int{tolls[0].Low, tolls[0].Best, tolls[0].High})
	}
}

func TestContext(t *testing.T) {
	r := live.NewGraph().Reader(graph.Clear)
	if live.FromContext(live.NewContext(t.Context(), r)) != r {
		t.Error("the reader is lost")
	}
	if n := live.NoLinks(); n.TotalCount() != 0 || len(n.Nodes()) != 0 || n.PageInfo.HasNextPage {
		t.Error("no links are some")
	}
	if n := live.NoClaims(); n.TotalCount() != 0 || len(n.Nodes()) != 0 || n.PageInfo.HasNextPage {
		t.Error("no claims are some")
	}
}
