package live_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rabta/rabta/filter"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
)

// filters runs conditions on the rich feed and compares what passes with what
// should, read off the dump of the view.
type filters struct {
	*testing.T
	v    *live.View
	d    dump
	used map[string]bool // fields of conditions, by type
}

func newFilters(t *testing.T) *filters {
	f := rich()
	v := f.view(t, graph.Red, nil)
	return &filters{t, v, dumpView(t, v, claimsOf(f.changes)), map[string]bool{}}
}

// note marks the fields that a condition uses.
func (f *filters) note(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			f.note(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			f.note(v.Index(i))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[graph.PartialDate]() {
			return
		}
		for i := range v.NumField() {
			if field := v.Field(i); !field.IsZero() {
				f.used[v.Type().Name()+"."+v.Type().Field(i).Name] = true
				f.note(field)
			}
		}
	}
}

// passes compares the ids that pass with those that should. A condition that lets
// all or none through tells little: it must say so.
func (f *filters) passes(name string, where any, all, want, got []graph.ID) {
	f.Helper()
	f.note(reflect.ValueOf(where))
	slices.Sort(want)
	slices.Sort(got)
	same(f, name, want, got)
	if telling := len(want) > 0 && len(want) < len(all); telling == strings.HasSuffix(name, "!") {
		f.Errorf("%s: %d of %d pass", name, len(want), len(all))
	}
}

func (f *filters) entities(name string, w live.EntityWhere, want func(dumpEntity) bool) {
	f.Helper()
	var all, pass []graph.ID
	for _, e := range f.d.Entities {
		all = append(all, e.ID)
		if want(e) {
			pass = append(pass, e.ID)
		}
	}
	var got []graph.ID
	test := must(w.Test(f.v, "where", nil))
	for _, e := range whole(f, func(p page.Args) (*live.EntityConnection, error) {
		return live.EntityPage[live.Entity](f.v, live.EntityQuery{Where: &w, Page: p})
	}) {
		got = append(got, e.Base().ID())
		if !test(e) {
			f.Errorf("%s: %s does not match", name, e.Base().ID())
		}
	}
	f.passes(name, w, all, pass, got)
}

func (f *filters) links(name string, w live.LinkWhere, want func(dumpLink) bool) {
	f.Helper()
	var all, pass, got []graph.ID
	for _, l := range f.d.Links {
		all = append(all, l.ID)
		if want(l) {
			pass = append(pass, l.ID)
		}
	}
	for _, l := range whole(f, func(p page.Args) (*live.LinkConnection, error) {
		return f.v.LinkPage(live.LinkQuery{Where: &w, Page: p})
	}) {
		got = append(got, l.ID())
	}
	f.passes(name, w, all, pass, got)
}

func (f *filters) claims(name string, w live.ClaimWhere, want func(dumpClaim, graph.Claim) bool) {
	f.Helper()
	var all, pass []graph.ID
	for _, c := range f.d.Claims {
		rec, err := graph.Decode[graph.Claim]([]byte(c.Claim))
		if err != nil {
			f.Fatal(err)
		}
		all = append(all, rec.ID)
		if want(c, rec) {
			pass = append(pass, rec.ID)
		}
	}
	got := claimIDs(whole(f, func(p page.Args) (*live.ClaimConnection, error) {
		return f.v.ClaimPage(live.ClaimQuery{Where: &w, Page: p})
	}))
	f.passes(name, w, all, pass, got)
}

func (f *filters) sources(name string, w live.SourceWhere, want func(dumpSource, graph.Source) bool) {
	f.Helper()
	var all, pass, got []graph.ID
	for _, s := range f.d.Sources {
		rec, err := graph.Decode[graph.Source]([]byte(s.Source))
		if err != nil {
			f.Fatal(err)
		}
		all = append(all, rec.ID)
		if want(s, rec) {
			pass = append(pass, rec.ID)
		}
	}
	for _, s := range whole(f, func(p page.Args) (*live.SourceConnection, error) {
		return f.v.SourcePage(live.SourceQuery{Where: &w, Page: p})
	}) {
		got = append(got, s.ID())
	}
	f.passes(name, w, all, pass, got)
}

func (f *filters) entity(id graph.ID) dumpEntity {
	i := slices.IndexFunc(f.d.Entities, func(e dumpEntity) bool { return e.ID == id })
	if i < 0 {
		return dumpEntity{}
	}
	return f.d.Entities[i]
}

