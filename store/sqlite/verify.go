package sqlite

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
)

// Verify is graph.Verifier's. It reads one snapshot; others may go on writing. It looks
// at the pages of the file, the tables as they are declared, the log with its digests,
// stamps, numbers and markings in force, the table that batches are checked against, row
// by row with the commit that says what the row is, its digest at each commit, and the
// head record.
func (s *Store) Verify(ctx context.Context) (graph.Verification, error) {
	if err := s.hold(ctx); err != nil {
		return graph.Verification{}, err
	}
	defer s.endCall()
	// Read before the snapshot is taken, the record is never ahead of it.
	end, known, headErr := readHead(s.path)
	tx, err := s.readers.BeginTx(ctx, nil)
	if err != nil {
		return graph.Verification{}, s.failed(ctx, "begin to verify", err)
	}
	defer func() { _ = tx.Rollback() }()
	v := &verifier{
		store: s, q: tx, olderTables: olderTables{rows: map[rowKey]tableRow{}},
		held:  heldLog{known: graph.Known{}, commits: map[graph.ID]graph.Sequence{}},
		marks: marks{now: map[uint64]graph.Marking{}, last: map[uint64]graph.Marking{}},
	}
	v.checkPages(ctx)
	v.checkSchema(ctx)
	v.checkIdentity(ctx)
	v.checkLog(ctx)
	v.checkTables(ctx)
	v.checkEnd(ctx, end, known, headErr)
	v.checkRestored(ctx)
	v.checkSwept(ctx)
	if err := ctx.Err(); err != nil {
		return graph.Verification{}, err
	}
	v.finish()
	return v.Verification, nil
}

// The parts of a store, as faults name them.
const (
	whereFile = "the file"
	whereLog  = "the log"
	whereEnd  = "the record of the last commit"
)

func whereTable(table string) string { return "the table " + table }

// What to do about a fault.
const (
	restoreFile = "restore the file from a backup that has no fault"
	makeAnew    = "the log is what counts: make a new store of it with rabta backup and rabta restore"
)

// mostFaults is how many faults are listed.
const mostFaults = 200

// verifier verifies one snapshot of a store.
type verifier struct {
	graph.Verification
	store   *Store
	q       queryer
	more    int // faults that were not listed
	version int // of the file

	held        heldLog     // what the log adds up to
	merged      *merge.Log  // nil as long as nobody else recorded any of it
	olderTables olderTables // what the commits of older versions add up to in the tables of these
	older       *graph.Older
	marks       marks // what commits mark
	redactions  redactions
	burials     graph.Burials
	seals       []graph.Fault
	last        chainHead
	damaged     bool // some commit is not in held

	base    chainHead   // what the file says of the commit after which it got its id
	baseSum stateDigest // what the log adds up to there
	differs bool        // the digest over the tables of some commit is not what the log adds up to
}

func (v *verifier) fault(at graph.Sequence, where, what, remedy string) {
	if len(v.Faults) == mostFaults {
		v.more++
		return
	}
	v.Faults = append(v.Faults, graph.Fault{Commit: at, Where: where, What: what, Remedy: remedy})
}

// unreadable notes that a part could not be read, in our words; the log has the driver's.
func (v *verifier) unreadable(ctx context.Context, at graph.Sequence, where string, err error) {
	if ctx.Err() != nil {
		return
	}
	v.store.logger.ErrorContext(ctx, "it cannot be read", "where", where, "sequence", at, "error", err)
	why, _ := explain(err)
	v.fault(at, where, "it cannot be read: "+why.What, restoreFile)
}

func (v *verifier) finish() {
	v.Checked = []string{
		"the pages of the file", fmt.Sprintf("the log up to commit %d", v.last.sequence),
		"the table that batches are checked against", "the record of the last commit",
	}
	if v.more > 0 {
		v.Faults = append(v.Faults, graph.Fault{
			Where: whereFile, What: fmt.Sprintf("there are %d more faults", v.more), Remedy: restoreFile,
		})
	}
}

// checkPages has SQLite look at every page of the file.
func (v *verifier) checkPages(ctx context.Context) {
	rows, err := v.q.QueryContext(ctx, fmt.Sprintf("PRAGMA integrity_check(%d)", mostFaults))
	if err != nil {
		v.unreadable(ctx, 0, whereFile, err)
		return
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			v.unreadable(ctx, 0, whereFile, err)
			return
		}
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "ok" && !strings.HasPrefix(line, "***") {
				v.fault(0, whereFile, fmt.Sprintf("its pages are damaged: %q", line), restoreFile)
			}
		}
	}
	if err := rows.Err(); err != nil {
		v.unreadable(ctx, 0, whereFile, err)
	}
}

