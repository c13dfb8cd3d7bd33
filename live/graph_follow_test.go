package live_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"sync"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/store/memory"
)

// faulty is a store that can be made to fail.
type faulty struct {
	graph.Store
	mu   sync.Mutex
	down bool
	most int // changes that are given before the feed breaks off; 0 is all
	skip graph.Sequence
}

func (f *faulty) set(change func(*faulty)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(f)
}

func (f *faulty) err() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.down {
		return fmt.Errorf("the disk is full: %w", graph.ErrUnavailable)
	}
	return nil
}

func (f *faulty) Apply(ctx context.Context, b graph.Batch) (graph.Commit, error) {
	if err := f.err(); err != nil {
		return graph.Commit{}, err
	}
	return f.Store.Apply(ctx, b)
}

func (f *faulty) Head(ctx context.Context) (graph.Sequence, error) {
	if err := f.err(); err != nil {
		return 0, err
	}
	return f.Store.Head(ctx)
}

func (f *faulty) Changes(ctx context.Context, since graph.Sequence) iter.Seq2[graph.Change, error] {
	return func(yield func(graph.Change, error) bool) {
		f.mu.Lock()
		most, skip := f.most, f.skip
		f.mu.Unlock()
		n := 0
		for ch, err := range f.Store.Changes(ctx, since) {
			if n++; most > 0 && n > most {
				yield(graph.Change{}, graph.ErrUnavailable)
				return
			}
			if ch.Sequence != skip && !yield(ch, err) {
				return
			}
		}
	}
}

// notes keeps what is logged.
type notes struct {
	mu    sync.Mutex
	list  []string
	noted chan struct{} // gets a token for each
}

func (n *notes) Enabled(context.Context, slog.Level) bool { return true }

func (n *notes) WithAttrs([]slog.Attr) slog.Handler { return n }

func (n *notes) WithGroup(string) slog.Handler { return n }

func (n *notes) Handle(_ context.Context, r slog.Record) error {
	n.mu.Lock()
	n.list = append(n.list, r.Level.String())
	n.mu.Unlock()
	n.noted <- struct{}{}
	return nil
}

func (n *notes) all() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]string(nil), n.list...)
}

// followed is a follower of a store that can fail, with the rich feed in it.
func followed(t *testing.T) (*live.Follower, *faulty, *notes) {
	t.Helper()
	s := &faulty{Store: memory.New()}
	n := &notes{noted: make(chan struct{}, 100)}
	f := live.NewFollower(s, graph.Red, slog.New(n))
	for _, ch := range rich().changes {
		if _, err := s.Apply(t.Context(),
			graph.Batch{ID: ch.Batch, Sources: ch.Sources, Entities: ch.Entities, Claims: ch.Claims}); err != nil {
			t.Fatal(err)
		}
	}
	return f, s, n
}

// another is a batch with one claim more.
func another(n int) graph.Batch {
	return graph.Batch{Claims: []graph.Claim{status("bla", fmt.Sprint("number ", n))}}
}

func TestFollowerCatchesUp(t *testing.T) {
	f, s, _ := followed(t)
	if f.Graph().Sequence() != 0 || f.Ready() == nil || f.Health().Loaded {
		t.Error("it is ready before it has read anything")
	}
	if err := f.Catch(t.Context()); err != nil {
		t.Fatal(err)
	}
	ids := claimsOf(rich().changes)
	got := dumpView(t, open(t, f.Graph(), nil), ids)
	want := dumpView(t, rich().view(t, graph.Red, nil), ids)
	for _, d := range []*dump{&want, &got} { // recorded now
		d.Recorded = begin
		for _, list := range [][]dumpClaim{d.Claims, d.Known} {
			for i := range list {
				list[i].Recorded = begin
			}
		}
	}
	same(t, "the graph", want, got)
	h := f.Health()
	if f.Ready() != nil || !h.Loaded || h.Err != nil || h.Reached.IsZero() {
		t.Errorf("it is not ready: %+v", h)
	}
	if _, err := s.Apply(t.Context(), another(1)); err != nil {
		t.Fatal(err)
	}
	same(t, "the graph before it is asked to catch up", graph.Sequence(4), f.Graph().Sequence())
	c, err := f.Apply(t.Context(), another(2))
	if err != nil || c.Sequence != 6 || f.Graph().Sequence() != 6 {
		t.Errorf("after a write through it, it is at %d: %+v, %v", f.Graph().Sequence(), c, err)
	}
	if _, err := f.Apply(t.Context(),
		graph.Batch{Claims: []graph.Claim{status("nobody", "x")}}); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("a bad batch is taken: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Catch(t.Context()); !errors.Is(err, graph.ErrUnavailable) {
		t.Errorf("a closed store is read: %v", err)
	}
}

