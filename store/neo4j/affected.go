package neo4j

import (
	"context"
	"maps"
	"slices"

	"github.com/rabta/rabta/graph"
)

// affected finds the links whose fold a batch may change. It loads what it meets.
type affected struct {
	loader *loader
	writer graph.Marking
	batch  map[graph.ID]*graph.Claim // the claims that the batch records
	seen   map[graph.ID]bool         // claims
	queue  []graph.ID
	// sources are those of which all claims are affected.
	sources []graph.ID
	links   map[graph.ID]bool
}

const cypherMentions = `MATCH (c:Claim)
WHERE c.source IN $sources RETURN collect(c.id)`

// affectedLinks finds the links whose fold a batch may change, before its records are
// added to the state. What the batch merges into must have been loaded.
func (l *loader) affectedLinks(ctx context.Context, b *graph.Batch) ([]graph.ID, error) {
	a := &affected{
		loader: l, writer: b.Clearance, batch: make(map[graph.ID]*graph.Claim, len(b.Claims)),
		seen: map[graph.ID]bool{}, links: map[graph.ID]bool{},
	}
	for i := range b.Claims {
		a.batch[b.Claims[i].ID] = &b.Claims[i]
		a.enqueue(b.Claims[i].ID)
	}
	for len(a.queue)+len(a.sources) > 0 {
		if err := a.queueMentions(ctx); err != nil {
			return nil, err
		}
		if err := a.processQueue(ctx); err != nil {
			return nil, err
		}
	}
	return slices.Sorted(maps.Keys(a.links)), nil
}

func (a *affected) enqueue(id graph.ID) {
	if !a.seen[id] {
		a.seen[id] = true
		a.queue = append(a.queue, id)
	}
}

// queueMentions queues every claim in the database that rests on one of the sources.
func (a *affected) queueMentions(ctx context.Context) error {
	if len(a.sources) == 0 {
		return nil
	}
	r, err := one(ctx, a.loader.tx, cypherMentions, params{"sources": a.sources})
	if err != nil {
		return err
	}
	a.sources = nil
	for _, id := range ids(r[0]) {
		a.enqueue(id)
	}
	return nil
}

// processQueue empties the queue: it adds the links of the claims in it, and queues
// the claims that these say something of.
func (a *affected) processQueue(ctx context.Context) error {
	queue := a.queue
	a.queue = nil
	for _, id := range queue {
		a.loader.need(id)
	}
	if err := a.loader.load(ctx); err != nil {
		return err
	}
	for _, id := range queue {
		if c := a.batch[id]; c != nil {
			a.addClaim(&claim{Claim: *c, ends: a.loader.state.named(c, a.writer)})
		}
		if old := a.loader.state.claims[id]; old != nil {
			a.addClaim(old)
			for _, by := range old.contradictedBy {
				a.enqueue(by)
			}
		}
	}
	return nil
}

// addClaim adds the link of a claim, and queues what else the claim changes.
func (a *affected) addClaim(c *claim) {
	switch c.Predicate {
	case graph.Retracts:
		a.enqueue(c.Subject)
	case graph.Contradicts:
		a.enqueue(c.Subject)
		a.enqueue(c.Object)
	case graph.Withdraws:
		if a.loader.state.sources[c.Subject] != nil { // else all its claims are in the batch
			a.sources = append(a.sources, c.Subject)
		}
	}
	link, ok := c.link()
	if !ok {
		return
	}
	a.links[link] = true
	if other, ok := excludes(c.key()); ok {
		a.links[other] = true
	}
}
