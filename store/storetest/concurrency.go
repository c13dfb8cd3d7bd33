package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
)

var concurrencyCases = []testCase{
	{"eight writers from two handles leave no gap", eightWriters},
	{"writers of one batch commit it once", oneBatch},
	{"writers of the same content commit it once", oneContent},
	{"the same entity of two kinds: one wins", oneKind},
	{"readers see whole commits alone", wholeCommits},
	{"the head never runs ahead of the feed", headAndFeed},
	{"pollers on two handles miss and repeat nothing", pollers},
	{"closing while it is in use ends cleanly", closeInUse},
}

// parallel runs f n times at once and reports what fails.
func parallel(t *testing.T, n int, f func(i int) error) {
	t.Helper()
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			if err := f(i); err != nil {
				t.Errorf("worker %d: %v", i, err)
			}
		})
	}
	wg.Wait()
}

// commitsEach is how many batches a writer writes: 25, or 7 under the race detector.
var commitsEach = 5 + raced.Few(10)

// writers lets n workers on two handles write commitsEach batches each.
func writers(t *testing.T, a, b graph.Store, n int, batch func(worker, i int) graph.Batch) {
	t.Helper()
	parallel(t, n, func(w int) error {
		for i := range commitsEach {
			if _, err := [...]graph.Store{a, b}[w%2].Apply(t.Context(), batch(w, i)); err != nil {
				return err
			}
		}
		return nil
	})
}

func byWorker(w, i int) graph.Batch { return numbered(fmt.Sprintf("w%d", w), i) }

func eightWriters(t *testing.T, o Opener) {
	a := opened(t, o)
	b := o.Open(t)
	writers(t, a, b, 8, byWorker)
	all := changes(t, a, 0)
	gapless(t, all)
	if len(all) != 1+8*commitsEach {
		t.Errorf("there are %d commits", len(all))
	}
	next := map[string]int{}
	for _, c := range all[1:] {
		want := expected(numbered(c.Actor, next[c.Actor]), graph.Commit{Sequence: c.Sequence, Numbers: alike(c.Sequence), RecordedAt: c.Recorded})
		same(t, "a writer's next batch", want, c)
		next[c.Actor]++
	}
}

func oneBatch(t *testing.T, o Opener) {
	a := opened(t, o)
	b := o.Open(t)
	writers(t, a, b, 6, func(_, i int) graph.Batch { return numbered("same", i) })
	all := changes(t, b, 0)
	gapless(t, all)
	if len(all) != 1+commitsEach {
		t.Errorf("there are %d commits, want %d", len(all), 1+commitsEach)
	}
}

func oneContent(t *testing.T, o Opener) {
	a := opened(t, o)
	b := o.Open(t)
	writers(t, a, b, 6, func(w, i int) graph.Batch {
		batch := numbered("same", i)
		batch.ID = fmt.Sprintf("w%d-%d", w, i)
		return batch
	})
	seen := map[graph.ID]bool{}
	for _, c := range changes(t, b, 1) {
		for _, k := range c.Claims {
			if seen[k.ID] {
				t.Fatalf("claim %s is in the feed twice", k.ID)
			}
			seen[k.ID] = true
		}
	}
	if len(seen) != commitsEach {
		t.Errorf("there are %d claims, want %d", len(seen), commitsEach)
	}
}

func oneKind(t *testing.T, o Opener) {
	a := opened(t, o)
	b := o.Open(t)
	var mu sync.Mutex
	won := map[graph.ID]graph.EntityKind{}
	var lost int
	parallel(t, len(graph.EntityKinds), func(w int) error {
		for i := range 10 {
			e := entity(graph.EntityKinds[w], fmt.Sprintf("x%d", i))
			_, err := [...]graph.Store{a, b}[w%2].Apply(t.Context(), graph.Batch{Entities: []graph.Entity{e}})
			mu.Lock()
			if err == nil {
				won[e.ID] = e.Kind
			} else if lost++; !isConflict(err) {
				mu.Unlock()
				return err
			}
			mu.Unlock()
		}
		return nil
	})
	if len(won) != 10 || lost != 10*(len(graph.EntityKinds)-1) {
		t.Errorf("%d were kept and %d refused", len(won), lost)
	}
	for _, c := range changes(t, a, 1) {
		for _, e := range c.Entities {
			if e.Kind != won[e.ID] {
				t.Errorf("%s is a %s, and %s was acknowledged", e.ID, e.Kind, won[e.ID])
			}
		}
	}
}

