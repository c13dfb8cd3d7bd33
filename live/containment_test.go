package live_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rabta/rabta/filter"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/incidents"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
	"github.com/rabta/rabta/work"
)

// everywhere are the ways to ask what is in a place.
var everywhere = []live.Inside{
	{}, {Within: true, Boundaries: live.BoundariesThen}, {Within: true, Boundaries: live.BoundariesNow, Gazetteer: true},
}

// places reads what lies where, what happened there, and what that and what actors did
// come to.
func places(v *live.View) (out []string) {
	for e := range v.Entities() {
		id := e.Base().ID()
		if p, ok := e.(*live.Place); ok {
			for _, on := range []*graph.PartialDate{nil, ptr(date("2000-06")), ptr(date("../.."))} {
				for _, c := range p.Around(on, true) {
					out = append(out, fmt.Sprint(id, " in ", c.Place.ID(), " ", c.ContainedBy, idsOfLinks(c.Links)))
				}
			}
			for _, how := range everywhere {
				for l, by := range p.Happened(how) {
					out = append(out, fmt.Sprint(id, how, l.ID(), l.Other().Base().ID(), by))
				}
				out = append(out, fmt.Sprint(id, how, sumText(incidents.InPlace(p, how))))
			}
			out = append(out, fmt.Sprint(id, " tolls ", tollsText(p.Tolls())))
			continue
		}
		if i, ok := e.(*live.Incident); ok {
			out = append(out, fmt.Sprint(id, " tolls ", tollsText(i.Tolls()), edtf(i.Claimed().Stated())))
		}
		s := incidents.OfActor(e.Base())
		out = append(out, fmt.Sprint(id, sumText(s.Claimed), sumText(s.Attributed), sumText(s.AttributedAndDenied)))
	}
	for _, c := range v.Integrity().ContainmentCycles() {
		out = append(out, "circle")
		for _, p := range c.Places {
			out = append(out, string(p.ID()))
		}
	}
	return out
}

func idsOfLinks(list []*live.Link) (out []graph.ID) {
	for _, l := range list {
		out = append(out, l.ID())
	}
	return out
}

func figureText(n *int) string {
	if n == nil {
		return "-"
	}
	return fmt.Sprint(*n)
}

func sumText(s *incidents.IncidentSum) string {
	var ids []graph.ID
	for _, i := range s.Incidents {
		ids = append(ids, i.ID())
	}
	t := s.Toll(graph.EffectKilled)
	return fmt.Sprint(ids, s.ByGazetteer, " ", figureText(t.Low), figureText(t.Best), figureText(t.High), " ", t.WithoutFigure, t.PossiblySame)
}

func tollsText(list []*live.Toll) string {
	var out []string
	for _, t := range list {
		out = append(out, fmt.Sprint(t.Effect, edtf(t.ValidFrom), edtf(t.ValidTo), figureText(t.Low), figureText(t.Best), figureText(t.High),
			t.Circa, t.OfParts, t.Partial, t.Disagree, len(t.Casualties)))
	}
	return strings.Join(out, "; ")
}

// tribal is a feed of an agency that became a district of another province in 2018, and of
// incidents in it.
func tribal() *feed {
	f := base()
	place := func(id string, external ...string) graph.Entity {
		return entity(graph.Place, id, func(e *graph.Entity) { e.External = external })
	}
	f.apply(graph.Batch{Entities: []graph.Entity{
		place("agency"), place("tribal-areas"), place("province", "geonames-admin:PK.02"), place("country"), place("seat"),
		place("town", "geonames:1170706"),
		entity(graph.Incident, "in-2010"), entity(graph.Incident, "in-2018"), entity(graph.Incident, "in-2023"),
		entity(graph.Incident, "some-day"), entity(graph.Incident, "in-town"),
	}})
	f.add(
		link("agency", graph.LocatedIn, "tribal-areas", during("", "2018-05-30")),
		link("agency", graph.LocatedIn, "province", during("2018-05-31", "")),
		link("tribal-areas", graph.LocatedIn, "country"), link("province", graph.LocatedIn, "country"),
		link("seat", graph.LocatedIn, "agency"),
		link("in-2010", graph.OccurredAt, "agency", during("2010", "")), link("in-2018", graph.OccurredAt, "agency"),
		link("in-2023", graph.OccurredAt, "seat"), link("some-day", graph.OccurredAt, "agency"),
		link("in-town", graph.OccurredAt, "town"), link("in-2023", "TRACED_TO", "town"),
		attribute("in-2018", graph.DateOf, graph.Value{Date: date("2018")}),
		attribute("in-2023", graph.DateOf, graph.Value{Date: date("2023-07-30")}),
	)
	return f
}