// TestFollowerRefusesAGap: a feed that skips a commit is not believed.
func TestFollowerRefusesAGap(t *testing.T) {
	f, s, _ := followed(t)
	s.set(func(s *faulty) { s.skip = 3 })
	if err := f.Catch(t.Context()); err == nil || f.Ready() == nil || f.Health().Loaded || f.Graph().Sequence() != 2 {
		t.Errorf("a gap is taken: at %d, %+v, %v", f.Graph().Sequence(), f.Health(), err)
	}
	s.set(func(s *faulty) { s.skip = 0 })
	if err := f.Catch(t.Context()); err != nil || f.Ready() != nil || f.Graph().Sequence() != 4 {
		t.Errorf("the whole feed is not taken: at %d, %v", f.Graph().Sequence(), err)
	}
}

// TestFollowerKeepsWhatCame: a feed that breaks off is read on from there.
func TestFollowerKeepsWhatCame(t *testing.T) {
	f, s, _ := followed(t)
	s.set(func(s *faulty) { s.most = 1 })
	for want := graph.Sequence(1); want < 4; want++ {
		if err := f.Catch(t.Context()); !errors.Is(err, graph.ErrUnavailable) || f.Graph().Sequence() != want ||
			f.Health().Loaded {
			t.Errorf("at %d, want %d: %v", f.Graph().Sequence(), want, err)
		}
	}
	if err := f.Catch(t.Context()); err != nil || f.Ready() != nil {
		t.Errorf("it is not there: at %d, %v", f.Graph().Sequence(), err)
	}
}

