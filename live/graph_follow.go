package live

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
)

// Follower keeps a graph of what one clearance sees up to date with a store, and writes
// through it.
type Follower struct {
	graph atomic.Pointer[Graph]
	store graph.Store
	log   *slog.Logger
	every time.Duration

	pull   sync.Mutex     // one reader of the feed at a time
	sight  *graph.Sight   // of what has been read
	read   graph.Sequence // the last commit that has been read, by the store's number
	merges merges
	mu     sync.Mutex
	health Health
}

// Health is how the follower stands with its store.
type Health struct {
	// Head is the newest commit that the store told of, and Read the last that was read,
	// by the store's own numbers; 0 before there was any.
	Head, Read graph.Sequence
	// Loaded is set once the graph held everything that the store had.
	Loaded bool
	// Reached is when the store last answered.
	Reached time.Time
	// Answers is set when the store answered when it was last asked.
	Answers bool
	// Err is why it does not answer, or takes no writes, now; nil when it does both.
	Err error
}

// Pace is how often a follower asks a store whether anything has happened.
const Pace = 100 * time.Millisecond

const (
	firstDelay = 250 * time.Millisecond // before a store that is down is asked again
	lastDelay  = time.Second
)

// NewFollower makes a follower of a store for an empty graph of what a clearance sees.
// Nothing is read until Run or Catch is called.
func NewFollower(store graph.Store, clearance graph.Marking, log *slog.Logger) *Follower {
	f := &Follower{store: store, log: log, every: Pace}
	g := NewGraph(clearance)
	f.graph.Store(g)
	f.sight = graph.NewSight(g.Clearance())
	return f
}

// Following is a follower of no store, whose graph is given.
func Following(g *Graph) *Follower {
	f := &Follower{}
	f.graph.Store(g)
	return f
}

// Graph is the graph as it stands. It is another one once markings have changed.
func (f *Follower) Graph() *Graph { return f.graph.Load() }

// Health is how the follower stands with its store now.
func (f *Follower) Health() Health {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.health
}