func eq[T ~string](v T) filter.ValueFilter[T] { return filter.ValueFilter[T]{Eq: &v} }
func oneOf[T ~string](v ...T) filter.ValueFilter[T] {
	return filter.ValueFilter[T]{In: append([]T{}, v...)}
}
func is(s string) *filter.TextFilter       { return &filter.TextFilter{Eq: &s} }
func begins(s string) *filter.TextFilter   { return &filter.TextFilter{StartsWith: &s} }
func contains(s string) *filter.TextFilter { return &filter.TextFilter{Contains: &s} }
func among(s ...string) *filter.TextFilter { return &filter.TextFilter{In: append([]string{}, s...)} }

func hasName(e dumpEntity, f func(string) bool) bool {
	return slices.ContainsFunc(e.Names, func(n dumpName) bool { return f(n.Value) })
}

func (f *filters) testEntities() {
	f.entities("nothing asked!", live.EntityWhere{}, func(dumpEntity) bool { return true })
	f.entities("id", live.EntityWhere{ID: &filter.IDFilter{ValueFilter: eq[graph.ID]("ttp")}}, func(e dumpEntity) bool {
		return e.ID == "ttp"
	})
	f.entities("ids", live.EntityWhere{ID: &filter.IDFilter{ValueFilter: oneOf[graph.ID]("ttp", "lej", "x")}},
		func(e dumpEntity) bool { return e.ID == "ttp" || e.ID == "lej" })
	f.entities("no id!", live.EntityWhere{ID: &filter.IDFilter{ValueFilter: oneOf[graph.ID]()}}, func(dumpEntity) bool {
		return false
	})
	f.entities("kind", live.EntityWhere{Kind: &filter.EntityKindFilter{ValueFilter: eq(graph.Group)}},
		func(e dumpEntity) bool { return e.Kind == graph.Group })
	f.entities("kinds", live.EntityWhere{Kind: &filter.EntityKindFilter{ValueFilter: oneOf(graph.Group, graph.Place)}},
		func(e dumpEntity) bool { return e.Kind == graph.Group || e.Kind == graph.Place })
	f.entities("subtype", live.EntityWhere{Subtype: among("UMBRELLA", "TOWN")}, func(e dumpEntity) bool {
		first := strings.Join(e.told("subtype")[:min(1, len(e.told("subtype")))], "")
		return first == "UMBRELLA" || first == "TOWN"
	})
	f.entities("subtype without!", live.EntityWhere{Subtype: is("")}, func(dumpEntity) bool { return false })
	f.entities("representation",
		live.EntityWhere{Representation: &filter.RepresentationFilter{ValueFilter: eq(graph.Unnamed)}},
		func(e dumpEntity) bool { return e.Representation == graph.Unnamed })
	f.entities("external", live.EntityWhere{External: begins("x:")}, func(e dumpEntity) bool {
		return slices.Contains(e.told("external"), "x:2")
	})
	f.entities("date", live.EntityWhere{Date: &filter.DateFilter{On: day("2022-06-01")}}, func(e dumpEntity) bool {
		return e.ID == "raid"
	})
	f.entities("date before", live.EntityWhere{Date: &filter.DateFilter{Before: day("2023-01-01")}},
		func(e dumpEntity) bool { return e.ID == "raid" || e.ID == "un-list" })
	f.entities("date on the day", live.EntityWhere{Date: &filter.DateFilter{Before: day("2022-12-31")}},
		func(e dumpEntity) bool { return e.ID == "un-list" })
	f.entities("date after", live.EntityWhere{Date: &filter.DateFilter{After: day("2011-07-31")}},
		func(e dumpEntity) bool { return e.ID == "raid" || e.ID == "bombing" })
	f.entities("date overlaps", live.EntityWhere{Date: &filter.DateFilter{Overlaps: ptr(date("2022-12/2023-09"))}},
		func(e dumpEntity) bool { return e.ID == "raid" || e.ID == "bombing" })
	f.entities("founded", live.EntityWhere{Founded: &filter.DateFilter{On: day("1996-05-05")}}, func(e dumpEntity) bool {
		return e.ID == "lej"
	})
	claimed := func(by ...graph.ClaimedBy) live.EntityWhere {
		return live.EntityWhere{Claimed: &filter.ClaimedByFilter{ValueFilter: filter.ValueFilter[graph.ClaimedBy]{In: by}}}
	}
	f.entities("nobody claimed", claimed(graph.ClaimedByNobody), func(e dumpEntity) bool {
		return e.Claimed.By == graph.ClaimedByNobody
	})
	f.entities("not that nobody claimed", claimed(graph.ClaimedBySomebody, graph.ClaimedByUnknown), func(e dumpEntity) bool {
		return e.Claimed.By != graph.ClaimedByNobody
	})
	killed := func(test func(dumpCasualties) bool) func(dumpEntity) bool {
		return func(e dumpEntity) bool {
			return slices.ContainsFunc(e.Casualties, func(t dumpCasualties) bool {
				return t.Effect == "KILLED" && test(t)
			})
		}
	}
	f.entities("killed at least", live.EntityWhere{Killed: &live.FigureFilter{Low: &filter.NumberFilter{Gte: ptr(50.0)}}},
		killed(func(t dumpCasualties) bool { return t.Low != nil && *t.Low >= 50 }))
	f.entities("killed at most", live.EntityWhere{Killed: &live.FigureFilter{High: &filter.NumberFilter{Lte: ptr(60.0)}}},
		killed(func(t dumpCasualties) bool { return t.High != nil && *t.High <= 60 }))
	f.entities("killed", live.EntityWhere{Killed: &live.FigureFilter{Best: &filter.NumberFilter{In: []float64{0, 55}}}},
		killed(func(t dumpCasualties) bool { return t.Best != nil && (*t.Best == 0 || *t.Best == 55) }))
	f.entities("killed nobody", live.EntityWhere{Killed: &live.FigureFilter{Low: &filter.NumberFilter{Eq: ptr(0.0)}}},
		killed(func(t dumpCasualties) bool { return t.Low != nil && *t.Low == 0 }))
	f.entities("killed between",
		live.EntityWhere{Killed: &live.FigureFilter{Low: &filter.NumberFilter{Gt: ptr(0.0), Lt: ptr(50.0)}}},
		killed(func(t dumpCasualties) bool { return t.Low != nil && *t.Low > 0 && *t.Low < 50 }))
	f.entities("happened in", live.EntityWhere{OccurredIn: &live.OccurredIn{In: []graph.ID{"quetta"}}}, func(e dumpEntity) bool {
		return slices.ContainsFunc(f.d.Links, func(l dumpLink) bool {
			return l.Kind == graph.OccurredAt && l.Source == e.ID && l.Target == "quetta"
		})
	})
	f.testNames()
	f.testLogic()
	f.testParts()
}

