package neo4j

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
)

// affected finds the links whose fold a batch may change, and the entities whose names it
// may change, without those that it records. It loads what it meets.
type affected struct {
	loader *loader
	writer graph.Marking
	batch  map[graph.ID]*graph.Claim // the claims that the batch records
	seen   map[graph.ID]bool         // claims
	queue  []graph.ID
	// sources are those of which all claims are affected, cited those that may be the sources
	// of names that are.
	sources, cited []graph.ID
	links          map[graph.ID]bool
	retracted      map[graph.ID]bool // claims
	entities       map[graph.ID]bool // by the ids that they were recorded under
	// tied are the entities of which any link may change, by their ids in the native graph.
	tied map[graph.ID]bool
}

const cypherMentions = `MATCH (c:Claim)
WHERE c.source IN $sources RETURN collect(c.id)`

// affectedBy finds the links and the entities that a batch may change, before its records
// are added to the state. What the batch merges into must have been loaded. A batch that is
// early comes before others in the order of all logs: what they cite may be there by it.
func (l *loader) affectedBy(ctx context.Context, b *graph.Batch, early bool) (links, entities []graph.ID, err error) {
	a := &affected{
		loader: l, writer: b.Clearance, batch: make(map[graph.ID]*graph.Claim, len(b.Claims)),
		seen: map[graph.ID]bool{}, links: map[graph.ID]bool{}, retracted: map[graph.ID]bool{}, entities: map[graph.ID]bool{},
		tied: map[graph.ID]bool{},
	}
	for i := range b.Sources {
		if s := &b.Sources[i]; early || l.state.sources[s.ID] != nil && l.state.sources[s.ID].changes(s, l.state) {
			a.sources = append(a.sources, s.ID)
		}
	}
	for i := range b.Claims {
		a.batch[b.Claims[i].ID] = &b.Claims[i]
		a.enqueue(b.Claims[i].ID)
	}
	for len(a.queue)+len(a.sources) > 0 {
		if err := a.queueMentions(ctx); err != nil {
			return nil, nil, err
		}
		if err := a.processQueue(ctx); err != nil {
			return nil, nil, err
		}
	}
	if err := a.addCiting(ctx); err != nil {
		return nil, nil, err
	}
	if err := a.addLines(ctx); err != nil {
		return nil, nil, err
	}
	if err := a.addTied(ctx); err != nil {
		return nil, nil, err
	}
	for i := range b.Entities {
		delete(a.entities, b.Entities[i].ID)
	}
	return slices.Sorted(maps.Keys(a.links)), slices.Sorted(maps.Keys(a.entities)), nil
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
	a.cited = append(a.cited, a.sources...)
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
		a.retracted[c.Subject] = true
		a.enqueue(c.Subject)
	case graph.Contradicts:
		a.enqueue(c.Subject)
		a.enqueue(c.Object)
	case graph.Withdraws:
		if a.loader.state.sources[c.Subject] != nil { // else all its claims are in the batch
			a.sources = append(a.sources, c.Subject)
		}
	}
	if c.Predicate.Spec().Naming {
		a.entities[c.Subject] = true
		return
	}
	link, ok := c.link()
	if !ok {
		return
	}
	a.links[link] = true
	switch {
	case isVital(c.Predicate):
		a.tied[c.subject()] = true
	case c.Predicate == graph.DeniedResponsibility: // whatever lays the incident to who denies it
		a.tied[c.object()] = true
	}
	if other, ok := excludes(c.key()); ok {
		a.links[other] = true
	}
}

const cypherTied = `UNWIND $ids AS id MATCH (:Entity {id: id})-[l]-(:Entity) WHERE l.id STARTS WITH 'l_'
RETURN collect(DISTINCT l.id)`

// addTied adds the relationships that there are of entities of which any may change.
func (a *affected) addTied(ctx context.Context) error {
	if len(a.tied) == 0 {
		return nil
	}
	r, err := one(ctx, a.loader.tx, cypherTied, params{"ids": slices.Sorted(maps.Keys(a.tied))})
	if err != nil {
		return err
	}
	for _, id := range ids(r[0]) {
		a.links[id] = true
	}
	return nil
}

