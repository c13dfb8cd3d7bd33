package neo4j

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/neo4j/neo4jtest"
)

func note(i int) graph.Batch {
	text := &graph.Value{Text: fmt.Sprint("note ", i)}
	return graph.Batch{
		ID:     fmt.Sprint("note-", i),
		Claims: []graph.Claim{{Subject: "g0", Predicate: "STATUS", Value: text, Source: "s_a", Hedge: graph.Stated}},
	}
}

func feed(t *testing.T, s *Store) ([]graph.Change, error) {
	t.Helper()
	var out []graph.Change
	for c, err := range s.Changes(t.Context(), 0) {
		if err != nil {
			return out, err
		}
		out = append(out, c)
	}
	return out, nil
}

// wantUnavailable checks the kind of an error, and that its words are ours.
func wantUnavailable(t *testing.T, call string, err error) {
	t.Helper()
	if !errors.Is(err, graph.ErrUnavailable) {
		t.Errorf("%s gives %v, want ErrUnavailable", call, err)
		return
	}
	for _, word := range []string{"Neo4j", "neo4j", "Connectivity", "dial", "tcp", "EOF", "127.0.0.1", "Neo.", "Transaction"} {
		if strings.Contains(err.Error(), word) {
			t.Errorf("%q is in the words of %s: %q", word, call, err)
		}
	}
}

// Without its server every call is unavailable, in our words, and all is as it was when
// the server is back.
func TestOutage(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	empty(t)
	p := neo4jtest.NewProxy(t, server)
	o := Options{Username: server.Username, Password: server.Password}
	s := mustOpen(t, p.URI(), o)
	apply(t, s, people())
	for i := range 20 {
		apply(t, s, note(i))
	}
	before, err := feed(t, s)
	if err != nil {
		t.Fatal(err)
	}

	p.Refuse(true)
	head := func() { _, err := s.Head(t.Context()); wantUnavailable(t, "Head", err) }
	changes := func() { _, err := feed(t, s); wantUnavailable(t, "Changes", err) }
	head()
	changes()
	_, err = s.Apply(t.Context(), note(20))
	wantUnavailable(t, "Apply", err)
	var wg sync.WaitGroup // the batch may be under way, and each waits for it
	wg.Go(head)
	wg.Go(changes)
	wg.Wait()
	_, err = s.Verify(t.Context())
	wantUnavailable(t, "Verify", err)
	_, err = Open(t.Context(), p.URI(), o)
	wantUnavailable(t, "Open", err)

	p.Refuse(false)
	after, err := feed(t, s)
	if err != nil {
		t.Fatalf("the feed after the outage: %v", err)
	}
	if d := cmp.Diff(before, after, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("the feed after the outage (-before +after):\n%s", d)
	}
	if c := apply(t, s, note(20)); c.Sequence != before[len(before)-1].Sequence+1 || c.Replayed {
		t.Errorf("the batch that was refused, applied again, gives %+v", c)
	}
	wantVerified(t, s)
}

// Apply settles a commit whose outcome is unknown by itself.
func TestLostCommit(t *testing.T) {
	empty(t)
	p := neo4jtest.NewProxy(t, server)
	s := mustOpen(t, p.URI(), Options{})
	apply(t, s, people())
	for i, after := range []bool{false, true, true, false} {
		p.FailNextCommit(after)
		c := apply(t, s, note(i))
		if n := graph.Sequence(i + 2); !cmp.Equal(c, graph.Commit{Sequence: n, Numbers: graph.Numbers{n, n, n, n, n}, RecordedAt: c.RecordedAt, Claims: 1}) {
			t.Errorf("cut after the commit: %t: commit %d is %+v", after, n, c)
		}
	}
	if all, err := feed(t, s); err != nil || len(all) != 5 {
		t.Errorf("the feed has %d commits, %v", len(all), err)
	}
	if n := p.Cuts(); n != 4 {
		t.Errorf("the line was cut %d times", n)
	}
}

func TestCannotOpen(t *testing.T) {
	empty(t)
	for name, c := range map[string]struct {
		uri string
		o   Options
	}{
		"a wrong password":        {server.URI, Options{Username: server.Username, Password: "wrong-password"}},
		"no password":             {server.URI, Options{}},
		"a database that is none": {server.URI, Options{Username: server.Username, Password: server.Password, Database: "nowhere"}},
		"a port that is closed":   {"bolt://127.0.0.1:1", Options{Username: "neo4j", Password: "whatever"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Open(t.Context(), c.uri, c.o)
			wantUnavailable(t, "Open", err)
		})
	}
	for _, uri := range []string{"", "http://127.0.0.1:7474", "bolt://%zz", "sqlite:x"} {
		if _, err := Open(t.Context(), uri, Options{}); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("open %q gives %v, want ErrInvalid", uri, err)
		}
	}
}
