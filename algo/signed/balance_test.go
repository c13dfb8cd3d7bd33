package signed

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rabta/rabta/algo"
)

func randomTies(r *rand.Rand, n int, p, hostile float64) []Edge {
	var ties []Edge
	for i := range algo.Node(n) {
		for j := range i {
			if r.Float64() < p {
				t := Edge{i, j, Plus}
				if r.Float64() < hostile {
					t.Sign = Minus
				}
				ties = append(ties, t)
			}
		}
	}
	return ties
}

// frustrated counts the ties that speak against a division.
func frustrated(ties []Edge, second uint64) int {
	count := 0
	for _, t := range ties {
		if together := second>>t.A&1 == second>>t.B&1; together != (t.Sign == Plus) {
			count++
		}
	}
	return count
}

// TestBalanceAgainstDefinition compares with all triples and all divisions.
func TestBalanceAgainstDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for range 150 {
		n := 2 + r.IntN(9)
		ties := randomTies(r, n, 0.2+0.8*r.Float64(), r.Float64())
		got, err := BalanceOf(New(n, ties), 1000, 5, nil)
		if err != nil {
			t.Fatal(err)
		}
		checkCensus(t, n, ties, got)
		least := len(ties)
		for second := range uint64(1) << (n - 1) {
			least = min(least, frustrated(ties, second))
		}
		f := got.Factions
		var second uint64
		for v, k := range f.Of {
			second |= uint64(k/2) << v
			named := slices.ContainsFunc(ties, func(t Edge) bool { return int(t.A) == v || int(t.B) == v })
			if named != (k > 0) {
				t.Fatalf("node %d is in faction %d", v, k)
			}
		}
		of, sizes, _ := algo.Components(New(n, ties).g, nil)
		for k := range sizes {
			if first := slices.Index(of, algo.Label(k)); f.Of[first] == 2 {
				t.Fatalf("node %d comes first and is in faction 2 of %v", first, f.Of)
			}
		}
		if !f.Exact || f.Frustration != least || f.LowerBound != least || len(f.Against) != least ||
			frustrated(ties, second) != least {
			t.Fatalf("%+v, want frustration %d, of %v", f, least, ties)
		}
	}
}

func checkCensus(t *testing.T, n int, ties []Edge, got *Balance) {
	t.Helper()
	sign := map[[2]algo.Node]Sign{}
	for _, s := range ties {
		sign[[2]algo.Node{s.B, s.A}] = s.Sign // B is the smaller
	}
	var census [4]int // by hostile ties
	var unbalanced []Triad
	for a := range algo.Node(n) {
		for b := a + 1; b < algo.Node(n); b++ {
			for c := b + 1; c < algo.Node(n); c++ {
				ab, ac, bc := sign[[2]algo.Node{a, b}], sign[[2]algo.Node{a, c}], sign[[2]algo.Node{b, c}]
				if ab == 0 || ac == 0 || bc == 0 {
					continue
				}
				hostile := int(3-ab-ac-bc) / 2
				census[hostile]++
				if hostile%2 == 1 {
					unbalanced = append(unbalanced, Triad{a, b, c, ab, ac, bc})
				}
			}
		}
	}
	c := got.Census
	if [4]int{c.PPP, c.PPM, c.PMM, c.MMM} != census || !slices.Equal(got.Unbalanced, unbalanced) {
		t.Fatalf("%+v, want %v and %v", got, census, unbalanced)
	}
	if c.Triads() > 0 && got.Degree != float64(census[0]+census[2])/float64(c.Triads()) ||
		c.Triads() == 0 && got.Degree != 1 {
		t.Fatalf("degree %v of %v", got.Degree, census)
	}
}

// highland is the alliances (+) and enmities (-) of sixteen tribes of the New
// Guinea highlands that Read observed (Cultures of the Central Highlands, New
// Guinea, 1954), a row a tribe, its ties to those before it.
const highland = `

a+
a- b-
a- c+
a- b-
a- b- c+
c+ e+ f+
c+ d+ f+ g+
b- e+ f-
b- i+
f+ g+ h+ i- j-
a- f+ g+ h+ k+
f- g+ i+ j+ k-
e+ h- l- m+
a+ b+ e- i- j- k- l- m-
a+ b+ e- f- k- l- m- n- o+
`

