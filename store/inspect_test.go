package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
)

// TestInspectChangesNothing: the newest commit is told, and neither is a file made nor one
// changed, nor anything beside it.
func TestInspectChangesNothing(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "rabta.db")
	if _, err := Inspect(t.Context(), "sqlite:"+path, Options{}); !errors.Is(err, graph.ErrUnavailable) {
		t.Errorf("a file that is not there: %v", err)
	}
	if files, _ := os.ReadDir(folder); len(files) > 0 {
		t.Errorf("looking made %v", files)
	}
	s, err := Open(t.Context(), "sqlite:"+path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now().Add(-time.Minute)
	for _, id := range []graph.ID{"s_a", "s_b"} {
		b := graph.Batch{Sources: []graph.Source{{ID: id, Kind: "BOOK", Title: "T"}}}
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	look := func() {
		t.Helper()
		i, err := Inspect(t.Context(), "sqlite:"+path, Options{})
		if err != nil || i.Head != 2 || i.Server != "" || i.Recorded.Before(start) || time.Since(i.Recorded) < 0 {
			t.Errorf("%+v, %v", i, err)
		}
	}
	look() // while another has it open
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before := filesOf(t, folder)
	look()
	for name, content := range filesOf(t, folder) {
		if before[name] != content {
			t.Errorf("looking made or changed %s", name)
		}
	}
}

// filesOf are the files of a folder and what they hold.
func filesOf(t *testing.T, folder string) map[string]string {
	t.Helper()
	list, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range list {
		text, err := os.ReadFile(filepath.Join(folder, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name()] = string(text)
	}
	return out
}

func TestInspectRefuses(t *testing.T) {
	for url, want := range map[string]error{
		"memory:":               errors.ErrUnsupported,
		"postgres://host/db":    graph.ErrInvalid,
		"neo4j://me:pw@host":    graph.ErrInvalid,
		"neo4j://127.0.0.1:1":   graph.ErrUnavailable,
		"sqlite:" + t.TempDir(): nil, // some error
	} {
		if _, err := Inspect(t.Context(), url, Options{}); err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", url, err, want)
		}
	}
}
