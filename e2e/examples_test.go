package e2e

import (
	"context"
	"encoding/json"
	"iter"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/server"
	"github.com/rabta/rabta/web"
	"github.com/rabta/rabta/web/examples"
)

func allExamples(t *testing.T) []web.Example {
	t.Helper()
	list, err := examples.All()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 18 {
		t.Fatalf("%d examples", len(list))
	}
	return list
}

// Every example answers without errors, with something in the answer, and alike
// on every store.
func TestExamples(t *testing.T) {
	answers := map[string]string{}
	for _, kind := range stores {
		t.Run(kind, func(t *testing.T) {
			w := serve(t, openStore(t, kind), kind)
			seeded(t, w.follower)
			for _, e := range allExamples(t) {
				t.Run(e.Name, func(t *testing.T) {
					answer := w.post(t, e.Query, e.Variables)
					var got struct {
						Data   map[string]json.RawMessage
						Errors []json.RawMessage
					}
					if err := json.Unmarshal(answer, &got); err != nil || len(got.Errors) > 0 {
						t.Fatalf("%s", answer)
					}
					for field, data := range got.Data {
						if s := string(data); s == "null" && e.Name != "07-path-and-floor" && e.Name != "08-kinship-left-out" || strings.Contains(s, `"nodes":[]}`) && len(s) < 40 {
							t.Errorf("%s is empty: %s", field, s)
						}
					}
					if strings.Contains(e.Query, "recordedAt") {
						return // differs from run to run
					}
					if before, ok := answers[e.Name]; ok && before != string(answer) {
						t.Errorf("the answer differs from that of another store:\n%s\n%s", before, answer)
					}
					answers[e.Name] = string(answer)
				})
			}
		})
	}
}

// counting is a store that counts its calls.
type counting struct {
	graph.Store
	calls atomic.Int64
}

func (c *counting) Apply(ctx context.Context, b graph.Batch) (graph.Commit, error) {
	c.calls.Add(1)
	return c.Store.Apply(ctx, b)
}

func (c *counting) Changes(ctx context.Context, since graph.Sequence) iter.Seq2[graph.Change, error] {
	c.calls.Add(1)
	return c.Store.Changes(ctx, since)
}

func (c *counting) Head(ctx context.Context) (graph.Sequence, error) {
	c.calls.Add(1)
	return c.Store.Head(ctx)
}

// A read does no I/O, and one request opens one view for each distinct lens.
func TestReadsAreFromMemory(t *testing.T) {
	s := &counting{Store: openStore(t, "sqlite")}
	var last *live.Reader
	f := live.NewFollower(s, slog.New(slog.DiscardHandler))
	seeded(t, f)
	c := server.Assemble(server.Service{Follower: f, Store: "sqlite", Clearance: graph.Clear})
	begin := c.Begin
	c.Begin = func(ctx context.Context) (context.Context, uint64, error) {
		ctx, n, err := begin(ctx)
		last = live.FromContext(ctx)
		return ctx, n, err
	}
	w := handle(t, c)
	for _, e := range allExamples(t) {
		if strings.Contains(e.Query, "mutation") {
			continue
		}
		before := s.calls.Load()
		answer := w.post(t, e.Query, e.Variables)
		if strings.Contains(string(answer), `"errors"`) {
			t.Errorf("%s: %s", e.Name, answer)
		}
		if n := s.calls.Load() - before; n != 0 {
			t.Errorf("%s called the store %d times", e.Name, n)
		}
		if got, most := last.Opened(), distinctLenses(e.Query); got != most {
			t.Errorf("%s opened %d views, its lenses are %d", e.Name, got, most)
		}
	}
}

// distinctLenses counts the lenses of an example: those written in it, and the
// default one where a field at the top has none.
func distinctLenses(query string) int {
	switch {
	case strings.Contains(query, "diff("), strings.Contains(query, "sourceImpact"), strings.Contains(query, "trusted:"), strings.Contains(query, "then:"), strings.Contains(query, "asReported:"), strings.Contains(query, "includeAssessments"):
		return 2
	}
	return 1
}
