package server

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"sync"

	"github.com/rabta/rabta/analysis"
	"github.com/rabta/rabta/clients"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/resolvers"
	"github.com/rabta/rabta/schema"
	"github.com/rabta/rabta/schema/generated"
	"github.com/rabta/rabta/server/internal/metrics"
	"github.com/rabta/rabta/web"
)

// Service is a graph to serve and how.
type Service struct {
	// Follower keeps the graph that every reader sees whole, and takes writes.
	Follower *live.Follower
	// Store is the kind of store behind it, for people.
	Store string
	// Writes lets mutations record.
	Writes bool
	// DefaultMarking is that of batches that say none of their own.
	DefaultMarking graph.Marking
	// Examples are shown in the playground.
	Examples []web.Example
	Log      *slog.Logger
}

// networkCacheBytes is how many bytes of projected networks are kept.
const networkCacheBytes = 256 << 20

// Assemble makes the configuration of a server for a service. The caller sets
// where it listens and its limits.
func Assemble(s Service) Config {
	root := &resolvers.Resolver{
		Store: s.Store, Health: s.Follower.Health,
		Networks: analysis.NewCache(networkCacheBytes),
	}
	applies := metrics.NewApplies()
	if s.Writes {
		root.Record = measured(applies, traceApply(s.record))
	}
	return Config{
		Schema: generated.NewExecutableSchema(generated.Config{Resolvers: root}),
		SDL:    schema.SDL(),
		Errors: resolvers.Describe,
		Log:    s.Log,
		Begin: func(ctx context.Context) (context.Context, uint64, error) {
			r := s.Follower.Graph().Reader()
			return live.NewContext(ctx, r), uint64(r.Sequence()), nil
		},
		Sequence:   func() uint64 { return uint64(s.Follower.Graph().Sequence()) },
		WaitFor:    func(ctx context.Context, n uint64) error { return s.Follower.WaitFor(ctx, graph.Sequence(n)) },
		Ready:      func(context.Context) error { return s.Follower.Ready() },
		Exports:    true,
		Reconcile:  true,
		Playground: web.Playground(s.Examples),
		Home:       web.Home((&summaries{Service: s}).summary),
		Favicon:    web.Favicon(),
		Python:     clients.Python(),
		Health:     s.Follower.Health,
		applies:    applies,
	}
}

// record commits a batch of a writer who sees what the service's readers do, and notes the
// commit for the answer's header.
func (s Service) record(ctx context.Context, b graph.Batch) (graph.Commit, error) {
	b.Faults, b.Notices, b.Current = slices.Concat(faultsOf(ctx), b.Unclear()), true, true
	b.Marking = cmp.Or(b.Marking, s.DefaultMarking)
	c, err := s.Follower.Apply(ctx, b)
	if err == nil {
		_, info := withRequestInfo(ctx)
		info.committed.Store(uint64(c.Sequence))
	}
	return c, err
}

// summaries counts what there is once for each commit, one request at a time: the start
// page is nothing that many should have to wait for.
type summaries struct {
	Service
	mu   sync.Mutex
	last web.Summary
}

func (s *summaries) summary(context.Context) (web.Summary, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.Follower.Graph().Reader().View(nil)
	if err != nil {
		return web.Summary{}, err
	}
	r := v.Revision()
	if s.last.Store == "" || s.last.Sequence != uint64(r.Sequence) {
		s.last = web.Summary{
			Entities: r.Entities(), Links: r.Links(), Claims: r.Claims(), Sources: r.Sources(),
			Sequence: uint64(r.Sequence), Store: s.Store,
		}
	}
	return s.last, nil
}
