package older

import (
	"bytes"
	"path/filepath"
	"runtime/debug"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/rabta/rabta/backup"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store"
	"github.com/rabta/rabta/store/memory"
)

// versions opens all that is kept.
func versions(t *testing.T) []*Version {
	t.Helper()
	folders, err := Folders("testdata")
	if err != nil || len(folders) == 0 {
		t.Fatalf("nothing is kept: %v", err)
	}
	var out []*Version
	for _, folder := range folders {
		v, err := Open(folder)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

// file is a copy of the version's SQLite file.
func (v *Version) file(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "rabta.db")
	if err := v.Unpack(file); err != nil {
		t.Fatal(err)
	}
	return file
}

// copied is a world into which the exported claims were imported.
func copied(t *testing.T, v *Version) *World {
	t.Helper()
	text, err := v.Unpacked(ClaimsFile)
	if err != nil {
		t.Fatal(err)
	}
	in, err := inputOf(text, ClaimsFile)
	if err != nil {
		t.Fatal(err)
	}
	m := memory.New()
	for _, part := range in.Parts(graph.MaxBatch) {
		if _, err := m.Apply(t.Context(), part.Batch); err != nil {
			t.Fatal(err)
		}
	}
	return serve(t, m)
}

// TestAnswers opens what older versions wrote, and asks what they were asked.
func TestAnswers(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(200)) // it is done sooner than its memory fills
	j := NewJudgement()
	for _, v := range versions(t) {
		s := open(t, "sqlite:"+v.file(t), store.Options{})
		v.Check(t, j, serve(t, s), WorldStore, All)
		v.Check(t, j, copied(t, v), WorldCopy, Everywhere)
	}
	for _, what := range j.Idle() {
		t.Errorf("changed.go: the %s admits nothing, or says no reason: take it out", what)
	}
}

// TestBackups: a backup is read, and holds the log of its store.
func TestBackups(t *testing.T) {
	for _, v := range versions(t) {
		r, err := backup.Open(bytes.NewReader(read(t, v.Path(BackupFile))))
		if err != nil {
			t.Fatal(err)
		}
		m := memory.New()
		if _, err := backup.Restore(t.Context(), r, m, 0); err != nil {
			t.Fatal(err)
		}
		s := open(t, "sqlite:"+v.file(t), store.Options{})
		if d := cmp.Diff(Feed(t, s), Feed(t, m)); d != "" {
			t.Errorf("%s: the backup is another log (-store +backup):\n%s", v.Name, d)
		}
	}
}

// TestStoresGoOn: a store is whole, knows what was imported into it, and takes what is
// new behind all that it held.
func TestStoresGoOn(t *testing.T) {
	for _, v := range versions(t) {
		file := v.file(t)
		s := open(t, "sqlite:"+file, store.Options{})
		whole(t, s)
		before := Feed(t, s)
		for name, text := range v.imported(t) {
			in, err := inputOf(text, name)
			if err != nil {
				t.Fatalf("%s: %v", v.Name, err)
			}
			if c, err := s.Apply(t.Context(), in.Batch); err != nil || !c.Replayed {
				t.Errorf("%s: %s, imported again, gives %+v, %v", v.Name, name, c, err)
			}
		}
		b := graph.Batch{Sources: []graph.Source{{ID: "s_later", Kind: "REPORT", Title: "What came later"}}}
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = open(t, "sqlite:"+file, store.Options{})
		whole(t, s)
		after := Feed(t, s)
		if len(after) != len(before)+1 || len(after[len(before)].Sources) != 1 {
			t.Fatalf("%s: %d commits became %d", v.Name, len(before), len(after))
		}
		if d := cmp.Diff(before, after[:len(before)]); d != "" {
			t.Errorf("%s: what was there is another (-before +after):\n%s", v.Name, d)
		}
	}
}

// imported are the files that the history imported.
func (v *Version) imported(t *testing.T) map[string][]byte {
	t.Helper()
	archive, err := txtar.ParseFile(v.Path(HistoryFile))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range archive.Files {
		if filepath.Ext(f.Name) == ".ndjson" {
			out[f.Name] = f.Data
		}
	}
	if len(out) == 0 {
		t.Fatalf("%s: nothing was imported", v.Name)
	}
	return out
}

func whole(t *testing.T, s graph.Store) {
	t.Helper()
	if got, err := store.Verify(t.Context(), s); err != nil || len(got.Faults) > 0 {
		t.Errorf("the store is not whole: %v, %v", got.Faults, err)
	}
}