// TestFollowerOutlivesAnOutage: reads go on, writes are refused, and each outage is logged.
func TestFollowerOutlivesAnOutage(t *testing.T) {
	f, s, n := followed(t)
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { f.Run(ctx) })
	if err := f.WaitFor(t.Context(), 4); err != nil {
		t.Fatal(err)
	}
	for f.Ready() != nil { // the graph may be there before it is ready
		if err := f.Catch(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	ids := claimsOf(rich().changes)
	before := text(dumpView(t, open(t, f.Graph(), nil), ids))
	for range 2 {
		s.set(func(s *faulty) { s.down = true })
		<-n.noted // that it does not answer
		if !errors.Is(f.Ready(), graph.ErrUnavailable) || !errors.Is(f.Health().Err, graph.ErrUnavailable) ||
			!f.Health().Loaded {
			t.Errorf("in an outage it says %+v", f.Health())
		}
		if _, err := f.Apply(t.Context(), another(1)); !errors.Is(err, graph.ErrUnavailable) {
			t.Errorf("in an outage a write gives %v", err)
		}
		same(t, "what is read in an outage", before, text(dumpView(t, open(t, f.Graph(), nil), ids)))
		s.set(func(s *faulty) { s.down = false })
		<-n.noted // that it answers again
		if f.Ready() != nil || f.Health().Err != nil {
			t.Errorf("after an outage it says %+v", f.Health())
		}
	}
	if _, err := s.Apply(t.Context(), another(1)); err != nil {
		t.Fatal(err)
	}
	if err := f.WaitFor(t.Context(), 5); err != nil {
		t.Fatal(err)
	}
	stop()
	running.Wait()
	same(t, "what is logged", []string{"ERROR", "INFO", "ERROR", "INFO"}, n.all())
}

// TestOutageThatAnotherNoticed is logged all the same, and so is its end.
func TestOutageThatAnotherNoticed(t *testing.T) {
	f, s, n := followed(t)
	s.set(func(s *faulty) { s.down = true })
	if err := f.Catch(t.Context()); err == nil {
		t.Fatal("there is no outage")
	}
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { f.Run(ctx) })
	<-n.noted
	s.set(func(s *faulty) { s.down = false })
	if err := f.Catch(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-n.noted
	stop()
	running.Wait()
	same(t, "what is logged", []string{"ERROR", "INFO"}, n.all())
}

// TestCommitThatIsNotYetVisible: a commit stands, even if it cannot be read back.
func TestCommitThatIsNotYetVisible(t *testing.T) {
	f, s, n := followed(t)
	s.set(func(s *faulty) { s.skip = 1 })
	c, err := f.Apply(t.Context(), another(1))
	if err != nil || c.Sequence != 5 || f.Graph().Sequence() != 0 {
		t.Errorf("the outcome is %+v, %v; the graph is at %d", c, err, f.Graph().Sequence())
	}
	same(t, "what is logged", []string{"WARN"}, n.all())
	s.set(func(s *faulty) { s.skip = 0 })
	if err := f.WaitFor(t.Context(), c.Sequence); err != nil || f.Graph().Sequence() != 5 {
		t.Errorf("later the graph is at %d: %v", f.Graph().Sequence(), err)
	}
}

// TestWaitFor waits for a commit that comes, and for one that does not.
func TestWaitFor(t *testing.T) {
	f, s, _ := followed(t)
	var waiting sync.WaitGroup
	for n := range 8 {
		waiting.Go(func() {
			if err := f.WaitFor(t.Context(), graph.Sequence(n)); err != nil {
				t.Errorf("commit %d: %v", n, err)
			}
			if at := f.Graph().Sequence(); at < graph.Sequence(n) {
				t.Errorf("commit %d is there at %d", n, at)
			}
		})
	}
	for n := range 3 {
		if _, err := s.Apply(t.Context(), another(n)); err != nil {
			t.Fatal(err)
		}
	}
	waiting.Wait()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := f.WaitFor(ctx, 99); !errors.Is(err, context.Canceled) {
		t.Errorf("a commit that never comes: %v", err)
	}
	if err := f.WaitFor(ctx, 7); err != nil {
		t.Errorf("a commit that is there, in no time: %v", err)
	}
	if err := f.Catch(ctx); !errors.Is(err, context.Canceled) || f.Health().Err != nil || f.Ready() != nil {
		t.Errorf("that a caller gave up is held against the store: %+v, %v", f.Health(), err)
	}
}

// troubled is a store that answers and says that it takes no writes.
type troubled struct {
	graph.Store
	why error
}

func (t *troubled) Trouble(context.Context) error { return t.why }

// TestTroubleIsTold: a store that answers and takes no writes is told of, and when it
// takes them again; how far its log goes is told too.
func TestTroubleIsTold(t *testing.T) {
	store := &troubled{Store: memory.New(), why: errors.New("the disk is full")}
	f := live.NewFollower(store, graph.Red, slog.New(slog.DiscardHandler))
	if _, err := f.Apply(t.Context(), graph.Batch{Entities: []graph.Entity{
		{ID: "a-group", Kind: graph.Group, Names: []graph.Name{{Value: "A Group"}}},
	}}); err != nil {
		t.Fatal(err)
	}
	if h := f.Health(); h.Err != store.why || !h.Answers || !h.Loaded || h.Head != 1 {
		t.Errorf("health %+v", h)
	}
	store.why = nil
	if err := f.Catch(t.Context()); err != nil || f.Health().Err != nil {
		t.Errorf("health %+v, %v", f.Health(), err)
	}
}