func (f *filters) testNames() {
	for name, c := range map[string]struct {
		filter *filter.TextFilter
		want   func(string) bool
	}{
		"equal, of any case and accent": {is("elan UMAR"), func(s string) bool { return s == "Élan Umar" }},
		"a part": {contains("taliban"), func(s string) bool {
			return strings.Contains(s, "Taliban")
		}},
		"the beginning": {begins("THE  l"), func(s string) bool {
			return strings.HasPrefix(s, "The l")
		}},
		"one of": {among("the lej", "THE BLA"), func(s string) bool {
			return s == "The lej" || s == "The bla"
		}},
		"a second name": {contains("(ttp)"), func(s string) bool {
			return strings.Contains(s, "TTP")
		}},
		"several tests, met by one name": {
			&filter.TextFilter{Contains: ptr("taliban"), StartsWith: ptr("pak")},
			func(s string) bool { return s == "Pakistani Taliban" },
		},
		"several tests, met by two!": {
			&filter.TextFilter{Contains: ptr("(TTP)"), StartsWith: ptr("pak")}, func(string) bool { return false },
		},
		"one of none!":   {among(), func(string) bool { return false }},
		"nothing asked!": {&filter.TextFilter{}, func(string) bool { return true }},
	} {
		f.entities("name: "+name, live.EntityWhere{Name: c.filter}, func(e dumpEntity) bool {
			return hasName(e, c.want)
		})
	}
}

func (f *filters) testLogic() {
	ttp := &live.EntityWhere{ID: &filter.IDFilter{ValueFilter: eq[graph.ID]("ttp")}}
	groups := &live.EntityWhere{Kind: &filter.EntityKindFilter{ValueFilter: eq(graph.Group)}}
	f.entities("not", live.EntityWhere{Not: ttp}, func(e dumpEntity) bool { return e.ID != "ttp" })
	f.entities("and not", live.EntityWhere{And: []*live.EntityWhere{groups, {Not: ttp}}}, func(e dumpEntity) bool {
		return e.Kind == graph.Group && e.ID != "ttp"
	})
	f.entities("or",
		live.EntityWhere{Or: []*live.EntityWhere{ttp, {Kind: &filter.EntityKindFilter{ValueFilter: eq(graph.Place)}}}},
		func(e dumpEntity) bool { return e.ID == "ttp" || e.Kind == graph.Place })
	f.entities("or with more beside",
		live.EntityWhere{
			Kind: groups.Kind, Or: []*live.EntityWhere{ttp, {ID: &filter.IDFilter{ValueFilter: eq[graph.ID]("quetta")}}},
		}, func(e dumpEntity) bool { return e.ID == "ttp" })
	f.entities("an empty and!", live.EntityWhere{And: []*live.EntityWhere{}}, func(dumpEntity) bool { return true })
	f.entities("an empty or!", live.EntityWhere{Or: []*live.EntityWhere{}}, func(dumpEntity) bool { return false })
	f.entities("not nothing!", live.EntityWhere{Not: &live.EntityWhere{}}, func(dumpEntity) bool { return true })
	f.entities("what is nothing!", live.EntityWhere{And: []*live.EntityWhere{nil}}, func(dumpEntity) bool {
		return true
	})
}

