package analysis

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/algo/algotest"
	"github.com/rabta/rabta/graph"
)

// TestDivisionByDefinition: components are what can be reached, and modularity is the
// share of ties within communities less what degrees alone would give.
func TestDivisionByDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(153, 154))
	for round := range 100 {
		n := must((&ViewInput{}).Open(readerOf(t, sparse(society(r), r)), nil, nil))
		near := tiesByID(n)
		method := []CommunityMethod{ByComponents, ByLeiden, ByLabels}[round%3]
		resolution := []float64{0.5, 1, 2}[r.IntN(3)]
		d := must(CommunitiesOf(n, CommunityOptions{method, resolution, 1, 500}, nil))
		of, members := map[graph.ID]int{}, [][]graph.ID{}
		for i, row := range d.Rows {
			ids := idsOf(row.Members, entityID)
			if row.Number != i+1 || row.Size != len(ids) || i > 0 && row.Size > d.Rows[i-1].Size {
				t.Fatalf("row %d: %+v", i, row)
			}
			for _, id := range ids {
				of[id] = i
			}
			members = append(members, ids)
		}
		ties, inside, degrees := 0.0, 0.0, map[int]float64{}
		for a, others := range near {
			for b := range others {
				ties += 0.5
				if of[a] == of[b] {
					inside += 0.5
				}
			}
			degrees[of[a]] += float64(len(others))
		}
		want := 0.0
		if ties > 0 {
			want = inside / ties
			for _, k := range degrees {
				want -= resolution * (k / (2 * ties)) * (k / (2 * ties))
			}
		}
		if len(of) != n.Len() || d.Count != len(d.Rows) || !algotest.Close(want, d.Modularity) {
			t.Fatalf("%s: %d of %d entities, modularity %v, want %v", method, len(of), n.Len(), d.Modularity, want)
		}
		if method == ByComponents {
			slices.SortFunc(members, func(a, b []graph.ID) int { return cmp.Or(len(b)-len(a), slices.Compare(a, b)) })
			if diff := gocmp.Diff(partsOf(near, "", [2]graph.ID{}), members); diff != "" {
				t.Fatal(diff)
			}
		}
	}
}
