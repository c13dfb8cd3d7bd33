package sqlite

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
)

// history are batches that use every table: records of each kind, an entity and a
// source that are recorded again, and a claim that is retracted and recorded again.
func history() []graph.Batch {
	status := func(text string) graph.Claim {
		return graph.Claim{
			Subject: "g", Predicate: "STATUS", Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Text: text},
		}.Normalised()
	}
	first := batch("a")
	first.Entities = []graph.Entity{{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "G"}}}}
	first.Claims = []graph.Claim{status("active")}
	again := batch("again")
	again.Sources = []graph.Source{{ID: "s_a", Kind: "BOOK", Title: "Another title"}}
	again.Entities = []graph.Entity{{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "H"}}}}
	retracted := graph.Batch{ID: "retracted", Actor: "somebody", Reason: "it was wrong", Claims: []graph.Claim{{
		Subject: status("active").ID, Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated,
	}}}
	reasserted := graph.Batch{ID: "reasserted", Reassert: true, Claims: []graph.Claim{status("active"), status("dormant")}}
	return []graph.Batch{first, again, retracted, batch("c"), reasserted, batch("d")}
}

// written is a file that holds the history, and was closed.
func written(t *testing.T) file {
	t.Helper()
	f := newFile(t)
	s := f.open(t)
	for _, b := range history() {
		apply(t, s, b)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return f
}

// copied copies a store, without its write-ahead log.
func (f file) copied(t *testing.T) file {
	t.Helper()
	to := newFile(t)
	for _, suffix := range []string{"", headSuffix} {
		copyFile(t, string(f)+suffix, string(to)+suffix)
	}
	return to
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// faultsOf verifies a file as rabta check does. An error of opening it is a fault, too.
func faultsOf(t *testing.T, f file) []string {
	t.Helper()
	s, err := OpenReadOnly(t.Context(), string(f), nil)
	if err != nil {
		if !errors.Is(err, graph.ErrUnavailable) && !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("the error is %v", err)
		}
		return []string{err.Error()}
	}
	defer func() { _ = s.Close() }()
	v, err := s.Verify(t.Context())
	if err != nil {
		t.Fatalf("verify: %v", err)
	}
	var out []string
	for _, fault := range v.Faults {
		if fault.Where == "" || fault.What == "" || fault.Remedy == "" {
			t.Errorf("the fault %+v does not say where, what and what to do", fault)
		}
		out = append(out, fault.String())
	}
	return out
}

// wantFault looks for a fault that holds all the words.
func wantFault(t *testing.T, got []string, words ...string) {
	t.Helper()
	if !slices.ContainsFunc(got, func(s string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(s, w) })
	}) {
		t.Errorf("no fault says %q:\n%s", words, strings.Join(got, "\n"))
	}
}

func wantWhole(t *testing.T, f file) {
	t.Helper()
	if got := faultsOf(t, f); got != nil {
		t.Errorf("a file that is whole has faults:\n%s", strings.Join(got, "\n"))
	}
}

func TestAWholeFileHasNoFault(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	wantWhole(t, f)
	for _, b := range history() {
		apply(t, s, b)
		wantWhole(t, f)
		if v, err := s.Verify(t.Context()); err != nil || len(v.Faults) > 0 || len(v.Notes) > 0 || len(v.Checked) == 0 {
			t.Errorf("the store that wrote it says %+v, %v", v, err)
		}
	}
}

