package e2e

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
)

// TestListsThatAreCutShort: a list that takes more work than is allowed comes with an
// error beside it that says so.
func TestListsThatAreCutShort(t *testing.T) {
	raced.Alone(t)
	const size = 45 // of whom there are more ways of four legs than are tried
	w := serve(t, openStore(t, "memory"), "memory")
	b := graph.Batch{Actor: "test", Reason: "test", Sources: []graph.Source{{ID: "s_test", Kind: "REPORT", Title: "test"}}}
	for x := range size {
		id := graph.ID(fmt.Sprintf("i%d", x))
		b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: graph.Individual, Names: []graph.Name{{Value: string(id)}}})
		for y := range x {
			b.Claims = append(b.Claims, graph.Claim{Subject: id, Predicate: graph.KinOf, Object: graph.ID(fmt.Sprintf("i%d", y)), Degree: "COUSIN", Source: "s_test", Hedge: graph.Stated})
		}
	}
	if _, err := w.follower.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Data   struct{ Kin []struct{ Term string } }
		Errors []struct {
			Message    string
			Path       []string
			Extensions struct{ Code string }
		}
	}
	answer := w.post(t, `{ kin(of: "i0") { term } }`, nil)
	if err := json.Unmarshal(answer, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Data.Kin) != size-1 || len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "PARTIAL" || len(got.Errors[0].Path) != 1 {
		t.Errorf("%.500s", answer)
	}
}
