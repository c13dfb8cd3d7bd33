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
	batch  map[graph.ID]*graph.Claim // the claims that the batch records
	seen   map[graph.ID]bool         // claims
	queue  []graph.ID
	// sources and entities are records of which all claims are affected.
	sources, entities []graph.ID
	links             map[graph.ID]bool
}

const cypherMentions = `MATCH (c:Claim)
WHERE c.source IN $sources OR c.origin IN $sources
  OR c.subject IN $entities OR c.object IN $entities OR c.speaker IN $entities OR c.attributor IN $entities
RETURN collect(c.id)`

// affectedLinks finds the links whose fold a batch may change, before its records are
// added to the state. What the batch merges into must have been loaded.
func (l *loader) affectedLinks(ctx context.Context, b *graph.Batch) ([]graph.ID, error) {
	a := &affected{
		loader: l, batch: make(map[graph.ID]*graph.Claim, len(b.Claims)),
		seen: map[graph.ID]bool{}, links: map[graph.ID]bool{},
	}
	for i := range b.Claims {
		a.batch[b.Claims[i].ID] = &b.Claims[i]
		a.enqueue(b.Claims[i].ID)
	}
	a.queueMarkings(b)
	for len(a.queue) > 0 || len(a.sources)+len(a.entities) > 0 {
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

// queueMarkings notes the records that the batch gives another marking.
func (a *affected) queueMarkings(b *graph.Batch) {
	for i := range b.Sources {
		s := &b.Sources[i]
		old := a.loader.state.sources[s.ID]
		if old != nil && s.Marking != "" && markingLevel(s.Marking) != markingLevel(old.Marking) {
			a.sources = append(a.sources, s.ID)
		}
	}
	for i := range b.Entities {
		e := &b.Entities[i]
		old := a.loader.state.entities[e.ID]
		if old != nil && e.Marking != "" && markingLevel(e.Marking) != old.marking {
			a.entities = append(a.entities, e.ID)
		}
	}
}

// queueMentions queues every claim in the database that names one of the records.
func (a *affected) queueMentions(ctx context.Context) error {
	if len(a.sources)+len(a.entities) == 0 {
		return nil
	}
	r, err := one(ctx, a.loader.tx, cypherMentions, params{"sources": a.sources, "entities": a.entities})
	if err != nil {
		return err
	}
	a.sources, a.entities = nil, nil
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
		c := a.batch[id]
		if old := a.loader.state.claims[id]; old != nil {
			c = &old.Claim
			for _, by := range old.contradictedBy {
				a.enqueue(by)
			}
		}
		a.addClaim(c)
	}
	return nil
}

// addClaim adds the link of a claim, and queues what else the claim changes.
func (a *affected) addClaim(c *graph.Claim) {
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
	link, ok := linkOf(c)
	if !ok {
		return
	}
	a.links[link] = true
	if other, ok := excludes(c.Key()); ok {
		a.links[other] = true
	}
}
