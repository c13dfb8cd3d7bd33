package analysis

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
	"github.com/rabta/rabta/tests/raced"
	"github.com/rabta/rabta/work"
)

// family is who descends from whom, and who is married to whom: no one twice, and no
// relatives.
type family struct {
	parents [][2]int // {-1, -1} of those who married in
	spouse  []int    // or -1
}

func drawFamily(r *rand.Rand) *family {
	f := &family{}
	add := func(a, b int) int {
		f.parents, f.spouse = append(f.parents, [2]int{a, b}), append(f.spouse, -1)
		return len(f.spouse) - 1
	}
	marry := func(a, b int) { f.spouse[a], f.spouse[b] = b, a }
	marry(add(-1, -1), add(-1, -1))
	generation := []int{0}
	for range 4 {
		var next []int
		for _, a := range generation {
			for range r.IntN(3) {
				child := add(a, f.spouse[a])
				if r.IntN(3) > 0 {
					marry(child, add(-1, -1))
					next = append(next, child)
				}
			}
		}
		generation = next
	}
	return f
}

func (f *family) of(test func(x int) bool) (out []int) {
	for x := range f.spouse {
		if test(x) {
			out = append(out, x)
		}
	}
	return out
}

// step is what one word makes of some people: their parents, say.
func (f *family) step(word byte, of []int) []int {
	return f.of(func(x int) bool {
		return slices.ContainsFunc(of, func(y int) bool {
			switch {
			case x == y:
				return false
			case word == 'P':
				return x == f.parents[y][0] || x == f.parents[y][1]
			case word == 'C':
				return y == f.parents[x][0] || y == f.parents[x][1]
			case word == 'M':
				return x == f.spouse[y]
			}
			return f.parents[x][0] >= 0 && f.parents[x] == f.parents[y] // siblings
		})
	})
}

// are are those whom the plain words make of one person, less those nearer.
func (f *family) are(x int, words string) (out []int) {
	for _, word := range strings.Fields(words) {
		at := []int{x}
		for i := range len(word) {
			at = f.step(word[i], at)
		}
		out = append(out, at...)
	}
	return out
}

// meaning writes each term in parents, children, siblings and spouses.
var meaning = map[string]string{
	"parent": "P", "child": "C", "sibling": "S", "spouse": "M", "cousin": "PSC", "uncle, aunt, nephew or niece": "PS SC",
	"grandparent": "PP", "grandchild": "CC", "uncle or aunt": "PS", "nephew or niece": "SC",
	"sibling or half-sibling": "S", "parent or step-parent": "P", "child or step-child": "C",
	"other parent of a child": "M", "parent-in-law": "MP", "child-in-law": "CM", "brother- or sister-in-law": "MS SM",
	"cousin of a parent": "PPSC", "child of a cousin": "PSCC", "uncle, aunt, nephew, niece, or their sibling": "P PS SC",
	"uncle, aunt, nephew, niece, or a child": "C PS SC", "great-grandparent": "PPP", "great-grandchild": "CCC",
	"great-uncle or great-aunt": "PPS", "grand-nephew or grand-niece": "SCC", "uncle or aunt by marriage": "PSM",
	"nephew or niece by marriage": "MSC", "uncle or aunt of a spouse": "MPS",
	"spouse of a brother- or sister-in-law": "MSM", "spouse of a nephew or niece": "SCM", "spouse of a grandchild": "CCM",
	"grandparent of a spouse": "MPP", "spouse of a cousin": "PSCM", "cousin of a spouse": "MPSC",
	"great-great-grandparent": "PPPP", "great-great-grandchild": "CCCC", "great-grand-nephew or -niece": "SCCC",
	"great-grand-uncle or -aunt": "PPPS", "uncle, aunt or parent": "P PS",
}

// claims tells some of the family's ties, by either end.
func (f *family) claims(r *rand.Rand, share float64, ties map[graph.KinDegree]string) (out []graph.Claim) {
	for _, degree := range graph.AllDegrees {
		words, told := ties[degree]
		for a := range f.spouse {
			for _, b := range f.are(a, words) {
				if !told || r.Float64() >= share {
					continue
				}
				// a's b is a degree: the subject is what it is to the object.
				out = append(out, graph.Claim{
					Subject: person(b), Predicate: graph.KinOf, Object: person(a), Degree: degree,
					Source: "s_test", Hedge: graph.Stated,
					Credibility: 1 + r.IntN(6), Locator: fmt.Sprint(len(out)),
				})
			}
		}
	}
	return out
}

func person(x int) graph.ID { return graph.ID(fmt.Sprintf("i%d", x)) }

func (f *family) view(t *testing.T, claims []graph.Claim) *live.View {
	t.Helper()
	b := graph.Batch{
		Actor: "test", Reason: "test", Sources: []graph.Source{{ID: "s_test", Kind: "REPORT", Title: "test"}}, Claims: claims,
	}
	for x := range f.spouse {
		b.Entities = append(b.Entities,
			graph.Entity{ID: person(x), Kind: graph.Individual, Names: []graph.Name{{Value: string(person(x))}}})
	}
	return must(readerOf(t, b).View(nil))
}