// edits changes each column of each table in turn, takes a row out and puts one in.
func edits(t *testing.T, f file) (statements []string) {
	t.Helper()
	db := raw(t, string(f.copied(t)))
	rows, err := db.Query(`SELECT m.name, c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var tables []string
	for rows.Next() {
		var table, column, kind string
		if err := rows.Scan(&table, &column, &kind); err != nil {
			t.Fatal(err)
		}
		if table == "restoring" || table == "sweeping" {
			continue // it is empty, and is filled below
		}
		if !slices.Contains(tables, table) {
			tables = append(tables, table)
		}
		to := map[string]string{"TEXT": column + " || 'x'", "INTEGER": column + " + 1", "BLOB": "CAST(printf('%032d', 7) AS BLOB)"}[kind]
		switch column {
		case "sealed":
			to = "1 - " + column
		case "retracted":
			statements = append(statements, "UPDATE held SET retracted = 4")
			continue
		case "stamp", "marking", "writer":
			to = fmt.Sprintf("(%s + 1) %% 5", column)
		case "kind":
			to = "CASE kind WHEN 'claim' THEN 'source' ELSE 'claim' END"
		}
		// The last row: a number that another row has is refused.
		statements = append(statements, fmt.Sprintf(
			"UPDATE %s SET %s = %s WHERE %s = (SELECT max(%s) FROM %s)", table, column, to, column, column, table))
	}
	for _, table := range tables {
		statements = append(statements, fmt.Sprintf("DELETE FROM %s", table))
	}
	return append(statements,
		`INSERT INTO held VALUES ('s_new', 0, '', 0, x'00', NULL)`,
		`INSERT INTO held VALUES ('new', 0, 'GROUP', 0, x'00', NULL)`,
		`INSERT INTO held VALUES ('c_new', 0, '', 0, x'', NULL)`,
		`INSERT INTO held SELECT id, place + 1, kind, marking + 1, digest, retracted FROM held`,
		`INSERT INTO identity VALUES ('x', 0, zeroblob(32))`,
		`INSERT INTO migrations VALUES (99, 'x')`,
		`INSERT INTO restoring VALUES (0)`,
		`INSERT INTO records VALUES (0, 99, 'source', 's_new', '{}', zeroblob(16), 0, 0, 0)`,
		`INSERT INTO sweeping VALUES (0)`,
		`UPDATE records SET redacted = 1 WHERE number = 2`,
		`UPDATE commits SET said = zeroblob(32) WHERE sequence = 2`,
		`UPDATE commits SET said = NULL WHERE sequence = 2`,
		`UPDATE commits SET actor = '', reason = '', batch = 'redacted-2' WHERE sequence = 2`,
		`UPDATE commits SET redacted = '[1,0,0,0]' WHERE sequence = 2`,
		`INSERT INTO commits SELECT 99, recorded, 'x', content, writer, actor, reason, sources, entities, claims,
			clear, green, amber, amber_strict, marked, sealed, state, digest, said, redacted, origin FROM commits WHERE sequence = 3`,
		`DELETE FROM held WHERE id = (SELECT min(id) FROM held)`,
		`UPDATE commits SET state = NULL WHERE sequence = 3`,
		`UPDATE commits SET sealed = 0, state = NULL WHERE sequence = 3`,
		`UPDATE records SET stamp = 1, marking = 1 WHERE sequence = 3`,
		`UPDATE records SET marking = 1 WHERE sequence = 3`,
		`UPDATE commits SET sources = sources + 1, claims = claims - 1 WHERE sequence = 1`,
		`UPDATE commits SET sources = sources + 1000000000000, claims = claims - 1000000000000 WHERE sequence = 1`,
		`DROP INDEX records_sequence`,
		`CREATE TRIGGER theirs AFTER INSERT ON held BEGIN DELETE FROM held WHERE id = new.id; END`,
		`CREATE TABLE theirs (a)`,
	)
}

func TestEveryEditIsAFault(t *testing.T) {
	raced.Alone(t)
	f := written(t)
	all := edits(t, f)
	if len(all) < 40 {
		t.Fatalf("only %d edits: %q", len(all), all)
	}
	for _, statement := range all {
		t.Run(statement, func(t *testing.T) {
			edited := f.copied(t)
			_ = raw(t, string(edited), statement).Close()
			if got := faultsOf(t, edited); len(got) == 0 {
				t.Error("nothing is said of it")
			}
		})
	}
}

func TestFaultsNameTheCommit(t *testing.T) {
	f := written(t)
	for statement, words := range map[string][]string{
		`UPDATE held SET digest = x'00' WHERE id = 's_a'`: {"the table held", "commit 2", "s_a"},
		`UPDATE held SET digest = x'00' WHERE id = 's_c'`: {"the table held", "commit 4", "s_c"},
		`UPDATE held SET kind = 'PLACE' WHERE id = 'g'`:   {"the table held", "commit 2", `"PLACE `},
		`UPDATE held SET retracted = 1 WHERE id IN (SELECT id FROM records
			WHERE sequence = 5 AND body LIKE '%dormant%')`: {"the table held", "commit 5", "retracted GREEN"},
		`UPDATE held SET marking = 4 WHERE id = 'g'`:                                   {"the table held", "commit 2", "RED"},
		`UPDATE held SET place = 1 WHERE id = 'g'`:                                     {"the table held", "commit 2", "not counted from 0"},
		`INSERT INTO held VALUES ('s_new', 0, '', 0, x'00', NULL)`:                     {"the table held", "it holds s_new, which no commit records"},
		`DELETE FROM held WHERE id = 's_d'`:                                            {"the table held", "commit 6", "it lacks s_d"},
		`UPDATE records SET stamp = 1 WHERE sequence = 3`:                              {"the log", "commit 3", "does not match its digest"},
		`UPDATE records SET marking = 1 WHERE sequence = 3`:                            {"the log", "commit 3", "GREEN is in force"},
		`UPDATE commits SET clear = 2 WHERE sequence = 3`:                              {"the log", "commit 3", "does not match its digest"},
		`UPDATE commits SET writer = 0 WHERE sequence = 3`:                             {"the log", "commit 3", "does not match its digest"},
		`UPDATE records SET body = replace(body, 'wrong', 'right') WHERE sequence = 3`: nil,
		`UPDATE commits SET reason = 'it was right' WHERE sequence = 3`:                {"the log", "commit 3", "does not match its digest"},
		`UPDATE records SET body = replace(body, 'Title', 'Tidle') WHERE id = 's_c'`:   {"the log", "commit 4", "s_c"},
		`UPDATE records SET id = 's_x' WHERE id = 's_c'`:                               {"the log", "commit 4", "s_x"},
		`DELETE FROM records WHERE sequence = 4`:                                       {"the log", "commit 4", "it has 0 records and says that it has 1"},
		`DELETE FROM commits WHERE sequence IN (3, 4)`:                                 {"the log", "commit 3", "commits 3 to 4 are missing"},
		`DELETE FROM commits WHERE sequence = 1`:                                       {"the log", "commit 1", "commits 1 to 1 are missing"},
		`UPDATE identity SET state = zeroblob(31)`:                                     {"the table identity"},
		`UPDATE identity SET id = '00000000000000000000000000000000'`:                  {"the record of the last commit", "not the store that was here"},
	} {
		t.Run(statement, func(t *testing.T) {
			edited := f.copied(t)
			_ = raw(t, string(edited), statement).Close()
			if got := faultsOf(t, edited); words != nil {
				wantFault(t, got, words...)
			} else if len(got) != 0 {
				t.Errorf("nothing was changed, and it says %q", got)
			}
		})
	}
}

