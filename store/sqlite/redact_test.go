package sqlite

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
)

// What is looked for in the files of a store.
const (
	secretName    = "Abdul Qadir of Nowhere"
	secretID      = "abdul-qadir-of-nowhere"
	secretExcerpt = "was seen in the company of nobody"
	secretReason  = "as the prisoner in cell nine told"
)

// secrets are batches that say something of somebody, between others.
func secrets(from, to int) (list []graph.Batch) {
	for i := from; i < to; i++ {
		b := batch(fmt.Sprint("n", i))
		b.Actor, b.Reason = "somebody", fmt.Sprintf("%s, line %d", secretReason, i)
		b.Entities = []graph.Entity{{
			ID: secretID, Kind: graph.Individual, Names: []graph.Name{{Value: secretName}}, Description: fmt.Sprintf("Described %d times.", i),
		}, {ID: graph.ID(fmt.Sprint("g", i)), Kind: graph.Group, Names: []graph.Name{{Value: fmt.Sprint("Group ", i)}}}}
		b.Claims = []graph.Claim{
			{
				Subject: secretID, Predicate: "MEMBER_OF", Object: b.Entities[1].ID, Source: b.Sources[0].ID, Hedge: graph.Stated,
				Excerpt: fmt.Sprintf("%s %s %d", secretName, secretExcerpt, i),
			},
			{Subject: b.Entities[1].ID, Predicate: "STATUS", Source: b.Sources[0].ID, Hedge: graph.Stated, Value: &graph.Value{Text: "active"}},
		}
		if i > 0 {
			b.Claims = append(b.Claims, graph.Claim{
				Subject: list[0].Claims[0].Normalised().ID, Predicate: graph.Retracts, Source: b.Sources[0].ID, Hedge: graph.Stated,
				Value: &graph.Value{Text: fmt.Sprintf("an error %d", i)},
			})
		}
		list = append(list, b)
	}
	return list
}

// all is a redaction of somebody, all that names him, and what commits say of themselves.
func all(t *testing.T, s *Store) graph.Redaction {
	t.Helper()
	list, err := changes(t, s)
	if err != nil {
		t.Fatal(err)
	}
	r := graph.Redaction{Actor: "operator", Reason: "by order", Head: graph.Sequence(len(list)), IDs: []graph.ID{secretID}}
	for more := true; more; {
		more = false
		for _, c := range list {
			for _, p := range c.Records() {
				named := slices.ContainsFunc(p.Mentions(), func(id graph.ID) bool { return slices.Contains(r.IDs, id) })
				if named && !slices.Contains(r.IDs, p.ID()) {
					r.IDs, more = append(r.IDs, p.ID()), true
				}
			}
		}
	}
	for _, c := range list {
		if strings.Contains(c.Reason, secretReason) {
			r.Said = append(r.Said, c.Sequence)
		}
	}
	return r
}

// found are the files beside a store, and itself, that hold something that was said of
// somebody.
func found(t *testing.T, f file) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.Dir(string(f)), "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{secretName, secretID, secretExcerpt, secretReason} {
			if bytes.Contains(bytes.ToLower(text), []byte(strings.ToLower(secret))) {
				names = append(names, filepath.Base(name)+": "+secret)
			}
		}
	}
	return names
}

// told is a store that holds what is said of somebody, among much else, in every place
// where a file may keep what it was.
func told(t *testing.T, f file) *Store {
	t.Helper()
	s := f.open(t)
	for _, b := range secrets(0, 40) {
		apply(t, s, b)
	}
	apply(t, s, graph.Batch{Claims: []graph.Claim{{
		Subject: secretID, Predicate: graph.Marks, Source: "s_n0", Hedge: graph.Stated, Value: &graph.Value{Marking: graph.Amber, Text: "by review"},
	}}})
	if len(found(t, f)) < 4 {
		t.Fatalf("before it is redacted it is found in %q alone", found(t, f))
	}
	return s
}

