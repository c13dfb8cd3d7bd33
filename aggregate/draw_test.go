package aggregate_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/store/memory"
)

func ptr[T any](v T) *T { return &v }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// cast are the entities of a random graph; the first letter says of what kind, that behind a
// place of which subtype.
var cast = []graph.ID{
	"x0", "x1", "x2", "x3", "x4", "x5", "g0", "g1", "i0", "i1", "pc", "pa0", "pa1", "pd0", "pd1", "pt0", "pt1",
}

var castKinds = map[byte]graph.EntityKind{'x': graph.Incident, 'g': graph.Group, 'i': graph.Individual, 'p': graph.Place}

var castLevels = map[byte]string{'c': "COUNTRY", 'a': "ADMIN1", 'd': "ADMIN2", 't': "TOWN"}

func draft() graph.Batch {
	b := graph.Batch{Actor: "test", Reason: "test", Clearance: graph.Red, Sources: []graph.Source{
		{ID: "s_a", Kind: "REPORT", Title: "A", Publisher: "The Daily", Reliability: "B", Published: must(graph.ParseDate("2016-03"))},
		{ID: "s_b", Kind: "REPORT", Title: "B", Publisher: "the daily", Reliability: "D", Published: must(graph.ParseDate("2016-12/2017-02"))},
		{ID: "s_c", Kind: "REPORT", Title: "C", DerivedFrom: []graph.ID{"s_a"}},
	}}
	for _, id := range cast {
		e := graph.Entity{ID: id, Kind: castKinds[id[0]], Names: []graph.Name{{Value: string(id), Source: "s_a"}}}
		if e.Kind == graph.Place {
			e.Subtype = castLevels[id[1]]
		}
		b.Entities = append(b.Entities, e)
	}
	return b
}

// dates are what claims say of when.
var dates = []string{
	"2014", "2014-03", "2014-03-05", "2014-12-31/2015-01-01", "2014/2015", "2013/2019", "../2014", "2015/..", "2015-06", "2016", "2014-01/2014-02", "../2016",
}

// about are claims without source, hedge and grade.
func about(r *rand.Rand) graph.Claim {
	x, y := graph.ID(fmt.Sprint("x", r.IntN(6))), graph.ID(fmt.Sprint("x", r.IntN(6)))
	actor := pick[graph.ID](r, "g0", "g1", "i0")
	switch r.IntN(17) {
	case 0, 1:
		return graph.Claim{Subject: x, Predicate: graph.DateOf, Value: &graph.Value{Date: must(graph.ParseDate(pick(r, dates...)))}}
	case 2, 3, 4:
		return graph.Claim{Subject: x, Predicate: graph.Casualties, Value: harmed(r)}
	case 5, 6:
		place := cast[10+r.IntN(7)]
		return graph.Claim{Subject: x, Predicate: graph.OccurredAt, Object: place}
	case 7:
		up := map[byte]graph.ID{'t': pick[graph.ID](r, "pd0", "pd1"), 'd': pick[graph.ID](r, "pa0", "pa1"), 'a': "pc"}
		place := cast[11+r.IntN(6)]
		return graph.Claim{Subject: place, Predicate: graph.LocatedIn, Object: up[place[1]]}
	case 8:
		if x == y {
			y = graph.ID(fmt.Sprint("x", (r.IntN(5)+1+int(x[1]-'0'))%6))
		}
		kind := pick(r, graph.PossiblySameAs, graph.PossiblySameAs, graph.PossiblySameAs, graph.NotSameAs, graph.SameAs)
		return graph.Claim{Subject: min(x, y), Predicate: kind, Object: max(x, y)}
	case 9:
		if x == y {
			y = graph.ID(fmt.Sprint("x", (r.IntN(5)+1+int(x[1]-'0'))%6))
		}
		return graph.Claim{Subject: x, Predicate: graph.PartOf, Object: y}
	case 10:
		return graph.Claim{Subject: actor, Predicate: pick(r, graph.Claimed, graph.DeniedResponsibility, graph.Condemned), Object: x}
	case 11:
		return graph.Claim{Subject: x, Predicate: graph.AttributedTo, Object: actor}
	case 12:
		return graph.Claim{Subject: x, Predicate: graph.AttackType, Value: &graph.Value{Text: pick(r, "Bombing", "bombing", "Armed Assault")}}
	case 13:
		role := pick(r, "", "Victim", "gunman", "witness")
		return graph.Claim{Subject: "i0", Predicate: graph.ParticipatedIn, Object: x, Role: role}
	case 14:
		return graph.Claim{Subject: "g0", Predicate: pick[graph.Predicate](r, "ALLIED_WITH", "RIVAL_OF"), Object: "g1"}
	}
	role := pick(r, "", "leader", "Leader", "trainer")
	return graph.Claim{Subject: pick[graph.ID](r, "i0", "i1"), Predicate: graph.MemberOf, Object: pick[graph.ID](r, "g0", "g1"), Role: role}
}

