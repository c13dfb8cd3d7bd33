package neo4j

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/rabta/rabta/graph"
)

const cypherCommits = `CALL () { OPTIONAL MATCH (k:Commit {seq: $after}) RETURN k.digest AS before }
CALL () { MATCH (k:Commit) WHERE k.seq > $after AND k.seq <= $head
  WITH k ORDER BY k.seq LIMIT 1000
  RETURN collect(k.seq) AS seq, collect(k.recorded) AS recorded,
    collect(k.batch) AS batch, collect(k.actor) AS actor, collect(k.reason) AS reason,
    collect(k.sources) AS sources, collect(k.entities) AS entities, collect(k.claims) AS claims,
    collect(k.digest) AS digest, collect(coalesce(k.content, '')) AS content, collect(coalesce(k.numbers, [])) AS numbers,
    collect(coalesce(k.writer, 0)) AS writer, collect(coalesce(k.sealed, false)) AS sealed,
    collect(coalesce(k.marked, [])) AS marked, collect(coalesce(k.said, '')) AS said,
    collect(coalesce(k.redacted, [])) AS redacted, collect(coalesce(k.origin, '')) AS origin }
RETURN before, seq, recorded, batch, actor, reason, sources, entities, claims, digest, content, numbers, writer, sealed, marked,
  said, redacted, origin`

// page reads the commits after a sequence: as many as hold a chunk of records,
// and one at least.
func (s *Store) page(ctx context.Context, after, head graph.Sequence) ([]graph.Change, error) {
	var out []graph.Change
	err := s.read(ctx, "changes", func(t tx) (err error) {
		out, err = readPage(ctx, t, after, head)
		if i := slices.IndexFunc(out, unnumbered); err == nil && i >= 0 {
			out, err = nil, incomplete(out[i].Sequence)
		}
		return err
	})
	return out, s.failed(ctx, "read changes", err)
}

// unnumbered reports whether a commit is older than numbers and was not given any.
func unnumbered(c graph.Change) bool { return c.Numbers.At(graph.Red) != c.Sequence }

// readPage is page in a transaction, and takes commits that have no numbers yet.
func readPage(ctx context.Context, t tx, after, head graph.Sequence) ([]graph.Change, error) {
	r, err := one(ctx, t, cypherCommits, params{"after": int64(after), "head": int64(head)})
	if err != nil {
		return nil, err
	}
	all, ok := commitsOf(r[1:])
	if !ok || len(all) == 0 {
		return nil, incomplete(after + 1)
	}
	commits := firstPage(all)
	items, err := readItems(ctx, t, commits)
	if err != nil {
		return nil, err
	}
	return assemble(after, r.text(0), commits, items)
}

// incomplete is the error for a commit that is not there, or not as it was
// written.
func incomplete(seq graph.Sequence) error {
	return fmt.Errorf("read commit %d: %w: it is not what was written; "+
		"read it again, and if it stays so restore the database from a backup", seq, graph.ErrUnavailable)
}

// commitsOf reads commits from columns of collected values; false when one of them lacks a
// value, as while somebody deletes the commits: collecting leaves out what is null.
func commitsOf(r row) ([]commit, bool) {
	if !sameLength(r) {
		return nil, false
	}
	seqs := list[int64](r[0])
	batches, actors, reasons := list[string](r[2]), list[string](r[3]), list[string](r[4])
	sources, entities, claims := list[int64](r[5]), list[int64](r[6]), list[int64](r[7])
	times, digests, contents := row(r[1].([]any)), list[string](r[8]), list[string](r[9])
	numbers, writers, sealed, marked := list[any](r[10]), list[int64](r[11]), list[bool](r[12]), list[any](r[13])
	said, redacted, origins := list[string](r[14]), list[any](r[15]), list[string](r[16])
	out := make([]commit, len(seqs))
	for i, seq := range seqs {
		out[i] = commit{
			Change: graph.Change{
				Sequence: graph.Sequence(seq), Numbers: numbersOf(numbers[i]), Writer: markingAt(writers[i]),
				Recorded: times.time(i), Batch: batches[i], Content: contents[i], Actor: actors[i], Reason: reasons[i],
			},
			sources: int(sources[i]), entities: int(entities[i]), claims: int(claims[i]), digest: digests[i],
			sealed: sealed[i], marked: markedOf(marked[i]), said: said[i], origin: origins[i],
		}
		out[i].readOrigin()
		out[i].readRedacts(redacted[i])
	}
	return out, true
}

// sameLength reports whether columns of collected values are of one length.
func sameLength(columns row) bool {
	first, ok := columns[0].([]any)
	for _, c := range columns {
		values, is := c.([]any)
		ok = ok && is && len(values) == len(first)
	}
	return ok
}

// firstPage cuts a run of commits where it would hold more than a chunk of records.
func firstPage(commits []commit) []commit {
	total := 0
	for i := range commits {
		if total += commits[i].size(); i > 0 && total > chunk {
			return commits[:i]
		}
	}
	return commits
}

// item is a record in the log.
type item struct {
	seq  graph.Sequence
	n    int64
	kind string
	json string
	seal graph.Seal
	// tombstone is set where the record was redacted: then it has no json.
	tombstone *graph.Tombstone
}

