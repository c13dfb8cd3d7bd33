package live

import (
	"iter"
	"strconv"
	"time"

	"github.com/rabta/rabta/filter"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/page"
	"github.com/rabta/rabta/work"
)

// audit notes what a commit says of itself, and which of its claims repeat what stood.
func (g *Graph) audit(c *commitRecord, ch *graph.Change) {
	c.actor, c.reason = g.said.add(ch.Actor), g.said.add(ch.Reason)
	if id := ch.GivenID(); id != "" {
		c.batch = g.texts.add([]byte(id))
	}
	first := ClaimRow(0)
	if n := g.commits.n; n > 1 {
		first = g.commits.at(n - 2).sizes.claims
	}
	c.repeats = g.noteRepeats(first)
}

// words are texts of which many are the same, each kept once. One goroutine adds, any
// number read.
type words struct {
	list    list[string]
	numbers map[string]wordNumber // the writer's
}

// wordNumber is the number of a text among words, from 1; 0 is that of no text.
type wordNumber uint32

func (w *words) add(s string) wordNumber {
	n, known := w.numbers[s]
	if s == "" || known {
		return n
	}
	if w.numbers == nil {
		w.numbers = map[string]wordNumber{}
	}
	w.list.add(s)
	n = wordNumber(w.list.n.Load())
	w.numbers[s] = n
	return n
}

func (w *words) get(n wordNumber) string {
	if n == 0 {
		return ""
	}
	return w.list.all()[n-1]
}

// LoggedCommit is one commit of the log, as the view sees it: who recorded what, when and
// why.
type LoggedCommit struct {
	v   *View
	row commitRow
}

func (c *LoggedCommit) record() *commitRecord { return c.v.g.commits.at(c.row) }

// Sequence is its number.
func (c *LoggedCommit) Sequence() graph.Sequence { return c.record().sequence }

// RecordedAt is when it was recorded.
func (c *LoggedCommit) RecordedAt() time.Time { return c.record().recorded }

// Actor is who recorded it; nil where that was not said. This, the reason and the batch's
// id are hidden where a record of the commit is.
func (c *LoggedCommit) Actor() *string { return text(c.v.g.said.get(c.record().actor)) }

// Reason is why it was recorded; nil where that was not said.
func (c *LoggedCommit) Reason() *string { return text(c.v.g.said.get(c.record().reason)) }

// Batch is the id that the writer gave the batch; nil where none was given.
func (c *LoggedCommit) Batch() *string {
	if c.record().batch == 0 {
		return nil
	}
	return text(string(c.v.g.texts.get(c.record().batch)))
}

// MarkingsChanged reports whether it changed the marking of something from or to one that
// the reader may see. What that is, history tells who may see the change.
func (c *LoggedCommit) MarkingsChanged() bool { return c.record().marks }

// Redacted reports whether it took out of the store for good something that the reader
// could see. Nothing tells what.
func (c *LoggedCommit) Redacted() bool { return c.record().redacts }

// before is how long the tables were before the commit.
func (c *LoggedCommit) before() tableSizes {
	if c.row == 0 {
		return tableSizes{sources: firstSource}
	}
	return c.v.g.commits.at(c.row - 1).sizes
}

// again are the records of the commit that record a source or an entity anew.
func (c *LoggedCommit) again() []renewal {
	return c.v.g.renewals.all()[c.before().revised:c.record().sizes.revised]
}

// countAgain counts those of a sort.
func (c *LoggedCommit) countAgain(of func(renewal) bool) (n int) {
	list := c.again()
	c.v.meter.Continue(len(list))
	for _, r := range list {
		if of(r) {
			n++
		}
	}
	return n
}

// Sources counts the sources that it records.
func (c *LoggedCommit) Sources() int {
	return int(c.record().sizes.sources-c.before().sources) + c.countAgain(func(r renewal) bool { return r.source != none })
}

// Entities counts the entities that it records.
func (c *LoggedCommit) Entities() int {
	return int(c.record().sizes.entities-c.before().entities) + c.countAgain(func(r renewal) bool { return r.entity != none })
}

// Claims counts the claims that it records.
func (c *LoggedCommit) Claims() int {
	return int(c.record().sizes.claims - c.before().claims - c.record().repeats)
}

// Through is the same commit under another lens on the same snapshot, or itself for nil;
// nil when it was recorded later than that lens knows of. The meter counts what is read
// of it.
func (c *LoggedCommit) Through(lens *graph.Lens, m *work.Meter) (*LoggedCommit, error) {
	v, err := c.v.With(lens)
	if err != nil || c.Sequence() > v.sequence {
		return nil, err
	}
	return &LoggedCommit{v.Within(m), v.g.commitOf(c.Sequence())}, nil
}

// RecordPage pages what the commit recorded: sources, entities and claims, of sources and
// entities first what was new.
func (c *LoggedCommit) RecordPage(p page.Args) (*HistoryEventConnection, error) {
	return c.v.pageEvents("records of "+strconv.Itoa(int(c.Sequence())), c.records(), p)
}