// A commit that was checked against an edited table shows that, for good.
func TestACommitOverAnEditedTableIsAFault(t *testing.T) {
	f := written(t)
	_ = raw(t, string(f), `UPDATE held SET retracted = CASE WHEN retracted IS NULL THEN 0 END WHERE digest = x''`).Close()
	s := f.open(t)
	apply(t, s, graph.Batch{ID: "e", Reassert: true, Claims: history()[0].Claims})
	apply(t, s, batch("f"))
	wantFault(t, faultsOf(t, f), "the log", "commit 7", "digest over what batches are checked against")
}

// cutTo replaces a store by what it was some commits ago; the head record stays.
func TestACutTailIsAFault(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	var earlier []file
	for _, b := range history() {
		apply(t, s, b)
		earlier = append(earlier, f.copied(t)) // a young store is whole at each commit
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for i, cut := range earlier[:5] {
		n := graph.Sequence(i + 1)
		wantWhole(t, cut)
		copyFile(t, string(f)+headSuffix, string(cut)+headSuffix)
		wantFault(t, faultsOf(t, cut), fmt.Sprintf("commit %d", n+1), "missing", "restore")
		s := cut.open(t)
		_, applied := s.Apply(t.Context(), batch("e"))
		_, head := s.Head(t.Context())
		_, feed := feed(t, s, 0)
		for _, err := range []error{applied, head, feed, s.Trouble(t.Context())} {
			if !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), "missing") {
				t.Errorf("cut to %d, it gives %v", n, err)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		wantFault(t, faultsOf(t, cut), fmt.Sprintf("commit %d", n+1), "missing") // it was not papered over

		// By statements, and without a head record: what it says is in the tables.
		cut = f.copied(t)
		_ = raw(t, string(cut), fmt.Sprintf("DELETE FROM records WHERE sequence > %d", n),
			fmt.Sprintf("DELETE FROM commits WHERE sequence > %d", n)).Close()
		wantFault(t, faultsOf(t, cut), fmt.Sprintf("commit %d", n+1), "missing")
		if err := os.Remove(string(cut) + headSuffix); err != nil {
			t.Fatal(err)
		}
		if got := faultsOf(t, cut); len(got) == 0 {
			t.Errorf("cut to %d by statements, nothing is said of it", n)
		}

		// The file itself.
		cut = f.copied(t)
		if err := os.Truncate(string(cut), int64(n)*4096); err != nil {
			t.Fatal(err)
		}
		if got := faultsOf(t, cut); len(got) == 0 {
			t.Errorf("cut to %d pages, nothing is said of it", n)
		}
	}
}

func TestACommitUnderAnotherDigestIsAFault(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	apply(t, s, batch("a"))
	fork := f.copied(t)
	apply(t, s, batch("b"))
	apply(t, fork.open(t), batch("c"))
	copyFile(t, string(f)+headSuffix, string(fork)+headSuffix)
	wantFault(t, faultsOf(t, fork), "commit 2", "is not the one that was acknowledged")
}

func TestAMalformedPageIsAFault(t *testing.T) {
	f := written(t)
	whole, err := os.ReadFile(string(f))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, page := range pages(t, f, `SELECT DISTINCT pageno FROM dbstat`) { // the others hold nothing
		at := 4096 * (page - 1)
		for name, spoil := range map[string]func(page []byte){
			"zeros": func(page []byte) { clear(page) },
			"noise": func(page []byte) {
				for i := range page {
					page[i] = byte(random.Uint32())
				}
			},
		} {
			spoilt := f.copied(t)
			text := slices.Clone(whole)
			spoil(text[at : at+4096])
			if err := os.WriteFile(string(spoilt), text, 0o600); err != nil {
				t.Fatal(err)
			}
			if got := faultsOf(t, spoilt); len(got) == 0 {
				t.Errorf("nothing is said of %s in page %d", name, page)
			}
		}
	}
}

// pages are the numbers of pages of a file that a query gives.
func pages(t *testing.T, f file, query string) (numbers []int) {
	t.Helper()
	db := raw(t, string(f.copied(t)))
	defer func() { _ = db.Close() }()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, n)
	}
	return numbers
}

