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
    collect(k.digest) AS digest, collect(coalesce(k.content, '')) AS content }
RETURN before, seq, recorded, batch, actor, reason, sources, entities, claims, digest, content`

// page reads the commits after a sequence: as many as hold a chunk of records,
// and one at least.
func (s *Store) page(ctx context.Context, after, head graph.Sequence) ([]graph.Change, error) {
	var out []graph.Change
	err := s.read(ctx, "changes", func(t tx) error {
		r, err := one(ctx, t, cypherCommits, params{"after": int64(after), "head": int64(head)})
		if err != nil {
			return err
		}
		all, ok := commitsOf(r[1:])
		if !ok || len(all) == 0 {
			return incomplete(after + 1)
		}
		commits := firstPage(all)
		items, err := readItems(ctx, t, commits)
		if err != nil {
			return err
		}
		out, err = assemble(after, r.text(0), commits, items)
		return err
	})
	return out, s.failed(ctx, "read changes", err)
}

// incomplete is the error for a commit that is not there, or not as it was
// written.
func incomplete(seq graph.Sequence) error {
	return fmt.Errorf("read commit %d: %w: it is not what was written; "+
		"read it again, and if it stays so restore the database from a backup", seq, graph.ErrUnavailable)
}

// commit is a commit without its records.
type commit struct {
	graph.Change
	sources, entities, claims int
	digest                    string
}

func (c *commit) size() int { return c.sources + c.entities + c.claims }

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
	out := make([]commit, len(seqs))
	for i, seq := range seqs {
		out[i] = commit{
			graph.Change{
				Sequence: graph.Sequence(seq), Recorded: times.time(i),
				Batch: batches[i], Content: contents[i], Actor: actors[i], Reason: reasons[i],
			},
			int(sources[i]), int(entities[i]), int(claims[i]), digests[i],
		}
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
}

const cypherItems = `CALL () { MATCH (c:Claim) WHERE c.seq >= $from AND c.seq <= $to AND c.n >= $low AND c.n < $high
  RETURN collect(c.seq) AS seq, collect(c.n) AS n, collect(c.json) AS json }
CALL () { MATCH (r:Record) WHERE r.seq >= $from AND r.seq <= $to AND r.n >= $low AND r.n < $high
  RETURN collect(r.seq) AS rseq, collect(r.n) AS rn, collect(r.json) AS rjson, collect(r.kind) AS kind }
RETURN seq, n, json, rseq, rn, rjson, kind`

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
		if !sameLength(r[:3]) || !sameLength(r[3:]) {
			return nil, incomplete(commits[0].Sequence)
		}
		ns, texts := list[int64](r[1]), list[string](r[2])
		for i, seq := range list[int64](r[0]) {
			out = append(out, item{graph.Sequence(seq), ns[i], "claim", texts[i]})
		}
		ns, texts = list[int64](r[4]), list[string](r[5])
		kinds := list[string](r[6])
		for i, seq := range list[int64](r[3]) {
			out = append(out, item{graph.Sequence(seq), ns[i], kinds[i], texts[i]})
		}
	}
	slices.SortFunc(out, func(a, b item) int { return cmp.Or(cmp.Compare(a.seq, b.seq), cmp.Compare(a.n, b.n)) })
	return out, nil
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
	s := newChainDigest(before, c.Sequence, c.Recorded, c.Batch, c.Actor, c.Reason, c.Content)
	for i := range items {
		it := &items[i]
		if it.seq != c.Sequence || it.n != int64(i) || it.kind != c.kindAt(i) {
			return false
		}
		s.record(it.kind, it.json)
	}
	return s.sum() == c.digest
}

// decode decodes the records of a commit.
func (c *commit) decode(items []item) (err error) {
	c.Sources = make([]graph.Source, 0, c.sources)
	c.Entities = make([]graph.Entity, 0, c.entities)
	c.Claims = make([]graph.Claim, 0, c.claims)
	for i := range items {
		switch it := &items[i]; it.kind {
		case "source":
			c.Sources, err = decoded(c.Sources, it.json)
		case "entity":
			c.Entities, err = decoded(c.Entities, it.json)
		case "claim":
			c.Claims, err = decoded(c.Claims, it.json)
		}
		if err != nil {
			return err
		}
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
