package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
)

var contextCases = []testCase{
	{"a cancelled Apply writes nothing", cancelledApply},
	{"a cancelled Head and Changes give the context's error", cancelledReads},
	{"a deadline that has passed gives the context's error", passedDeadline},
	{"cancelled during the feed, it ends with the context's error", cancelledFeed},
	{"cancelled at any moment of an Apply, it is all or nothing", cancelledAnywhere},
}

func cancelled(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

func cancelledApply(t *testing.T, o Opener) {
	s := opened(t, o)
	got, err := s.Apply(cancelled(t), numbered("n", 1))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	same(t, "the commit", graph.Commit{}, got)
	if h := head(t, s); h != 1 {
		t.Errorf("the head is %d", h)
	}
	if c := apply(t, s, numbered("n", 1)); c.Sequence != 2 || c.Replayed {
		t.Errorf("applied after that, the outcome is %+v", c)
	}
}

func cancelledReads(t *testing.T, o Opener) {
	s := opened(t, o)
	if _, err := s.Head(cancelled(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("the error of Head is %v", err)
	}
	got, err := collect(cancelled(t), s, 0)
	if !errors.Is(err, context.Canceled) || len(got) != 0 {
		t.Errorf("the feed gives %d changes and %v", len(got), err)
	}
	if got := changes(t, s, 0); len(got) != 1 {
		t.Errorf("after that the feed gives %d changes", len(got))
	}
}

func passedDeadline(t *testing.T, o Opener) {
	s := opened(t, o)
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	_, applied := s.Apply(ctx, numbered("n", 1))
	_, asked := s.Head(ctx)
	_, read := collect(ctx, s, 0)
	for _, err := range []error{applied, asked, read} {
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the error is %v", err)
		}
	}
}

// The feed is longer than a store reads at once, so that it must notice.
func cancelledFeed(t *testing.T, o Opener) {
	s := opened(t, o)
	for i := range 3 { // more than a store reads at once
		apply(t, s, bulk(i, 4_000))
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	var last error
	for _, err := range s.Changes(ctx, 0) {
		if last != nil {
			t.Fatal("the feed goes on after an error")
		}
		if last = err; err == nil {
			n++
		}
		cancel()
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("after %d changes the error is %v", n, last)
	}
	if got := changes(t, s, 0); len(got) != 4 {
		t.Errorf("after that the feed gives %d changes", len(got))
	}
}

func cancelledAnywhere(t *testing.T, o Opener) {
	s := opened(t, o)
	want := 1
	for i := range 40 {
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			time.Sleep(time.Duration(i) * 100 * time.Microsecond)
			cancel()
		}()
		c, err := s.Apply(ctx, bulk(i, 50))
		cancel()
		switch h := int(head(t, s)); {
		case err == nil && c.Claims == 50 && h == want+1:
			want++
		case !errors.Is(err, context.Canceled):
			t.Fatalf("the outcome is %+v, %v", c, err)
		default:
			// A commit that was under way may have come through: asking settles it.
			if got := apply(t, s, bulk(i, 50)); got.Replayed != (h == want+1) {
				t.Fatalf("the head went from %d to %d, and the batch applied again gives %+v", want, h, got)
			}
			want++
		}
	}
	all := changes(t, s, 0)
	gapless(t, all)
	for _, c := range all[1:] {
		if len(c.Claims) != 50 {
			t.Fatalf("commit %d has %d claims", c.Sequence, len(c.Claims))
		}
	}
	if len(all) != want {
		t.Errorf("there are %d commits, want %d", len(all), want)
	}
}
