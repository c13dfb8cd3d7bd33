package store

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
)

func TestOpenGivesAStore(t *testing.T) {
	for _, url := range []string{"memory:", "sqlite:" + filepath.Join(t.TempDir(), "a folder", "rabta.db")} {
		s, err := Open(t.Context(), url, Options{})
		if err != nil {
			t.Fatalf("open %s: %v", url, err)
		}
		b := graph.Batch{Entities: []graph.Entity{{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "G"}}}}}
		if c, err := s.Apply(t.Context(), b); err != nil || c.Sequence != 1 {
			t.Errorf("apply to %s: %+v, %v", url, c, err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("close %s: %v", url, err)
		}
	}
}

func TestOpenKeepsWhatAFileHolds(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "rabta.db")
	for want := range 3 {
		s, err := Open(t.Context(), url, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if h, err := s.Head(t.Context()); err != nil || int(h) != want {
			t.Errorf("the head is %d, %v, want %d", h, err, want)
		}
		b := graph.Batch{Sources: []graph.Source{{ID: graph.ID("s_" + string(rune('a'+want))), Kind: "BOOK", Title: "T"}}}
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, url := range []string{"", "rabta.db", "/var/lib/rabta.db", "postgres://user:hunter2@host/db", "sqlite:", "sqlite::memory:", "sqlite://host/rabta.db", "memory:x", "SQLITE:x"} {
		s, err := Open(t.Context(), url, Options{})
		if s != nil {
			t.Errorf("%q gives a store", url)
		}
		invalid, ok := errors.AsType[*graph.InvalidError](err)
		if !ok || invalid.Problems[0].Remedy == "" {
			t.Errorf("the error for %q is %v", url, err)
			continue
		}
		if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the error for %q repeats a password: %v", url, err)
		}
	}
}

func TestOpenSaysThatAServerIsAway(t *testing.T) {
	// Port 1 of the loopback is not a database.
	s, err := Open(t.Context(), "bolt://127.0.0.1:1", Options{Username: "neo4j", Password: "hunter2"})
	if s != nil || !errors.Is(err, graph.ErrUnavailable) || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("it gives %v, %v", s, err)
	}
}