// happened are the incidents in a place.
func happened(t *testing.T, v *live.View, place graph.ID, how live.Inside) (out []graph.ID) {
	t.Helper()
	p := must(get[*live.Place](v, place))
	for l := range p.Happened(how) {
		out = append(out, l.Other().Base().ID())
	}
	paged := must(p.IncidentPage(how, live.LinkQuery{Page: page.Args{First: ptr(100)}}))
	var pages, filtered []graph.ID
	for _, e := range paged.Edges {
		pages = append(pages, e.Node.Other().Base().ID())
	}
	same(t, "the pages of "+string(place), out, pages)
	where := &live.EntityWhere{OccurredIn: &live.OccurredIn{In: []graph.ID{place}, Inside: how}}
	for _, e := range must(live.EntityPage[*live.Incident](v, live.EntityQuery{
		Kind: graph.Incident, Where: where, OrderBy: entitiesBy("RECORDED", page.Ascending), Page: page.Args{First: ptr(100)},
	})).Edges {
		filtered = append(filtered, e.Node.ID())
	}
	if len(filtered) != len(out) {
		t.Errorf("the filter finds %v in %s, want %v", filtered, place, out)
	}
	return out
}

// TestBoundaries: an incident happened in what its place lay in on its day, or in what it
// lies in now; of a year in which that changed, in either.
func TestBoundaries(t *testing.T) {
	v := tribal().view(t, graph.Clear, nil)
	then, now, alone := everywhere[1], live.Inside{Within: true, Boundaries: live.BoundariesNow}, everywhere[0]
	for _, c := range []struct {
		place graph.ID
		how   live.Inside
		want  []graph.ID
	}{
		{"tribal-areas", then, []graph.ID{"in-2010", "in-2018", "some-day"}},
		{"province", then, []graph.ID{"in-2018", "in-2023", "some-day"}},
		{"country", then, []graph.ID{"in-2010", "in-2018", "in-2023", "some-day"}},
		{"tribal-areas", now, nil},
		{"province", now, []graph.ID{"in-2010", "in-2018", "in-2023", "some-day"}},
		{"agency", then, []graph.ID{"in-2010", "in-2018", "in-2023", "some-day"}},
		{"agency", alone, []graph.ID{"in-2010", "in-2018", "some-day"}},
		{"province", alone, nil},
		{"town", then, []graph.ID{"in-town"}}, // what was traced there did not happen there
	} {
		same(t, fmt.Sprint(c.place, c.how), c.want, happened(t, v, c.place, c.how))
	}
	around := func(id graph.ID, on *graph.PartialDate) (out []string) {
		for _, c := range must(get[*live.Place](v, id)).Around(on, false) {
			out = append(out, fmt.Sprint(c.Place.ID(), " by ", len(c.Links)))
		}
		return out
	}
	same(t, "around in 2010", []string{"agency by 1", "tribal-areas by 2", "country by 3"}, around("seat", ptr(date("2010"))))
	same(t, "around now", []string{"agency by 1", "province by 2", "country by 3"}, around("seat", nil))
}

// TestGazetteerContains: what only the gazetteer has around a place is there, says so, and can be
// left out; not where claims deny it.
func TestGazetteerContains(t *testing.T) {
	f := tribal()
	with, without := live.Inside{Within: true, Gazetteer: true}, live.Inside{Within: true}
	check := func(step string, want ...graph.ID) {
		t.Helper()
		v := f.view(t, graph.Clear, nil)
		same(t, step, append([]graph.ID{"in-2018", "in-2023", "some-day"}, want...), happened(t, v, "province", with))
		same(t, step+", left out", []graph.ID{"in-2018", "in-2023", "some-day"}, happened(t, v, "province", without))
		sum := incidents.InPlace(must(get[*live.Place](v, "province")), with)
		if sum.ByGazetteer != len(want) {
			t.Errorf("%s: %d by the gazetteer, want %d", step, sum.ByGazetteer, len(want))
		}
		for _, c := range must(get[*live.Place](v, "town")).Around(nil, true) {
			if c.ContainedBy != live.ByGazetteer || len(c.Links) != min(1, len(c.Links)) {
				t.Errorf("%s: %s is around the town by %s", step, c.Place.ID(), c.ContainedBy)
			}
		}
	}
	check("known to the gazetteer", "in-town")
	f.add(link("town", graph.LocatedIn, "province", polar(graph.Denied)))
	check("denied")
}

