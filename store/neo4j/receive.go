package neo4j

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
)

var _ graph.Receiver = (*Store)(nil)

// readOrigin reads where a commit comes from, and the id that its batch was given there.
func (c *commit) readOrigin() {
	if c.origin == "" {
		return
	}
	c.Origin, c.Batch = merge.OriginOf(c.origin), merge.BatchOf(c.Batch)
}

const (
	cypherLogID    = `MATCH (h:Head {id: 1}) RETURN h.log`
	cypherLockedID = `MATCH (h:Head {id: 1}) SET h.lock = true RETURN h.log, h.seq`
	cypherAdopt    = `MATCH (h:Head {id: 1}) SET h.log = $log`
)

// ID is graph.Receiver's.
func (s *Store) ID(ctx context.Context) (id string, err error) {
	err = s.read(ctx, "log", func(t tx) error {
		r, err := one(ctx, t, cypherLogID, nil)
		if err == nil {
			id = r.text(0)
		}
		return err
	})
	return id, s.failed(ctx, "read which log it is", err)
}

// Adopt is graph.Receiver's.
func (s *Store) Adopt(ctx context.Context, id string) error {
	err := s.write(ctx, "adopt", func(t tx) error {
		r, err := one(ctx, t, cypherLockedID, nil)
		switch {
		case err != nil || r.text(0) == id:
			return err
		case r.int(1) > 0:
			return graph.NotEmpty(graph.Sequence(r.int(1)))
		}
		return run(ctx, t, cypherAdopt, params{"log": id})
	})
	return s.failed(ctx, "adopt an id", err)
}

// Receive is graph.Receiver's. The log, as it is to be merged with others, is kept in memory
// from one commit to the next.
func (s *Store) Receive(ctx context.Context, c graph.Change) (graph.Commit, error) {
	var a *application
	err := s.write(ctx, "receive", func(t tx) error {
		a = &application{tx: t, store: s}
		return a.receive(ctx, c)
	})
	if err = s.failed(ctx, "receive", err); err != nil {
		if !errors.Is(err, graph.ErrInvalid) {
			s.inDoubt.Store(true) // the commit may be under way still
		}
		return graph.Commit{}, err
	}
	s.merging.keep(a.head.log, a.merged)
	s.acknowledge(a.commit.Numbers.At(graph.Red))
	return a.commit, nil
}

func (a *application) receive(ctx context.Context, c graph.Change) error {
	a.batch = graph.Batch{Clearance: c.Writer, Sources: c.Sources, Entities: c.Entities, Claims: c.Claims}
	known, err := a.lock(ctx)
	if err == nil && a.head.restoring {
		err = graph.Incomplete("receive")
	}
	if err != nil {
		return err
	}
	a.commit = graph.Commit{
		Sequence: a.head.numbers.At(c.Writer), Numbers: a.head.numbers, RecordedAt: a.head.recorded, Replayed: true,
	}
	m, err := a.catchUp(ctx)
	if err != nil {
		return err
	}
	c.Recorded = later(time.Now(), a.head.recorded)
	if len(c.Origin.Tombstones) > 0 {
		if to, ok := m.TakeOver(c); ok {
			return a.writeBurial(ctx, &to)
		}
		a.merged = m
		return nil
	}
	to, ok, err := m.Receive(c, placesOf(a.head.seq+1))
	if err != nil {
		return err
	}
	if a.merged = m; !ok {
		return nil
	}
	return a.writeReceived(ctx, &to, c.Recorded, known)
}

// writeReceived writes what is new of a commit of another store.
func (a *application) writeReceived(
	ctx context.Context, to *graph.Settlement, recorded time.Time, known graph.Known,
) error {
	c := freshCommit(to, recorded)
	c.markOwn()
	c.held = to.Held
	a.commit = c.outcome()
	if err := a.rank(ctx, &c.Change); err != nil {
		return err
	}
	if _, err := a.append(ctx, c, known); err != nil {
		return err
	}
	switch {
	case len(to.Marked) > 0:
		return a.mark(ctx, c)
	case a.state.asksAll(c), a.early(c) && a.state.turns(c):
		return a.remake(ctx, c.Sequence, entitiesOf(c)...)
	}
	return nil
}

// early reports whether a commit comes before others that the log holds.
func (a *application) early(c *commit) bool {
	return a.state.order.ranked(positionOf(c.Sequence, 0)).commit() < c.Sequence
}

// turns reports whether what is known of an id goes by what was there first: where entities of
// several kinds have it, or where a commit records one that was recorded under another stamp.
func (st *state) turns(c *commit) bool {
	for _, kinds := range st.kinds {
		if slices.ContainsFunc(kinds, func(k kindSeen) bool { return k.kind != kinds[0].kind }) {
			return true
		}
	}
	return slices.ContainsFunc(c.Entities, func(e graph.Entity) bool { return len(st.kinds[e.ID]) > 1 })
}

func entitiesOf(c *commit) []graph.ID {
	return uniqueIDs(c.Entities, func(e *graph.Entity) []graph.ID { return []graph.ID{e.ID} })
}

// placesOf are the places of the records of a commit.
func placesOf(seq graph.Sequence) func(i int) uint64 {
	return func(i int) uint64 { return uint64(positionOf(seq, i)) }
}