// testParts tests entities by their values, links and claims.
func (f *filters) testParts() {
	some := func(w live.AttributeWhere) live.EntityWhere {
		return live.EntityWhere{Attributes: &live.AttributeCondition{Some: &w}}
	}
	hasValue := func(test func(dumpAttribute) bool) func(dumpEntity) bool {
		return func(e dumpEntity) bool { return slices.ContainsFunc(e.Attributes, test) }
	}
	status := &filter.PredicateFilter{ValueFilter: eq[graph.Predicate]("STATUS")}
	f.entities("a value of", some(live.AttributeWhere{Predicate: status}),
		hasValue(func(a dumpAttribute) bool { return a.Predicate == "STATUS" }))
	f.entities("no value of",
		live.EntityWhere{Attributes: &live.AttributeCondition{None: &live.AttributeWhere{Predicate: status}}},
		func(e dumpEntity) bool {
			return !hasValue(func(a dumpAttribute) bool { return a.Predicate == "STATUS" })(e)
		})
	f.entities("a text", some(live.AttributeWhere{Text: is("outlawed")}), func(e dumpEntity) bool {
		return e.ID == "ttp"
	})
	f.entities("a date", some(live.AttributeWhere{Date: &filter.DateFilter{After: day("2023-01-01")}}),
		func(e dumpEntity) bool { return e.ID == "bombing" })
	f.entities("a low figure", some(live.AttributeWhere{Low: &filter.NumberFilter{Gte: ptr(3000.0)}}),
		func(e dumpEntity) bool { return e.ID == "ttp" })
	f.entities("a high figure", some(live.AttributeWhere{High: &filter.NumberFilter{Lt: ptr(10.0)}}),
		func(e dumpEntity) bool { return e.ID == "raid" || e.ID == "attack" })
	f.entities("a figure within", some(live.AttributeWhere{ContainsFigure: ptr(4000.0)}), func(e dumpEntity) bool {
		return e.ID == "ttp" || e.ID == "bombing" || e.ID == "raid"
	})
	f.entities("a figure within bounds", some(live.AttributeWhere{ContainsFigure: ptr(0.0)}), func(e dumpEntity) bool {
		return e.ID == "attack"
	})
	f.entities("graded", some(live.AttributeWhere{Credibility: &filter.IntFilter{Gt: ptr(3)}}),
		hasValue(func(a dumpAttribute) bool { return a.Credibility > 3 }))
	f.entities("disputed", some(live.AttributeWhere{Disputed: ptr(true)}),
		hasValue(func(a dumpAttribute) bool { return a.Disputed }))
	f.entities("contested", some(live.AttributeWhere{Contested: ptr(true)}),
		hasValue(func(a dumpAttribute) bool { return a.Contested }))
	has := func(test func(dumpLink) bool) func(dumpEntity) bool {
		return func(e dumpEntity) bool {
			return slices.ContainsFunc(f.d.Links, func(l dumpLink) bool {
				return (l.Source == e.ID || l.Target == e.ID) && test(l)
			})
		}
	}
	leads := &filter.LinkKindFilter{ValueFilter: eq[graph.Predicate]("LEADS")}
	f.entities("a link of", live.EntityWhere{Links: &live.LinkCondition{Some: &live.LinkWhere{Kind: leads}}},
		has(func(l dumpLink) bool { return l.Kind == "LEADS" }))
	f.entities("a link out",
		live.EntityWhere{Links: &live.LinkCondition{Some: &live.LinkWhere{Kind: leads, Direction: ptr(live.Out)}}},
		func(e dumpEntity) bool { return e.ID == "umar" })
	f.entities("a link in",
		live.EntityWhere{Links: &live.LinkCondition{Some: &live.LinkWhere{Kind: leads, Direction: ptr(live.In)}}},
		func(e dumpEntity) bool { return e.ID == "lej" })
	kin := &filter.LinkKindFilter{ValueFilter: oneOf(graph.KinOf)}
	f.entities("a link both ways",
		live.EntityWhere{Links: &live.LinkCondition{Some: &live.LinkWhere{Kind: kin, Direction: ptr(live.In)}}},
		func(e dumpEntity) bool { return e.ID == "umar" || e.ID == "hafiz" })
	f.entities("no link", live.EntityWhere{Links: &live.LinkCondition{None: &live.LinkWhere{}}},
		func(e dumpEntity) bool { return len(e.Links) == 0 })
	place := &live.EntityWhere{Kind: &filter.EntityKindFilter{ValueFilter: eq(graph.Place)}}
	f.entities("a link with",
		live.EntityWhere{Links: &live.LinkCondition{Some: &live.LinkWhere{Other: place}}}, func(e dumpEntity) bool {
			return has(func(l dumpLink) bool { return l.Kind == "OCCURRED_AT" })(e) && e.ID != "quetta"
		})
	f.entities("a claim", live.EntityWhere{Claims: &live.ClaimCondition{Some: &live.ClaimWhere{Label: is("c2")}}},
		func(e dumpEntity) bool { return e.ID == "hafiz" || e.ID == "ttp" || e.ID == "lej" })
	f.entities("no claim", live.EntityWhere{Claims: &live.ClaimCondition{None: &live.ClaimWhere{}}},
		func(e dumpEntity) bool { return len(e.Claims) == 0 })
}

