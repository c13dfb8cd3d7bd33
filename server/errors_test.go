package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rabta/rabta/server/internal/toy"
)

// loggingServer returns a server and what it logs.
func loggingServer(t *testing.T, change func(*Config)) (func(string) *answer, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	h := newTestServer(t, func(c *Config) {
		c.Log = slog.New(slog.NewTextHandler(&log, nil))
		if change != nil {
			change(c)
		}
	})
	return func(document string) *answer { return query(h, document, nil) }, &log
}

func TestKnownErrorIsShown(t *testing.T) {
	ask, log := loggingServer(t, nil)
	r := ask("{ fail(how: KNOWN) }")
	e := r.wantError(t, 200, "NOT_FOUND", "there is no such group")
	if e.Extensions["id"] != "g1" || fmt.Sprint(e.Path) != "[fail]" || len(e.Locations) != 1 {
		t.Errorf("error %+v", e)
	}
	if string(r.graphQL(t).Data) != `{"fail":null}` {
		t.Errorf("data %s", r.Body)
	}
	if strings.Contains(r.Body.String(), toy.Secret) || log.Len() > 0 {
		t.Errorf("answer %s, log %s", r.Body, log)
	}
}

func TestUnknownErrorsAndPanicsAreMasked(t *testing.T) {
	for _, how := range []string{"UNKNOWN", "PANIC"} {
		ask, log := loggingServer(t, nil)
		r := ask("{ fail(how: " + how + ") }")
		e := r.wantError(t, 200, CodeInternal, "internal error")
		id, _ := e.Extensions["requestId"].(string)
		switch {
		case e.Message != "internal error" || fmt.Sprint(e.Path) != "[fail]":
			t.Errorf("error %+v", e)
		case strings.Contains(r.Body.String(), "hunter2"):
			t.Errorf("the answer tells %s", r.Body)
		case len(id) != 16 || strings.Count(log.String(), id) != 1 || !strings.Contains(log.String(), toy.Secret):
			t.Errorf("id %q and the text are not in the log once: %s", id, log)
		}
		if how == "PANIC" && !strings.Contains(log.String(), "toy.go") {
			t.Errorf("no stack in the log: %s", log)
		}
	}
}

// TestACodeAloneIsNotTrusted: an error that wraps another is a resolver's,
// whatever code it bears.
func TestACodeAloneIsNotTrusted(t *testing.T) {
	p := &errorPresenter{log: slog.New(slog.DiscardHandler)}
	shown := p.present(t.Context(), &gqlerror.Error{
		Err: errors.New(toy.Secret), Message: toy.Secret, Extensions: map[string]any{"code": CodeValidation},
	})
	if shown.Message != "internal error" || shown.Extensions["code"] != CodeInternal {
		t.Errorf("shown %+v", shown)
	}
}

func TestOneRequestLogsLittle(t *testing.T) {
	ask, log := loggingServer(t, nil)
	ask("{ failures(count: 500) }")
	if lines := strings.Count(log.String(), "\n"); lines != 20 {
		t.Errorf("%d lines logged, want 20", lines)
	}
}

func TestTimeIsUp(t *testing.T) {
	ask, log := loggingServer(t, func(c *Config) { c.QueryTimeout = time.Millisecond })
	r := ask("{ fail(how: SLOW) }")
	r.wantError(t, 200, CodeTimeout, "longer than the 1ms")
	if strings.Contains(r.Body.String(), "hunter2") || log.Len() > 0 {
		t.Errorf("answer %s, log %s", r.Body, log)
	}
}

// TestEndedBeforeItBegan: the reader was opened too late for anything to be
// resolved.
func TestEndedBeforeItBegan(t *testing.T) {
	for want, end := range map[string]func(context.Context) (context.Context, context.CancelFunc){
		CodeCancelled: func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(ctx)
			cancel()
			return ctx, cancel
		},
		CodeTimeout: func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithDeadline(ctx, time.Unix(0, 0))
		},
	} {
		h := newTestServer(t, func(c *Config) {
			c.Begin = func(ctx context.Context) (context.Context, uint64, error) {
				ctx, cancel := end(ctx)
				t.Cleanup(cancel)
				return ctx, 1, nil
			}
		})
		r := get(h, "{ sequence }", accept(acceptGraphQL))
		r.wantError(t, 400, want, "")
		if _, has := r.members(t)["data"]; has {
			t.Errorf("data in %s", r.Body)
		}
	}
}

