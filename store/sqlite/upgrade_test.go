package sqlite

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
)

// version1 is a file that the first release wrote.
func version1(t *testing.T) file {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "version1.sql"))
	if err != nil {
		t.Fatal(err)
	}
	f := newFile(t)
	_ = raw(t, string(f), string(text), "PRAGMA journal_mode = WAL").Close()
	return f
}

func version(t *testing.T, f file) (version int) {
	t.Helper()
	db := raw(t, string(f))
	defer func() { _ = db.Close() }()
	if err := db.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		t.Fatal(err)
	}
	return version
}

// An old file is read and verified as it is, and brought up to date when it is opened to
// be written.
func TestAnOldFile(t *testing.T) {
	f := version1(t)
	wantWhole(t, f)
	s, err := OpenReadOnly(t.Context(), string(f), nil)
	if err != nil {
		t.Fatal(err)
	}
	before, err := changes(t, s)
	if err != nil || len(before) != 4 {
		t.Fatalf("read as it is, the feed gives %d commits, %v", len(before), err)
	}
	if v := version(t, f); v != 1 {
		t.Errorf("reading made it version %d", v)
	}
	up := f.open(t)
	if v := version(t, f); v != len(migrations) {
		t.Errorf("opening made it version %d", v)
	}
	wantWhole(t, f)
	for _, s := range []*Store{s, up} { // one opened it when it was old
		if after, err := changes(t, s); err != nil || cmp.Diff(before, after) != "" {
			t.Errorf("afterwards the feed gives %v, %s", err, cmp.Diff(before, after))
		}
	}
	apply(t, up, graph.Batch{ID: "x", Reassert: true, Claims: before[3].Claims, Sources: batch("x").Sources})
	for _, s := range []*Store{s, up} {
		if got, err := feed(t, s, 0); err != nil || len(got) != 5 {
			t.Errorf("after a commit the feed gives %v, %v", got, err)
		}
	}
	wantWhole(t, f)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestAnOldFileThatWasEdited(t *testing.T) {
	for statement, words := range map[string][]string{
		`UPDATE claims SET counts = 1 - counts`:                         {"the table claims", "commit 4"},
		`DELETE FROM sources`:                                           {"the table sources", "commit 4", "lacks s_a"},
		`UPDATE commits SET actor = 'x' WHERE sequence = 2`:             {"the log", "commit 2"},
		`UPDATE records SET digest = zeroblob(16) WHERE sequence = 3`:   {"the log", "commit 3"},
		`INSERT INTO entities VALUES ('new', 'GROUP', 'x')`:             {"the table entities", "new"},
		`CREATE TRIGGER t AFTER INSERT ON claims BEGIN SELECT 1; END`:   {"the file", `"t"`},
		`UPDATE records SET body = replace(body, 'active', 'inactive')`: {"the log", "commit 1"},
	} {
		f := version1(t)
		_ = raw(t, string(f), statement).Close()
		wantFault(t, faultsOf(t, f), words...)
		if err := f.open(t).Close(); err != nil { // which brings it up to date
			t.Error(err)
		}
		wantFault(t, faultsOf(t, f), words...)
	}
}
