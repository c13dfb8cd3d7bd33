package hostile_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rabta/rabta/server"
	"github.com/rabta/rabta/tests/faults/hostile"
	"github.com/rabta/rabta/tests/raced"
)

// size is how many entities and links a view has, and how many of its entities are joined.
type size struct{ nodes, links, joined int }

// least are fields of link analysis, and how much work each is known to do at least with a
// view of a size, in slots: what it goes through, times what one of them costs.
var least = map[string]func(s size) int{
	`measure(measure: DEGREE, @) { rows { value } }`:                func(s size) int { return 16*s.nodes + 4*s.links },
	`measure(measure: CLOSENESS, @) { rows { value } }`:             func(s size) int { return s.nodes*s.nodes/4 + s.links },
	`measure(measure: HARMONIC, @) { rows { value } }`:              func(s size) int { return s.nodes*s.nodes/4 + s.links },
	`measure(measure: BETWEENNESS, @) { rows { value } }`:           func(s size) int { return s.nodes + s.joined*s.joined/4 },
	`measure(measure: EIGENVECTOR, @) { rows { value } }`:           func(s size) int { return 10 * (2*s.nodes + s.links) },
	`measure(measure: PAGERANK, @) { rows { value } }`:              func(s size) int { return 10 * (2*s.nodes + s.links) },
	`measure(measure: KATZ, @) { rows { value } }`:                  func(s size) int { return 20 * (2*s.nodes + s.links) },
	`measure(measure: TRIANGLES, @) { rows { value } }`:             func(s size) int { return 17*s.nodes + 5*s.links },
	`measure(measure: DEGREE, samples: 50, @) { rows { value } }`:   func(s size) int { return 50 * 16 * (s.nodes + s.links) },
	`measure(measure: DEGREE, bySource: 10, @) { rows { value } }`:  func(s size) int { return 400*s.links + 20*16*s.nodes },
	`tieBetweenness(@) { rows { value } }`:                          func(s size) int { return 64*s.joined/2 + s.joined*s.joined/4 },
	`communities(@) { rows { size } }`:                              func(s size) int { return 32*s.nodes + 5*s.links },
	`communities(method: LABEL_PROPAGATION, @) { rows { size } }`:   func(s size) int { return 100*s.nodes + 40*s.links },
	`communities(method: STRONG_COMPONENTS, @) { rows { size } }`:   func(s size) int { return 18*s.nodes + 4*s.links },
	`structure(@) { nodes }`:                                        func(s size) int { return s.nodes*s.nodes/4 + 16*s.joined },
	`layers(@) { layers { ties } }`:                                 func(s size) int { return 16*s.nodes + 64*s.links },
	`balance(@) { degree }`:                                         func(s size) int { return s.nodes + 64*s.links },
	`brokers(groupedBy: ENTITY_KIND, @) { groups }`:                 func(s size) int { return 24*s.nodes + 8*s.joined },
	`keyPlayers(size: 5, goal: FRAGMENTATION, @) { value }`:         func(s size) int { return 100 * s.nodes },
	`keyPlayers(size: 5, goal: DISTANCE_REACH, @) { value }`:        func(s size) int { return 4*s.links + 200*s.joined/2 },
	`twoMode(join: [INDIVIDUAL], by: [GROUP], @) { count }`:         func(s size) int { return s.nodes + 4*s.links },
	`subgraph(maxNodes: 5000, @) { truncated { limit } }`:           func(s size) int { return 16*s.nodes + 800*s.links },
	`diff(before: {}, after: {minCredibility: 1}, @) { work }`:      func(s size) int { return 200 * s.links },
	`predictLinks(of: ["e0"], method: JACCARD, @) { score }`:        func(s size) int { return s.nodes + 4*s.links },
	`similar(of: "e0", @) { score }`:                                func(size) int { return 32 },
	`pathsTo(to: "e0", fromKinds: [GROUP], @) { paths { length } }`: func(s size) int { return 8 * s.joined / 2 },
}

// TestWhatIsDoneIsCounted: every field of link analysis counts at least what it is known to
// go through, of views with many links, with few, and with weights that are folded.
func TestWhatIsDoneIsCounted(t *testing.T) {
	raced.Alone(t)
	s := serve(t, 1_000, func(c *server.Config) { c.WorkBudget, c.QueryTimeout = 0, time.Hour })
	for _, view := range []string{
		`view: {bearings: [ALL], through: [PLACE, DESIGNATION, INCIDENT]}`, `view: {direction: OUT}`, `view: {lens: {minCredibility: 1}}`,
		`view: {weight: INDEPENDENT_SOURCES}`,
	} {
		of := sizeOf(t, s, view)
		if of.nodes < 200 || of.links < 50 {
			t.Fatalf("%s has %d entities and %d links: the test says little", view, of.nodes, of.links)
		}
		for field, count := range least {
			if strings.HasPrefix(field, "diff") && strings.Contains(view, "lens") {
				continue
			}
			want := count(of)
			if strings.Contains(view, "weight") && !strings.HasPrefix(field, "predict") {
				want += weighed(field) * of.links
			}
			before, query := s.spent(t), "{"+strings.Replace(field, "@", view, 1)+"}"
			if code := codeOf(s.ask(t.Context(), hostile.Document{Query: query}).Body.Bytes()); code != "" {
				t.Errorf("%s: %s", query, code)
			}
			if spent := s.spent(t) - before; spent < int64(want) {
				t.Errorf("%s of %+v: %d slots were counted, and %d are gone through", query, of, spent, want)
			}
		}
	}
}

// weighed is what weights add for a link, in slots; 0 for fields that take none.
func weighed(field string) int {
	for _, name := range []string{"layers", "balance", "twoMode", "subgraph", "diff", "similar", "pathsTo"} {
		if strings.HasPrefix(field, name) {
			return 0
		}
	}
	return 400
}

// sizeOf is the size of a view, read and kept by the server.
func sizeOf(t *testing.T, s *service, view string) size {
	t.Helper()
	body := s.ask(t.Context(), hostile.Document{
		Query: fmt.Sprintf(`{structure(%s) { nodes isolates linkCount }}`, view),
	}).Body.Bytes()
	var answer struct {
		Data struct {
			Structure struct{ Nodes, Isolates, LinkCount int }
		}
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatalf("%v: %.300s", err, body)
	}
	of := answer.Data.Structure
	return size{of.Nodes, of.LinkCount, of.Nodes - of.Isolates}
}