func (f *filters) testLinks() {
	f.links("nothing asked!", live.LinkWhere{}, func(dumpLink) bool { return true })
	f.links("id", live.LinkWhere{ID: &filter.IDFilter{ValueFilter: eq(f.d.Links[1].ID)}}, func(l dumpLink) bool {
		return l.ID == f.d.Links[1].ID
	})
	f.links("kind", live.LinkWhere{Kind: &filter.LinkKindFilter{ValueFilter: eq(graph.AlliedWith)}},
		func(l dumpLink) bool { return l.Kind == graph.AlliedWith })
	f.links("kinds", live.LinkWhere{Kind: &filter.LinkKindFilter{ValueFilter: oneOf(graph.AlliedWith, "LEADS")}},
		func(l dumpLink) bool { return l.Kind == graph.AlliedWith || l.Kind == "LEADS" })
	f.links("direction, from nowhere!", live.LinkWhere{Direction: ptr(live.In)}, func(dumpLink) bool { return true })
	group := &live.EntityWhere{Kind: &filter.EntityKindFilter{ValueFilter: eq(graph.Group)}}
	isGroup := func(id graph.ID) bool { return f.entity(id).Kind == graph.Group }
	f.links("source", live.LinkWhere{Source: group}, func(l dumpLink) bool { return isGroup(l.Source) })
	f.links("target", live.LinkWhere{Target: group}, func(l dumpLink) bool { return isGroup(l.Target) })
	f.links("either", live.LinkWhere{Other: group}, func(l dumpLink) bool {
		return isGroup(l.Source) || isGroup(l.Target)
	})
	f.links("attributor",
		live.LinkWhere{Attributor: &live.EntityWhere{ID: &filter.IDFilter{ValueFilter: eq[graph.ID]("police")}}},
		func(l dumpLink) bool { return l.Attributor == "police" })
	f.links("status", live.LinkWhere{Status: &filter.LinkStatusFilter{ValueFilter: eq(graph.StatusDisputed)}},
		func(l dumpLink) bool { return l.Status == graph.StatusDisputed })
	f.links("hedge", live.LinkWhere{Hedge: &filter.HedgeFilter{ValueFilter: oneOf(graph.Possible, graph.Stated)}},
		func(l dumpLink) bool { return l.Hedge == graph.Possible || l.Hedge == graph.Stated })
	f.links("reliability",
		live.LinkWhere{Reliability: &filter.ReliabilityFilter{ValueFilter: eq[graph.Reliability]("A")}},
		func(l dumpLink) bool { return l.Reliability == "A" })
	f.links("basis", live.LinkWhere{Basis: &filter.BasisFilter{ValueFilter: eq[graph.AttributionBasis]("MEDIA")}},
		func(l dumpLink) bool { return l.Basis == "MEDIA" })
	f.links("no basis!", live.LinkWhere{Basis: &filter.BasisFilter{ValueFilter: eq[graph.AttributionBasis]("")}},
		func(dumpLink) bool { return false })
	f.links("credibility", live.LinkWhere{Credibility: &filter.IntFilter{Lte: ptr(2), Gte: ptr(2)}},
		func(l dumpLink) bool { return l.Credibility == 2 })
	f.links("credibility in", live.LinkWhere{Credibility: &filter.IntFilter{In: []int{1, 4}}}, func(l dumpLink) bool {
		return l.Credibility == 1 || l.Credibility == 4
	})
	f.links("sources",
		live.LinkWhere{
			IndependentSources: &filter.IntFilter{Eq: ptr(1)},
			Kind:               &filter.LinkKindFilter{ValueFilter: eq[graph.Predicate]("MEMBER_OF")},
		}, func(l dumpLink) bool { return l.Independent == 1 && l.Kind == "MEMBER_OF" })
	f.links("many sources!", live.LinkWhere{IndependentSources: &filter.IntFilter{Gt: ptr(7)}}, func(l dumpLink) bool {
		return l.Independent > 7
	})
	f.links("disputed", live.LinkWhere{Disputed: ptr(true)}, func(l dumpLink) bool { return l.Disputed })
	f.links("contested", live.LinkWhere{Contested: ptr(true)}, func(l dumpLink) bool { return l.Contested })
	f.links("not disputed", live.LinkWhere{Disputed: ptr(false)}, func(l dumpLink) bool { return !l.Disputed })
	f.links("bearing", live.LinkWhere{Bearing: &filter.BearingFilter{ValueFilter: oneOf(graph.BearingHarm, graph.BearingKinship)}},
		func(l dumpLink) bool { return l.Bearing == graph.BearingHarm || l.Bearing == graph.BearingKinship })
	f.links("role", live.LinkWhere{Role: is("COMMANDER")}, func(l dumpLink) bool { return l.Role == "Commander" })
	f.links("during", live.LinkWhere{During: &filter.DateFilter{Overlaps: ptr(date("2009"))}}, func(l dumpLink) bool {
		d := date("2009")
		return l.Undated || slices.ContainsFunc(l.Held, func(i dumpInterval) bool {
			from, to := derefText(i.From), derefText(i.To)
			return (i.From == "" || from.Earliest <= d.Latest) && (i.To == "" || d.Earliest <= to.Latest)
		})
	})
	f.links("claims", live.LinkWhere{Claims: &live.ClaimCondition{Some: &live.ClaimWhere{Label: is("C1")}}},
		func(l dumpLink) bool { return slices.Contains(l.Claims, richLinks()[0].ID) })
	denied := &live.ClaimWhere{Polarity: &filter.PolarityFilter{ValueFilter: eq(graph.Denied)}}
	f.links("no claims", live.LinkWhere{Claims: &live.ClaimCondition{None: denied}},
		func(l dumpLink) bool { return l.Denied == 0 })
	f.links("and, or, not", live.LinkWhere{
		And: []*live.LinkWhere{{Disputed: ptr(false)}},
		Or: []*live.LinkWhere{
			{Hedge: &filter.HedgeFilter{ValueFilter: eq(graph.Stated)}},
			{Hedge: &filter.HedgeFilter{ValueFilter: eq(graph.Official)}},
		},
		Not: &live.LinkWhere{Bearing: &filter.BearingFilter{ValueFilter: eq(graph.BearingKinship)}},
	}, func(l dumpLink) bool {
		return !l.Disputed && (l.Hedge == graph.Stated || l.Hedge == graph.Official) && l.Bearing != graph.BearingKinship
	})
}

