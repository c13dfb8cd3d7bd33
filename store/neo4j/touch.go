package neo4j

import (
	"context"
	"maps"
	"slices"

	"github.com/rabta/rabta/graph"
)

// toucher finds the links whose fold a batch may change. It loads what it meets.
type toucher struct {
	loader *loader
	batch  map[graph.ID]*graph.Claim // the claims that the batch records
	seen   map[graph.ID]bool         // claims
	queue  []graph.ID
	// sources and entities are records of which all claims are touched.
	sources, entities []graph.ID
	links             map[graph.ID]bool
}

const cypherMentions = `MATCH (c:Claim)
WHERE c.source IN $sources OR c.origin IN $sources
  OR c.subject IN $entities OR c.object IN $entities OR c.speaker IN $entities OR c.attributor IN $entities
RETURN collect(c.id)`

// touch finds the links that a batch touches, before its records are added to
// the world. What the batch merges into must have been loaded.
func (l *loader) touch(ctx context.Context, b *graph.Batch) ([]graph.ID, error) {
	t := &toucher{loader: l, batch: make(map[graph.ID]*graph.Claim, len(b.Claims)), seen: map[graph.ID]bool{}, links: map[graph.ID]bool{}}
	for i := range b.Claims {
		t.batch[b.Claims[i].ID] = &b.Claims[i]
		t.push(b.Claims[i].ID)
	}
	t.markings(b)
	for len(t.queue) > 0 || len(t.sources)+len(t.entities) > 0 {
		if err := t.mentions(ctx); err != nil {
			return nil, err
		}
		if err := t.wave(ctx); err != nil {
			return nil, err
		}
	}
	return slices.Sorted(maps.Keys(t.links)), nil
}

func (t *toucher) push(id graph.ID) {
	if !t.seen[id] {
		t.seen[id] = true
		t.queue = append(t.queue, id)
	}
}

// markings notes the records that the batch gives another marking.
func (t *toucher) markings(b *graph.Batch) {
	for i := range b.Sources {
		s := &b.Sources[i]
		if old := t.loader.world.sources[s.ID]; old != nil && s.Marking != "" && level(s.Marking) != level(old.Marking) {
			t.sources = append(t.sources, s.ID)
		}
	}
	for i := range b.Entities {
		e := &b.Entities[i]
		if old := t.loader.world.entities[e.ID]; old != nil && e.Marking != "" && level(e.Marking) != old.marking {
			t.entities = append(t.entities, e.ID)
		}
	}
}

// mentions queues every claim in the database that names one of the records.
func (t *toucher) mentions(ctx context.Context) error {
	if len(t.sources)+len(t.entities) == 0 {
		return nil
	}
	r, err := one(ctx, t.loader.tx, cypherMentions, params{"sources": t.sources, "entities": t.entities})
	if err != nil {
		return err
	}
	t.sources, t.entities = nil, nil
	for _, id := range ids(r[0]) {
		t.push(id)
	}
	return nil
}

// wave takes the queue: it touches the links of the claims in it, and queues
// the claims that these say something of.
func (t *toucher) wave(ctx context.Context) error {
	wave := t.queue
	t.queue = nil
	for _, id := range wave {
		t.loader.need(id)
	}
	if err := t.loader.load(ctx); err != nil {
		return err
	}
	for _, id := range wave {
		c := t.batch[id]
		if old := t.loader.world.claims[id]; old != nil {
			c = &old.Claim
			for _, by := range old.contradictedBy {
				t.push(by)
			}
		}
		t.claim(c)
	}
	return nil
}

func (t *toucher) claim(c *graph.Claim) {
	switch c.Predicate {
	case graph.Retracts:
		t.push(c.Subject)
	case graph.Contradicts:
		t.push(c.Subject)
		t.push(c.Object)
	case graph.Withdraws:
		if t.loader.world.sources[c.Subject] != nil { // else all its claims are in the batch
			t.sources = append(t.sources, c.Subject)
		}
	}
	link, ok := linkOf(c)
	if !ok {
		return
	}
	t.links[link] = true
	if other, ok := excludes(c.Key()); ok {
		t.links[other] = true
	}
}
