package storetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rabta/rabta/graph"
)

func source(id string) graph.Source {
	return graph.Source{ID: graph.ID("s_" + id), Kind: "REPORT", Title: "Report " + id}
}

func entity(kind graph.EntityKind, id string) graph.Entity {
	return graph.Entity{ID: graph.ID(id), Kind: kind, Names: []graph.Name{{Value: "The " + id}}}
}

// member is a claim that the person belongs to the group.
func member(person, group string) graph.Claim {
	return graph.Claim{Subject: graph.ID(person), Predicate: "MEMBER_OF", Object: graph.ID(group), Source: "s_a", Hedge: graph.Reported}
}

// status is a claim that says something of an entity in a few words.
func status(of, text string) graph.Claim {
	return graph.Claim{Subject: graph.ID(of), Predicate: "STATUS", Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Text: text}}
}

func retraction(of graph.Claim, by string) graph.Claim {
	return graph.Claim{Subject: of.Normalised().ID, Predicate: graph.Retracts, Source: graph.ID("s_" + by), Hedge: graph.Stated, Value: &graph.Value{Text: "an error"}}
}

// base is a batch that most cases begin with: sources s_a and s_b, groups g0 to
// g2, individuals i0 to i2, and i0's membership of g0.
func base() graph.Batch {
	b := graph.Batch{ID: "base", Actor: "tester", Reason: "to begin with", Sources: []graph.Source{source("a"), source("b")}}
	for i := range 3 {
		b.Entities = append(b.Entities, entity(graph.Group, fmt.Sprintf("g%d", i)), entity(graph.Individual, fmt.Sprintf("i%d", i)))
	}
	b.Claims = []graph.Claim{member("i0", "g0")}
	return b
}

// claims is a batch of claims alone.
func claims(list ...graph.Claim) graph.Batch { return graph.Batch{Claims: list} }

// numbered is a batch with one claim that no other number gives.
func numbered(name string, n int) graph.Batch {
	return graph.Batch{
		ID: fmt.Sprintf("%s-%d", name, n), Actor: name, Reason: fmt.Sprintf("number %d", n),
		Claims: []graph.Claim{status("g0", fmt.Sprintf("%s %d", name, n))},
	}
}

func apply(t *testing.T, s graph.Store, b graph.Batch) graph.Commit {
	t.Helper()
	c, err := s.Apply(t.Context(), b)
	if err != nil {
		t.Fatalf("apply batch %q: %v", b.ID, err)
	}
	return c
}

// opened is a handle on a store that holds the base batch.
func opened(t *testing.T, o Opener) graph.Store {
	t.Helper()
	s := o.Open(t)
	apply(t, s, base())
	return s
}

func changes(t *testing.T, s graph.Store, since graph.Sequence) []graph.Change {
	t.Helper()
	out, err := collect(t.Context(), s, since)
	if err != nil {
		t.Fatalf("changes since %d: %v", since, err)
	}
	return out
}

func collect(ctx context.Context, s graph.Store, since graph.Sequence) ([]graph.Change, error) {
	var out []graph.Change
	for c, err := range s.Changes(ctx, since) {
		if err != nil {
			return out, err
		}
		out = append(out, c)
	}
	return out, nil
}

func head(t *testing.T, s graph.Store) graph.Sequence {
	t.Helper()
	h, err := s.Head(t.Context())
	if err != nil {
		t.Fatalf("head: %v", err)
	}
	return h
}

// expected is the change that a batch of new records gives.
func expected(b graph.Batch, c graph.Commit) graph.Change { return partly(b, b, c) }

// partly is the change that a batch gives of which only the records of fresh are new.
func partly(given, fresh graph.Batch, c graph.Commit) graph.Change {
	given, fresh = given.Normalised(), fresh.Normalised()
	for i := range fresh.Claims {
		fresh.Claims[i].Sequence, fresh.Claims[i].RecordedAt = c.Sequence, c.RecordedAt
	}
	seal(&fresh)
	content := given.Content()
	return graph.Change{
		Sequence: c.Sequence, Numbers: c.Numbers, Writer: given.Clearance, Recorded: c.RecordedAt,
		Batch: cmp.Or(given.ID, content), Content: content, Actor: given.Actor, Reason: given.Reason,
		Sources: fresh.Sources, Entities: fresh.Entities, Claims: fresh.Claims,
	}
}

// alike are the numbers of a commit where nothing was ever hidden from anyone.
func alike(n graph.Sequence) graph.Numbers { return graph.Numbers{n, n, n, n, n} }

// seal gives the records of a batch that have no stamps those of records that name nothing
// that is hidden.
func seal(b *graph.Batch) {
	own := func(m graph.Marking, s *graph.Seal) {
		if *s == (graph.Seal{}) {
			*s = sealed(cmp.Or(m, graph.Clear))
		}
	}
	for i := range b.Sources {
		own(b.Sources[i].Marking, &b.Sources[i].Seal)
	}
	for i := range b.Entities {
		own(b.Entities[i].Marking, &b.Entities[i].Seal)
	}
	for i := range b.Claims {
		own(b.Claims[i].Marking, &b.Claims[i].Seal)
	}
}

func same[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if d := diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// diff does not tell an empty list from none. What is the same to the last bit is
// not walked: cmp takes a minute for a large feed under the race detector.
func diff[T any](want, got T) string {
	if reflect.DeepEqual(want, got) {
		return ""
	}
	return gocmp.Diff(want, got, cmpopts.EquateEmpty())
}

// holds checks that the feed holds the changes and nothing after them.
func holds(t *testing.T, s graph.Store, want ...graph.Change) {
	t.Helper()
	same(t, "the feed", want, changes(t, s, 0))
	if h := head(t, s); int(h) != len(want) {
		t.Errorf("head is %d, want %d", h, len(want))
	}
}

// gapless checks the numbers and times of a whole feed.
func gapless(t *testing.T, list []graph.Change) {
	t.Helper()
	var last time.Time
	for i, c := range list {
		if c.Sequence != graph.Sequence(i+1) {
			t.Fatalf("commit %d of the feed has the number %d", i+1, c.Sequence)
		}
		if c.Recorded.Before(last) {
			t.Fatalf("commit %d was recorded at %v, before the one ahead of it at %v", c.Sequence, c.Recorded, last)
		}
		last = c.Recorded
	}
}

func isConflict(err error) bool { return errors.Is(err, graph.ErrConflict) }

func isUnavailable(err error) bool { return errors.Is(err, graph.ErrUnavailable) }