// Catch reads from the store until the graph holds what the store held when it
// was called.
func (f *Follower) Catch(ctx context.Context) error {
	f.pull.Lock()
	defer f.pull.Unlock()
	err := f.catch(ctx)
	if ctx.Err() != nil {
		return ctx.Err() // the caller gave up; the store may be well
	}
	trouble := err
	if r, ok := f.store.(graph.Reporter); ok && err == nil {
		trouble = r.Trouble(ctx)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.health.Answers, f.health.Err = err == nil, trouble
	if err == nil {
		f.health.Loaded, f.health.Reached = true, time.Now()
	}
	return err
}

func (f *Follower) catch(ctx context.Context) error {
	head, err := f.store.Head(ctx)
	if err != nil {
		return err
	}
	f.mu.Lock()
	f.health.Head = head
	f.mu.Unlock()
	if head <= f.read {
		return nil
	}
	follows := f.read > 0
	for ch, err := range f.store.Changes(ctx, f.read) {
		if err != nil {
			return err
		}
		if f.merges.note(&ch) || follows && (ch.Marks() || len(ch.Redacts) > 0) {
			return f.again(ctx)
		}
		if f.sight, err = add(f.Graph(), f.sight, ch); err != nil {
			return err
		}
		f.noteRead(ch.Sequence)
	}
	return nil
}

// again makes the graph anew from the whole log, and then takes it: markings of what had
// been read have changed, or some of it was redacted.
func (f *Follower) again(ctx context.Context) error {
	g := NewGraph(f.Graph().Clearance())
	sight, read := graph.NewSight(g.Clearance()), graph.Sequence(0)
	if f.merges.disorder {
		return f.merge(ctx)
	}
	f.merges = merges{}
	for ch, err := range f.store.Changes(ctx, 0) {
		if err != nil {
			return err
		}
		if f.merges.note(&ch) && f.merges.disorder {
			return f.merge(ctx)
		}
		if sight, err = add(g, sight, ch); err != nil {
			return err
		}
		read = ch.Sequence
	}
	f.sight = sight
	f.graph.Store(g)
	f.noteRead(read)
	return nil
}

// merges is what a follower notes of a log that may be merged with others.
type merges struct {
	clock    merge.Clock
	marked   bool // it marks what was recorded before
	disorder bool // what others recorded came after what is before it in the order of all logs
}

// note notes a change, and reports whether it may change what stands before it.
func (m *merges) note(ch *graph.Change) bool {
	_, last := m.clock.Next(ch)
	m.marked = m.marked || ch.Marks() || ch.Origin != nil && len(ch.Origin.Marks) > 0
	m.disorder = m.disorder || !last
	return ch.Origin != nil && (m.marked || !last)
}

// merge makes the graph anew from the whole log, in the order of all logs that it is merged
// with, and then takes it.
func (f *Follower) merge(ctx context.Context) error {
	g, sight, read, err := f.merged(ctx, 0)
	if err != nil {
		return err
	}
	f.sight = sight
	f.graph.Store(g)
	f.noteRead(read)
	return nil
}

// pastWait is how long it may take to read the log up to a moment before logs were merged.
const pastWait = time.Minute

// merged is a graph of the log up to a number of the clearance, 0 for all of it, in the order
// of all logs.
func (f *Follower) merged(ctx context.Context, to graph.Sequence) (*Graph, *graph.Sight, graph.Sequence, error) {
	g, read := NewGraph(f.Graph().Clearance()), graph.Sequence(0)
	id := ""
	if r, ok := f.store.(graph.Receiver); ok {
		var err error
		if id, err = r.ID(ctx); err != nil {
			return nil, nil, 0, err
		}
	}
	log := merge.NewLog(id)
	for ch, err := range f.store.Changes(ctx, 0) {
		if err != nil {
			return nil, nil, 0, err
		}
		if to > 0 && ch.Numbers.At(g.Clearance()) > to {
			break
		}
		log.Add(ch, nil)
		read = ch.Sequence
	}
	sight := graph.NewSight(g.Clearance())
	changes := log.Feed(g.Clearance())
	for i := range changes {
		changes[i], _ = sight.See(changes[i])
	}
	sight.Reached(graph.Sequence(len(changes)))
	err := g.AddMerged(changes, func(n graph.Sequence) (*Graph, error) {
		ctx, cancel := context.WithTimeout(context.Background(), pastWait)
		defer cancel()
		g, _, _, err := f.merged(ctx, n)
		return g, err
	})
	return g, sight, read, err
}

// add adds what a sight sees of a change to a graph, and gives the sight after it. After
// an error the sight before it is as it was.
func add(g *Graph, sight *graph.Sight, ch graph.Change) (*graph.Sight, error) {
	after := sight.Clone()
	if seen, ok := after.See(ch); ok {
		if err := g.Add(seen); err != nil {
			return sight, err
		}
	}
	return after, nil
}

func (f *Follower) noteRead(n graph.Sequence) {
	f.read = n
	f.mu.Lock()
	defer f.mu.Unlock()
	f.health.Read = n
}

// Run follows the store until ctx ends. A store that is down is asked again and
// again, ever more slowly; each outage is logged once, and its end.
func (f *Follower) Run(ctx context.Context) {
	delay, down := firstDelay, false
	for ctx.Err() == nil {
		err := f.Catch(ctx)
		wait := f.every
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			if !down {
				f.logOutage(err)
			}
			wait, delay, down = delay, min(2*delay, lastDelay), true
		default:
			if down {
				f.log.Info("the store answers again", "sequence", f.Graph().Sequence())
			}
			delay, down = firstDelay, false
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

// logOutage says that the store does not answer, and what to do.
func (f *Follower) logOutage(err error) {
	remedy := "Check that it runs and that its address and password are right"
	if why, ok := errors.AsType[*graph.UnavailableError](err); ok {
		remedy = why.Remedy
	}
	f.log.Error("the store does not answer; reads go on, writes are refused, it is asked again. "+remedy,
		"error", err, "sequence", f.Graph().Sequence())
}

// Apply commits a batch to the store, of a writer who sees what the graph shows where the
// batch does not say otherwise, and waits until the graph shows it. The commit stands even
// if the wait fails.
func (f *Follower) Apply(ctx context.Context, b graph.Batch) (graph.Commit, error) {
	if b.Clearance == "" {
		b.Clearance = f.Graph().Clearance()
	}
	notices := f.Graph().notices(b)
	c, err := f.store.Apply(ctx, b)
	if err != nil {
		f.noteTrouble(ctx, err)
		return graph.Commit{}, err
	}
	if err := f.Catch(ctx); err != nil {
		f.log.Warn("a commit is durable but not yet visible", "sequence", c.Sequence, "error", err)
	}
	c.Notices = append(c.Notices, notices...)
	slices.SortStableFunc(c.Notices, func(a, b graph.Problem) int { return cmp.Compare(a.Record, b.Record) })
	return c, nil
}

// noteTrouble has the health say at once what a write has come to know of the store.
func (f *Follower) noteTrouble(ctx context.Context, err error) {
	r, ok := f.store.(graph.Reporter)
	if _, known := errors.AsType[*graph.UnavailableError](err); !ok || !known {
		return
	}
	if trouble := r.Trouble(ctx); trouble != nil && ctx.Err() == nil {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.health.Err = trouble
	}
}

// WaitFor waits until the graph holds the commit. It returns ctx.Err() when that
// comes first.
func (f *Follower) WaitFor(ctx context.Context, n graph.Sequence) error {
	for {
		m := f.Graph().snapshot.Load()
		if m.sequence >= n {
			return nil
		}
		if err := f.Catch(ctx); err == nil && f.Graph().Sequence() >= n {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-m.next:
		case <-time.After(f.every):
		}
	}
}

// Ready is nil when the graph holds everything and the store answers.
func (f *Follower) Ready() error {
	h := f.Health()
	switch {
	case h.Err != nil:
		return h.Err
	case !h.Loaded:
		return errors.New("the graph is being loaded")
	}
	return nil
}

// Close releases the store.
func (f *Follower) Close() error { return f.store.Close() }

// RecordPayload is what became of a batch: a commit and what to notice of it, or what is
// wrong with the batch.
type RecordPayload struct {
	Commit     *graph.Commit
	UserErrors []UserError
	Notices    []Notice
	More       int // errors or notices that are not listed
}

// Notice is something that the writer of a batch that was taken should know of one record,
// and how many like it there are.
type Notice struct{ UserError }

// UserError is one thing wrong with a batch, and how many like it there are.
type UserError struct {
	graph.Problem
	Count int
}