// Where a page with earlier commits lies in the place of a later one, the log has no end
// for whoever reads on.
func TestAPageInTheWrongPlaceIsAFault(t *testing.T) {
	f := newFile(t)
	if err := many(t, f, 150).Close(); err != nil {
		t.Fatal(err)
	}
	leaves := pages(t, f, `SELECT pageno FROM dbstat WHERE name = 'commits' AND pagetype = 'leaf' ORDER BY path`)
	if len(leaves) < 3 {
		t.Fatalf("the commits are on the pages %v", leaves)
	}
	whole, err := os.ReadFile(string(f))
	if err != nil {
		t.Fatal(err)
	}
	for i, to := range leaves[1:] {
		spoilt, text := f.copied(t), slices.Clone(whole)
		copy(text[4096*(to-1):4096*to], whole[4096*(leaves[i]-1):])
		if err := os.WriteFile(string(spoilt), text, 0o600); err != nil {
			t.Fatal(err)
		}
		wantFault(t, faultsOf(t, spoilt), "the log", "commit", "are read in its place")
	}
}

// Another page in the place where an index begins is told, or nothing is read of it.
func TestAnotherPageInAnIndexIsAFault(t *testing.T) {
	f := written(t)
	s := f.open(t)
	want, err := changes(t, s)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(string(f))
	if err != nil {
		t.Fatal(err)
	}
	all := pages(t, f, `SELECT DISTINCT pageno FROM dbstat`)
	for _, to := range pages(t, f, `SELECT rootpage FROM sqlite_schema WHERE type = 'index'`) {
		for _, from := range all {
			spoilt, text := f.copied(t), slices.Clone(whole)
			copy(text[4096*(to-1):4096*to], whole[4096*(from-1):])
			if err := os.WriteFile(string(spoilt), text, 0o600); err != nil {
				t.Fatal(err)
			}
			if len(faultsOf(t, spoilt)) > 0 {
				continue
			}
			s, err := OpenReadOnly(t.Context(), string(spoilt), nil)
			if err != nil {
				t.Fatalf("page %d for page %d: %v", from, to, err)
			}
			got, err := changes(t, s)
			if d := cmp.Diff(want, got); d != "" || err != nil {
				t.Errorf("page %d for page %d gives, without a fault, %v and %s", from, to, err, d)
			}
			_ = s.Close()
		}
	}
}

