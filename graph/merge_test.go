package graph

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestEntityMerge(t *testing.T) {
	first := Entity{
		ID: "ttp", Kind: Group, Subtype: "UMBRELLA", Description: "A group.", Marking: Green, Representation: Named,
		Names: []Name{{Value: "Pakistani Taliban", Primary: true}, {Value: "TTP"}}, External: []string{"x:1", "x:2"},
	}
	same(t, "merged with a bare record", first, first.Merge(Entity{ID: "ttp", Kind: Group}))
	later := Entity{
		ID: "ttp", Kind: Group, Subtype: "COALITION", Description: "An umbrella group.", Marking: Amber, Representation: Class,
		Names:    []Name{{Value: "TTP", Primary: true, Source: "s_a"}, {Value: "TTP", Lang: "ur"}, {Value: "Tehrik-i-Taliban"}},
		External: []string{"x:2", "x:3"},
	}
	same(t, "merged with a full one", Entity{
		ID: "ttp", Kind: Group, Subtype: "COALITION", Description: "An umbrella group.", Marking: Amber, Representation: Class,
		Names:    []Name{{Value: "Pakistani Taliban"}, {Value: "TTP", Primary: true, Source: "s_a"}, {Value: "TTP", Lang: "ur"}, {Value: "Tehrik-i-Taliban"}},
		External: []string{"x:1", "x:2", "x:3"},
	}, first.Merge(later))
	if !first.Names[0].Primary || len(first.Names) != 2 || len(first.External) != 2 {
		t.Errorf("merging changed what was merged: %+v", first)
	}
	merged := first.Merge(later)
	if got := merged.Primary(); got != "TTP" {
		t.Errorf("the name to show is %q", got)
	}
}

// TestNameGivenTwice: a record that gives a name twice is one that gives it once.
func TestNameGivenTwice(t *testing.T) {
	twice := Entity{ID: "x", Kind: Group, Names: []Name{{Value: "a", Primary: true}, {Value: "b"}, {Value: "a", Source: "s_a"}}, External: []string{"1", "1"}}
	want := Entity{ID: "x", Kind: Group, Names: []Name{{Value: "a", Primary: true, Source: "s_a"}, {Value: "b"}}, External: []string{"1"}}
	bare := Entity{ID: "x", Kind: Group}
	same(t, "merged into nothing", want, bare.Merge(twice))
	same(t, "merged with nothing", want, twice.Merge(bare))
	same(t, "merged with itself", want, twice.Merge(twice))
}

func TestPrimaryName(t *testing.T) {
	for want, e := range map[string]Entity{
		"b":  {ID: "id", Names: []Name{{Value: "a"}, {Value: "b", Primary: true}, {Value: "c", Primary: true}}},
		"a":  {ID: "id", Names: []Name{{Value: "a"}, {Value: "b"}}},
		"id": {ID: "id"},
	} {
		if got := e.Primary(); got != want {
			t.Errorf("the name to show is %q, want %q", got, want)
		}
	}
}

func drawEntity(t *rapid.T, label string) Entity {
	word := rapid.SampledFrom([]string{"a", "b", "c"})
	e := Entity{ID: "x", Kind: Group, External: rapid.SliceOfNDistinct(word, 0, 3, rapid.ID).Draw(t, label+" external")}
	for range rapid.IntRange(0, 3).Draw(t, label+" names") {
		e.Names = append(e.Names, Name{Value: word.Draw(t, "value"), Lang: rapid.SampledFrom([]string{"", "ur"}).Draw(t, "lang"), Primary: rapid.Bool().Draw(t, "primary")})
	}
	return e
}

// spellings is the set of an entity's names.
func spellings(e Entity) []Name {
	out := slices.Clone(e.Names)
	for i := range out {
		out[i].Primary, out[i].Source = false, ""
	}
	slices.SortFunc(out, func(a, b Name) int { return cmp.Or(cmp.Compare(a.Value, b.Value), cmp.Compare(a.Lang, b.Lang)) })
	return slices.Compact(out)
}

func sorted[T cmp.Ordered](list []T) []T { return slices.Sorted(slices.Values(list)) }

// TestNamesAddUp: as sets, names and external ids do not depend on the order of
// records, nor on how often one is merged, and nothing is there twice.
func TestNamesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := Entity{ID: "x", Kind: Group}
		a, b, c := start.Merge(drawEntity(t, "a")), start.Merge(drawEntity(t, "b")), start.Merge(drawEntity(t, "c"))
		ab := a.Merge(b)
		diff(t, "names the other way round", spellings(ab), spellings(b.Merge(a)))
		diff(t, "external ids the other way round", sorted(ab.External), sorted(b.Merge(a).External))
		diff(t, "names grouped otherwise", spellings(ab.Merge(c)), spellings(a.Merge(b.Merge(c))))
		diff(t, "merged again", ab, ab.Merge(b))
		if n := len(spellings(ab)); n != len(ab.Names) {
			t.Fatalf("%d names, of which %d differ: %+v", len(ab.Names), n, ab.Names)
		}
		for _, n := range b.Names {
			if !slices.ContainsFunc(ab.Names, func(o Name) bool { return o.Value == n.Value && o.Lang == n.Lang }) {
				t.Fatalf("%q is lost", n.Value)
			}
		}
	})
}

func TestSourceMerge(t *testing.T) {
	first := full[Source]()
	first.DerivedFrom = []ID{"s_a"}
	same(t, "merged with a bare record", first, first.Merge(Source{ID: first.ID, Kind: first.Kind, Title: first.Title}))
	later := first
	for _, v := range varied(first) {
		later = v.value
		merged := first.Merge(later)
		if v.field == "DerivedFrom" {
			later.DerivedFrom = []ID{"s_a", later.DerivedFrom[0]}
		}
		same(t, "merged with a later "+v.field, later, merged)
	}
	if s := (Source{}); s.Letter() != Unjudged {
		t.Errorf("a source of which nothing is said has the letter %s", s.Letter())
	}
	if s := (Source{Reliability: "B"}); s.Letter() != "B" {
		t.Errorf("the letter is %s", s.Letter())
	}
}
