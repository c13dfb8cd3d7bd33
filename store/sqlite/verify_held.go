package sqlite

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
)

// heldLog is what the log adds up to: what is to be held, the digest over it, and for
// each id the last commit that said so.
type heldLog struct {
	known   graph.Known
	sum     stateDigest
	commits map[graph.ID]graph.Sequence
}

// record brings it to what it is after a commit.
func (l *heldLog) record(at graph.Sequence, b *graph.Batch) {
	ids := map[graph.ID]bool{}
	for i := range b.Sources {
		ids[b.Sources[i].ID] = true
	}
	for i := range b.Entities {
		ids[b.Entities[i].ID] = true
	}
	for i := range b.Claims {
		ids[b.Claims[i].ID] = true
		if b.Claims[i].Predicate == graph.Retracts {
			ids[b.Claims[i].Subject] = true
		}
	}
	before := l.of(ids)
	l.known.Note(b)
	l.note(at, before, l.of(ids))
}

// replace puts what is known of ids after a commit in the place of what was.
func (l *heldLog) replace(at graph.Sequence, ids map[graph.ID]bool, known graph.Known) {
	before := l.of(ids)
	for id := range ids {
		l.known[id] = known[id]
	}
	l.note(at, before, l.of(ids))
}

func (l *heldLog) of(ids map[graph.ID]bool) graph.Known {
	k := make(graph.Known, len(ids))
	for id := range ids {
		k[id] = l.known[id]
	}
	return k
}

// note brings the digest up to date.
func (l *heldLog) note(at graph.Sequence, before, after graph.Known) {
	for id := range after {
		l.commits[id] = at
	}
	rows := heldRows(before, after)
	for i := range rows {
		l.sum.apply(&rows[i])
	}
}

// checkSeals compares the seals, numbers and writer of a commit with what the log gives,
// and the change is as sealed by that from then on. What older versions wrote is sealed
// by what the whole of it marks; what came later by its digest. In force is at the end of
// the log what commits marked last, and after the commit what was marked up to it.
func (v *verifier) checkSeals(e *entry, before graph.Numbers) {
	got := e.seals()
	numbers, writer := e.Numbers, e.Writer
	if older := e.Sequence <= v.base.sequence; older == e.sealed {
		v.fault(e.Sequence, whereLog,
			"whether its digest is over its stamps is not as it was when the file was brought up to date", restoreFile)
	}
	if !e.sealed {
		v.older.Seal(&e.Change)
	} else {
		e.Numbers = before.NextOf(&e.Change)
	}
	e.enforce(v.marks.last)
	if numbers != e.Numbers || writer != e.Writer {
		v.unsealed(e.Sequence, fmt.Sprintf("its numbers are %d and its writer saw %s, and by its records they are %d and %s",
			numbers, writer, e.Numbers, e.Writer))
	}
	for i, want := range e.seals() {
		if got[i] != want {
			v.unsealed(e.Sequence, fmt.Sprintf(
				"the record %s is sealed with %s, and %s is in force; by the log they are %s and %s",
				e.rows[i].id, got[i].Stamp, got[i].InForce, want.Stamp, want.InForce))
		}
	}
	v.marks.add(e)
	e.enforce(v.marks.now)
}

// beginMerged has the log up to the first commit that others recorded be one of all logs,
// marked as it was before that.
func (v *verifier) beginMerged(ctx context.Context, e *entry) {
	if v.merged != nil || e.Origin == nil || v.damaged {
		return
	}
	id, err := v.store.logID(ctx, v.q)
	v.merged = merge.NewLog(id)
	for err == nil && v.merged.Head() < e.Sequence-1 {
		err = v.readMerged(ctx, e.Sequence-1)
	}
	if err != nil {
		v.unreadable(ctx, e.Sequence, whereLog, err)
		v.damaged = true
		return
	}
	v.merged.Agree(v.inForce)
}

// inForce is the marking of a record after the commits that were verified.
func (v *verifier) inForce(p *graph.Placed) graph.Marking {
	if m, ok := v.marks.now[p.Place]; ok {
		return m
	}
	return p.Seal().Stamp
}

// checkMerged brings what is held up to date with a commit in the order of all logs.
func (v *verifier) checkMerged(e *entry) {
	if v.merged == nil || v.damaged {
		return
	}
	v.merged.Add(e.Change, e.places)
	if len(e.Redacts) > 0 { // what marked others may be gone
		v.merged.Agree(v.inForce)
	}
	ids, touched := map[graph.ID]bool{}, v.merged.Touched()
	for _, id := range touched {
		ids[id] = true
	}
	v.held.replace(e.Sequence, ids, v.merged.Held(touched))
}

