package bulk_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rabta/rabta/bulk"
	"github.com/rabta/rabta/graph"
)

// drawn is a random change of some groups and individuals, of which a part is hidden, and the same
// without what is hidden.
func drawn(r *rand.Rand) (whole, purged graph.Change) {
	secret := map[graph.ID]bool{}
	hide := func(id graph.ID) (m graph.Marking) {
		if r.IntN(6) == 0 {
			m, secret[id] = graph.Red, true
		}
		return m
	}
	for _, id := range []graph.ID{"s_a", "s_b", "s_c"} {
		whole.Sources = append(whole.Sources, graph.Source{ID: id, Kind: "REPORT", Title: string(id), Marking: hide(id)})
	}
	for i := range 8 {
		id, kind := graph.ID(fmt.Sprint("g", i)), graph.Group
		if i > 4 {
			kind = graph.Individual
		}
		e := graph.Entity{ID: id, Kind: kind, Names: []graph.Name{{Value: "The " + string(id)}}, Marking: hide(id)}
		whole.Entities = append(whole.Entities, e)
	}
	for range 10 + r.IntN(30) {
		a, b := r.IntN(5), r.IntN(5)
		c := graph.Claim{
			Subject: graph.ID(fmt.Sprint("g", min(a, b))), Predicate: "ALLIED_WITH", Object: graph.ID(fmt.Sprint("g", max(a, b))),
			Source: whole.Sources[r.IntN(3)].ID, Hedge: graph.Stated, Credibility: 1 + r.IntN(5),
		}
		if a == b {
			c.Subject, c.Predicate = graph.ID(fmt.Sprint("g", 5+r.IntN(3))), graph.MemberOf
		} else if r.IntN(2) == 0 {
			c.Predicate = "RIVAL_OF"
		}
		if r.IntN(4) == 0 {
			c.Polarity = graph.Denied
		}
		if r.IntN(5) == 0 {
			c.Marking = graph.Red
		}
		if !secret[c.Subject] && !secret[c.Object] && !secret[c.Source] && c.Marking == "" {
			purged.Claims = append(purged.Claims, c)
		} else {
			c.Marking = graph.Red
		}
		whole.Claims = append(whole.Claims, c)
	}
	purged.Sources = slices.DeleteFunc(slices.Clone(whole.Sources), func(s graph.Source) bool { return secret[s.ID] })
	purged.Entities = slices.DeleteFunc(slices.Clone(whole.Entities), func(e graph.Entity) bool { return secret[e.ID] })
	return whole, purged
}

// halves are the log of a change that came in two, the better claims first.
func halves(c graph.Change) *log {
	first, second := c, graph.Change{}
	first.Claims = nil
	for _, x := range c.Claims {
		if x.Credibility < 4 {
			first.Claims = append(first.Claims, x)
		} else {
			second.Claims = append(second.Claims, x)
		}
	}
	return logOf(first, second)
}

// conditions are some of a view, as an address has them.
func conditions(r *rand.Rand, selected bool) url.Values {
	out := url.Values{"includeDisputed": {"true"}}
	some := func(name string, values ...string) {
		if r.IntN(3) == 0 {
			out.Set(name, values[r.IntN(len(values))])
		}
	}
	some("minCredibility", "2", "3", "4")
	some("includeDenied", "true")
	some("minIndependentSources", "2")
	some("knownAtSequence", "1")
	if selected {
		some("kinds", "ALLIED_WITH", "ALLIED_WITH,MEMBER_OF", "")
		some("entityKinds", "GROUP", "GROUP,INDIVIDUAL")
	}
	return out
}

// linesOf is a table: its header, and its lines by id, which are in the order of ids.
func linesOf(t *testing.T, text string) (header []string, ids []string, lines map[string][]string) {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	lines = map[string][]string{}
	for _, line := range all[1:] {
		ids, lines[line[0]] = append(ids, line[0]), line
	}
	return all[0], ids, lines
}