const cypherItems = `CALL () { MATCH (c:Claim) WHERE c.seq >= $from AND c.seq <= $to AND c.n >= $low AND c.n < $high
  RETURN collect(c.seq) AS seq, collect(c.n) AS n, collect(c.json) AS json, collect(coalesce(c.stamp, 0)) AS stamp,
    collect(coalesce(c.inForce, c.stamp, 0)) AS inForce }
CALL () { MATCH (r:Record) WHERE r.seq >= $from AND r.seq <= $to AND r.n >= $low AND r.n < $high
  RETURN collect(r.seq) AS rseq, collect(r.n) AS rn, collect(r.json) AS rjson, collect(coalesce(r.stamp, 0)) AS rstamp,
    collect(coalesce(r.inForce, r.stamp, 0)) AS rinForce, collect(r.kind) AS kind }
CALL () { MATCH (t:Tombstone) WHERE t.seq >= $from AND t.seq <= $to AND t.n >= $low AND t.n < $high
  RETURN collect(` + tombstoneColumns + `) AS tombstones }
RETURN seq, n, json, stamp, inForce, rseq, rn, rjson, rstamp, rinForce, kind, tombstones`

// readItems reads the records of a run of commits in the order of the log, a
// chunk at a time.
func readItems(ctx context.Context, t tx, commits []commit) ([]item, error) {
	most := 0
	for i := range commits {
		most = max(most, commits[i].size())
	}
	var out []item
	for low := 0; low < most; low += chunk {
		r, err := one(ctx, t, cypherItems, params{
			"from": int64(commits[0].Sequence), "to": int64(commits[len(commits)-1].Sequence),
			"low": low, "high": low + chunk,
		})
		if err != nil {
			return nil, err
		}
		if !sameLength(r[:5]) || !sameLength(r[5:11]) {
			return nil, incomplete(commits[0].Sequence)
		}
		out = append(append(out, itemsOf(r[:5], nil)...), itemsOf(r[5:10], list[string](r[10]))...)
		for _, values := range list[[]any](r[11]) {
			out = append(out, tombstoneItem(values))
		}
	}
	slices.SortFunc(out, func(a, b item) int { return cmp.Or(cmp.Compare(a.seq, b.seq), cmp.Compare(a.n, b.n)) })
	return out, nil
}

// itemsOf reads records from columns of collected values; they are claims where no kinds
// are given.
func itemsOf(r row, kinds []string) []item {
	ns, texts, stamps, inForce := list[int64](r[1]), list[string](r[2]), list[int64](r[3]), list[int64](r[4])
	out := make([]item, len(ns))
	for i, seq := range list[int64](r[0]) {
		kind := "claim"
		if kinds != nil {
			kind = kinds[i]
		}
		seal := graph.Seal{Stamp: markingAt(stamps[i]), InForce: markingAt(inForce[i])}
		out[i] = item{graph.Sequence(seq), ns[i], kind, texts[i], seal, nil}
	}
	return out
}

// assemble puts the records into their commits. It is an error if a commit is
// missing, or any is not what was written.
func assemble(after graph.Sequence, before string, commits []commit, items []item) ([]graph.Change, error) {
	out := make([]graph.Change, len(commits))
	for i := range commits {
		c, want := &commits[i], after+graph.Sequence(i)+1
		n := c.size()
		if c.Sequence != want || len(items) < n || !c.intact(before, items[:n]) || c.decode(items[:n]) != nil {
			return nil, incomplete(want)
		}
		out[i], items, before = c.Change, items[n:], c.digest
	}
	return out, nil
}

// intact reports whether the commit and its records are what was written.
func (c *commit) intact(before string, items []item) bool {
	if !c.saidAsSealed() {
		return false
	}
	s := newChainDigest(before, c)
	for i := range items {
		it := &items[i]
		if it.seq != c.Sequence || it.n != int64(i) || it.kind != c.kindAt(i) {
			return false
		}
		s.record(it)
	}
	return s.sum() == c.digest
}

// decode decodes the records of a commit.
func (c *commit) decode(items []item) (err error) {
	c.Sources = make([]graph.Source, 0, c.sources)
	c.Entities = make([]graph.Entity, 0, c.entities)
	c.Claims = make([]graph.Claim, 0, c.claims)
	for i := range items {
		switch it := &items[i]; {
		case it.tombstone != nil:
			c.Tombstones = append(c.Tombstones, *it.tombstone)
		case it.kind == "source":
			c.Sources, err = decoded(c.Sources, it.json)
		case it.kind == "entity":
			c.Entities, err = decoded(c.Entities, it.json)
		case it.kind == "claim":
			c.Claims, err = decoded(c.Claims, it.json)
		}
		if err != nil {
			return err
		}
	}
	for i, s := range c.Seals() {
		*s = items[i].seal
	}
	for i := range c.Claims {
		c.Claims[i].Sequence, c.Claims[i].RecordedAt = c.Sequence, c.Recorded
	}
	return nil
}

// kindAt is the kind of the record at a position of the commit.
func (c *commit) kindAt(i int) string {
	switch {
	case i < c.sources:
		return "source"
	case i < c.sources+c.entities:
		return "entity"
	}
	return "claim"
}

func decoded[R any](list []R, json string) ([]R, error) {
	r, err := graph.Decode[R]([]byte(json))
	return append(list, r), err
}