// readMerged reads a page of the commits before the first that others recorded.
func (v *verifier) readMerged(ctx context.Context, to graph.Sequence) error {
	page, err := v.store.entries(ctx, v.q, v.merged.Head(), to, pageCommits)
	if err == nil && len(page) == 0 {
		err = v.store.damaged(ctx, v.merged.Head()+1)
	}
	for i := range page {
		if err == nil && page[i].decode(nil) != "" {
			err = v.store.damaged(ctx, page[i].Sequence)
		}
		if err == nil {
			v.merged.Add(page[i].Change, page[i].places)
		}
	}
	return err
}

func (e *entry) batch() graph.Batch {
	return graph.Batch{Clearance: e.Writer, Sources: e.Sources, Entities: e.Entities, Claims: e.Claims}
}

// unsealed keeps a fault of a seal until it is known that the log is whole: what is
// damaged may be what marks.
func (v *verifier) unsealed(at graph.Sequence, what string) {
	if len(v.seals) < mostFaults {
		v.seals = append(v.seals, graph.Fault{Commit: at, Where: whereLog, What: what, Remedy: restoreFile})
	}
}

// listSeals lists the faults of seals.
func (v *verifier) listSeals() {
	if v.damaged {
		return
	}
	for _, f := range v.seals {
		v.fault(f.Commit, f.Where, f.What, f.Remedy)
	}
}

// noteOlder reads what the commits of older versions mark. What cannot be read is found
// afterwards.
func (v *verifier) noteOlder(ctx context.Context) {
	v.older = graph.NewOlder()
	for at := graph.Sequence(0); at < v.base.sequence; {
		page, err := v.store.entries(ctx, v.q, at, v.base.sequence, pageCommits)
		if err != nil || len(page) == 0 || page[len(page)-1].Sequence <= at {
			return
		}
		for i := range page {
			if page[i].decode((*row).declares) == "" {
				v.older.Note(&page[i].Change)
			}
		}
		at = page[len(page)-1].Sequence
	}
}

// checkHeld compares the table that batches are checked against with what the log adds
// up to.
func (v *verifier) checkHeld(ctx context.Context) {
	left := maps.Clone(v.held.known)
	var now graph.ID
	var list []graph.Held
	whole := true
	end := func() {
		if now != "" {
			v.compareHeld(now, list, whole)
			delete(left, now)
		}
	}
	err := eachHeld(ctx, v.q, func(id graph.ID, place int, h graph.Held) {
		if id != now {
			end()
			now, list, whole = id, nil, true
		}
		whole = whole && place == len(list)
		list = append(list, h)
	}, heldSQL)
	if err != nil {
		v.unreadable(ctx, 0, whereTable(tableHeld), err)
		return
	}
	end()
	for _, id := range slices.SortedFunc(maps.Keys(left), func(a, b graph.ID) int {
		return int(v.held.commits[a]) - int(v.held.commits[b])
	}) {
		v.fault(v.held.commits[id], whereTable(tableHeld), fmt.Sprintf("it lacks %s, which the commit records", id), makeAnew)
	}
}

// compareHeld compares the rows of an id; whole says that their places count from 0.
func (v *verifier) compareHeld(id graph.ID, got []graph.Held, whole bool) {
	want, ok := v.held.known[id]
	switch {
	case !ok:
		v.fault(0, whereTable(tableHeld), fmt.Sprintf("it holds %s, which no commit records", id), makeAnew)
	case !slices.Equal(got, want):
		v.fault(v.held.commits[id], whereTable(tableHeld),
			fmt.Sprintf("of %s it holds %q, the commit says %q", id, heldTexts(got), heldTexts(want)), makeAnew)
	case !whole:
		v.fault(v.held.commits[id], whereTable(tableHeld), fmt.Sprintf("the rows of %s are not counted from 0", id), makeAnew)
	}
}

func heldTexts(list []graph.Held) string {
	texts := make([]string, len(list))
	for i := range list {
		texts[i] = string(appendHeld(nil, &list[i]))
	}
	return strings.Join(texts, ", ")
}

// checkBase compares the digest over the tables that the file began with, and what it
// had after its last commit.
func (v *verifier) checkBase() {
	if v.version < stateVersion || v.damaged || v.differs || v.redactions.within(v.base.sequence) {
		return
	}
	if v.base.sequence > v.last.sequence || !bytes.Equal(v.base.state, v.baseSum.bytes()) {
		v.fault(0, whereTable("identity"), fmt.Sprintf(
			"the digest over the tables that it notes for commit %d is not what the log adds up to", v.base.sequence),
			makeAnew)
	}
}
