package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/memory"
)

// each calls everything that a store is asked.
func each(ctx context.Context, s graph.Store) map[string]error {
	out := map[string]error{}
	_, out["apply"] = s.Apply(ctx, graph.Batch{Sources: []graph.Source{{ID: "s_a", Kind: "BOOK", Title: "T"}}})
	_, out["head"] = s.Head(ctx)
	for _, err := range s.Changes(ctx, 0) {
		out["changes"] = err
	}
	return out
}

// A server that is down is an outage at each use, from the first on.
func TestLazyServerIsDown(t *testing.T) {
	for _, url := range []string{"neo4j://127.0.0.1:1", "bolt://127.0.0.1:1/", "neo4j://127.0.0.1:1?policy=eu"} {
		s, err := Open(t.Context(), url, Options{Lazy: true})
		if err != nil {
			t.Fatalf("%s: %v", url, err)
		}
		for call, err := range each(t.Context(), s) {
			if !errors.Is(err, graph.ErrUnavailable) {
				t.Errorf("%s %s: %v", url, call, err)
			}
		}
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
}

// What is wrong with an address that needs no server is said at once.
func TestLazyRefuses(t *testing.T) {
	for _, url := range []string{
		"", "neo4jay://127.0.0.1:1", "memory:x", "sqlite:",
		"neo4j:", "neo4j://", "neo4j://:7687", "bolt://127.0.0.1:port", "bolt://127.0.0.1:0", "bolt://127.0.0.1:70000",
		"neo4j://127.0.0.1:7687/other", "neo4j+s://127.0.0.1#x", "neo4j://someone@127.0.0.1", "neo4j://someone:secret@127.0.0.1", "neo4j://someone:secret@%zz",
	} {
		s, err := Open(t.Context(), url, Options{Lazy: true})
		if s != nil || !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%q: %v", url, err)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the password is in the message: %v", url, err)
		}
	}
	s, err := Open(t.Context(), "memory:", Options{Lazy: true})
	if err != nil {
		t.Fatal(err)
	}
	for call, err := range each(t.Context(), s) {
		if err != nil {
			t.Errorf("memory: %s: %v", call, err)
		}
	}
}

// It is opened when the server comes, once, and no more after it was closed.
func TestLazyServerComes(t *testing.T) {
	dials, up := 0, false
	l := newLazy(func(context.Context) (graph.Store, error) {
		if dials++; !up {
			return nil, graph.ErrUnavailable
		}
		return memory.New(), nil
	})
	each(t.Context(), l)
	if dials != 3 {
		t.Errorf("it was asked %d times, not at every use", dials)
	}
	up = true
	for range 2 {
		for call, err := range each(t.Context(), l) {
			if err != nil {
				t.Errorf("%s: %v", call, err)
			}
		}
	}
	if dials != 4 {
		t.Errorf("it was opened %d times", dials-3)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	for call, err := range each(t.Context(), l) {
		if !errors.Is(err, graph.ErrUnavailable) {
			t.Errorf("%s after closing: %v", call, err)
		}
	}
	if dials != 4 {
		t.Error("it was opened again after it was closed")
	}
}

// Who waits while another opens the store, waits no longer than the context says.
func TestLazyWaitsForTheContext(t *testing.T) {
	dialling, answer := make(chan struct{}), make(chan struct{})
	l := newLazy(func(context.Context) (graph.Store, error) {
		close(dialling)
		<-answer
		return memory.New(), nil
	})
	done := make(chan error)
	go func() {
		_, err := l.Head(context.Background())
		done <- err
	}()
	<-dialling
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for call, err := range each(ctx, l) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", call, err)
		}
	}
	close(answer)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// It verifies as the store behind it does.
func TestLazyVerifies(t *testing.T) {
	want := []graph.Fault{{Commit: 1, Where: "a link", What: "there is none"}}
	for name, c := range map[string]struct {
		behind graph.Store
		want   []graph.Fault
		err    error
	}{
		"a store that can":    {differing{memory.New(), want}, want, nil},
		"a store that cannot": {memory.New(), nil, errors.ErrUnsupported},
		"none":                {nil, nil, graph.ErrUnavailable},
	} {
		l := newLazy(func(context.Context) (graph.Store, error) {
			if c.behind == nil {
				return nil, graph.ErrUnavailable
			}
			return c.behind, nil
		})
		got, err := Verify(t.Context(), l)
		if !slices.Equal(got.Faults, c.want) || !errors.Is(err, c.err) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// differing is a store that differs from its log.
type differing struct {
	*memory.Store
	found []graph.Fault
}

func (d differing) Verify(context.Context) (graph.Verification, error) {
	return graph.Verification{Faults: d.found}, nil
}
