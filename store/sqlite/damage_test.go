package sqlite

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
)

// five is a store of five commits.
func five(t *testing.T, f file) *Store {
	t.Helper()
	s := f.open(t)
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		apply(t, s, batch(id))
	}
	return s
}

// feed reads until an error.
func feed(t *testing.T, s *Store, since graph.Sequence) (got []graph.Sequence, err error) {
	t.Helper()
	for c, err := range s.Changes(t.Context(), since) {
		if err != nil {
			return got, err
		}
		got = append(got, c.Sequence)
	}
	return got, nil
}

func TestDamageIsNoticed(t *testing.T) {
	for _, statement := range []string{
		`UPDATE records SET body = replace(body, 'Title', 'Tidle') WHERE sequence = 4`,
		`UPDATE records SET kind = 'entity' WHERE sequence = 4`,
		`UPDATE records SET sequence = 5 WHERE sequence = 4`,
		`UPDATE records SET digest = zeroblob(16) WHERE sequence = 4`,
		`DELETE FROM records WHERE sequence = 4`,
		`INSERT INTO records (sequence, kind, id, body, digest) SELECT sequence, kind, id, body, digest FROM records WHERE sequence = 4`,
		`UPDATE commits SET recorded = recorded - 1 WHERE sequence = 4`,
		`UPDATE commits SET actor = 'somebody else' WHERE sequence = 4`,
		`UPDATE commits SET batch = 'another' WHERE sequence = 4`,
		`UPDATE commits SET content = 'another' WHERE sequence = 4`,
		`UPDATE commits SET content = '' WHERE sequence = 4`,
		`UPDATE commits SET digest = zeroblob(32) WHERE sequence = 4`,
		`DELETE FROM commits WHERE sequence = 4`,
		`UPDATE records SET stamp = 1, marking = 1 WHERE sequence = 4`,
		`UPDATE commits SET writer = 0 WHERE sequence = 4`,
		`UPDATE commits SET amber_strict = 5 WHERE sequence = 4`,
		`UPDATE commits SET sealed = 0 WHERE sequence = 4`,
	} {
		t.Run(statement, func(t *testing.T) {
			f := newFile(t)
			s := five(t, f)
			raw(t, string(f), statement)
			got, err := feed(t, s, 0)
			if !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), "commit 4") || len(got) != 3 {
				t.Errorf("the feed gives %v, %v", got, err)
			}
			if _, err := s.Apply(t.Context(), batch("f")); !errors.Is(err, graph.ErrUnavailable) {
				t.Errorf("a damaged store gives %v for a new batch", err)
			}
			if got, err := feed(t, s, 2); len(got) != 1 || err == nil {
				t.Errorf("from 2 the feed gives %v, %v", got, err)
			}
		})
	}
}

func TestDamageBeforeTheCursorIsNoticed(t *testing.T) {
	f := newFile(t)
	s := five(t, f)
	raw(t, string(f), `UPDATE commits SET digest = zeroblob(32) WHERE sequence = 2`)
	if got, err := feed(t, s, 2); len(got) != 0 || !errors.Is(err, graph.ErrUnavailable) {
		t.Errorf("the feed gives %v, %v", got, err)
	}
	if got, err := feed(t, s, 3); len(got) != 2 || err != nil {
		t.Errorf("beyond it the feed gives %v, %v", got, err)
	}
}

// Of a full disk nothing stays but that it was told: what fits is written at once.
func TestAFullDiskHeals(t *testing.T) {
	f := newFile(t)
	s := five(t, f)
	limit := func(pages int) {
		if _, err := s.writer.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
			t.Fatal(err)
		}
	}
	limit(20)
	big := batch("big")
	for i := range 1_000 {
		big.Sources = append(big.Sources, batch(fmt.Sprint(i)).Sources...)
	}
	for range 2 {
		_, err := s.Apply(t.Context(), big)
		for _, err := range []error{err, s.Trouble(t.Context())} {
			if !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), "the disk is full; make room") {
				t.Fatalf("the error is %v", err)
			}
		}
	}
	if got, err := feed(t, s, 0); len(got) != 5 || err != nil {
		t.Errorf("after that, the feed gives %v, %v", got, err)
	}
	if h, err := s.Head(t.Context()); h != 5 || err != nil {
		t.Errorf("after that, the head is %d, %v", h, err)
	}
	wantWhole(t, f)
	limit(1 << 30)
	if c := apply(t, s, big); c.Sequence != 6 || c.Sources != 1_001 {
		t.Errorf("with room again, it gives %+v", c)
	}
	if err := s.Trouble(t.Context()); err != nil {
		t.Errorf("with room again, there is %v", err)
	}
	wantWhole(t, f)
}

func TestAWriteThatFailsHalfwayLeavesNothing(t *testing.T) {
	f := newFile(t)
	s := five(t, f)
	raw(t, string(f), `CREATE TRIGGER stop BEFORE INSERT ON records WHEN new.id = 's_last' BEGIN SELECT RAISE(FAIL, 'stopped'); END`)
	b := batch("half")
	b.Sources = append(b.Sources, batch("last").Sources...)
	if _, err := s.Apply(t.Context(), b); !errors.Is(err, graph.ErrUnavailable) || strings.Contains(err.Error(), "stopped") {
		t.Fatalf("the error is %v", err)
	}
	if got, err := feed(t, s, 0); len(got) != 5 || err != nil {
		t.Errorf("the feed gives %v, %v", got, err)
	}
	raw(t, string(f), `DROP TRIGGER stop`)
	if c := apply(t, s, b); c.Sequence != 6 || c.Sources != 2 {
		t.Errorf("applied again, it gives %+v", c)
	}
}