func (f *filters) testClaims() {
	f.claims("nothing asked!", live.ClaimWhere{}, func(dumpClaim, graph.Claim) bool { return true })
	id := richValues()[0].ID
	f.claims("id", live.ClaimWhere{ID: &filter.IDFilter{ValueFilter: eq(id)}}, func(_ dumpClaim, c graph.Claim) bool {
		return c.ID == id
	})
	f.claims("label", live.ClaimWhere{Label: begins("c")}, func(_ dumpClaim, c graph.Claim) bool {
		return c.Label != ""
	})
	three := oneOf[graph.Predicate]("STATUS", "LEADS", graph.Withdraws)
	f.claims("predicate", live.ClaimWhere{Predicate: &filter.PredicateFilter{ValueFilter: three}},
		func(_ dumpClaim, c graph.Claim) bool {
			return c.Predicate == "STATUS" || c.Predicate == "LEADS" || c.Predicate == graph.Withdraws
		})
	ttp := &live.EntityWhere{ID: &filter.IDFilter{ValueFilter: eq[graph.ID]("ttp")}}
	f.claims("subject", live.ClaimWhere{Subject: ttp}, func(_ dumpClaim, c graph.Claim) bool {
		return c.Subject == "ttp"
	})
	f.claims("object", live.ClaimWhere{Object: ttp}, func(_ dumpClaim, c graph.Claim) bool { return c.Object == "ttp" })
	f.claims("about", live.ClaimWhere{About: ttp}, func(_ dumpClaim, c graph.Claim) bool {
		return c.Subject == "ttp" || c.Object == "ttp"
	})
	named := &live.EntityWhere{Representation: &filter.RepresentationFilter{ValueFilter: eq(graph.Named)}}
	f.claims("speaker", live.ClaimWhere{Speaker: named}, func(_ dumpClaim, c graph.Claim) bool { return c.Speaker != "" })
	f.claims("speakerText", live.ClaimWhere{SpeakerText: &filter.TextFilter{Contains: ptr("CLERK")}}, func(_ dumpClaim, c graph.Claim) bool {
		return c.SpeakerText == "a clerk"
	})
	unknown := &filter.ReliabilityFilter{ValueFilter: eq[graph.Reliability]("F")}
	f.claims("source", live.ClaimWhere{Source: &live.SourceWhere{Reliability: unknown}},
		func(_ dumpClaim, c graph.Claim) bool { return c.Source == "s_c" })
	f.claims("origin", live.ClaimWhere{Origin: &live.SourceWhere{Withdrawn: ptr(false)}},
		func(_ dumpClaim, c graph.Claim) bool { return c.Origin != "" })
	f.claims("an empty speaker, object, source and origin!",
		live.ClaimWhere{Speaker: &live.EntityWhere{}, Object: &live.EntityWhere{}, Source: &live.SourceWhere{}, Origin: &live.SourceWhere{}},
		func(dumpClaim, graph.Claim) bool { return true })
	f.claims("hedge", live.ClaimWhere{Hedge: &filter.HedgeFilter{ValueFilter: eq(graph.Alleged)}},
		func(_ dumpClaim, c graph.Claim) bool { return c.Hedge == graph.Alleged })
	f.claims("polarity",
		live.ClaimWhere{Polarity: &filter.PolarityFilter{ValueFilter: oneOf(graph.Denied, graph.NoEvidence)}},
		func(_ dumpClaim, c graph.Claim) bool { return c.Polarity != graph.Affirmed })
	f.claims("credibility", live.ClaimWhere{Credibility: &filter.IntFilter{Lt: ptr(3)}},
		func(_ dumpClaim, c graph.Claim) bool { return c.Credibility < 3 })
	f.claims("locator", live.ClaimWhere{Locator: is("p1")}, func(_ dumpClaim, c graph.Claim) bool {
		return c.Locator == "P1"
	})
	f.claims("text of a value", live.ClaimWhere{Text: contains("sect")}, func(_ dumpClaim, c graph.Claim) bool {
		return c.Value != nil && c.Value.Text == "sectarian"
	})
	f.claims("text of an excerpt", live.ClaimWhere{Text: contains("FEW")}, func(_ dumpClaim, c graph.Claim) bool {
		return c.Excerpt != ""
	})
	f.claims("contradicted", live.ClaimWhere{Contradicted: ptr(true)}, func(d dumpClaim, _ graph.Claim) bool {
		return len(d.Contradicts) > 0
	})
	f.claims("not contradicted", live.ClaimWhere{Contradicted: ptr(false)}, func(d dumpClaim, _ graph.Claim) bool {
		return len(d.Contradicts) == 0
	})
	f.claims("during", live.ClaimWhere{During: &filter.DateFilter{Before: day("2010-01-01")}},
		func(_ dumpClaim, c graph.Claim) bool { return !c.ValidTo.IsZero() })
	f.claims("sequence", live.ClaimWhere{Sequence: &filter.IntFilter{Gte: ptr(3)}},
		func(d dumpClaim, _ graph.Claim) bool { return d.Sequence >= 3 })
	f.claims("and, or, not", live.ClaimWhere{
		And: []*live.ClaimWhere{{Sequence: &filter.IntFilter{Eq: ptr(2)}}},
		Or:  []*live.ClaimWhere{{Subject: ttp}, {Object: ttp}}, Not: &live.ClaimWhere{Label: begins("C")},
	}, func(d dumpClaim, c graph.Claim) bool {
		return d.Sequence == 2 && (c.Subject == "ttp" || c.Object == "ttp") && c.Label == ""
	})
}

