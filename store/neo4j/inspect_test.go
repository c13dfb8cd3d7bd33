package neo4j

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
)

// TestInspect: the server says what it is, an empty database has no commit and gets
// nothing, and one that was written to tells its newest.
func TestInspect(t *testing.T) {
	d := empty(t)
	o := Options{Username: server.Username, Password: server.Password}
	look := func() graph.Sequence {
		t.Helper()
		agent, head, recorded, err := Inspect(t.Context(), server.URI, o)
		if err != nil || !strings.HasPrefix(agent, "Neo4j/5.") || (head == 0) != recorded.IsZero() || time.Since(recorded) < 0 {
			t.Fatalf("%q, %d, %s, %v", agent, head, recorded, err)
		}
		return head
	}
	if head := look(); head != 0 {
		t.Errorf("an empty database has commit %d", head)
	}
	s := d.open(t, Options{})
	if _, err := s.Apply(t.Context(), graph.Batch{Sources: []graph.Source{{ID: "s_a", Kind: "BOOK", Title: "T"}}}); err != nil {
		t.Fatal(err)
	}
	if head := look(); head != 1 {
		t.Errorf("the newest commit is %d", head)
	}
	o.Password = "not " + o.Password
	if _, _, _, err := Inspect(t.Context(), server.URI, o); !errors.Is(err, graph.ErrUnavailable) ||
		!strings.Contains(err.Error(), "refuses the user or the password") || strings.Contains(err.Error(), o.Password) {
		t.Errorf("a wrong password: %v", err)
	}
}
