package sqlite

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
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
	raced.Alone(t)
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
	raced.Alone(t)
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

// older makes a file of the last version before seals, as that would have, of batches
// that hold nothing but what is new.
func older(t *testing.T, batches ...graph.Batch) file {
	t.Helper()
	f := newFile(t)
	db := raw(t, string(f), migrations[:restoreVersion]...)
	run := func(query string, args ...any) {
		t.Helper()
		if _, err := db.Exec(query, args...); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	for i, text := range migrations[:restoreVersion] {
		run(`INSERT INTO migrations VALUES (?, ?)`, i+1, checksum(text))
	}
	run(fmt.Sprintf("PRAGMA application_id = %d", applicationID))
	run(fmt.Sprintf("PRAGMA user_version = %d", restoreVersion))
	run("PRAGMA journal_mode = WAL")
	run(`INSERT INTO identity VALUES (?, 0, zeroblob(32))`, strings.Repeat("a1", 16))
	tables := olderTables{rows: map[rowKey]tableRow{}}
	var last []byte
	for i, b := range batches {
		b = b.Normalised()
		c := chained{batch: b.ID, actor: b.Actor, reason: b.Reason, content: b.Content(), rows: rowsOfBatch(&b)}
		c.chainHead = chainHead{sequence: graph.Sequence(i + 1), micros: 1_700_000_000_000_000 + int64(i)}
		tables.record(c.sequence, &graph.Change{Sources: b.Sources, Entities: b.Entities, Claims: b.Claims}, c.rows)
		c.state = tables.sum.bytes()
		last = c.sum(last)
		run(`INSERT INTO commits (sequence, recorded, batch, content, actor, reason, sources, entities, claims, state, digest)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			c.sequence, c.micros, c.batch, c.content, c.actor, c.reason, len(b.Sources), len(b.Entities), len(b.Claims), c.state, last)
		for _, r := range c.rows {
			run(`INSERT INTO records (sequence, kind, id, body, digest) VALUES (?, ?, ?, ?, ?)`,
				c.sequence, r.kind, r.id, string(r.body), r.digest)
		}
	}
	for k, r := range tables.rows {
		kind, digest, _ := strings.Cut(r.values, " ")
		switch k.table {
		case tableSources:
			run(`INSERT INTO sources VALUES (?, ?)`, k.id, r.values)
		case tableEntities:
			run(`INSERT INTO entities VALUES (?, ?, ?)`, k.id, kind, digest)
		case tableClaims:
			run(`INSERT INTO claims VALUES (?, ?)`, k.id, r.values == "1")
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return f
}

// raised are batches of which the last mark what the first recorded, up and down.
func raised() []graph.Batch {
	entity := func(id graph.ID, m graph.Marking) graph.Entity {
		return graph.Entity{ID: id, Kind: graph.Group, Names: []graph.Name{{Value: "The " + string(id)}}, Marking: m}
	}
	said := func(of graph.ID, text string) graph.Claim {
		return graph.Claim{
			Subject: of, Predicate: "STATUS", Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Text: text},
		}.Normalised()
	}
	of := said("up", "active")
	back := graph.Claim{Subject: of.ID, Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated}.Normalised()
	off := graph.Claim{Subject: said("same", "active").ID, Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated}
	above := off
	above.Marking = graph.Amber
	first := batch("a")
	first.Entities = []graph.Entity{entity("up", ""), entity("down", graph.Red), entity("same", "")}
	first.Claims = []graph.Claim{of, said("down", "active"), said("same", "active")}
	own := said("same", "secret")
	own.Marking = graph.AmberStrict
	own.ID = ""
	dark := batch("dark")
	dark.Sources[0].Marking = graph.Green
	by := said("same", "said in the dark")
	by.Source, by.ID = "s_dark", ""
	list := []graph.Batch{
		first,
		{ID: "back", Claims: []graph.Claim{back}},
		{ID: "again", Reassert: true, Claims: []graph.Claim{of}},
		{ID: "own", Claims: []graph.Claim{own.Normalised()}},
		dark,
		{ID: "by", Claims: []graph.Claim{by.Normalised()}},
		{ID: "up", Entities: []graph.Entity{entity("up", graph.Amber)}},
		{ID: "down", Entities: []graph.Entity{entity("down", graph.Clear)}},
		{ID: "off", Claims: []graph.Claim{off}},
		{ID: "on", Reassert: true, Claims: []graph.Claim{said("same", "active")}},
		{ID: "off-above", Claims: []graph.Claim{above}},
	}
	return list
}

// olderAll is a log as graph.Older seals it.
func olderAll(list []graph.Change) []graph.Change {
	out, older := make([]graph.Change, len(list)), graph.NewOlder()
	for i, c := range list {
		c.Sources, c.Entities, c.Claims = slices.Clone(c.Sources), slices.Clone(c.Entities), slices.Clone(c.Claims)
		for j := range c.Sources {
			c.Sources[j].Seal = graph.Seal{}
		}
		for j := range c.Entities {
			c.Entities[j].Seal = graph.Seal{}
		}
		for j := range c.Claims {
			c.Claims[j].Seal = graph.Seal{}
		}
		c.Numbers, c.Writer = graph.Numbers{}, ""
		out[i] = c
		older.Note(&out[i])
	}
	for i := range out {
		older.Seal(&out[i])
	}
	return out
}

// unpacked is a file that another version wrote, with markings that were raised and
// lowered.
func unpacked(t *testing.T) file {
	t.Helper()
	const from = "../../tests/older/testdata/v1/rabta.db"
	packed, err := os.Open(from + ".gz")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = packed.Close() }()
	text, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	f := newFile(t)
	to, err := os.Create(string(f))
	if err == nil {
		_, err = io.Copy(to, text)
	}
	if err = errors.Join(err, to.Close()); err != nil {
		t.Fatal(err)
	}
	copyFile(t, from+headSuffix, string(f)+headSuffix)
	return f
}

// The commits of an old file are sealed as graph.Older says, read as it is and brought
// up to date.
func TestAnOldFileIsSealed(t *testing.T) {
	raced.Alone(t)
	for name, f := range map[string]file{"written by another version": unpacked(t), "raised": older(t, raised()...)} {
		wantWhole(t, f)
		s, err := OpenReadOnly(t.Context(), string(f), nil)
		if err != nil {
			t.Fatal(err)
		}
		before, err := changes(t, s)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(olderAll(before), before); d != "" {
			t.Errorf("%s: read as it is, it is not sealed as graph.Older says: %s", name, d)
		}
		last := before[len(before)-1].Numbers
		if last[0] == last[4] || last[0] == 0 {
			t.Errorf("%s: nothing in it is hidden from anyone: %d", name, last)
		}
		half := before[len(before)/2].Sequence
		rest, err := feed(t, s, half)
		if err != nil || len(rest) != len(before)-int(half) {
			t.Errorf("%s: after commit %d it gives %d, %v", name, half, rest, err)
		}
		up := f.open(t)
		wantWhole(t, f)
		for _, s := range []*Store{s, up} {
			if after, err := changes(t, s); err != nil || cmp.Diff(before, after) != "" {
				t.Errorf("%s: brought up to date, the feed gives %v, %s", name, err, cmp.Diff(before, after))
			}
		}
		b := batch("goes-on")
		b.Clearance = graph.Clear
		if c := apply(t, up, b); c.Sequence != last[0]+1 || c.Numbers[4] != last[4]+1 {
			t.Errorf("%s: a writer of CLEAR gets %+v", name, c)
		}
		wantWhole(t, f)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// What is held of an old file is what the log adds up to under its seals: a writer who
// does not see what is hidden records it anew, and takes back what it sees.
func TestAnOldFileHidesWhatItHeld(t *testing.T) {
	raced.Alone(t)
	f := older(t, raised()...)
	s := f.open(t)
	for id, known := range map[graph.ID]bool{"up": false, "down": true} {
		_, err := s.Apply(t.Context(), graph.Batch{Clearance: graph.Clear, Claims: []graph.Claim{{
			Subject: id, Predicate: "STATUS", Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Text: "dormant"},
		}}})
		if known == errors.Is(err, graph.ErrInvalid) {
			t.Errorf("to name %s gives %v", id, err)
		}
	}
	wantWhole(t, f)
}

// While an old file is read as it is, an older release may go on writing: that may hide
// what was read.
func TestAnOldFileThatIsWrittenMeanwhile(t *testing.T) {
	raced.Alone(t)
	list := raised()
	for _, up := range []bool{false, true} {
		f, longer := older(t, list[:6]...), older(t, list...)
		s, err := OpenReadOnly(t.Context(), string(f), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := feed(t, s, 0); len(got) != 6 || err != nil {
			t.Fatalf("the feed gives %d, %v", got, err)
		}
		_ = raw(t, string(f), fmt.Sprintf("ATTACH '%s' AS longer", longer),
			"INSERT INTO commits SELECT * FROM longer.commits WHERE sequence > 6",
			"INSERT INTO records SELECT * FROM longer.records WHERE sequence > 6").Close()
		if up {
			_ = f.open(t).Close()
		}
		got, err := feed(t, s, 6)
		wantStopped(t, fmt.Sprintf("the feed after that (%t)", up), err, "an older version of rabta wrote to the file while it was read; start again")
		if len(got) > 0 {
			t.Errorf("after that it gives %d", got)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// What is edited of an old file that was brought up to date.
func TestASealThatWasEdited(t *testing.T) {
	raced.Alone(t)
	f := older(t, raised()...)
	apply(t, f.open(t), batch("z"))
	wantWhole(t, f)
	for statement, words := range map[string][]string{
		`UPDATE records SET stamp = 0 WHERE id = 'up' AND sequence = 1`:                {"the log", "commit 1", "up is sealed with CLEAR, and AMBER is in force"},
		`UPDATE records SET marking = 0 WHERE id = 'up' AND sequence = 7`:              {"the log", "commit 7", "CLEAR is in force"},
		`UPDATE records SET stamp = 3, marking = 3 WHERE sequence = 2`:                 {"the log", "commit 2", "by the log they are AMBER"},
		`UPDATE records SET stamp = 0, marking = 0 WHERE stamp > 0 AND kind = 'claim'`: {"the log", "commit 4"},
		`UPDATE commits SET writer = 0 WHERE sequence = 4`:                             {"the log", "commit 4", "its writer saw CLEAR"},
		`UPDATE commits SET green = green + 1 WHERE sequence = 6`:                      {"the log", "commit 6", "its numbers are"},
		`UPDATE commits SET sealed = 1 WHERE sequence = 6`:                             {"the log", "commit 6"},
		`UPDATE commits SET sealed = 0 WHERE sequence = 12`:                            {"the log", "commit 12"},
		`UPDATE commits SET clear = clear - 1 WHERE sequence = 12`:                     {"the log", "commit 12"},
		`UPDATE held SET marking = 0 WHERE id = 'up'`:                                  {"the table held", "commit 7", "GROUP AMBER"},
		`UPDATE identity SET sequence = 8`:                                             {"the log", "commit 9"},
		`UPDATE identity SET state = zeroblob(32)`:                                     {"the table identity", "commit 11"},
	} {
		edited := f.copied(t)
		_ = raw(t, string(edited), statement).Close()
		got := faultsOf(t, edited)
		wantFault(t, got, words...)
	}
}

// What is damaged may be what marks: of what it marked nothing is said.
func TestDamageHidesNoSeals(t *testing.T) {
	raced.Alone(t)
	f := older(t, raised()...)
	_ = f.open(t).Close()
	_ = raw(t, string(f), `UPDATE records SET body = replace(body, 'AMBER', 'CLEAR') WHERE sequence = 7`).Close()
	got := faultsOf(t, f)
	wantFault(t, got, "the log", "commit 7", "does not match its digest")
	if slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "sealed with") }) {
		t.Errorf("it says %q", got)
	}
}

// The digest over held that an old file begins with is that of its last commit.
func TestAnOldFileBeginsAtItsHead(t *testing.T) {
	raced.Alone(t)
	f := older(t, raised()...)
	_ = f.open(t).Close()
	_ = raw(t, string(f), `UPDATE identity SET sequence = 3`).Close()
	_, err := f.open(t).Apply(t.Context(), batch("z"))
	wantStopped(t, "a commit", err, "the log is damaged at commit 11")
}

// A commit of an older version that was checked against an edited table shows that for
// good.
func TestAnOldCommitOverAnEditedTable(t *testing.T) {
	raced.Alone(t)
	f := older(t, raised()[:9]...)
	_ = raw(t, string(f), `DELETE FROM claims`, `UPDATE commits SET state = zeroblob(32) WHERE sequence = 9`).Close()
	s := f.readOnly(t)
	page, err := s.entries(t.Context(), s.readers, 7, 9, 2)
	if err != nil || len(page) != 2 {
		t.Fatal(err)
	}
	c := page[1].chained()
	_ = raw(t, string(f), fmt.Sprintf("UPDATE commits SET digest = x'%x' WHERE sequence = 9", c.sum(page[0].chainHead.digest))).Close()
	wantFault(t, faultsOf(t, f), "the log", "commit 9", "digest over what batches are checked against")
	_ = f.open(t).Close()
	wantFault(t, faultsOf(t, f), "the log", "commit 9", "digest over what batches are checked against")
	wantFault(t, faultsOf(t, f), "the table held", "lacks c_")
}

func (f file) readOnly(t *testing.T) *Store {
	t.Helper()
	s, err := OpenReadOnly(t.Context(), string(f), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// firstVersion makes a file as the first release did, with one commit.
func firstVersion(t *testing.T, f file, b graph.Batch) {
	t.Helper()
	c := chained{chainHead: chainHead{sequence: 1, micros: 1_700_000_000_000_000}, batch: b.ID, rows: rowsOfBatch(&b)}
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
	raced.Alone(t)
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

func rowsOfBatch(b *graph.Batch) []row {
	return rowsOf(&graph.Change{Sources: b.Sources, Entities: b.Entities, Claims: b.Claims})
}
