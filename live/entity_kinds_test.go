package live_test

import (
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// TestFieldsOfKinds reads the attributes of each kind of entity where it has them.
func TestFieldsOfKinds(t *testing.T) {
	f := base()
	b := graph.Batch{Entities: []graph.Entity{entity(graph.Madressah, "jamia"), entity(graph.Designation, "un-list")}}
	for subject, values := range map[string]map[graph.Predicate]string{
		"g":       {"IDEOLOGY": "an ideology", "DENOMINATION": "a denomination"},
		"i":       {"NATIONALITY": "a nationality", "FATHER_NAME": "a father", "POST": "a post"},
		"jamia":   {"BOARD": "a board"},
		"bombing": {"ATTACK_TYPE": "an attack", "WEAPON": "a weapon", "TARGET_TYPE": "a target"},
		"un-list": {"AUTHORITY": "an authority", "LIST": "a list"},
	} {
		for p, v := range values {
			b.Claims = append(b.Claims, attribute(subject, p, graph.Value{Text: v}))
			b.Claims = append(b.Claims, attribute(subject, p, graph.Value{Text: "not " + v}, hedged(graph.Alleged)))
		}
	}
	for subject, values := range map[string]map[graph.Predicate]string{"g": {
		"FOUNDED_ON": "2001", "DISSOLVED_ON": "2002",
	}, "i": {"BIRTH": "1960", "DEATH": "2003"}, "un-list": {graph.DateOf: "2004"}} {
		for p, v := range values {
			b.Claims = append(b.Claims, attribute(subject, p, graph.Value{Date: date(v)}),
				attribute(subject, p, graph.Value{Date: date("1900")}, hedged(graph.Alleged)))
		}
	}
	b.Claims = append(b.Claims, attribute("g", "STRENGTH", graph.Value{Low: ptr(1.0), Unit: "fighters"}))
	f.apply(b)
	v := f.view(t, graph.Red, nil)
	group, individual := must(get[*live.Group](v, "g")), must(get[*live.Individual](v, "i"))
	jamia, bombing, list := must(get[*live.Madressah](v, "jamia")), must(get[*live.Incident](v, "bombing")),
		must(get[*live.Designation](v, "un-list"))
	both := func(s string) []string { return []string{s, "not " + s} }
	same(t, "texts", [][]string{
		both("a denomination"), both("a nationality"), both("a father"), both("a board"), both("an authority"), both("a list"),
		both("an ideology"), both("a post"), both("an attack"), both("a weapon"), both("a target"),
	}, [][]string{
		valuesOf(group.Denomination()), valuesOf(individual.Nationality()), valuesOf(individual.FatherName()),
		valuesOf(jamia.Board()), valuesOf(list.Authority()), valuesOf(list.List()), valuesOf(group.Ideologies()),
		valuesOf(individual.Posts()), valuesOf(bombing.AttackTypes()), valuesOf(bombing.Weapons()),
		valuesOf(bombing.TargetTypes()),
	})
	same(t, "dates", [][]string{{"2001", "1900"}, {"2002", "1900"}, {"1960", "1900"}, {"2003", "1900"}, {"2004", "1900"}}, [][]string{
		valuesOf(group.Founded()), valuesOf(group.Dissolved()), valuesOf(individual.Birth()), valuesOf(individual.Death()),
		valuesOf(list.Date()),
	})
	if s := group.Strength(); len(s) != 1 || deref(s[0].Value().Unit()) != "fighters" || s[0].Value().Text() != nil ||
		s[0].Value().Date() != nil || s[0].Value().Role() != nil || s[0].Value().Effect() != nil ||
		s[0].Value().Precision() != nil {
		t.Errorf("the strength is %+v", s)
	}
	if len(must(get[*live.Group](v, "h")).Founded())+len(must(get[*live.Group](v, "h")).Denomination()) > 0 {
		t.Error("what nobody says is something")
	}
}

// valuesOf are the texts, or dates, of values.
func valuesOf(list []*live.Attribute) (out []string) {
	for _, a := range list {
		out = append(out, deref(a.Value().Text())+edtf(a.Value().Date()))
	}
	return out
}

// TestClaimed: it is claims that say whether somebody claimed it, whatever links the lens
// shows.
func TestClaimed(t *testing.T) {
	nobody := attribute("bombing", graph.Responsibility, graph.Value{Text: "nobody at first"}, polar(graph.NoEvidence))
	somebody := attribute("bombing", graph.Responsibility, graph.Value{Text: "a group"}, from("b"))
	claimed := link("g", "CLAIMED", "bombing", from("b"))
	not := link("g", "CLAIMED", "bombing", polar(graph.Denied))
	doubted := link("g", "CLAIMED", "bombing", polar(graph.NoEvidence))
	all := &graph.Lens{IncludeDenied: ptr(true)}
	some, none, unknown := graph.ClaimedBySomebody, graph.ClaimedByNobody, graph.ClaimedByUnknown
	for _, c := range []struct {
		name   string
		claims []graph.Claim
		lens   *graph.Lens
		want   graph.ClaimedBy
	}{
		{"nothing is said", nil, nil, unknown},
		{"nobody", []graph.Claim{nobody}, nil, none},
		{
			"denied that anybody did",
			[]graph.Claim{attribute("bombing", graph.Responsibility, graph.Value{Text: "a group"},
				polar(graph.Denied))},
			nil, none,
		},
		{"somebody", []graph.Claim{nobody, somebody}, nil, some},
		{
			"somebody, by a source that is left out",
			[]graph.Claim{nobody, somebody},
			&graph.Lens{WithoutSources: []graph.ID{"s_b"}}, none,
		},
		{"claimed", []graph.Claim{nobody, claimed}, nil, some},
		{
			"claimed and denied, disputed not shown",
			[]graph.Claim{nobody, claimed, not},
			&graph.Lens{IncludeDisputed: ptr(false)}, some,
		},
		{
			"claimed, by too few to show",
			[]graph.Claim{nobody, claimed},
			&graph.Lens{MinIndependentSources: ptr(2)},
			some,
		},
		{"said by too few to show", []graph.Claim{nobody}, &graph.Lens{MinIndependentSources: ptr(2)}, none},
		{"denied by a group, shown", []graph.Claim{nobody, not}, all, none},
		{"without evidence for a group", []graph.Claim{nobody, doubted}, all, none},
	} {
		f := base()
		if c.claims != nil {
			f.add(c.claims...)
		}
		e, _ := f.view(t, graph.Red, c.lens).Entity("bombing")
		if got := e.(*live.Incident).Claimed(); got.By != c.want || (len(got.Claims()) > 0) != (c.want != unknown) {
			t.Errorf("%s: %s by %d claims, want %s", c.name, got.By, len(got.Claims()), c.want)
		}
	}
}

// TestCasualties: least low, greatest high, and the best of the best claim.
func TestCasualties(t *testing.T) {
	killed := func(low, best, high *float64, change ...func(*graph.Claim)) graph.Claim {
		return attribute("bombing", graph.Casualties,
			graph.Value{Low: low, Best: best, High: high, Role: "CIVILIAN", Effect: "KILLED"}, change...)
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
		{
			"two ranges",
			[]graph.Claim{killed(n(50), n(55), n(60)), killed(n(40), nil, n(70), hedged(graph.Alleged))},
			ptr(40), ptr(55), ptr(70),
		},
		{
			"a better claim without a best",
			[]graph.Claim{killed(nil, n(9), nil, hedged(graph.Alleged)), killed(n(5), nil, nil)},
			ptr(5), ptr(9), ptr(9),
		},
		{
			"what is denied",
			[]graph.Claim{killed(n(5), nil, nil), killed(n(99), nil, nil, polar(graph.Denied))},
			ptr(5),
			nil, nil,
		},
	} {
		f := base()
		f.add(c.claims...)
		casualties := must(get[*live.Incident](f.view(t, graph.Red, nil), "bombing")).Casualties()
		if len(casualties) != 1 {
			t.Errorf("%s: there are %d casualties", c.name, len(casualties))
			continue
		}
		got := casualties[0]
		same(t, c.name, []*int{c.low, c.best, c.high}, []*int{got.Low, got.Best, got.High})
	}
}

// TestWhereabouts: places are where links say, and countries around them, however
// many steps away; what a place lies in twice is there once.
func TestWhereabouts(t *testing.T) {
	f := base()
	place := func(id, subtype string) graph.Entity {
		return entity(graph.Place, id, func(e *graph.Entity) { e.Subtype = subtype })
	}
	f.apply(graph.Batch{Entities: []graph.Entity{
		place("mosque", "SITE"), place("balochistan", "ADMIN1"), place("sibi", "ADMIN2"), place("pakistan", "COUNTRY"),
		place("afghanistan", "COUNTRY"), place("moon", ""),
	}})
	f.add(
		link("bombing", "OCCURRED_AT", "mosque"), link("mosque", "LOCATED_IN", "quetta"),
		link("quetta", "LOCATED_IN", "balochistan"), link("quetta", "LOCATED_IN", "sibi"),
		link("sibi", "LOCATED_IN", "balochistan"), link("balochistan", "LOCATED_IN", "pakistan"),
		link("pakistan", "LOCATED_IN", "moon"),
		link("g", "BASED_IN", "quetta"), link("g", "BASED_IN", "afghanistan"), link("g", "OPERATES_IN", "moon"),
	)
	ids := func(places []*live.Place) (out []graph.ID) {
		for _, p := range places {
			out = append(out, p.ID())
		}
		return out
	}
	v := f.view(t, graph.Clear, nil)
	for id, want := range map[graph.ID][2][]graph.ID{
		"bombing": {{"mosque"}, {"pakistan"}}, "g": {{"quetta", "afghanistan"}, {"pakistan", "afghanistan"}},
		"quetta":   {{"balochistan", "sibi"}, {"pakistan"}},
		"pakistan": {{"moon"}, {"pakistan"}}, "h": {}, "i": {},
	} {
		e, _ := v.Entity(id)
		same(t, "places of "+string(id), want[0], ids(e.Base().Places()))
		same(t, "countries of "+string(id), want[1], ids(e.Base().Countries()))
	}
}