// A bit that flips is noticed, or nothing is read that was not written.
func TestAFlippedBitIsAFault(t *testing.T) {
	raced.Alone(t)
	f := written(t)
	s := f.open(t)
	want, err := changes(t, s)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(string(f))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(3, 4))
	noticed := 0
	for range 200 {
		flipped := f.copied(t)
		text := slices.Clone(whole)
		at, bit := random.IntN(len(text)), random.IntN(8)
		text[at] ^= 1 << bit
		if err := os.WriteFile(string(flipped), text, 0o600); err != nil {
			t.Fatal(err)
		}
		if len(faultsOf(t, flipped)) > 0 {
			noticed++
			continue
		}
		s, err := OpenReadOnly(t.Context(), string(flipped), nil)
		if err != nil {
			t.Fatalf("bit %d of byte %d: %v", bit, at, err)
		}
		got, err := changes(t, s)
		if d := cmp.Diff(want, got); d != "" || err != nil {
			t.Errorf("bit %d of byte %d gives, without a fault, %v and %s", bit, at, err, d)
		}
		_ = s.Close()
	}
	if noticed == 0 {
		t.Error("no bit was noticed: none was flipped")
	}
}

// changes is the whole feed.
func changes(t *testing.T, s *Store) (all []graph.Change, err error) {
	t.Helper()
	for c, err := range s.Changes(t.Context(), 0) {
		if err != nil {
			return all, err
		}
		all = append(all, c)
	}
	return all, nil
}

func TestTheHeadRecordIsChecked(t *testing.T) {
	f := written(t)
	head := string(f) + headSuffix
	text, err := os.ReadFile(head)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoilt := range map[string][]byte{
		"a bit": append(slices.Clone(text[:60]), append([]byte{text[60] ^ 1}, text[61:]...)...),
		"half":  text[:len(text)/2], "more": append(slices.Clone(text), 'x'), "other": []byte("a note"),
	} {
		if err := os.WriteFile(head, spoilt, 0o600); err != nil {
			t.Fatal(err)
		}
		wantFault(t, faultsOf(t, f), "the record of the last commit", "cannot be read")
		s := f.open(t) // which says nothing of the log
		apply(t, s, batch("e-"+strings.ReplaceAll(name, " ", "-")))
		wantWhole(t, f)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		wantWhole(t, f)
	}
	if list, _ := filepath.Glob(string(f) + "*"); len(list) > 4 {
		t.Errorf("there are files beside it: %q", list)
	}
}

func TestAFileWithoutHeadRecord(t *testing.T) {
	f := written(t)
	for i, make := range []func(name string) error{os.Remove, func(name string) error { return os.WriteFile(name, nil, 0o600) }} {
		if err := make(string(f) + headSuffix); err != nil {
			t.Fatal(err)
		}
		s := f.open(t)
		v, err := s.Verify(t.Context())
		if err != nil || len(v.Faults) > 0 || len(v.Notes) != 1 || !strings.Contains(v.Notes[0], "no record of the last commit") {
			t.Errorf("verify gives %+v, %v", v, err)
		}
		apply(t, s, batch(fmt.Sprint("e", i)))
		if v, err := s.Verify(t.Context()); err != nil || len(v.Notes)+len(v.Faults) > 0 {
			t.Errorf("after a commit verify gives %+v, %v", v, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
