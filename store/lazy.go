package store

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/rabta/rabta/graph"
)

// lazy is a store on a server that is opened when it is first needed.
type lazy struct {
	dial func(context.Context) (graph.Store, error)

	lock   chan struct{} // holds a token while locked; guards what follows
	store  graph.Store
	closed bool
}

var (
	_ graph.Verifier = (*lazy)(nil)
	_ graph.Reporter = (*lazy)(nil)
	_ graph.Receiver = (*lazy)(nil)
)

func newLazy(dial func(context.Context) (graph.Store, error)) *lazy {
	return &lazy{dial: dial, lock: make(chan struct{}, 1)}
}

// open returns the store, and opens it if it is not open. Others wait meanwhile, no
// longer than their contexts let them.
func (l *lazy) open(ctx context.Context) (graph.Store, error) {
	select {
	case l.lock <- struct{}{}:
		defer func() { <-l.lock }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	switch {
	case l.closed:
		return nil, fmt.Errorf("%w: it was closed", graph.ErrUnavailable)
	case l.store != nil:
		return l.store, nil
	}
	s, err := l.dial(ctx)
	if err != nil {
		return nil, err
	}
	l.store = s
	return s, nil
}

// Apply is graph.Store's.
func (l *lazy) Apply(ctx context.Context, b graph.Batch) (graph.Commit, error) {
	s, err := l.open(ctx)
	if err != nil {
		return graph.Commit{}, err
	}
	return s.Apply(ctx, b)
}

// Changes is graph.Store's.
func (l *lazy) Changes(ctx context.Context, since graph.Sequence) iter.Seq2[graph.Change, error] {
	s, err := l.open(ctx)
	if err != nil {
		return func(yield func(graph.Change, error) bool) { yield(graph.Change{}, err) }
	}
	return s.Changes(ctx, since)
}

// Head is graph.Store's.
func (l *lazy) Head(ctx context.Context) (graph.Sequence, error) {
	s, err := l.open(ctx)
	if err != nil {
		return 0, err
	}
	return s.Head(ctx)
}

// Verify is graph.Verifier's.
func (l *lazy) Verify(ctx context.Context) (graph.Verification, error) {
	s, err := l.open(ctx)
	if err != nil {
		return graph.Verification{}, err
	}
	return Verify(ctx, s)
}

// ID is graph.Receiver's.
func (l *lazy) ID(ctx context.Context) (string, error) {
	s, err := l.open(ctx)
	if err != nil {
		return "", err
	}
	return idOf(ctx, s)
}

// Adopt is graph.Receiver's.
func (l *lazy) Adopt(ctx context.Context, id string) error {
	r, err := l.receiver(ctx)
	if err != nil {
		return err
	}
	return r.Adopt(ctx, id)
}

// Receive is graph.Receiver's.
func (l *lazy) Receive(ctx context.Context, c graph.Change) (graph.Commit, error) {
	r, err := l.receiver(ctx)
	if err != nil {
		return graph.Commit{}, err
	}
	return r.Receive(ctx, c)
}

func (l *lazy) receiver(ctx context.Context) (graph.Receiver, error) {
	s, err := l.open(ctx)
	if err != nil {
		return nil, err
	}
	return Receiver(s)
}

// Trouble is graph.Reporter's.
func (l *lazy) Trouble(ctx context.Context) error {
	s, err := l.open(ctx)
	if err != nil {
		return err
	}
	if r, ok := s.(graph.Reporter); ok {
		return r.Trouble(ctx)
	}
	return nil
}

// Close is graph.Store's.
func (l *lazy) Close() error {
	l.lock <- struct{}{}
	defer func() { <-l.lock }()
	l.closed = true
	if l.store == nil {
		return nil
	}
	err := l.store.Close()
	l.store = nil
	if errors.Is(err, graph.ErrUnavailable) {
		return nil // it is gone already
	}
	return err
}
