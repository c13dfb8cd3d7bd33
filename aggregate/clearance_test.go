package aggregate_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/aggregate"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// everyAnswer is all that aggregates say to a reader under a lens, in words.
func everyAnswer(t *testing.T, reader *live.Reader, l *graph.Lens) map[string]string {
	t.Helper()
	v, out := must(reader.View(l)), map[string]string{}
	for _, q := range questions() {
		a, _, err := q.ask(v)
		if err != nil {
			t.Fatal(err)
		}
		var lines []any
		for _, row := range append(slices.Clone(a.Rows), a.All) {
			line := []any{row.Count(), row.Possible, row.ByGazetteer, row.IDs(), row.Toll(graph.EffectKilled), row.Toll("WOUNDED")}
			for _, k := range row.Keys() {
				line = append(line, k.Key, k.Value, k.Part, k.Certain, k.From, k.To)
			}
			lines = append(lines, line)
		}
		if q.list != "entities" {
			of := map[string]aggregate.DatedBy{"incidents": aggregate.DateHappened}[q.list]
			if of == "" {
				of = aggregate.DateFrom
			}
			lines = append(lines, must(a.All.Dates(of)))
		}
		out[q.String()] = string(must(json.Marshal([]any{lines, a.More, a.Excluded()})))
	}
	return out
}

// TestNothingOfWhatIsHidden: what a reader is told is what it would be told of a store from
// which all that it may not see is gone.
func TestNothingOfWhatIsHidden(t *testing.T) {
	r := rand.New(rand.NewPCG(171, 172))
	hidden := 0
	for range raced.Few(60) {
		all, l := society(r), lens(r)
		secret := map[graph.ID]bool{}
		for i := range all.Entities {
			if e := &all.Entities[i]; r.IntN(6) == 0 {
				e.Marking, secret[e.ID] = graph.Red, true
			}
		}
		purged := all
		purged.Claims = nil
		for i := range all.Claims {
			c := &all.Claims[i]
			if r.IntN(5) == 0 || secret[c.Subject] || secret[c.Object] {
				c.Marking = graph.Red
				hidden++
				continue
			}
			purged.Claims = append(purged.Claims, *c)
		}
		purged.Entities = slices.DeleteFunc(slices.Clone(all.Entities), func(e graph.Entity) bool { return secret[e.ID] })
		want, got := everyAnswer(t, readerOf(t, purged, graph.Red), l), everyAnswer(t, readerOf(t, all, graph.Clear), l)
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("under %+v (-purged +hidden):\n%s", l, d)
		}
	}
	if hidden < raced.Few(300) {
		t.Errorf("%d claims hidden: the test says little", hidden)
	}
}