// TestExtensionsThatAreNotJSON must not cost the client the error itself.
func TestExtensionsThatAreNotJSON(t *testing.T) {
	h := newTestServer(t, func(c *Config) {
		c.Errors = func(error) (string, string, map[string]any, bool) {
			return "ODD", "an odd error", map[string]any{"of": math.NaN()}, true
		}
	})
	e := query(h, "{ fail(how: KNOWN) }", nil).wantError(t, 200, "ODD", "an odd error")
	if len(e.Extensions) != 1 || fmt.Sprint(e.Path) != "[fail]" {
		t.Errorf("error %+v", e)
	}
}

// TestArgumentsThatDoNotFit are found only when a field is resolved; the text
// of the scalar says what is wrong with the client's own value.
func TestArgumentsThatDoNotFit(t *testing.T) {
	ask, log := loggingServer(t, nil)
	ask(`{ day(of: "yesterday") }`).wantError(t, 200, CodeInvalid, `argument of: "yesterday" is not a date`)
	ask(`{ day(of: [1]) }`).wantError(t, 200, CodeInvalid, `argument of: `)
	ask(`{ groups(first: 3000000000) { totalCount } }`).wantError(t, 200, CodeCost, "")
	ask(`{ failures(count: 3000000000) }`).wantError(t, 200, CodeInvalid, "argument count: 3000000000 overflows")
	e := ask(`{ g: groups(where: {and: [{}, {foundedBefore: "1-1-1"}]}) { totalCount } }`).
		wantError(t, 200, CodeInvalid, `argument where.and[1].foundedBefore: "1-1-1" is not a date`)
	if fmt.Sprint(e.Path) != "[g]" {
		t.Errorf("path %v", e.Path)
	}
	if log.Len() > 0 {
		t.Errorf("a client's mistake is logged: %s", log)
	}
}

func TestVariablesThatDoNotFit(t *testing.T) {
	h := newTestServer(t, nil)
	const q = `query($w: GroupWhere!) { groups(where: $w) { totalCount } }`
	e := query(h, q, nil).wantError(t, 200, CodeValidation, "variable $w must be defined")
	if e.Path != nil {
		t.Errorf("a request error has the path %v", e.Path)
	}
	query(h, q, map[string]any{"w": map[string]any{"nope": 1}}).
		wantError(t, 200, CodeValidation, "variable $w.nope unknown field")
	query(h, q, map[string]any{"w": map[string]any{"kind": "armed"}}).
		wantError(t, 200, CodeInvalid, "armed is not a valid GroupKind")
}

func TestSuggestions(t *testing.T) {
	documents := []string{
		`{ grou(id: 1) { id } }`,
		`{ groups(frst: 1) { totalCount } }`,
		`{ group(id: 1) { ...F } } fragment F on Grup { id }`,
		`{ groups(where: {knd: ARMED}) { totalCount } }`,
		`{ groups(where: {kind: ARMD}) { totalCount } }`,
		`{ groups(where: {kind: "ARMD"}) { totalCount } }`,
		`{ group(id: 1) }`,
		`{ sequence @includ(if: true) }`,
		`{ sequence @include(iff: true) }`,
	}
	suggested := 0
	for _, hide := range []bool{false, true} {
		h := newTestServer(t, func(c *Config) { c.HideSuggestions = hide })
		for _, q := range documents {
			r := query(h, q, nil)
			r.wantError(t, 200, CodeValidation, "")
			suggests := strings.Contains(r.Body.String(), "Did you mean")
			if suggests {
				suggested++
			}
			if suggests && hide {
				t.Errorf("suggests: %s", r.Body)
			}
		}
	}
	if suggested < 6 {
		t.Errorf("only %d of %d mistakes are answered with a suggestion when they are on", suggested, len(documents))
	}
}

func TestTransportPanicIsAnInternalError(t *testing.T) {
	broken := brokenSchema{toy.New()}
	ask, log := loggingServer(t, func(c *Config) { c.Schema = broken })
	r := ask("{ sequence }")
	r.wantError(t, 500, CodeInternal, "internal error")
	if strings.Contains(r.Body.String(), "hunter2") || !strings.Contains(log.String(), toy.Secret) {
		t.Errorf("answer %s, log %s", r.Body, log)
	}
}

// brokenSchema panics outside any field, where the executor does not recover.
type brokenSchema struct{ graphql.ExecutableSchema }

func (brokenSchema) Exec(context.Context) graphql.ResponseHandler { panic("lost " + toy.Secret) }