func (c *LoggedCommit) records() iter.Seq[*HistoryEvent] {
	return func(yield func(*HistoryEvent) bool) {
		from, to := c.before(), c.record().sizes
		for row := from.sources; row < to.sources; row++ {
			if !c.yield(yield, recorded{source: row, entity: none, claim: none}) {
				return
			}
		}
		for _, r := range c.again() {
			if r.source != none && !c.yield(yield, recorded{source: r.source, entity: none, claim: none, version: r.version}) {
				return
			}
		}
		for row := from.entities; row < to.entities; row++ {
			if !c.yield(yield, recorded{source: none, entity: row, claim: none}) {
				return
			}
		}
		for _, r := range c.again() {
			if r.entity != none && !c.yield(yield, recorded{source: none, entity: r.entity, claim: none, version: r.version}) {
				return
			}
		}
		for row := from.claims; row < to.claims; row++ {
			if grade := c.v.g.claims.at(row).grade; grade.repeats() || grade.ofLine() {
				continue
			}
			if !c.yield(yield, recorded{source: none, entity: none, claim: row}) {
				return
			}
		}
	}
}

func (c *LoggedCommit) yield(yield func(*HistoryEvent) bool, r recorded) bool {
	return c.v.meter.Continue(entitySlots) && yield(&HistoryEvent{
		What: c.v.howRecorded(r), recorded: r, commit: c.row, by: none, v: c.v,
	})
}

// CommitQuery asks for a page of commits.
type CommitQuery struct {
	Where *LoggedCommitWhere
	// Order is that of recording: Descending is the newest first.
	Order page.OrderDirection
	Page  page.Args
}

// LoggedCommitWhere tests a commit. All conditions given must hold.
type LoggedCommitWhere struct {
	And, Or              []*LoggedCommitWhere
	Not                  *LoggedCommitWhere
	Sequence             *filter.IntFilter
	RecordedAt           *filter.MomentFilter
	Actor, Reason, Batch *filter.TextFilter
}

func (w *LoggedCommitWhere) test(f *filter.Compiler) (t filter.Test[*LoggedCommit]) {
	if w == nil {
		return nil
	}
	f.Level(func() {
		t = filter.All(
			filter.Branches(f, w.And, w.Or, w.Not, (*LoggedCommitWhere).test),
			filter.Of(w.Sequence.Test(f, "sequence"), func(c *LoggedCommit) int { return int(c.Sequence()) }),
			filter.Of(w.RecordedAt.Test(f, "recordedAt"), (*LoggedCommit).RecordedAt),
			filter.Of(filter.Given(w.Actor.Test(f, "actor")), (*LoggedCommit).Actor),
			filter.Of(filter.Given(w.Reason.Test(f, "reason")), (*LoggedCommit).Reason),
			filter.Of(filter.Given(w.Batch.Test(f, "batch")), (*LoggedCommit).Batch),
		)
	})
	return t
}

// commitPlace is the place of a commit in a list of them.
type commitPlace uint32

// LastCommitBy is the last commit that the view knows to be an actor's; nil where there is none.
func (v *View) LastCommitBy(actor string) *LoggedCommit {
	for n := v.sequence; n > 0; n-- {
		c := &LoggedCommit{v, v.g.commitOf(n)}
		if by := c.Actor(); by != nil && *by == actor {
			return c
		}
	}
	return nil
}

// CommitPage pages the commits that the view knows of and that match.
func (v *View) CommitPage(q CommitQuery) (*LoggedCommitConnection, error) {
	wanted, err := filterOf(v, q.Where, (*LoggedCommitWhere).test)
	if err != nil {
		return nil, err
	}
	place := func(n graph.Sequence) graph.Sequence {
		if q.Order == page.Descending {
			return v.sequence - n
		}
		return n
	}
	l := page.List[*LoggedCommit]{
		Name: "commits " + string(q.Order),
		ID:   func(c *LoggedCommit) graph.ID { return graph.ID(strconv.Itoa(int(c.Sequence()))) },
	}
	inRowOrder(&l, func(c *LoggedCommit) commitPlace { return commitPlace(place(c.Sequence())) }, func(id graph.ID) (commitPlace, bool) {
		n, err := strconv.ParseUint(string(id), 10, 32)
		return commitPlace(place(graph.Sequence(n))), err == nil && n > 0 && graph.Sequence(n) <= v.sequence
	})
	l.Items = func(yield func(*LoggedCommit) bool) {
		for i := range v.sequence {
			n := i + 1
			if q.Order == page.Descending {
				n = v.sequence - i
			}
			if c := (&LoggedCommit{v, v.g.commitOf(n)}); wanted.Passes(c) && !yield(c) {
				return
			}
		}
	}
	return answered(v, &l, q.Page)
}
