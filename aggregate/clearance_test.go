package aggregate_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rabta/rabta/aggregate"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// datedBy are all the dates that items can have.
var datedBy = []aggregate.DatedBy{
	aggregate.DateHappened, aggregate.DateFounded, aggregate.DateDissolved, aggregate.DateBirth, aggregate.DateDeath,
	aggregate.DateFrom, aggregate.DateTo, aggregate.DatePublished,
}

// saidOf is all that a row says, in words.
func saidOf(row *aggregate.AggregationRow) []any {
	said := []any{row.Count(), row.Possible, row.ByGazetteer, row.IDs(), row.Toll(graph.EffectKilled), row.Toll("WOUNDED"), row.Amounts()}
	for _, k := range row.Keys() {
		said = append(said, k.Key, k.Value, k.Part, k.Certain, k.From, k.To)
	}
	for _, of := range datedBy {
		if d, err := row.Dates(of); err == nil {
			said = append(said, of, d)
		}
	}
	return said
}

// answers is all that aggregates say to a reader under a lens, in words, by question.
func answers(t rapid.TB, reader *live.Reader, l *graph.Lens, asked []question) map[string]string {
	t.Helper()
	v, err := reader.View(l)
	if err != nil {
		return map[string]string{"": err.Error()}
	}
	out := map[string]string{}
	for _, q := range asked {
		a, _, err := q.ask(v)
		if errors.Is(err, graph.ErrNotFound) {
			out[q.String()] = err.Error()
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		var rows []any
		for _, row := range append(slices.Clone(a.Rows), a.All) {
			rows = append(rows, saidOf(row))
		}
		out[q.String()] = string(must(json.Marshal([]any{rows, a.More, a.Excluded()})))
	}
	return out
}

// purge marks some of what a batch records, and gives the batch without what is marked: sources,
// entities, claims, and all that names one of them.
func purge(r *rand.Rand, b *graph.Batch) (purged graph.Batch, hidden int) {
	secret := map[graph.ID]bool{}
	if s := &b.Sources[1]; r.IntN(3) == 0 {
		s.Marking, secret[s.ID] = graph.Red, true
	}
	for i := range b.Entities {
		if e := &b.Entities[i]; r.IntN(6) == 0 {
			e.Marking, secret[e.ID] = graph.Red, true
		}
	}
	purged = *b
	purged.Claims = nil
	for i := range b.Claims {
		c := &b.Claims[i]
		if r.IntN(5) == 0 || secret[c.Subject] || secret[c.Object] || secret[c.Source] {
			c.Marking = graph.Red
			hidden++
			continue
		}
		purged.Claims = append(purged.Claims, *c)
	}
	purged.Entities = slices.DeleteFunc(slices.Clone(b.Entities), func(e graph.Entity) bool { return secret[e.ID] })
	purged.Sources = slices.DeleteFunc(slices.Clone(b.Sources), func(s graph.Source) bool { return secret[s.ID] })
	return purged, hidden
}

// TestNothingOfWhatIsHidden: what a reader is told is what it would be told of a store from
// which all that it may not see is gone: claims, entities, a source, and another day on which a
// source that it sees was published.
func TestNothingOfWhatIsHidden(t *testing.T) {
	var singles, pairs []question
	for _, q := range questions("g0") {
		if len(q.by) == 1 {
			singles = append(singles, q)
		} else {
			pairs = append(pairs, q)
		}
	}
	const some = 16 // of one key in each graph
	hidden, differs := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "graph"), rapid.Uint64().Draw(rt, "what is hidden")))
		all, l := society(r), lens(r)
		all.Claims = append(all.Claims, gifts(r)...)
		purged, n := purge(r, &all)
		hidden += n
		asked := slices.Clone(singles)
		r.Shuffle(len(asked), func(i, j int) { asked[i], asked[j] = asked[j], asked[i] })
		asked = asked[:some]
		for range 5 {
			asked = append(asked, pick(r, pairs...))
		}
		later := graph.Batch{Actor: "test", Reason: "test", Clearance: graph.Red, Sources: slices.Clone(all.Sources[:1])}
		later.Sources[0].Marking, later.Sources[0].Published = graph.Red, must(graph.ParseDate("2011"))
		want := answers(rt, readerOf(rt, graph.Red, purged), l, asked)
		got := answers(rt, readerOf(rt, graph.Clear, all, later), l, asked)
		if d := cmp.Diff(want, got); d != "" {
			rt.Fatalf("under %+v (-purged +hidden):\n%s", l, d)
		}
		for q, text := range answers(rt, readerOf(rt, graph.Red, all, later), l, asked[some:]) {
			if text != got[q] {
				differs++
			}
		}
	})
	if hidden < 100 || differs == 0 {
		t.Errorf("%d claims hidden, %d answers with more: the test says little", hidden, differs)
	}
}