// TestKinIsTrue: what is derived from true ties is true of the family, no two terms
// conflict, and the grade is that of the weakest leg.
func TestKinIsTrue(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(81, 82))
	terms := map[string]int{}
	for round := range 60 {
		f := drawFamily(r)
		words := map[graph.KinDegree]string{
			"PARENT": "P", "CHILD": "C", "SIBLING": "S", "SPOUSE": "M", "COUSIN": "PSC", "NEPHEW_UNCLE": "PS SC",
			"UNCLE_AUNT": "PS", "NEPHEW_NIECE": "SC", "GRANDPARENT": "PP", "GRANDCHILD": "CC", "PARENT_IN_LAW": "MP",
			"CHILD_IN_LAW": "CM", "SIBLING_IN_LAW": "MS SM",
		}
		v := f.view(t, f.claims(r, []float64{0.4, 0.7, 1}[round%3], words))
		for x := range f.spouse {
			found, err := Kin(v, person(x), MaxKin, work.NewMeter(t.Context(), 0))
			if err != nil {
				t.Fatal(err)
			}
			for _, k := range found {
				terms[k.Term]++
				checkLegs(t, person(x), k)
				words, known := meaning[k.Term]
				if k.Term == "relative" || k.Term == "relative by marriage" {
					continue
				}
				if !known {
					t.Fatalf("the test does not know %q", k.Term)
				}
				if !slices.ContainsFunc(f.are(x, words), func(y int) bool { return person(y) == k.Other.Base().ID() }) {
					t.Fatalf("%s is told as %q of %s by %s, and is not in %+v", k.Other.Base().ID(), k.Term, person(x), legsOf(k), f)
				}
				if k.Conflicting {
					t.Fatalf("%s, a true %q of %s, is said to conflict: %v", k.Other.Base().ID(), k.Term, person(x), told(found))
				}
			}
		}
	}
	for term := range meaning {
		if terms[term] == 0 {
			t.Errorf("no one was a %q", term)
		}
	}
}

func checkLegs(t *testing.T, start graph.ID, k *Kinship) {
	t.Helper()
	at, weakest := start, 0
	for _, h := range k.Legs {
		if h.From.Base().ID() != at || h.Forward != (h.Link.SourceID() == at) || h.Link.Kind() != graph.KinOf {
			t.Fatalf("leg %s of %q begins elsewhere than at %s", legsOf(k), k.Term, at)
		}
		at, weakest = h.To.Base().ID(), max(weakest, h.Link.Credibility())
	}
	if at != k.Other.Base().ID() || weakest > k.Credibility || k.Credibility > 6 || k.Derived != (len(k.Legs) > 1) {
		t.Fatalf("%+v: the legs lead to %s, of credibility %d", k, at, weakest)
	}
}

func legsOf(k *Kinship) (out string) {
	for _, h := range k.Legs {
		out += fmt.Sprintf("%s %v ", h.To.Base().ID(), h.Link.SourceIs())
	}
	return out
}

func told(found []*Kinship) (out []string) {
	for _, k := range found {
		out = append(out, fmt.Sprintf("%s %s", k.Other.Base().ID(), k.Term))
	}
	return out
}

// TestKinIsWhole: from all parents, siblings and spouses come all relatives that have a
// name, up to the degree.
func TestKinIsWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(83, 84))
	ties := map[graph.KinDegree]string{"PARENT": "P", "CHILD": "C", "SIBLING": "S", "SPOUSE": "M"}
	named := map[string]string{}
	for word, term := range terms {
		if strings.Trim(word, "PCSM") == "" {
			named[word] = term
		}
	}
	checked := 0
	for range 40 {
		f := drawFamily(r)
		v := f.view(t, f.claims(r, 1, ties))
		for x := range f.spouse {
			degree := 1 + r.IntN(MaxKin)
			found, err := Kin(v, person(x), degree, work.NewMeter(t.Context(), 0))
			if err != nil {
				t.Fatal(err)
			}
			for word, term := range named {
				words := meaning[term]
				if len(word) > degree || !slices.Contains(strings.Fields(words), word) {
					continue // told in this way only where parents differ
				}
				for _, y := range f.are(x, word) {
					checked++
					means := func(k *Kinship) bool { return k.Other.Base().ID() == person(y) && k.Term == term }
					if !slices.ContainsFunc(found, means) {
						t.Fatalf("%s, %q of %s, is not among %v", person(y), term, person(x), told(found))
					}
				}
			}
		}
	}
	if checked < 1000 {
		t.Errorf("%d relatives: the test says little", checked)
	}
}

// TestKinIsCreditedByItsDegree: a degree is as credible as the best claim that gives
// it, not as the link, which a vaguer claim may carry.
func TestKinIsCreditedByItsDegree(t *testing.T) {
	claims := []graph.Claim{kin(1, 0, "UNSPECIFIED"), kin(1, 0, "SIBLING"), kin(0, 1, "SIBLING"), kin(2, 1, "CHILD")}
	for i, credibility := range []int{1, 5, 4, 2} {
		claims[i].Credibility, claims[i].Locator = credibility, fmt.Sprint(i)
	}
	found, err := Kin((&family{spouse: make([]int, 3)}).view(t, claims), "i0", 2, work.NewMeter(t.Context(), 0))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, k := range found {
		got[k.Term] = k.Credibility
	}
	if d := cmp.Diff(map[string]int{"relative": 1, "sibling": 4, "nephew or niece": 4}, got); d != "" {
		t.Error(d)
	}
}

