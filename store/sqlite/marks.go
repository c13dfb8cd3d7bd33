package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/rabta/rabta/graph"
)

// marksText is what a commit marks, as it keeps it: a JSON list of the number of a record
// and the level of a marking in turn; empty when it marks nothing.
func marksText(list []graph.Marked) string {
	if len(list) == 0 {
		return ""
	}
	pairs := make([]uint64, 0, 2*len(list))
	for _, m := range list {
		pairs = append(pairs, m.Place, uint64(m.InForce.Level()))
	}
	text, _ := json.Marshal(pairs) // of numbers alone
	return string(text)
}

// marksOf reads what marksText gave.
func marksOf(text string) (list []graph.Marked, ok bool) {
	if text == "" {
		return nil, true
	}
	var pairs []uint64
	if json.Unmarshal([]byte(text), &pairs) != nil || len(pairs)%2 != 0 {
		return nil, false
	}
	for pair := range slices.Chunk(pairs, 2) {
		if pair[1] >= uint64(len(graph.Markings)) {
			return nil, false
		}
		list = append(list, graph.Marked{Place: pair[0], InForce: graph.Markings[pair[1]]})
	}
	return list, true
}

// eachSeal calls f with the seal of every record of a commit, in the order of its rows.
func (e *entry) eachSeal(f func(i int, s *graph.Seal)) {
	for i, s := range e.Seals() {
		f(i, s)
	}
}

// seals are the seals of the records of a commit, in the order of its rows.
func (e *entry) seals() []graph.Seal {
	out := make([]graph.Seal, 0, len(e.rows))
	e.eachSeal(func(_ int, s *graph.Seal) { out = append(out, *s) })
	return out
}

// enforce puts the marking of a record in force where there is one by its number, and its
// stamp where there is none.
func (e *entry) enforce(marked map[uint64]graph.Marking) {
	e.eachSeal(func(i int, s *graph.Seal) {
		s.InForce = s.Stamp
		if m, ok := marked[e.rows[i].number]; ok {
			s.InForce = m
		}
	})
}

// marks are the markings that commits give to records, by the numbers of these: up to the
// commit that is verified, and at the end of the log.
type marks struct{ now, last map[uint64]graph.Marking }

// add adds what a commit marks.
func (m *marks) add(e *entry) {
	list, _ := marksOf(e.marked)
	for _, r := range list {
		m.now[r.Place] = r.InForce
	}
}

// inForce reports whether the marking in force of each record of a commit is the one that
// was marked last, or its stamp. Records of a file of an older version have none.
func (e *entry) inForce(marked map[uint64]graph.Marking) bool {
	if e.Numbers == (graph.Numbers{}) {
		return true
	}
	all := true
	e.eachSeal(func(i int, s *graph.Seal) {
		want := s.Stamp
		if len(marked) > 0 {
			if m, ok := marked[e.rows[i].number]; ok {
				want = m
			}
		}
		all = all && s.InForce == want
	})
	return all
}

const marksSQL = `SELECT marked FROM commits WHERE marked <> '' ORDER BY sequence`

// marked is what all commits of a file mark, by the number of the record. What cannot be
// read is a fault of its commit.
func (s *Store) marked(ctx context.Context, q queryer) (map[uint64]graph.Marking, error) {
	out := map[uint64]graph.Marking{}
	if version, err := userVersion(ctx, q); err != nil || version < sealVersion {
		return out, err
	}
	rows, err := q.QueryContext(ctx, marksSQL)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		list, _ := marksOf(text)
		for _, r := range list {
			out[r.Place] = r.InForce
		}
	}
	return out, rows.Err()
}

// noteMarks reads what all commits mark. What cannot be read is found afterwards.
func (v *verifier) noteMarks(ctx context.Context) {
	if marked, err := v.store.marked(ctx, v.q); err == nil {
		v.marks.last = marked
	}
}

// checkMarks looks at what a commit marks, and brings what the log adds up to after it up
// to date with that.
func (v *verifier) checkMarks(ctx context.Context, e *entry) {
	first := e.records - uint64(len(e.rows)) + 1
	for i := range e.rows {
		if e.rows[i].number != first+uint64(i) && !v.damaged {
			v.fault(e.Sequence, whereLog, "its records are not numbered as those that come next", restoreFile)
			break
		}
	}
	list, ok := marksOf(e.marked)
	if !ok {
		v.fault(e.Sequence, whereLog, "what it marks cannot be read", restoreFile)
		return
	}
	earlier := map[uint64]bool{}
	for _, r := range list {
		if r.Place < first {
			earlier[r.Place] = true
		} else if r.Place > e.records && !v.damaged {
			v.fault(e.Sequence, whereLog, fmt.Sprintf("it marks the record %d, which comes after it", r.Place), restoreFile)
		}
	}
	if len(earlier) == 0 || v.damaged || v.merged != nil { // its own were noted under what it gives them
		return
	}
	if err := v.refold(ctx, e, earlier); err != nil {
		v.unreadable(ctx, e.Sequence, whereLog, err)
		v.damaged = true
	}
}

const (
	numberedSQL = placedSQL + `r.number IN (SELECT value FROM json_each(?)) ORDER BY r.number`
	// foldSQL reads all that is noted of some ids: every retraction, to look at what it is of.
	foldSQL = placedSQL + `r.number <= ? AND (r.id IN (SELECT value FROM json_each(?))
  OR r.kind = 'claim' AND instr(r.body, '"RETRACTS"')) ORDER BY r.number`
)

// refold notes anew what the log up to a commit adds up to of all that records concern
// which it gave another marking.
func (v *verifier) refold(ctx context.Context, e *entry, numbers map[uint64]bool) error {
	list, err := json.Marshal(slices.Sorted(maps.Keys(numbers)))
	if err != nil {
		return err
	}
	ids := map[graph.ID]bool{}
	for p, err := range eachPlaced(ctx, v.q, everyRow, numberedSQL, string(list)) {
		if err != nil {
			return err
		}
		for _, id := range concerns(&p) {
			ids[id] = true
		}
	}
	known := graph.Known{}
	for p, err := range eachPlaced(ctx, v.q, everyRow, foldSQL, e.records, jsonOf(ids)) {
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(concerns(&p), func(id graph.ID) bool { return ids[id] }) {
			continue
		}
		b := alone(&p)
		one := entry{rows: []row{{number: p.Place}}}
		one.Sources, one.Entities, one.Claims = b.Sources, b.Entities, b.Claims
		one.enforce(v.marks.now)
		known.Note(&b)
	}
	v.held.replace(e.Sequence, ids, known)
	return nil
}

func everyRow(*row) bool { return true }

// concerns are the ids of which something else is known after a record.
func concerns(p *graph.Placed) []graph.ID {
	switch {
	case p.Source != nil:
		return []graph.ID{p.Source.ID}
	case p.Entity != nil:
		return []graph.ID{p.Entity.ID}
	case p.Claim.Predicate == graph.Retracts:
		return []graph.ID{p.Claim.ID, p.Claim.Subject}
	}
	return []graph.ID{p.Claim.ID}
}
