package neo4j

import (
	"slices"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
)

// commit is a commit as the database has it; its records may not have been read.
type commit struct {
	graph.Change
	sources, entities, claims int
	digest                    string
	// sealed is set where the digest is over writer, numbers and stamps too, as it is not
	// in commits that are older than these.
	sealed bool
	// marked are the records, of it and of earlier ones, whose marking in force it set.
	marked  []graph.Marked
	notices []graph.Problem // for its writer
	// said is the digest of what the commit says of itself, which its digest is over in the
	// place of that, as it is over those of records; empty in commits that are older than it.
	said string
	// own is what was gone of it when it was written.
	own []graph.Redacted
	// origin is where it comes from, as the database keeps it.
	origin string
	// held is what is held after a commit that was taken over, by the order of all logs.
	held graph.Known
}

// newCommit is the commit of a change. It counts what the change has or had.
func newCommit(c graph.Change, marked []graph.Marked) *commit {
	out := &commit{
		Change: c, sources: len(c.Sources), entities: len(c.Entities), claims: len(c.Claims), sealed: true, marked: marked,
		said: c.SaidDigest(), own: c.Gone(), origin: merge.OriginText(c.Origin),
	}
	for i := range c.Tombstones {
		switch c.Tombstones[i].Type {
		case graph.SourceRecord:
			out.sources++
		case graph.EntityRecord:
			out.entities++
		case graph.ClaimRecord:
			out.claims++
		}
	}
	return out
}

// freshCommit is the commit of what was settled.
func freshCommit(to *graph.Settlement, recorded time.Time) *commit {
	out := newCommit(to.Change(to.Numbers.At(graph.Red), recorded), to.Marked)
	out.notices = to.Notices
	return out
}

// restoredCommit is the commit of a change of another log. What was marked there later is
// marked by it.
func restoredCommit(c *graph.Change) *commit {
	out := newCommit(*c, nil)
	out.Writer = markingAt(int64(c.Writer.Level()))
	for _, s := range out.Seals() {
		s.Stamp, s.InForce = markingAt(int64(s.Stamp.Level())), markingAt(int64(s.InForce.Level()))
	}
	out.markOwn()
	return out
}

// markOwn has a commit mark those of its own records whose marking in force is not their stamp.
func (c *commit) markOwn() {
	for n, s := range c.Seals() {
		if s.InForce != s.Stamp {
			c.marked = append(c.marked, graph.Marked{Place: uint64(positionOf(c.Sequence, n)), InForce: s.InForce})
		}
	}
}

// batch is the batch that a commit records.
func (c *commit) batch() *graph.Batch {
	return &graph.Batch{
		ID: c.Batch, Clearance: c.Writer, Actor: c.Actor, Reason: c.Reason,
		Sources: c.Sources, Entities: c.Entities, Claims: c.Claims,
	}
}

// outcome is what the commit is for its writer.
func (c *commit) outcome() graph.Commit {
	return graph.Commit{
		Sequence: c.Numbers.At(c.Writer), Numbers: c.Numbers, RecordedAt: c.Recorded,
		Sources: c.sources, Entities: c.entities, Claims: c.claims, Notices: c.notices,
	}
}

func (c *commit) size() int { return c.sources + c.entities + c.claims }

// numberRow is the numbers of a commit as the database keeps them.
func numberRow(n graph.Numbers) []int64 {
	out := make([]int64, len(n))
	for i, v := range n {
		out[i] = int64(v)
	}
	return out
}

// numbersOf reads numbers; none for a commit that has none yet.
func numbersOf(v any) (n graph.Numbers) {
	if list := list[int64](v); len(list) == len(n) {
		for i, v := range list {
			n[i] = graph.Sequence(v)
		}
	}
	return n
}

// markedRow is what a commit marks, as the database keeps it: place and level in turn.
func markedRow(marked []graph.Marked) any {
	if len(marked) == 0 {
		return nil
	}
	out := make([]int64, 0, 2*len(marked))
	for _, m := range marked {
		out = append(out, int64(m.Place), int64(m.InForce.Level()))
	}
	return out
}

func markedOf(v any) (out []graph.Marked) {
	for pair := range slices.Chunk(list[int64](v), 2) {
		if len(pair) == 2 {
			out = append(out, graph.Marked{Place: uint64(pair[0]), InForce: markingAt(pair[1])})
		}
	}
	return out
}

// markingAt is the marking of a level. One that there is not is the strictest.
func markingAt(level int64) graph.Marking {
	if level < 0 || level >= int64(len(graph.Markings)) {
		return graph.Red
	}
	return graph.Markings[level]
}