// loadTimes loads what says when the ends of links lived, and whether the accused denies what
// they lay to him: of those that are affected, and of those that claims of a commit make.
func (l *loader) loadTimes(ctx context.Context, c *commit, links []graph.ID) error {
	for _, id := range links {
		if key, ok := l.state.keyOf(id); ok {
			l.needTimes(key)
		}
	}
	for i := range c.Claims {
		if k := &c.Claims[i]; k.Predicate.Spec().IsLink() {
			l.needTimes((&claim{Claim: *k, ends: l.state.named(k, c.Writer)}).key())
		}
	}
	return l.load(ctx)
}

func (l *loader) needTimes(key graph.LinkKey) {
	if denial, ok := denialOf(key); ok {
		l.need(denial)
	}
	if begin, _ := key.Kind.Spec().Bearing.CutByLife(); !begin {
		return
	}
	for _, id := range []graph.ID{key.Source, key.Target} {
		for _, p := range vitals {
			if !l.absent[id] {
				l.need(vitalKey(id, p))
			}
		}
	}
}

const (
	cypherNamed = `MATCH (c:Claim) WHERE c.source IN $sources AND c.predicate IN $predicates
RETURN collect(DISTINCT c.subject)`
	cypherCiting = `MATCH (r:Record) WHERE r.kind = 'entity' AND any(s IN $quoted WHERE r.json CONTAINS s)
RETURN collect(DISTINCT r.id)`
)

// addCiting adds the entities of which something is said by what changed of sources. It
// reads all claims and lines: few commits change that.
func (a *affected) addCiting(ctx context.Context) error {
	if len(a.cited) == 0 {
		return nil
	}
	quoted := make([]string, len(a.cited))
	for i, id := range a.cited {
		quoted[i] = `"source":"` + string(id) + `"`
	}
	r, err := one(ctx, a.loader.tx, cypherNamed, params{"sources": a.cited, "predicates": namingPredicates})
	if err != nil {
		return err
	}
	lines, err := one(ctx, a.loader.tx, cypherCiting, params{"quoted": quoted})
	if err != nil {
		return err
	}
	for _, id := range append(ids(r[0]), ids(lines[0])...) {
		own, _, _ := strings.Cut(string(id), "~")
		a.entities[graph.ID(own)] = true
	}
	return nil
}

// addLines adds the entities of which lines say what is retracted.
func (a *affected) addLines(ctx context.Context) error {
	for id := range a.retracted {
		if a.loader.state.claims[id] != nil || a.batch[id] != nil {
			delete(a.retracted, id)
		}
	}
	if len(a.retracted) == 0 {
		return nil
	}
	for p, err := range a.loader.lines(ctx, a.retracted) {
		if err != nil {
			return err
		}
		if slices.ContainsFunc(graph.Expand(p.Entity), func(c graph.Claim) bool { return a.retracted[c.ID] }) {
			a.entities[p.Entity.ID] = true
		}
	}
	return nil
}

// loadNames loads what the entities, and those that the commit records, are called by.
func (l *loader) loadNames(ctx context.Context, c *commit, entities []graph.ID) error {
	all := slices.Clone(entities)
	for i := range c.Entities {
		e := &c.Entities[i]
		all = append(all, e.ID)
		for _, n := range e.Names {
			l.need(n.Source)
			l.needHistory(n.Source)
		}
	}
	l.needHistory(all...)
	if err := l.load(ctx); err != nil {
		return err
	}
	for _, own := range all {
		if l.absent[own] {
			continue
		}
		for _, id := range l.state.nativeIDs(own) {
			for _, p := range namingPredicates {
				l.need(namingKey(id, p))
			}
			l.needSaid(l.state.entity(id))
		}
	}
	for i := range c.Entities {
		if e := &c.Entities[i]; !l.absent[e.ID] {
			l.needSaid(&entity{lines: []entityLine{{Entity: *e}}})
		}
	}
	return l.load(ctx)
}

// needSaid asks for the claims that lines of an entity stand for, and their sources.
func (l *loader) needSaid(e *entity) {
	for i := range e.lines {
		for _, c := range graph.Expand(&e.lines[i].Entity) {
			l.need(c.ID, c.Source)
			l.needHistory(c.Source)
		}
	}
}
