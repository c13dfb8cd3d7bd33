package sqlite

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
)

// firstVersion makes a file as the first release did, with one commit.
func firstVersion(t *testing.T, f file, b graph.Batch) {
	t.Helper()
	w := newWriter(chainHead{}, graph.Settlement{Fresh: b}, graph.Known{}, time.Unix(1_700_000_000, 0))
	chain := newChainDigest(nil, w.head, b.ID, "", "", "")
	chain.add(kindSource, w.rows[0].digest)
	db := raw(t, string(f),
		migrations[0],
		fmt.Sprintf("INSERT INTO migrations VALUES (1, '%s')", checksum(migrations[0])),
		fmt.Sprintf("PRAGMA application_id = %d", applicationID),
		"PRAGMA user_version = 1",
		fmt.Sprintf("INSERT INTO commits VALUES (1, %d, '%s', '', '', 1, 0, 0, x'%x')", w.head.micros, b.ID, chain.sum()),
		fmt.Sprintf("INSERT INTO records VALUES (1, 1, 'source', '%s', '%s', x'%x')", b.Sources[0].ID, w.rows[0].body, w.rows[0].digest),
		fmt.Sprintf("INSERT INTO sources VALUES ('%s', '%x')", b.Sources[0].ID, w.rows[0].digest),
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