// TestCombined: the file of two views has the lines of the files of each, by definition: what the
// operation takes, as the first has it that has it. What is hidden changes nothing in it.
func TestCombined(t *testing.T) {
	said := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "graph"), 3))
		whole, purged := drawn(r)
		hidden, plain := halves(whole), halves(purged)
		a, b := conditions(r, true), conditions(r, r.IntN(2) == 0)
		how := []string{"UNION", "INTERSECTION", "DIFFERENCE"}[r.IntN(3)]
		both := url.Values{"combine": {how}}
		for name, values := range a {
			both[name] = values
		}
		for name, values := range b {
			both[bulk.OfSecond+name] = values
		}
		for _, name := range []string{"kinds", "entityKinds"} {
			if values, ok := a[name]; ok && b[name] == nil {
				b[name] = values
			}
		}
		files := map[string]string{}
		for _, name := range []string{"links.csv", "entities.csv"} {
			text := written(t, hidden, graph.Clear, name, both.Encode())
			files[name] = text
			if d := cmp.Diff(written(t, plain, graph.Clear, name, both.Encode()), text); d != "" {
				rt.Fatalf("%s?%s (-purged +hidden):\n%s", name, both.Encode(), d)
			}
		}
		_, wantIDs, want := linesOf(t, written(t, hidden, graph.Clear, "links.csv", a.Encode()))
		_, secondIDs, second := linesOf(t, written(t, hidden, graph.Clear, "links.csv", b.Encode()))
		header, gotIDs, got := linesOf(t, files["links.csv"])
		last := len(header) - 1
		takes := func(x, y bool) bool {
			return map[string]bool{"UNION": x || y, "INTERSECTION": x && y, "DIFFERENCE": x && !y}[how]
		}
		ends := map[string]bool{}
		var order []string
		for _, id := range append(wantIDs, secondIDs...) {
			line, in := want[id], "FIRST"
			if line == nil {
				line, in = second[id], "SECOND"
			} else if second[id] != nil {
				in = "BOTH"
			}
			if !takes(want[id] != nil, second[id] != nil) || slices.Contains(order, id) {
				continue
			}
			order = append(order, id)
			line = append(slices.Clone(line[:last]), in)
			if d := cmp.Diff(line, got[id]); d != "" || header[last] != "combined" {
				rt.Fatalf("%s: %s (-want +got):\n%s", both.Encode(), id, d)
			}
			ends[line[2]], ends[line[3]] = true, true
			said[how+" "+in]++
		}
		if d := cmp.Diff(order, gotIDs); d != "" {
			rt.Fatalf("%s, links (-want +got):\n%s", both.Encode(), d)
		}
		_, wantIDs, want = linesOf(t, written(t, hidden, graph.Clear, "entities.csv", a.Encode()))
		_, secondIDs, second = linesOf(t, written(t, hidden, graph.Clear, "entities.csv", b.Encode()))
		_, gotIDs, got = linesOf(t, files["entities.csv"])
		order = nil
		for _, id := range append(wantIDs, secondIDs...) {
			inA, inB := want[id] != nil, second[id] != nil
			if slices.Contains(order, id) || !takes(inA, inB) && !ends[id] {
				continue
			}
			order = append(order, id)
			line := want[id]
			if !inA {
				line = second[id]
			}
			if d := cmp.Diff(line, got[id]); d != "" {
				rt.Fatalf("%s: %s (-want +got):\n%s", both.Encode(), id, d)
			}
			said[fmt.Sprintf("%s entities %t %t", how, inA, inB)]++
		}
		if d := cmp.Diff(order, gotIDs); d != "" {
			rt.Fatalf("%s, entities (-want +got):\n%s", both.Encode(), d)
		}
	})
	for _, what := range []string{
		"UNION FIRST", "UNION SECOND", "UNION BOTH", "INTERSECTION BOTH", "DIFFERENCE FIRST",
		"UNION entities true false", "UNION entities false true", "DIFFERENCE entities true false", "DIFFERENCE entities true true",
	} {
		if said[what] == 0 && !testing.Short() {
			t.Errorf("no %s: the test says little", what)
		}
	}
}

// TestEveryFault: all that is wrong with a request is said at once.
func TestEveryFault(t *testing.T) {
	_, err := bulk.Parse("links.csv", values(t, "combine=BOTH&with.guard=true&with.kinds=ALLIES&asOf=soon&with.x=1"))
	var got []string
	for _, p := range problemsOf(t, err) {
		got = append(got, p.Path+" "+p.Code)
		if p.Message == "" || p.Remedy == "" {
			t.Errorf("%+v", p)
		}
	}
	want := []string{
		"asOf BAD_DATE", "combine UNKNOWN_VALUE", "with.guard UNKNOWN_PARAMETER", "with.kinds UNKNOWN_VALUE", "with.x UNKNOWN_PARAMETER",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