func harmed(r *rand.Rand) *graph.Value {
	v := &graph.Value{
		Role: pick[graph.CasualtyRole](r, graph.RoleAll, graph.RoleAll, "CIVILIAN", "MILITANT"), Effect: pick(r, graph.EffectKilled, graph.EffectKilled, "WOUNDED"),
	}
	low := float64(r.IntN(20))
	switch r.IntN(4) {
	case 0:
		v.Low = &low
	case 1:
		v.Low, v.High = &low, ptr(low+float64(r.IntN(9)))
	default:
		v.Best = &low
	}
	return v
}

// society is a random graph's claims, in a batch with its entities and sources.
func society(r *rand.Rand) graph.Batch {
	b := draft()
	for i := range 20 + r.IntN(60) {
		c := about(r)
		c.Source, c.Locator, c.Credibility = pick[graph.ID](r, "s_a", "s_b", "s_c"), fmt.Sprint(i), 1+r.IntN(6)
		c.Hedge = pick(r, graph.Stated, graph.Reported, graph.Suspected, graph.Assessment)
		if r.IntN(6) == 0 && c.Predicate != graph.SameAs {
			c.Polarity = graph.Denied
		}
		if c.Object != "" && r.IntN(2) == 0 {
			c.ValidFrom = must(graph.ParseDate(pick(r, dates...)))
			if to := must(graph.ParseDate(pick(r, "2015", "2016-02", "2017/2018", "2016/.."))); r.IntN(2) == 0 && c.ValidFrom.Earliest <= to.Latest {
				c.ValidTo = to
			}
		}
		b.Claims = append(b.Claims, c)
	}
	return b
}

// lens is a random one; nil is the default.
func lens(r *rand.Rand) *graph.Lens {
	if r.IntN(3) == 0 {
		return nil
	}
	l := &graph.Lens{}
	some := func(set func()) {
		if r.IntN(4) == 0 {
			set()
		}
	}
	some(func() { l.MinCredibility = ptr(1 + r.IntN(5)) })
	some(func() { l.MinReliability = ptr(graph.Reliability("C")); l.IncludeUnjudged = ptr(true) })
	some(func() { l.WithoutSources = []graph.ID{pick[graph.ID](r, "s_a", "s_b")} })
	some(func() { l.Hedges = []graph.Hedge{graph.Stated, graph.Suspected} })
	some(func() { l.IncludeDenied = ptr(true) })
	some(func() { l.IncludeDisputed = ptr(false) })
	some(func() { l.IncludeAssessments = ptr(true) })
	some(func() { l.MinIndependentSources = ptr(2) })
	some(func() { l.AsOf = ptr(graph.DayOf(2014+r.IntN(3), 1+r.IntN(12), 1)) })
	return l
}

// readerOf reads, at a clearance, what batches record one after the other.
func readerOf(t rapid.TB, clearance graph.Marking, batches ...graph.Batch) *live.Reader {
	t.Helper()
	f := live.NewFollower(memory.New(), clearance, slog.New(slog.DiscardHandler))
	for _, b := range batches {
		if _, err := f.Apply(context.Background(), b); err != nil {
			t.Fatal(err)
		}
	}
	return f.Graph().Reader()
}