// tiesOf reads rows of ties to earlier rows.
func tiesOf(rows string) (ties []Edge) {
	for i, row := range strings.Split(strings.Trim(rows, "\n"), "\n") {
		for _, word := range strings.Fields(row) {
			t := Edge{algo.Node(i + 1), algo.Node(word[0] - 'a'), Plus}
			if word[1] == '-' {
				t.Sign = Minus
			}
			ties = append(ties, t)
		}
	}
	return ties
}

// TestBalanceOfHighlandTribes reproduces what is published of these tribes: 58
// ties, half of them hostile; 59 of 68 triads balanced (Schoch, signnet); a
// frustration index of 7 (Aref and Wilson, Balance and frustration in signed
// networks, 2019).
func TestBalanceOfHighlandTribes(t *testing.T) {
	ties := tiesOf(highland)
	hostile := 0
	for _, tie := range ties {
		if tie.Sign == Minus {
			hostile++
		}
	}
	got, err := BalanceOf(New(16, ties), 100, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(ties) != 58 || hostile != 29 || got.Census.Triads() != 68 || got.Degree != 59.0/68 ||
		got.Factions.Frustration != 7 ||
		!got.Factions.Exact {
		t.Errorf("%d ties, %d hostile; %+v; %+v", len(ties), hostile, got, got.Factions)
	}
}

// TestFactionsByBranchesAlone begins with a division that is no use, so that the
// best is found by branch and bound.
func TestFactionsByBranchesAlone(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 42))
	for range 100 {
		n := 3 + r.IntN(7)
		ties := randomTies(r, n, 0.7, 0.5)
		s := New(n, ties)
		of, sizes, _ := algo.Components(s.g, nil)
		if len(sizes) > 1 {
			continue
		}
		f := newFactionSearch(s, 3, nil)
		best := make([]int8, n)
		exact, found, err := f.branchAndBound(algo.Identity[algo.Node](len(of)), best, len(ties)+1)
		least := len(ties)
		for second := range uint64(1) << (n - 1) {
			least = min(least, frustrated(ties, second))
		}
		var second uint64
		for v, side := range best {
			if side != 1 && side != -1 {
				t.Fatalf("node %d is on side %d", v, side)
			}
			second |= uint64((1-side)/2) << v
		}
		if !exact || err != nil || found != least || frustrated(ties, second) != least {
			t.Fatalf("found %d, exactly: %v, %v; want %d", found, exact, err, least)
		}
		for v := range n {
			if f.side[v] != 0 || f.toSide[v] != [2]int{} {
				t.Fatalf("node %d was left on side %d with %v", v, f.side[v], f.toSide[v])
			}
		}
	}
}

// TestFactionsThatAreNotExact gives the search no branches: the result is a
// division all the same, and says that it may not be the best.
func TestFactionsThatAreNotExact(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	bounded := 0
	for range 40 {
		n := 12
		ties := randomTies(r, n, 0.5, 0.5)
		s := New(n, ties)
		search := func(branches int) *Factions {
			f := newFactionSearch(s, 3, nil)
			f.branches = branches
			if err := f.divideAll(); err != nil {
				t.Fatal(err)
			}
			return f.out
		}
		exact, rough := search(factionBranches), search(0)
		if rough.LowerBound > exact.Frustration || rough.Frustration != exact.Frustration {
			t.Fatalf("%+v, exact is %+v", rough, exact)
		}
		if b, _ := BalanceOf(s, 1, 3, nil); len(b.Unbalanced) > 0 && 3*rough.LowerBound < 2 {
			t.Fatalf("nothing speaks against any division in %+v", b)
		}
		if !rough.Exact {
			bounded++
		}
	}
	if bounded < 20 {
		t.Errorf("only %d of 40 were left to the bound", bounded)
	}
}

// TestFactionsOfLargeGraph divides two camps of a thousand with some traitors.
func TestFactionsOfLargeGraph(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	const n = 2000
	var ties []Edge
	for range 20_000 {
		a, b := algo.Node(r.IntN(n)), algo.Node(r.IntN(n))
		sign := Plus
		if a%2 != b%2 {
			sign = Minus
		}
		if len(ties)%100 == 0 {
			sign = -sign
		}
		ties = append(ties, Edge{a, b, sign})
	}
	f, err := FindFactions(New(n, ties), 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	for v, k := range f.Of {
		if k != f.Of[v%2] {
			t.Fatalf("node %d is in faction %d", v, k)
		}
	}
	if f.Frustration < 150 || f.Frustration > 200 || f.LowerBound > f.Frustration {
		t.Errorf("frustration %d, at least %d", f.Frustration, f.LowerBound)
	}
}
