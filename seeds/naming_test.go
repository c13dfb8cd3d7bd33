package seeds

import (
	"slices"
	"testing"

	"github.com/rabta/rabta/graph"
)

// TestNameShownStays: of all names that the seeds give an entity, in whatever lines, the
// order of names puts that first which is shown: the last that is marked as primary, else
// the first.
func TestNameShownStays(t *testing.T) {
	b := batch(t)
	letters := map[graph.ID]graph.Reliability{}
	for i := range b.Sources {
		letters[b.Sources[i].ID] = b.Sources[i].Letter()
	}
	names := map[graph.ID][]named{}
	for i := range b.Entities {
		e := &b.Entities[i]
		for at, c := range graph.Expand(e) {
			if c.Predicate == graph.NameOf {
				names[e.ID] = append(names[e.ID], namedBy(&c, letters[c.Source], i, at))
			}
		}
	}
	entities := merged(b)
	if len(entities) != 313 {
		t.Errorf("there are %d entities, and 313 had names to keep", len(entities))
	}
	for id, e := range entities {
		first := slices.MinFunc(names[id], func(a, b named) int { return a.is.CompareNames(b.is) })
		if first.text != e.Primary() {
			t.Errorf("%s is shown as %q, and by the order of names as %q", id, e.Primary(), first.text)
		}
	}
}

type named struct {
	text string
	is   graph.Naming
}

func namedBy(c *graph.Claim, letter graph.Reliability, record, at int) named {
	return named{c.Value.Text, graph.Naming{
		Form: graph.Code(graph.NameForms, c.Value.Form), Primary: c.Value.Primary,
		AsRecorded: c.Source == graph.AsRecorded, Credibility: uint8(c.Credibility),
		Reliability: graph.Code(graph.Reliabilities, letter), Record: uint32(record), At: uint32(at),
	}}
}