func redact(t *testing.T, s *Store, r graph.Redaction) graph.Commit {
	t.Helper()
	c, err := s.Redact(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func wantGone(t *testing.T, f file, when string) {
	t.Helper()
	if names := found(t, f); len(names) > 0 {
		t.Errorf("%s it is found in %q", when, names)
	}
}

func TestRedactedBytesAreInNoFile(t *testing.T) {
	raced.Alone(t)
	f := newFile(t)
	s := told(t, f)
	other := f.open(t)
	if _, err := changes(t, other); err != nil { // its connections have the file open
		t.Fatal(err)
	}
	redact(t, s, all(t, s))
	wantFault(t, faultsOf(t, f), "free pages")
	if err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantGone(t, f, "while it is open")
	wantWhole(t, f)
	apply(t, other, batch("next"))
	apply(t, s, batch("after"))
	for _, s := range []*Store{s, other} {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	wantGone(t, f, "when it was closed")
	s = f.open(t)
	list, err := changes(t, s)
	if err != nil || len(list) != 44 || len(list[0].Tombstones) != 2 {
		t.Fatal(len(list), err)
	}
	apply(t, s, batch("again"))
	wantGone(t, f, "opened again")
	wantWhole(t, f)
}

// What a process did not come to do after it had committed is done by the next one.
func TestSweepIsMadeUpFor(t *testing.T) {
	raced.Alone(t)
	f := newFile(t)
	s := told(t, f)
	if _, err := s.writer.Exec(`PRAGMA secure_delete = OFF`); err != nil { // as older versions wrote
		t.Fatal(err)
	}
	redact(t, s, all(t, s))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if len(found(t, f)) == 0 {
		t.Error("nothing was left to sweep")
	}
	s = f.open(t)
	wantGone(t, f, "when it was opened again")
	wantWhole(t, f)
	apply(t, s, batch("next"))
}

// Where nothing was redacted there is nothing to sweep, and nothing to say.
func TestNothingToSweep(t *testing.T) {
	f := newFile(t)
	for range 2 {
		var said strings.Builder
		s, err := Open(t.Context(), string(f), slog.New(slog.NewTextHandler(&said, nil)))
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range []error{s.Sweep(t.Context()), s.Close()} {
			if err != nil {
				t.Error(err)
			}
		}
		if said.Len() > 0 {
			t.Errorf("opened, it says %s", said.String())
		}
	}
}

// A commit that fails leaves the log as it was, and one whose answer is lost is whole.
func TestRedactionIsAllOrNothing(t *testing.T) {
	raced.Alone(t)
	f := newFile(t)
	_ = told(t, f).Close()
	s, faults := f.OpenFaulty(t)
	before, err := changes(t, s.(*Store))
	if err != nil {
		t.Fatal(err)
	}
	for _, afterDurable := range []bool{false, true} {
		r := all(t, s.(*Store))
		faults.FailNextCommit(afterDurable)
		if c, err := s.(*Store).Redact(t.Context(), r); !errors.Is(err, graph.ErrUnavailable) {
			t.Fatalf("a redaction whose commit fails gives %+v, %v", c, err)
		}
		after, err := changes(t, f.open(t))
		if err != nil || (len(after) == len(before)+1) != afterDurable || (len(after[0].Tombstones) > 0) != afterDurable {
			t.Errorf("the log has %d commits after it had %d: %v", len(after), len(before), err)
		}
	}
	wantGone(t, f, "when it was opened again")
	wantWhole(t, f)
}

func TestEditsOfTombstonesAreFaults(t *testing.T) {
	raced.Alone(t)
	f := newFile(t)
	s := f.open(t)
	for _, b := range secrets(0, 3) {
		apply(t, s, b)
	}
	r := all(t, s)
	r.Said = r.Said[1:]
	redact(t, s, r)
	apply(t, s, batch("next"))
	for _, err := range []error{s.Sweep(t.Context()), s.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	wantWhole(t, f)
	for _, statement := range []string{
		`UPDATE records SET body = json_set(body, '$.at', '2001-01-01T00:00:00Z') WHERE number = (SELECT min(number) FROM records WHERE redacted)`,
		`UPDATE records SET body = json_set(body, '$.reason', 'for fun') WHERE number = (SELECT min(number) FROM records WHERE redacted)`,
		`UPDATE records SET body = json_set(body, '$.key', 'x') WHERE number = (SELECT max(number) FROM records WHERE redacted)`,
		`UPDATE records SET body = json_set(body, '$.counts', 'CLEAR') WHERE number = (SELECT max(number) FROM records WHERE redacted)`,
		`UPDATE records SET body = '{' WHERE redacted`,
		`UPDATE records SET id = 'somebody' WHERE redacted`,
		`UPDATE records SET digest = zeroblob(16) WHERE redacted`,
		`UPDATE records SET redacted = 0 WHERE number = (SELECT min(number) FROM records WHERE redacted)`,
		`UPDATE records SET kind = 'source' WHERE redacted`,
		`UPDATE records SET stamp = 2 WHERE redacted`,
		`UPDATE records SET marking = 2 WHERE redacted`,
		`DELETE FROM records WHERE redacted`,
		`UPDATE records SET redacted = 1, id = 'redacted-' || number, body = (SELECT body FROM records WHERE redacted LIMIT 1) WHERE NOT redacted`,
		`UPDATE commits SET redacted = '' WHERE redacted <> ''`,
		`UPDATE commits SET redacted = '[1,0,0,0]' WHERE sequence = 2`,
		`UPDATE commits SET said = zeroblob(32) WHERE sequence = 2`,
		`UPDATE commits SET batch = 'another' WHERE sequence = 2`,
		`UPDATE commits SET actor = 'another' WHERE sequence = 2`,
		`UPDATE commits SET actor = '', reason = '', batch = 'redacted-1' WHERE sequence = 1`,
		`UPDATE commits SET said = NULL WHERE sequence = 2`,
	} {
		t.Run(statement, func(t *testing.T) {
			edited := f.copied(t)
			_ = raw(t, string(edited), statement).Close()
			if got := faultsOf(t, edited); len(got) == 0 {
				t.Error("nothing is said of it")
			}
		})
	}
}

// Of a log that an older version sealed records can go, and what its commits say of
// themselves once it is sealed anew.
func TestRedactOlder(t *testing.T) {
	raced.Alone(t)
	f := older(t, secrets(0, 3)...)
	s := f.open(t)
	r := all(t, s)
	if c, err := s.Redact(t.Context(), r); !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "rabta restore") {
		t.Fatalf("what a commit of an older version says of itself gives %+v, %v", c, err)
	}
	whole, err := changes(t, s)
	if err != nil {
		t.Fatal(err)
	}
	r.Said = nil
	redact(t, s, r)
	wantWhole(t, swept(t, s, f))
	if _, err := s.Apply(t.Context(), secrets(0, 1)[0]); err == nil || !strings.Contains(err.Error(), "redacted") {
		t.Errorf("what was redacted gives %v", err)
	}
	anew := newFile(t)
	s = anew.open(t)
	feed := func(yield func(graph.Change, error) bool) {
		for _, c := range whole {
			if !yield(c, nil) {
				return
			}
		}
	}
	if err := s.Restore(t.Context(), feed); err != nil {
		t.Fatal(err)
	}
	redact(t, s, all(t, s))
	wantGone(t, swept(t, s, anew), "sealed anew")
	wantWhole(t, anew)
}

// swept sweeps a store, and is its file.
func swept(t *testing.T, s *Store, f file) file {
	t.Helper()
	if err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	return f
}