// merging is what a Store keeps of the log, to merge it with others.
type merging struct {
	mu    sync.Mutex
	id    string // of the log
	log   *merge.Log
	order ordering
}

// keep keeps a log that was written; none is nil.
func (m *merging) keep(id string, log *merge.Log) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.id, m.log = id, log
}

// take is the log that was kept, if it is that of a head or of one before it. Nothing is kept
// after it.
func (m *merging) take(h *head) *merge.Log {
	m.mu.Lock()
	defer m.mu.Unlock()
	log := m.log
	m.log = nil
	if m.id != h.log || log == nil || log.Head() > h.seq {
		return nil
	}
	return log
}

// catchUp is the log up to its head, to be merged with others.
func (a *application) catchUp(ctx context.Context) (*merge.Log, error) {
	m := a.store.merging.take(&a.head)
	begins := m == nil
	if begins {
		m = merge.NewLog(a.head.log)
	}
	for c, err := range changesIn(ctx, a.tx, m.Head(), a.head.seq) {
		if err != nil {
			return nil, err
		}
		if !begins && len(c.Redacts) > 0 { // by others: what was kept holds what is gone
			return a.catchUp(ctx)
		}
		m.Add(c, placesOf(c.Sequence))
	}
	if begins {
		m.Agree(merge.InForce)
	}
	return m, nil
}

// ordering gives the commits of a log their places among those of all logs.
type ordering struct {
	id    string
	clock merge.Clock
	at    []merge.Order
}

func newOrdering(id string) ordering { return ordering{id: id, clock: merge.Clock{ID: id}} }

// add adds the next commit.
func (o *ordering) add(c *graph.Change) {
	at, _ := o.clock.Next(c)
	o.at = append(o.at, at)
}

// ranking is which commit comes where among those of its log, by the order of all logs: ranks
// by number, and numbers by rank, from 1 on. A nil one is of a log in which nobody else
// recorded anything, and what is not in it comes last.
type ranking struct{ ranks, commits []graph.Sequence }

func (o *ordering) ranking() *ranking {
	r := &ranking{make([]graph.Sequence, len(o.at)), make([]graph.Sequence, len(o.at))}
	for i := range o.at {
		r.commits[i] = graph.Sequence(i) + 1
	}
	slices.SortFunc(r.commits, func(a, b graph.Sequence) int {
		return cmp.Or(o.at[a-1].Compare(o.at[b-1]), cmp.Compare(a, b))
	})
	for i, seq := range r.commits {
		r.ranks[seq-1] = graph.Sequence(i) + 1
	}
	return r
}

// ranked is a place in the log as one in the order of all logs, in which places are compared.
func (r *ranking) ranked(p position) position {
	if r == nil {
		return p
	}
	return p.moved(r.ranks)
}

// located is what ranked was given.
func (r *ranking) located(p position) position {
	if r == nil {
		return p
	}
	return p.moved(r.commits)
}

func (p position) moved(to []graph.Sequence) position {
	if n := p.commit(); n > 0 && int(n) <= len(to) {
		return positionOf(to[n-1], int(p.place()))
	}
	return p
}

const cypherOrders = `MATCH (k:Commit) WHERE k.seq > $after AND k.seq <= $head WITH k ORDER BY k.seq
RETURN collect([k.seq, k.recorded, k.origin])`

// rank has the state know the order of all logs, with some commits after the head. The order of
// what is in the log is kept in memory.
func (a *application) rank(ctx context.Context, next ...*graph.Change) error {
	m := &a.store.merging
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.order.id != a.head.log || len(m.order.at) > int(a.head.seq) {
		m.order = newOrdering(a.head.log)
	}
	r, err := one(ctx, a.tx, cypherOrders, params{"after": len(m.order.at), "head": int64(a.head.seq)})
	if err != nil {
		return err
	}
	read := m.order
	for _, values := range list[[]any](r[0]) {
		v := row(values)
		if v.int(0) != int64(len(read.at))+1 {
			return incomplete(graph.Sequence(len(read.at)) + 1)
		}
		c := commit{Change: graph.Change{Recorded: v.time(1)}, origin: v.text(2)}
		c.readOrigin()
		read.add(&c.Change)
	}
	m.order = read
	read.at = slices.Clip(read.at)
	for _, c := range next {
		read.add(c)
	}
	a.state.order = read.ranking()
	return nil
}

// replay adds the commits of a whole log, called id. Where others recorded any of it, the
// state is by the order of all logs.
func (st *state) replay(id string, merged bool, all func(yield func(graph.Change, error) bool)) error {
	var kept []graph.Change
	for c, err := range all {
		switch {
		case err != nil:
			return err
		case merged:
			kept = append(kept, c)
		default:
			st.apply(&c)
		}
	}
	st.replayMerged(id, kept)
	st.settle()
	return nil
}

func (st *state) replayMerged(id string, all []graph.Change) {
	if len(all) == 0 {
		return
	}
	log, order := merge.NewLog(id), newOrdering(id)
	for i := range all {
		log.Add(all[i], nil)
		order.add(&all[i])
	}
	log.Agree(merge.InForce)
	st.order = order.ranking()
	for _, seq := range st.order.commits {
		st.apply(&all[seq-1])
	}
	st.known = log.Held(slices.Collect(maps.Keys(st.known)))
}