// TestDisputedContainment: what is disputed, or denied, contains nothing.
func TestDisputedContainment(t *testing.T) {
	f := tribal()
	f.add(link("tribal-areas", graph.LocatedIn, "country", from("b"), polar(graph.Denied)))
	v := f.view(t, graph.Clear, &graph.Lens{IncludeDenied: ptr(true)})
	same(t, "the country", []graph.ID{"in-2018", "in-2023", "some-day"}, happened(t, v, "country", everywhere[1]))
}

// TestCirclesAreCut: places that lie in one another are each in the others, once, and are told.
func TestCirclesAreCut(t *testing.T) {
	f := tribal()
	f.add(link("country", graph.LocatedIn, "seat"), link("tribal-areas", graph.LocatedIn, "quetta"))
	v := f.view(t, graph.Clear, nil)
	same(t, "the seat", []graph.ID{"in-2010", "in-2018", "in-2023", "some-day"}, happened(t, v, "seat", everywhere[1]))
	var got [][]graph.ID
	for _, c := range v.Integrity().ContainmentCycles() {
		var ids []graph.ID
		for _, p := range c.Places {
			ids = append(ids, p.ID())
		}
		got = append(got, ids)
	}
	same(t, "circles", [][]graph.ID{{"agency", "tribal-areas", "province", "country", "seat"}}, got)
}

// TestContainmentIsCounted: what lies where is work of the request, and a list that is not whole is not
// remembered.
func TestContainmentIsCounted(t *testing.T) {
	v := tribal().view(t, graph.Clear, nil)
	read := func(m *work.Meter) (n int) {
		e, _ := v.Within(m).Entity("country")
		for range e.(*live.Place).Happened(live.Inside{Within: true, Gazetteer: true}) {
			n++
		}
		return n
	}
	little := work.NewMeter(t.Context(), 500)
	if read(little); little.Err() == nil {
		t.Error("a little budget is enough")
	}
	whole := work.NewMeter(t.Context(), 1_000_000)
	if n := read(whole); n != 5 || whole.Err() != nil || whole.Used() < 5*live.LinkSlots {
		t.Errorf("%d incidents for %d slots, %v", n, whole.Used(), whole.Err())
	}
}

// TestPlaceFigures: figures of a place are a row for each time; those of an incident are one,
// whatever dates their claims bear.
func TestPlaceFigures(t *testing.T) {
	f := tribal()
	killed := func(of string, role graph.CasualtyRole, best float64, change ...func(*graph.Claim)) graph.Claim {
		return attribute(of, graph.Casualties, graph.Value{Best: &best, Role: role, Effect: graph.EffectKilled}, change...)
	}
	f.add(
		killed("country", "UNKNOWN", 1087, during("2023-01", "2023-09")), killed("country", graph.RoleAll, 445, during("2023-07", "2023-09")),
		killed("country", graph.RoleAll, 1087, during("2022", "2022")), killed("country", graph.RoleAll, 1100, during("2023-01", "2023-09"), hedged(graph.Alleged)),
		killed("in-2018", graph.RoleAll, 8, during("2018", "")), killed("in-2018", "CIVILIAN", 9, during("2018-02", "")),
	)
	v := f.view(t, graph.Clear, nil)
	same(t, "the country", "KILLED20222022108710871087false false false false 1; KILLED2023-012023-09108710871100false false false false 1; "+
		"KILLED2023-072023-09445445445false false false false 1",
		tollsText(must(get[*live.Place](v, "country")).Tolls()))
	same(t, "the incident", "KILLED888false false false true 2", tollsText(must(get[*live.Incident](v, "in-2018")).Tolls()))
	roles := []graph.CasualtyRole{}
	for _, c := range must(get[*live.Incident](v, "in-2018")).Casualties() {
		roles = append(roles, c.Role)
	}
	same(t, "roles", []graph.CasualtyRole{"CIVILIAN", "ALL"}, roles)
	found := must(live.EntityPage[*live.Incident](v, live.EntityQuery{
		Kind: graph.Incident, Where: &live.EntityWhere{Killed: &live.FigureFilter{Best: &filter.NumberFilter{Gte: ptr(8.0)}}},
	}))
	if len(found.Edges) != 1 || found.Edges[0].Node.ID() != "in-2018" {
		t.Errorf("eight and more: %v", found.Edges)
	}
}
