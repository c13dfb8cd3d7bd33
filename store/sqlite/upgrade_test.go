package sqlite

import (
	"errors"
	"fmt"
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

// What was edited in an old file is found as it is; once it is brought up to date, too, if
// its log is whole, and else it is not brought up to date.
func TestAnOldFileThatWasEdited(t *testing.T) {
	for statement, words := range map[string][]string{
		`UPDATE claims SET counts = 1 - counts`:                         {"the table claims", "commit 4"},
		`DELETE FROM sources`:                                           {"the table sources", "commit 4", "lacks s_a"},
		`INSERT INTO entities VALUES ('new', 'GROUP', 'x')`:             {"the table entities", "new"},
		`CREATE TRIGGER t AFTER INSERT ON claims BEGIN SELECT 1; END`:   {"the file", `"t"`},
		`UPDATE commits SET actor = 'x' WHERE sequence = 2`:             {"the log", "commit 2"},
		`UPDATE records SET digest = zeroblob(16) WHERE sequence = 3`:   {"the log", "commit 3"},
		`UPDATE records SET body = replace(body, 'active', 'inactive')`: {"the log", "commit 1"},
	} {
		f := version1(t)
		_ = raw(t, string(f), statement).Close()
		wantFault(t, faultsOf(t, f), words...)
		s, err := Open(t.Context(), string(f), nil)
		if words[0] == "the log" {
			wantStopped(t, statement, err, "the log is damaged at "+words[1])
			wantFault(t, faultsOf(t, f), words...)
			if v := version(t, f); v == len(migrations) {
				t.Errorf("%s: it was brought up to date", statement)
			}
			continue
		}
		if err == nil {
			err = s.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		if words[0] != "the file" { // a trigger goes with its table
			words[0] = "the table held"
			wantFault(t, faultsOf(t, f), words...)
		}
	}
}

// firstVersion makes a file as the first release did, with one commit.
func firstVersion(t *testing.T, f file, b graph.Batch) {
	t.Helper()
	c := chained{chainHead: chainHead{sequence: 1, micros: 1_700_000_000_000_000}, batch: b.ID, rows: rowsOf(&b)}
	db := raw(t, string(f),
		migrations[0],
		fmt.Sprintf("INSERT INTO migrations VALUES (1, '%s')", checksum(migrations[0])),
		fmt.Sprintf("PRAGMA application_id = %d", applicationID),
		"PRAGMA user_version = 1",
		fmt.Sprintf("INSERT INTO commits VALUES (1, %d, '%s', '', '', 1, 0, 0, x'%x')", c.micros, b.ID, c.sum(nil)),
		fmt.Sprintf("INSERT INTO records VALUES (1, 1, 'source', '%s', '%s', x'%x')", b.Sources[0].ID, c.rows[0].body, c.rows[0].digest),
		fmt.Sprintf("INSERT INTO sources VALUES ('%s', '%x')", b.Sources[0].ID, c.rows[0].digest),
	)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// A file of the first release, whose commits hold no digest of their content, is read
// and goes on.
func TestFileOfTheFirstRelease(t *testing.T) {
	f := newFile(t)
	firstVersion(t, f, batch("old"))
	s := f.open(t)
	if c := apply(t, s, batch("old")); c.Sequence != 1 || !c.Replayed {
		t.Errorf("what it holds, applied again, gives %+v", c)
	}
	other := batch("other")
	other.ID = "old"
	if c, err := s.Apply(t.Context(), other); !errors.Is(err, graph.ErrConflict) {
		t.Errorf("other content under its id gives %+v, %v", c, err)
	}
	if c := apply(t, s, batch("new")); c.Sequence != 2 || c.Replayed {
		t.Errorf("what is new gives %+v", c)
	}
	for c, err := range s.Changes(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if had := c.Content != ""; had != (c.Sequence == 2) || len(c.Sources) != 1 {
			t.Errorf("commit %d is %+v", c.Sequence, c)
		}
	}
}
