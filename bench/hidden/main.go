// Command hidden measures whether time tells ids that are hidden from a reader from ids that
// nobody knows: what a server of low clearance takes to answer for each, in pairs.
package main

import (
	"context"
	"encoding/base32"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/server"
	"github.com/rabta/rabta/store/memory"
)

func main() {
	pairs := flag.Int("pairs", 1500, "how many hidden ids are asked for, each beside one that nobody knows")
	seed := flag.Uint64("seed", 1, "of the order")
	flag.Parse()
	if err := run(context.Background(), *pairs, rand.New(rand.NewPCG(*seed, 0))); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const source = "s_a"

// run measures each question and prints the ratio of the medians, hidden to unknown.
func run(ctx context.Context, pairs int, r *rand.Rand) error {
	w, err := newWorld(ctx, pairs)
	if err != nil {
		return err
	}
	for _, q := range questions {
		var hidden, unknown []float64
		for i := range pairs {
			ids := []string{w.hidden(q, i), w.unknown(q, i, r)}
			times := []*[]float64{&hidden, &unknown}
			first := r.IntN(2)
			for _, n := range []int{first, 1 - first} {
				took, err := w.ask(ctx, q.body(ids[n]), q.told)
				if err != nil {
					return fmt.Errorf("%s: %w", q.name, err)
				}
				*times[n] = append(*times[n], took)
			}
		}
		low, high := band(hidden, unknown, r)
		fmt.Printf("%-8s %d pairs: hidden to unknown %.4f, 95 of 100 times within %.4f to %.4f\n",
			q.name, pairs, median(hidden)/median(unknown), low, high)
	}
	return nil
}

// question is one that may be asked of a hidden id and of an unknown one.
type question struct {
	name, text, input, told string
	claim                   bool // it is about a claim
}

const record = `mutation($i: RecordInput!) { record(input: $i) { userErrors { code field message remedy } } }`

var questions = []question{
	{name: "record", text: record, told: "DANGLING_REFERENCE", input: `{"i": {"claims": [{"subject": "g", "predicate": "ALLIED_WITH", "object": "@", "source": "s_a", "hedge": "STATED"}]}}`},
	{name: "retract", text: record, told: "DANGLING_REFERENCE", input: `{"i": {"claims": [{"subject": "@", "predicate": "RETRACTS", "source": "s_a", "hedge": "STATED"}]}}`, claim: true},
	{name: "node", text: `query($i: ID!) { node(id: $i) { id } }`, told: `"node":null`, input: `{"i": "@"}`},
}

func (q *question) body(id string) string {
	text, err := json.Marshal(map[string]any{"query": q.text, "variables": json.RawMessage(strings.ReplaceAll(q.input, "@", id))})
	if err != nil {
		panic(err) // texts alone
	}
	return string(text)
}

// world is a server of CLEAR over a store that holds entities and claims of RED.
type world struct {
	handler http.Handler
	claims  []graph.ID
}

func newWorld(ctx context.Context, pairs int) (*world, error) {
	w := &world{}
	b := graph.Batch{
		Sources:  []graph.Source{{ID: source, Kind: "REPORT", Title: "A"}},
		Entities: []graph.Entity{{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "G"}}}},
	}
	for i := range pairs {
		id := graph.ID(entity(2 * i))
		c := graph.Claim{Subject: id, Predicate: "STATUS", Value: &graph.Value{Text: "x"}, Source: source, Hedge: graph.Stated}.Normalised()
		b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: graph.Group, Marking: graph.Red, Names: []graph.Name{{Value: "H"}}})
		b.Claims = append(b.Claims, c)
		w.claims = append(w.claims, c.ID)
	}
	s := memory.New()
	if _, err := s.Apply(ctx, b); err != nil {
		return nil, err
	}
	log := slog.New(slog.DiscardHandler)
	f := live.NewFollower(s, graph.Clear, log)
	if err := f.Catch(ctx); err != nil {
		return nil, err
	}
	srv, err := server.New(server.Assemble(server.Service{Follower: f, Store: "memory", Writes: true, Log: log}))
	if err != nil {
		return nil, err
	}
	w.handler = srv.Handler()
	return w, nil
}

func (w *world) hidden(q question, i int) string {
	if q.claim {
		return string(w.claims[i])
	}
	return entity(2 * i)
}

// entity is an id: even ones are hidden, and the odd one behind each nobody knows. They are of one form and one
// range, for what is near an id is searched for by its text, which takes longer for some than for others.
func entity(n int) string { return fmt.Sprintf("e-%06d", 100_000+n) }

// unknown is an id of the same form that nothing has.
func (w *world) unknown(q question, i int, r *rand.Rand) string {
	if !q.claim {
		return entity(2*i + 1)
	}
	var sum [16]byte
	for i := range sum {
		sum[i] = byte(r.UintN(256))
	}
	return "c_" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:]))
}

// ask is how many microseconds an answer took. One that does not say what it should is an
// error.
func (w *world) ask(ctx context.Context, body, told string) (float64, error) {
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", strings.NewReader(body))
	r.Host = "127.0.0.1:8420"
	r.Header.Set("Content-Type", "application/json")
	response := httptest.NewRecorder()
	start := time.Now()
	w.handler.ServeHTTP(response, r)
	took := float64(time.Since(start).Nanoseconds()) / 1e3
	if !strings.Contains(response.Body.String(), told) {
		return 0, fmt.Errorf("it answers %.300s", response.Body.String())
	}
	return took, nil
}

func median(list []float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}

// band is within which the ratio of the medians lies in 95 of 100 samples of the pairs, drawn
// with repetition.
func band(hidden, unknown []float64, r *rand.Rand) (low, high float64) {
	const samples = 200
	ratios := make([]float64, samples)
	h, u := make([]float64, len(hidden)), make([]float64, len(hidden))
	for i := range ratios {
		for n := range h {
			at := r.IntN(len(hidden))
			h[n], u[n] = hidden[at], unknown[at]
		}
		ratios[i] = median(h) / median(u)
	}
	slices.Sort(ratios)
	return ratios[samples/40], ratios[samples-1-samples/40]
}