// during runs read over and over while eight writers write, and once after.
func during(t *testing.T, o Opener, batch func(w, i int) graph.Batch, readers int, read func(s graph.Store, reader int) error) {
	t.Helper()
	a := opened(t, o)
	b := o.Open(t)
	done := make(chan struct{})
	var wg sync.WaitGroup
	for r := range readers {
		wg.Go(func() {
			for ended := false; !ended; {
				select {
				case <-done:
					ended = true
				default:
				}
				if err := read([...]graph.Store{a, b}[r%2], r); err != nil {
					t.Errorf("reader %d: %v", r, err)
					return
				}
			}
		})
	}
	writers(t, a, b, 8, batch)
	close(done)
	wg.Wait()
}

func wholeCommits(t *testing.T, o Opener) {
	const size = 20
	batch := func(w, i int) graph.Batch { return bulk(w*1_000+i, size) }
	during(t, o, batch, 3, func(s graph.Store, _ int) error {
		all, err := collect(t.Context(), s, 1)
		for i, c := range all {
			if len(c.Claims) != size || c.Sequence != graph.Sequence(i+2) {
				return fmt.Errorf("place %d of the feed is commit %d with %d claims", i+2, c.Sequence, len(c.Claims))
			}
		}
		return err
	})
}

func headAndFeed(t *testing.T, o Opener) {
	during(t, o, byWorker, 3, func(s graph.Store, _ int) error {
		before, err := s.Head(t.Context())
		if err != nil {
			return err
		}
		all, err := collect(t.Context(), s, before-1)
		if err != nil {
			return err
		}
		if len(all) == 0 || all[0].Sequence != before {
			return fmt.Errorf("the head was %d, and the feed from there gives %d commits", before, len(all))
		}
		after, err := s.Head(t.Context())
		if last := all[len(all)-1].Sequence; err == nil && after < last {
			return fmt.Errorf("the head is %d after the feed gave %d", after, last)
		}
		return err
	})
}

// poller follows a feed from the last number that it saw.
type poller struct{ seen []graph.Change }

func (p *poller) poll(ctx context.Context, s graph.Store) error {
	for c, err := range s.Changes(ctx, graph.Sequence(len(p.seen))) {
		if err != nil {
			return err
		}
		if c.Sequence != graph.Sequence(len(p.seen)+1) {
			return fmt.Errorf("after %d comes %d", len(p.seen), c.Sequence)
		}
		p.seen = append(p.seen, c)
	}
	return nil
}

func pollers(t *testing.T, o Opener) {
	var list [4]poller
	during(t, o, byWorker, len(list), func(s graph.Store, r int) error { return list[r].poll(t.Context(), s) })
	all := changes(t, o.Open(t), 0)
	for r := range list {
		same(t, fmt.Sprintf("what poller %d saw", r), all, list[r].seen)
	}
}

func feedPolled(t *testing.T, o Opener) {
	s := opened(t, o)
	var p poller
	for i := range 60 {
		apply(t, s, numbered("n", i))
		if i%3 == 0 {
			continue
		}
		if err := p.poll(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		if h := head(t, s); int(h) != len(p.seen) {
			t.Fatalf("the head is %d, and the poller saw %d", h, len(p.seen))
		}
	}
	same(t, "what the poller saw", changes(t, s, 0), p.seen)
}

func closeInUse(t *testing.T, o Opener) {
	keeper := opened(t, o)
	s := o.Open(t)
	acked := make([]int, 6)
	first := make(chan struct{}, len(acked))
	var wg sync.WaitGroup
	for w := range acked {
		wg.Go(func() {
			for i := 0; ; i++ {
				_, err := s.Apply(t.Context(), byWorker(w, i))
				if err == nil {
					_, err = collect(t.Context(), s, 0)
					acked[w]++
				}
				if err != nil {
					if !isUnavailable(err) {
						t.Errorf("the error is %v", err)
					}
					return
				}
				first <- struct{}{}
			}
		})
	}
	<-first
	go func() {
		for range first {
		}
	}()
	closing(t, s)
	wg.Wait()
	close(first)
	total := 0
	for _, n := range acked {
		total += n
	}
	all := changes(t, keeper, 0)
	gapless(t, all)
	if len(all)-1 < total || len(all)-1 > total+len(acked) {
		t.Errorf("%d batches were acknowledged, and %d are there", total, len(all)-1)
	}
}
