package e2e

import (
	"context"
	"encoding/json"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/schema"
	"github.com/rabta/rabta/server"
	"github.com/rabta/rabta/tests/raced"
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

// without are fields of examples that are there to show that nothing is found.
var without = []string{"07-path-and-floor withFloor", "08-kinship-left-out without"}

// Every example answers without errors, with something in each field, and with the
// same bytes on every store.
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
						Data   map[string]any
						Errors []json.RawMessage
					}
					if err := json.Unmarshal(answer, &got); err != nil || len(got.Errors) > 0 || len(got.Data) == 0 {
						t.Fatalf("%s", answer)
					}
					for field, data := range got.Data {
						if !holds(data) && !slices.Contains(without, e.Name+" "+field) {
							t.Errorf("%s holds nothing: %v", field, data)
						}
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

// holds reports whether an answer says anything: a text, a number but 0, or true
// beside which there is something else.
func holds(v any) bool {
	switch v := v.(type) {
	case string:
		return v != ""
	case float64:
		return v != 0
	case []any:
		return slices.ContainsFunc(v, holds)
	case map[string]any:
		for _, inner := range v {
			if holds(inner) {
				return true
			}
		}
	}
	return false
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
	raced.Alone(t)
	parsed, err := gqlparser.LoadSchema(&ast.Source{Input: schema.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	s := &counting{Store: openStore(t, "sqlite")}
	var last *live.Reader
	f := live.NewFollower(s, graph.Clear, slog.New(slog.DiscardHandler))
	seeded(t, f)
	if s.calls.Load() == 0 {
		t.Fatal("the calls of the store are not counted")
	}
	c := server.Assemble(server.Service{Follower: f, Store: "sqlite"})
	begin := c.Begin
	c.Begin = func(ctx context.Context) (context.Context, uint64, error) {
		ctx, n, err := begin(ctx)
		last = live.FromContext(ctx)
		return ctx, n, err
	}
	w := handle(t, c)
	for _, e := range allExamples(t) {
		doc, errs := gqlparser.LoadQueryWithRules(parsed, e.Query, rules.NewDefaultRules())
		if errs != nil {
			t.Fatal(errs)
		}
		op := doc.Operations[0]
		if op.Operation == ast.Mutation {
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
		// Leaving each source out in turn opens a view for each.
		got, want, most := last.Opened(), len(lensesOf(op)), len(lensesOf(op))+rejudged(op)
		if strings.Contains(e.Query, "bySource:") || strings.Contains(e.Query, "carriedBy") {
			most = got
		}
		if got < want || got > most {
			t.Errorf("%s opened %d views, its lenses are %d to %d", e.Name, got, want, most)
		}
	}
}

// lensesOf are the distinct lenses of an operation, as text; "" is the default one,
// under which a field of the query stands that has none of its own.
func lensesOf(op *ast.OperationDefinition) map[string]bool {
	lenses := map[string]bool{}
	for _, s := range op.SelectionSet {
		f := s.(*ast.Field)
		switch f.Name {
		case "diff":
			lenses[argument(f, "before")], lenses[argument(f, "after")] = true, true
		case "sourceImpact": // under the lens of its view, with the source and without it
			lenses[argument(f, "view", "lens")], lenses[argument(f, "view", "lens")+" without "+argument(f, "source")] = true, true
		case "predictLinks", "similar": // they rest on nothing disputed, and names are those of the default lens
			lenses[argument(f, "view", "lens")+" without disputed"], lenses[""] = true, true
		default:
			lens := argument(f, "lens")
			if lens == "" {
				lens = argument(f, "view", "lens")
			}
			lenses[lens] = true
			if argument(f, "view", "combine") != "" {
				lenses[argument(f, "view", "combine", "with", "lens")] = true
			}
		}
		lensesBelow(f, lenses)
	}
	return lenses
}

// rejudged is how many views of an operation may be opened once more: of two views taken
// together the second has the entities of the first.
func rejudged(op *ast.OperationDefinition) int {
	n := 0
	for _, s := range op.SelectionSet {
		if argument(s.(*ast.Field), "view", "combine") != "" {
			n++
		}
	}
	return n
}

func lensesBelow(f *ast.Field, lenses map[string]bool) {
	for _, s := range f.SelectionSet {
		if inner, ok := s.(*ast.Field); ok {
			if lens := argument(inner, "lens"); lens != "" {
				lenses[lens] = true
			}
			lensesBelow(inner, lenses)
		}
	}
}

// argument is an argument's value as text, or that of a field of it; "" for none.
func argument(f *ast.Field, path ...string) string {
	a := f.Arguments.ForName(path[0])
	if a == nil {
		return ""
	}
	value := a.Value
	for _, name := range path[1:] {
		if value = value.Children.ForName(name); value == nil {
			return ""
		}
	}
	return value.String()
}