func (f *filters) testSources() {
	f.sources("nothing asked!", live.SourceWhere{}, func(dumpSource, graph.Source) bool { return true })
	f.sources("id", live.SourceWhere{ID: &filter.IDFilter{ValueFilter: eq[graph.ID]("s_b")}},
		func(_ dumpSource, s graph.Source) bool { return s.ID == "s_b" })
	f.sources("kind",
		live.SourceWhere{Kind: &filter.SourceKindFilter{ValueFilter: oneOf[graph.SourceKind]("DATASET", "ARTICLE")}},
		func(_ dumpSource, s graph.Source) bool { return s.Kind != "REPORT" })
	f.sources("title", live.SourceWhere{Title: begins("etude")}, func(_ dumpSource, s graph.Source) bool {
		return s.ID == "s_b" || s.ID == "s_d"
	})
	f.sources("publisher", live.SourceWhere{Publisher: among("elan", "DAWN")}, func(_ dumpSource, s graph.Source) bool {
		return s.Publisher != ""
	})
	f.sources("reliability",
		live.SourceWhere{Reliability: &filter.ReliabilityFilter{ValueFilter: oneOf[graph.Reliability]("A", "F")}},
		func(d dumpSource, _ graph.Source) bool { return d.Reliability != "B" })
	f.sources("published", live.SourceWhere{Published: &filter.DateFilter{Before: day("2021-01-01")}},
		func(_ dumpSource, s graph.Source) bool { return s.ID == "s_a" })
	f.sources("withdrawn", live.SourceWhere{Withdrawn: ptr(true)}, func(d dumpSource, _ graph.Source) bool {
		return d.Withdrawn
	})
	f.sources("not withdrawn", live.SourceWhere{Withdrawn: ptr(false)}, func(d dumpSource, _ graph.Source) bool {
		return !d.Withdrawn
	})
	f.sources("and, or, not", live.SourceWhere{
		And: []*live.SourceWhere{{Withdrawn: ptr(false)}},
		Or:  []*live.SourceWhere{{Title: contains("report")}, {Title: contains("tude")}},
		Not: &live.SourceWhere{ID: &filter.IDFilter{ValueFilter: eq[graph.ID]("s_a")}},
	}, func(d dumpSource, s graph.Source) bool { return !d.Withdrawn && s.ID != "s_a" })
}

