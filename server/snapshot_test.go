package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rabta/rabta/server/internal/toy"
)

// feed stands for the live graph: its head moves, and readers wait for it.
type feed struct {
	head  atomic.Uint64
	begun atomic.Int32
	wait  func(context.Context, uint64) error
	fail  error
}

func (f *feed) configure(c *Config) {
	c.Sequence = f.head.Load
	c.Begin = func(ctx context.Context) (context.Context, uint64, error) {
		f.begun.Add(1)
		n := f.head.Load()
		return toy.WithSequence(ctx, n), n, f.fail
	}
	c.WaitFor = f.wait
}

func atLeast(n string) map[string]string { return map[string]string{"Rabta-At-Least": n} }

func ask(h http.Handler, header map[string]string) *answer {
	return call{body: `{"query":"{ sequence again: sequence }"}`, header: header}.do(h)
}

func wantSequence(t *testing.T, r *answer, want string) {
	t.Helper()
	if got := r.Header().Get("Rabta-Sequence"); got != want {
		t.Errorf("Rabta-Sequence %q, want %s", got, want)
	}
}

func TestSequenceIsThatOfTheReader(t *testing.T) {
	f := &feed{}
	f.head.Store(7)
	h := newTestServer(t, f.configure)
	r := ask(h, nil)
	r.wantData(t, `{"sequence":7,"again":7}`)
	wantSequence(t, r, "7")
	if f.begun.Load() != 1 {
		t.Errorf("the reader was opened %d times", f.begun.Load())
	}
}

func TestEveryAnswerHasASequence(t *testing.T) {
	f := &feed{}
	f.head.Store(7)
	h := newTestServer(t, f.configure)
	for _, c := range []call{
		{body: typename},
		{body: "{"},
		{body: `{"query":"{"}`},
		{method: http.MethodPut},
		{method: http.MethodOptions},
		{body: typename, header: accept("text/html")},
		{body: typename, header: atLeast("x")},
	} {
		wantSequence(t, c.do(h), "7")
	}
}

func TestWaitsForASequence(t *testing.T) {
	f := &feed{}
	f.wait = func(_ context.Context, n uint64) error {
		f.head.Store(n) // as if the commit arrived while waiting
		return nil
	}
	r := ask(newTestServer(t, f.configure), atLeast("12"))
	r.wantData(t, `{"sequence":12,"again":12}`)
	wantSequence(t, r, "12")
}

func TestBadAtLeast(t *testing.T) {
	f := &feed{wait: func(context.Context, uint64) error { return nil }}
	h := newTestServer(t, f.configure)
	for _, bad := range []string{"x", "-1", "1.5", "1, 2", " ", "99999999999999999999"} {
		ask(h, atLeast(bad)).wantError(t, 400, CodeBadRequest, "Rabta-At-Least must be one whole number")
	}
	twice := call{body: typename, header: atLeast("1")}.request()
	twice.Header.Add("Rabta-At-Least", "2")
	serve(h, twice).wantError(t, 400, CodeBadRequest, "one whole number")
	if f.begun.Load() != 0 {
		t.Error("a reader was opened for a bad request")
	}
}

func TestNotYetVisible(t *testing.T) {
	f := &feed{wait: func(ctx context.Context, _ uint64) error {
		<-ctx.Done()
		return ctx.Err()
	}}
	f.head.Store(3)
	h := newTestServer(t, func(c *Config) {
		f.configure(c)
		c.QueryTimeout = time.Millisecond
	})
	r := ask(h, atLeast("9"))
	e := r.wantError(t, 503, CodeNotYetVisible, "sequence 9 is not visible yet (the newest is 3)")
	if fmt.Sprint(e.Extensions["atLeast"], e.Extensions["sequence"]) != "9 3" || r.Header().Get("Retry-After") != "1" {
		t.Errorf("extensions %v, headers %v", e.Extensions, r.Header())
	}
	wantSequence(t, r, "3")
}

func TestWithoutWaitFor(t *testing.T) {
	f := &feed{}
	f.head.Store(3)
	h := newTestServer(t, f.configure)
	ask(h, atLeast("3")).wantData(t, `{"sequence":3,"again":3}`)
	ask(h, atLeast("4")).wantError(t, 503, CodeNotYetVisible, "")
}

func TestFailingHooks(t *testing.T) {
	known := fmt.Errorf("closing: %w", toy.ErrKnown)
	for _, tt := range []struct {
		err    error
		status int
		code   string
	}{
		{known, 503, "NOT_FOUND"},
		{errors.New("cannot open " + toy.Secret), 500, CodeInternal},
	} {
		waits := &feed{wait: func(context.Context, uint64) error { return tt.err }}
		ask(newTestServer(t, waits.configure), atLeast("1")).wantError(t, tt.status, tt.code, "")
		begins := &feed{fail: tt.err}
		ask(newTestServer(t, begins.configure), nil).wantError(t, tt.status, tt.code, "")
	}
}

func TestTheRequestHasADeadline(t *testing.T) {
	h := newTestServer(t, func(c *Config) {
		c.Begin = func(ctx context.Context) (context.Context, uint64, error) {
			deadline, ok := ctx.Deadline()
			if left := time.Until(deadline); !ok || left > 15*time.Second || left <= 0 {
				t.Errorf("deadline %v, %v", left, ok)
			}
			return ctx, 0, nil
		}
	})
	call{body: typename}.do(h).wantData(t, `{"__typename":"Query"}`)
}
