package neo4j

import (
	"context"
	"strings"

	"github.com/rabta/rabta/graph"
)

// writer writes what a commit changes in the database, from the state to
// which the commit was added.
type writer struct {
	tx    tx
	state *state
	seq   graph.Sequence
}

// records writes the records of a planned batch, the log and the nodes, and
// returns the commit's digest.
func (w *writer) records(
	ctx context.Context, b *graph.Batch, known graph.Known, chain chainDigest,
) (digest string, err error) {
	log, fresh, changed := w.logRows(b, known, chain)
	steps := []func() error{
		func() error {
			return w.sources(ctx, uniqueIDs(b.Sources, func(s *graph.Source) graph.ID { return s.ID }))
		},
		func() error {
			return w.entities(ctx, uniqueIDs(b.Entities, func(e *graph.Entity) graph.ID { return e.ID }))
		},
		func() error { return runRows(ctx, w.tx, cypherRecords, log, params{"seq": int64(w.seq)}) },
		func() error { return w.claims(ctx, fresh) },
		func() error { return w.updateStates(ctx, changed) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return "", err
		}
	}
	return chain.sum(), nil
}

// uniqueIDs lists the ids of records, each once.
func uniqueIDs[R any](records []R, id func(*R) graph.ID) []graph.ID {
	seen := make(map[graph.ID]bool, len(records))
	out := make([]graph.ID, 0, len(records))
	for i := range records {
		if id := id(&records[i]); !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

const cypherRecords = `UNWIND $rows AS r CREATE (:Record {seq: $seq, n: r[0], kind: r[1], id: r[2], json: r[3]})`

// logRows adds a batch to its digest and sorts it into rows of Record, claims that are
// new, and sources and claims that were there and of which something is now said.
func (w *writer) logRows(
	b *graph.Batch, known graph.Known, chain chainDigest,
) (rows [][]any, fresh, changed []graph.ID) {
	n := 0
	add := func(kind string, id graph.ID, json []byte, inClaim bool) {
		chain.record(kind, string(json))
		if !inClaim {
			rows = append(rows, []any{n, kind, id, string(json)})
		}
		n++
	}
	for i := range b.Sources {
		add("source", b.Sources[i].ID, graph.Encode(&b.Sources[i]), false)
	}
	for i := range b.Entities {
		add("entity", b.Entities[i].ID, graph.Encode(&b.Entities[i]), false)
	}
	for i := range b.Claims {
		c := &b.Claims[i]
		_, old := known.Claims[c.ID]
		add("claim", c.ID, graph.Encode(c), !old)
		if old {
			changed = append(changed, c.ID)
		} else {
			fresh = append(fresh, c.ID)
		}
		changed = append(changed, referenced(c, known)...)
	}
	return rows, fresh, changed
}

// referenced lists the claims and sources that a claim says something of and that
// the database holds.
func referenced(c *graph.Claim, known graph.Known) (ids []graph.ID) {
	switch c.Predicate {
	case graph.Retracts, graph.Contradicts:
		for _, id := range []graph.ID{c.Subject, c.Object} {
			if _, old := known.Claims[id]; old {
				ids = append(ids, id)
			}
		}
	case graph.Withdraws:
		if _, old := known.Sources[c.Subject]; old {
			ids = append(ids, c.Subject)
		}
	}
	return ids
}

const cypherSources = `UNWIND $rows AS r MERGE (s:Source {id: r[0]}) SET s += r[1]`

// sources writes what the records of sources add up to.
func (w *writer) sources(ctx context.Context, ids []graph.ID) error {
	rows := make([][]any, len(ids))
	for i, id := range ids {
		rows[i] = []any{id, sourceProperties(w.state.sources[id])}
	}
	return runRows(ctx, w.tx, cypherSources, rows, nil)
}

func sourceProperties(s *source) params {
	return params{
		"kind": s.Kind, "title": s.Title, "publisher": optional(s.Publisher), "url": optional(s.URL),
		"published": optional(s.Published.EDTF), "reliability": s.Letter(), "marking": markingLevel(s.Marking),
		"withdrawnBy": optionals(s.withdrawnBy), "digest": s.digest, "json": string(graph.Encode(&s.Source)),
	}
}

const cypherEntities = `UNWIND $rows AS r MERGE (e:Entity {id: r[0]}) SET e:$(r[1]), e += r[2]`

// entities writes what the records of entities add up to.
func (w *writer) entities(ctx context.Context, ids []graph.ID) error {
	rows := make([][]any, len(ids))
	for i, id := range ids {
		e := w.state.entities[id]
		rows[i] = []any{id, label(e.record.Kind), entityProperties(e)}
	}
	return runRows(ctx, w.tx, cypherEntities, rows, nil)
}

// label is the second label of an entity's node: Group for GROUP.
func label(k graph.EntityKind) string { return string(k[:1]) + strings.ToLower(string(k[1:])) }

func entityProperties(e *entity) params {
	r := e.record
	names := make([]string, len(r.Names))
	for i, n := range r.Names {
		names[i] = n.Value
	}
	return params{
		"kind": r.Kind, "name": r.Primary(), "names": names,
		"description": optional(r.Description), "subtype": optional(r.Subtype),
		"representation": optional(r.Representation), "marking": e.marking, "external": optionals(r.External),
		"digest": e.digest, "json": string(graph.Encode(r)),
	}
}

// optional is null for what is empty: a property that is not there.
func optional[T ~string](v T) any {
	if v == "" {
		return nil
	}
	return string(v)
}

func optionals[T ~string](list []T) any {
	if len(list) == 0 {
		return nil
	}
	return list
}

const cypherClaims = `UNWIND $rows AS r CREATE (:Claim {
  id: r[0], seq: r[1], n: r[2], last: r[3], counts: r[4], retractedBy: r[5], contradictedBy: r[6],
  predicate: r[7], subject: r[8], object: r[9], source: r[10], origin: r[11], speaker: r[12], attributor: r[13],
  link: r[14], hedge: r[15], credibility: r[16], polarity: r[17], marking: r[18], from: r[19], to: r[20],
  text: r[21], json: r[22]})`

// claims writes claims that the database does not hold.
func (w *writer) claims(ctx context.Context, ids []graph.ID) error {
	rows := make([][]any, len(ids))
	for i, id := range ids {
		rows[i] = claimRow(w.state.claims[id])
	}
	return runRows(ctx, w.tx, cypherClaims, rows, nil)
}

// claimColumns names the values of claimRow.
var claimColumns = []string{
	"id", "seq", "n", "last", "counts", "retractedBy", "contradictedBy",
	"predicate", "subject", "object", "source", "origin", "speaker", "attributor", "link",
	"hedge", "credibility", "polarity", "marking", "from", "to", "text", "json",
}

func claimRow(c *claim) []any {
	link, _ := linkOf(&c.Claim)
	e := graph.EvidenceOf(&c.Claim, new(graph.Source))
	text := ""
	if c.Value != nil {
		text = c.Value.Text
	}
	return []any{
		c.ID, int64(c.seq), c.n, int64(c.last), c.counts, optionals(c.retractedBy), optionals(c.contradictedBy),
		c.Predicate, c.Subject, optional(c.Object), c.Source, optional(c.Origin), optional(c.Speaker),
		optional(c.Attributor), optional(link), e.Hedge, c.Credibility, e.Polarity, markingLevel(c.Marking),
		date(e.From.Earliest), date(e.To.Latest), optional(text), string(graph.Encode(&c.Claim)),
	}
}

const (
	cypherClaimStates = `UNWIND $rows AS r MATCH (c:Claim {id: r[0]})
SET c.last = r[1], c.counts = r[2], c.retractedBy = r[3], c.contradictedBy = r[4]`
	cypherSourceStates = `UNWIND $rows AS r MATCH (s:Source {id: r[0]}) SET s.withdrawnBy = r[1]`
)

// updateStates writes what later claims made of claims and sources that were there.
func (w *writer) updateStates(ctx context.Context, ids []graph.ID) error {
	var claims, sources [][]any
	for _, id := range ids {
		if id.IsSource() {
			sources = append(sources, []any{id, optionals(w.state.sources[id].withdrawnBy)})
			continue
		}
		c := w.state.claims[id]
		claims = append(claims, []any{
			id, int64(c.last), c.counts, optionals(c.retractedBy), optionals(c.contradictedBy),
		})
	}
	if err := runRows(ctx, w.tx, cypherClaimStates, claims, nil); err != nil {
		return err
	}
	return runRows(ctx, w.tx, cypherSourceStates, sources, nil)
}

// The hints keep the planner, which may meet these while there is not one
// relationship, from planning to walk them all.
const (
	cypherLink = `UNWIND $rows AS r MATCH (a:Entity {id: r[0]}), (b:Entity {id: r[1]})
CREATE (a)-[l:$(r[2]) {
  id: r[3], status: r[4], credibility: r[5], hedge: r[6], from: r[7], to: r[8], claims: r[9], qualifier: r[10]}]->(b)`
	cypherRelink = `UNWIND $rows AS r MATCH (a:Entity {id: r[0]})-[l]->(b:Entity {id: r[1]})
USING INDEX SEEK a:Entity(id) USING INDEX SEEK b:Entity(id)
WHERE l.id = r[3]
SET l.status = r[4], l.credibility = r[5], l.hedge = r[6], l.from = r[7], l.to = r[8],
  l.claims = r[9], l.qualifier = r[10]`
	cypherUnlink = `UNWIND $rows AS r MATCH (a:Entity {id: r[0]})-[l]->(b:Entity {id: r[1]})
USING INDEX SEEK a:Entity(id) USING INDEX SEEK b:Entity(id)
WHERE l.id = r[3] DELETE l`
)

// writeLinks brings the relationships of links up to date, given those that there
// are.
func (w *writer) writeLinks(ctx context.Context, before map[graph.ID]link, links []graph.ID) error {
	var fresh, changed, gone [][]any
	for _, id := range links {
		old, was := before[id]
		l, is := w.state.relationship(id)
		switch {
		case is && !was:
			fresh = append(fresh, l.row())
		case is && l != old:
			changed = append(changed, l.row())
		case was && !is:
			gone = append(gone, old.row())
		}
	}
	for _, step := range []struct {
		cypher string
		rows   [][]any
	}{{cypherUnlink, gone}, {cypherRelink, changed}, {cypherLink, fresh}} {
		if err := runRows(ctx, w.tx, step.cypher, step.rows, nil); err != nil {
			return err
		}
	}
	return nil
}

func (l *link) row() []any {
	return []any{
		l.source, l.target, l.kind, l.id, l.status, l.credibility, l.hedge,
		date(l.from), date(l.to), l.claims, optional(l.qualifier),
	}
}