// TestWhere tries every condition, and checks by reflection that it did.
func TestWhere(t *testing.T) {
	f := newFilters(t)
	f.testEntities()
	f.testLinks()
	f.testClaims()
	f.testSources()
	for _, typ := range []reflect.Type{
		reflect.TypeFor[live.EntityWhere](), reflect.TypeFor[live.LinkWhere](), reflect.TypeFor[live.ClaimWhere](),
		reflect.TypeFor[live.SourceWhere](), reflect.TypeFor[live.AttributeWhere](),
		reflect.TypeFor[live.FigureFilter](), reflect.TypeFor[live.AttributeCondition](),
		reflect.TypeFor[live.LinkCondition](), reflect.TypeFor[live.ClaimCondition](),
		reflect.TypeFor[filter.TextFilter](), reflect.TypeFor[filter.NumberFilter](), reflect.TypeFor[filter.IntFilter](),
		reflect.TypeFor[filter.DateFilter](),
	} {
		for i := range typ.NumField() {
			if name := typ.Name() + "." + typ.Field(i).Name; !f.used[name] {
				t.Errorf("nothing tests %s", name)
			}
		}
	}
}

// TestLinkWhereFromAnEntity: other and direction depend on where the link is
// reached.
func TestLinkWhereFromAnEntity(t *testing.T) {
	v := rich().view(t, graph.Red, nil)
	e, _ := v.Entity("lej")
	ids := func(w live.LinkWhere) []graph.ID {
		var out []graph.ID
		for _, l := range whole(t, func(p page.Args) (*live.LinkConnection, error) {
			return e.Base().LinkPage(live.LinkQuery{Where: &w, Page: p})
		}) {
			out = append(out, l.Other().Base().ID())
		}
		return out
	}
	group := &live.EntityWhere{Kind: &filter.EntityKindFilter{ValueFilter: eq(graph.Group)}}
	same(t, "all", []graph.ID{"umar", "ttp", "bla", "bombing"}, ids(live.LinkWhere{}))
	same(t, "with a group", []graph.ID{"ttp", "bla"}, ids(live.LinkWhere{Other: group}))
	same(t, "with none", []graph.ID{"umar", "bombing"}, ids(live.LinkWhere{Not: &live.LinkWhere{Other: group}}))
	same(t, "out", []graph.ID{"ttp", "bla"}, ids(live.LinkWhere{Direction: ptr(live.Out)}))
	same(t, "not out", []graph.ID{"umar", "bombing"},
		ids(live.LinkWhere{Not: &live.LinkWhere{Direction: ptr(live.Out)}}))
	same(t, "both", []graph.ID{"umar", "ttp", "bla", "bombing"}, ids(live.LinkWhere{Direction: ptr(live.Both)}))
}

// derefText is the date that a text stands for; the zero one for none.
func derefText(s string) graph.PartialDate {
	if s == "" {
		return graph.PartialDate{}
	}
	return date(s)
}