const schemaSQL = `SELECT name, ifnull(sql, '') FROM sqlite_schema ORDER BY name`

// checkSchema compares the tables, indexes and triggers that are declared with those
// that the migrations make.
func (v *verifier) checkSchema(ctx context.Context) {
	var err error
	if v.version, err = userVersion(ctx, v.q); err != nil || v.version > len(migrations) {
		v.unreadable(ctx, 0, whereFile, err)
		return
	}
	want, err := migrated(ctx, v.version)
	if err != nil {
		v.unreadable(ctx, 0, whereFile, err)
		return
	}
	got, err := schemaOf(ctx, v.q)
	if err != nil {
		v.unreadable(ctx, 0, whereFile, err)
		return
	}
	for name, text := range got {
		if want[name] != text {
			v.fault(0, whereFile, fmt.Sprintf("what it declares as %q is not what rabta made", name), makeAnew)
		}
	}
	for name := range want {
		if _, ok := got[name]; !ok {
			v.fault(0, whereFile, fmt.Sprintf("it declares no %q", name), makeAnew)
		} else if want[name] == got[name] {
			v.checkPartial(ctx, name, want[name])
		}
	}
}

// partial is how an index of some rows of a table is declared.
var partial = regexp.MustCompile(`^CREATE INDEX \w+ ON (\w+) \(.*\) (WHERE .+)$`)

// checkPartial reads an index of some rows of a table, and the rows without it: SQLite's own
// check asks whether a row is in such an index, and nothing of an index that is to have none.
func (v *verifier) checkPartial(ctx context.Context, name, declared string) {
	of := partial.FindStringSubmatch(declared)
	if of == nil {
		return
	}
	var indexed, rows int
	count := "SELECT (SELECT count(*) FROM %[1]s INDEXED BY %[2]s %[3]s), (SELECT count(*) FROM %[1]s NOT INDEXED %[3]s)"
	err := v.q.QueryRowContext(ctx, fmt.Sprintf(count, of[1], name, of[2])).Scan(&indexed, &rows)
	if err != nil {
		v.unreadable(ctx, 0, "the index "+name, err)
	} else if indexed != rows {
		v.fault(0, "the index "+name, fmt.Sprintf("it has %d rows of the %d that it should have", indexed, rows), restoreFile)
	}
}

// checkRestored notes that a restore has not ended.
func (v *verifier) checkRestored(ctx context.Context) {
	restoring, err := v.store.restoring(ctx, v.q)
	if err != nil {
		v.unreadable(ctx, 0, whereLog, err)
	} else if restoring {
		v.fault(v.last.sequence+1, whereLog, "a restore into the store has not ended", graph.ResumeRestore)
	}
}

// checkEnd compares the head record with the log.
func (v *verifier) checkEnd(ctx context.Context, end headRecord, known bool, err error) {
	switch {
	case err != nil:
		v.fault(0, whereEnd, "it cannot be read", "it is written anew with the next commit; "+
			"make sure that the store has the last commit that you know of")
		return
	case !known:
		v.Notes = append(v.Notes, "there is no record of the last commit beside the file, as after it was copied or "+
			"written by an older release: commits that are missing at the end are not noticed. The next commit makes one")
		return
	case v.version < stateVersion:
		v.Notes = append(v.Notes, "the file is of an older release and has no id to compare with the record")
		return
	}
	why, err := v.store.lost(ctx, v.q, end)
	if err != nil {
		v.unreadable(ctx, end.sequence, whereEnd, err)
	} else if why != nil {
		at := min(end.sequence, v.last.sequence+1)
		if end.store != v.store.id {
			at = 0
		}
		v.fault(at, whereEnd, why.What, why.Remedy)
	}
}

// checkState compares the digest over the tables that a commit has with what the log
// adds up to. Of what was redacted later nobody knows any more what it added.
func (v *verifier) checkState(e *entry) {
	sum := v.olderTables.sum
	if e.sealed {
		sum = v.held.sum
	}
	if e.state == nil && !e.sealed || v.damaged || v.differs || v.redactions.within(e.Sequence) || bytes.Equal(e.state, sum.bytes()) {
		return
	}
	v.differs = true // and so does every commit after it
	v.fault(e.Sequence, whereLog, "the digest over what batches are checked against is not what the log adds up to: "+
		"a table had been edited when it was recorded", makeAnew)
}
