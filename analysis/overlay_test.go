package analysis

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/tests/raced"
	"github.com/rabta/rabta/work"
)

// TestPathsAfterClaims: paths over a network that claims were laid over are those
// of a network made anew, with the same counts.
func TestPathsAfterClaims(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(61, 62))
	patches, changed := 0, 0
	for range 30 {
		w := newWriter(t, r)
		cache := NewCache(1 << 20)
		for range 12 {
			before := fmt.Sprint(w.told(t, cache))
			w.write(t)
			if n := cache.before(w.reader(), w.request); n != nil {
				v, _ := w.reader().View(nil)
				if _, ok := n.overlaid(v, must(w.request.scope(v, nil))); ok {
					patches++
				}
			}
			got, want := w.told(t, cache), w.told(t, nil)
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("anew and patched: %s", d)
			}
			if before != fmt.Sprint(want) {
				changed++
			}
		}
	}
	if patches < 100 || changed < 100 {
		t.Errorf("%d patches, %d answers that changed: the test says little", patches, changed)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func ptr[T any](v T) *T { return &v }

// writer records random claims about a few entities.
type writer struct {
	*rand.Rand
	f       *live.Follower
	request *ViewInput
	ids     []graph.ID
	claims  []graph.ID
	batch   graph.Batch
}

func newWriter(t *testing.T, r *rand.Rand) *writer {
	t.Helper()
	w := &writer{Rand: r, f: live.NewFollower(memory.New(), graph.Clear, slog.New(slog.DiscardHandler)), request: &ViewInput{}}
	if r.IntN(3) == 0 {
		w.request.Kinds = []graph.Predicate{"SUPPORTS", "KIN_OF"}
	}
	w.batch = graph.Batch{
		Actor: "test", Reason: "test",
		Sources: []graph.Source{{ID: "s_a", Kind: "REPORT", Title: "a"}, {ID: "s_b", Kind: "REPORT", Title: "b"}},
	}
	for i := range 7 {
		id, kind := graph.ID(fmt.Sprintf("g%d", i)), graph.Group
		if i > 3 {
			id, kind = graph.ID(fmt.Sprintf("i%d", i)), graph.Individual
		}
		w.ids = append(w.ids, id)
		w.batch.Entities = append(w.batch.Entities,
			graph.Entity{ID: id, Kind: kind, Names: []graph.Name{{Value: string(id)}}})
	}
	for range 3 {
		w.write(t)
	}
	return w
}

// write records a claim or two, or takes one back, or sets two against each other.
func (w *writer) write(t *testing.T) {
	t.Helper()
	w.batch.ID, w.batch.Claims = "", nil
	for range 1 + w.IntN(2) {
		w.batch.Claims = append(w.batch.Claims, w.claim())
	}
	w.batch = w.batch.Normalised()
	if _, err := w.f.Apply(t.Context(), w.batch); err != nil {
		t.Fatal(err)
	}
	for i := range w.batch.Claims {
		if c := &w.batch.Claims[i]; c.Predicate.Spec().IsLink() {
			w.claims = append(w.claims, c.ID)
		}
	}
	w.batch.Sources, w.batch.Entities = nil, nil
}

func (w *writer) claim() graph.Claim {
	c := graph.Claim{
		Source: []graph.ID{"s_a", "s_b"}[w.IntN(2)], Hedge: graph.Stated, Credibility: 1 + w.IntN(6),
		Locator: fmt.Sprint(w.Int()),
	}
	switch n := w.IntN(8); {
	case n == 0 && len(w.claims) > 0:
		c.Subject, c.Predicate = w.claims[w.IntN(len(w.claims))], graph.Retracts
	case n == 1 && len(w.claims) > 1:
		two := w.Perm(len(w.claims))
		c.Subject, c.Predicate, c.Object = w.claims[two[0]], graph.Contradicts, w.claims[two[1]]
	case n == 2:
		two := w.Perm(3)
		c.Subject, c.Predicate, c.Object = w.ids[4+two[0]], graph.KinOf, w.ids[4+two[1]]
	default:
		two := w.Perm(4)
		c.Predicate = []graph.Predicate{"SUPPORTS", "ALLIED_WITH", "RIVAL_OF"}[w.IntN(3)]
		c.Subject, c.Object = w.ids[two[0]], w.ids[two[1]]
		if w.IntN(3) == 0 {
			two = w.Perm(3)
			c.Subject, c.Predicate = w.ids[4+two[0]], "MEMBER_OF"
		}
	}
	return c
}

func (w *writer) reader() *live.Reader { return w.f.Graph().Reader() }

// told are paths by all ranks and from all individuals, as ids, with the counts.
func (w *writer) told(t *testing.T, cache *Cache) (out []string) {
	t.Helper()
	n, err := w.request.OpenPaths(w.reader(), cache, nil)
	if err != nil {
		t.Fatal(err)
	}
	add := func(p *PathResult, err error) {
		if err != nil {
			t.Fatal(err)
		}
		excluded, _ := json.Marshal(p.Excluded)
		out = append(out, fmt.Sprintf("work %d, excluded %s", p.Work, excluded))
		for _, path := range p.Paths {
			line := ""
			for _, h := range path.Hops {
				line += fmt.Sprintf("%s %s %v %d; ", h.From.Base().ID(), h.Link.ID(), h.Forward, h.Link.Credibility())
			}
			out = append(out, line)
		}
	}
	for i, rank := range []PathRank{ByEvidence, ByLength, ByCredibility} {
		o := PathOptions{Rank: rank, First: 5, MaxLength: 4, Direction: algo.Direction(i)}
		add(PathsBetween(n, PathRequest{From: "g0", To: "g3", Options: o}, work.NewMeter(t.Context(), 0)))
		add(PathsTo(n, "g1", []graph.EntityKind{graph.Individual}, o, work.NewMeter(t.Context(), 0)))
	}
	return out
}