// TestAllKinAreTold: however many relatives somebody has.
func TestAllKinAreTold(t *testing.T) {
	const size = page.MaxSize + 20
	var claims []graph.Claim
	for x := 1; x < size; x++ {
		claims = append(claims, kin(x, 0, "COUSIN"))
	}
	found, err := Kin((&family{spouse: make([]int, size)}).view(t, claims), "i0", 1, work.NewMeter(t.Context(), 0))
	if err != nil || len(found) != size-1 {
		t.Errorf("%d relatives of %d, %v", len(found), size-1, err)
	}
}

// TestKinThatConflicts: sources that differ about a degree stand side by side and are
// marked; a vaguer word, a tie of another sort, and an unspecified degree are none.
func TestKinThatConflicts(t *testing.T) {
	for name, tc := range map[string]struct {
		claims []graph.Claim
		want   []string // of i1
	}{
		"two degrees": {
			[]graph.Claim{kin(1, 0, "COUSIN"), kin(1, 0, "SIBLING")},
			[]string{"cousin!", "sibling!"},
		},
		"two ways round": {[]graph.Claim{kin(1, 0, "PARENT"), kin(1, 0, "CHILD")}, []string{"child!", "parent!"}},
		"derived and said": {
			[]graph.Claim{kin(2, 0, "PARENT"), kin(1, 2, "SIBLING"), kin(1, 0, "COUSIN")},
			[]string{"cousin!", "uncle or aunt!"},
		},
		"the vaguer word": {
			[]graph.Claim{kin(2, 0, "PARENT"), kin(1, 2, "SIBLING"), kin(1, 0, "NEPHEW_UNCLE")},
			[]string{"uncle or aunt", "uncle, aunt, nephew or niece"},
		},
		"by blood and marriage": {[]graph.Claim{kin(1, 0, "COUSIN"), kin(1, 0, "SPOUSE")}, []string{"cousin", "spouse"}},
		"two ties of marriage": {
			[]graph.Claim{kin(1, 0, "SPOUSE"), kin(2, 0, "SPOUSE"), kin(1, 2, "SIBLING")},
			[]string{"brother- or sister-in-law!", "spouse!"},
		},
		"an unspecified degree": {
			[]graph.Claim{kin(1, 0, "UNSPECIFIED"), kin(1, 0, "COUSIN")},
			[]string{"cousin", "relative"},
		},
		"once, by two sources": {[]graph.Claim{kin(1, 0, "COUSIN"), kin(0, 1, "COUSIN")}, []string{"cousin"}},
		"by marriage of any sort": {
			[]graph.Claim{kin(1, 0, "IN_LAW"), kin(2, 0, "SPOUSE"), kin(1, 2, "PARENT")},
			[]string{"parent-in-law", "relative by marriage"},
		},
	} {
		for i := range tc.claims {
			tc.claims[i].Locator = fmt.Sprint(i)
		}
		f := &family{spouse: make([]int, 3)}
		found, err := Kin(f.view(t, tc.claims), "i0", 2, work.NewMeter(t.Context(), 0))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, k := range found {
			if k.Other.Base().ID() != "i1" {
				continue
			}
			term := k.Term
			if k.Conflicting {
				term += "!"
			}
			got = append(got, term)
		}
		slices.Sort(got)
		if d := cmp.Diff(tc.want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// kin claims that one is a degree to another.
func kin(x, of int, d graph.KinDegree) graph.Claim {
	return graph.Claim{
		Subject: person(x), Predicate: graph.KinOf, Object: person(of), Degree: d, Source: "s_test", Hedge: graph.Stated,
	}
}

// TestLargeFamilyIsToldFromTheNearest: when the work runs out, nearer relatives are all
// there.
func TestLargeFamilyIsToldFromTheNearest(t *testing.T) {
	var claims []graph.Claim
	for x := range 20 {
		for y := range x {
			claims = append(claims, kin(x, y, "COUSIN"))
		}
	}
	claims = append(claims, kin(20, 3, "CHILD")) // two legs away
	v := (&family{spouse: make([]int, 21)}).view(t, claims)
	for limit, least := range map[int64]int{10: 0, 20: 19, 3000: 20} {
		found, err := Kin(v, "i0", 4, work.NewMeter(t.Context(), limit*(1+legSlots)))
		if !errors.Is(err, work.ErrBudget) {
			t.Fatalf("with %d legs: %v", limit, err)
		}
		others := idsOf(found, func(k *Kinship) graph.ID { return k.Other.Base().ID() })
		if got := len(slices.Compact(others)); got < least {
			t.Errorf("with %d legs %d relatives, want at least %d", limit, got, least)
		}
	}
}
