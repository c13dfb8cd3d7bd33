package neo4j

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
)

// writer writes what a commit changes in the database, from the state to
// which the commit was added.
type writer struct {
	tx    tx
	state *state
}

// records writes the records of a commit, the log and the nodes, given what was known
// before it.
func (w *writer) records(ctx context.Context, c *commit, known graph.Known) error {
	log, fresh, changed := w.logRows(c, known)
	tombstones := make([][]any, len(c.Tombstones))
	for i := range c.Tombstones {
		tombstones[i] = tombstoneRow(c.Sequence, &c.Tombstones[i])
	}
	steps := []func() error{
		func() error { return w.sources(ctx, uniqueIDs(c.Sources, sourceIDs)) },
		func() error { return w.entities(ctx, uniqueIDs(c.Entities, w.state.entityIDs)) },
		func() error { return runRows(ctx, w.tx, cypherRecords, log, params{"seq": int64(c.Sequence)}) },
		func() error { return writeTombstones(ctx, w.tx, tombstones) },
		func() error { return w.claims(ctx, fresh) },
		func() error { return w.dropLines(ctx, fresh, known) },
		func() error { return w.updateStates(ctx, changed) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func sourceIDs(s *graph.Source) []graph.ID { return []graph.ID{s.ID} }

// entityIDs are the nodes that a record of an entity changes: its own, and the one that
// has its id.
func (st *state) entityIDs(e *graph.Entity) []graph.ID {
	return []graph.ID{e.ID, st.nativeID(e.ID, e.Kind)}
}

// uniqueIDs lists the ids that records have, each once.
func uniqueIDs[R any](records []R, ids func(*R) []graph.ID) []graph.ID {
	seen := make(map[graph.ID]bool, len(records))
	out := make([]graph.ID, 0, len(records))
	for i := range records {
		for _, id := range ids(&records[i]) {
			if !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}

const cypherRecords = `UNWIND $rows AS r CREATE (:Record {seq: $seq, n: r[0], kind: r[1], id: r[2], json: r[3],
  stamp: r[4], inForce: r[5]})`

// logRows sorts a commit into rows of Record, claims that are new, and sources, claims and
// lines of which something is now said, and which are not among the new.
func (w *writer) logRows(b *commit, known graph.Known) (rows [][]any, fresh, changed []graph.ID) {
	for _, p := range b.Records() {
		old := p.Claim != nil && hasClaim(known[p.ID()])
		if p.Claim == nil || old {
			seal := p.Seal()
			stamp, inForce := sealRow(&seal)
			rows = append(rows, []any{p.Place, string(p.Type()), p.ID(), string(p.Encode()), stamp, inForce})
		}
		if p.Claim == nil {
			continue
		}
		if old {
			changed = append(changed, p.ID())
		} else {
			fresh = append(fresh, p.ID())
		}
		changed = append(changed, w.referenced(p.Claim, known)...)
	}
	return rows, fresh, changed
}

// sealRow is a seal as the database keeps it: no stamp is CLEAR, and no marking in force
// the stamp.
func sealRow(s *graph.Seal) (stamp, inForce any) {
	if s.InForce != s.Stamp {
		inForce = s.InForce.Level()
	}
	return positive(s.Stamp.Level()), inForce
}

// referenced lists the claims and sources that a claim says something of and that
// the database holds, and the lines that it retracts.
func (w *writer) referenced(c *graph.Claim, known graph.Known) (ids []graph.ID) {
	switch c.Predicate {
	case graph.Retracts, graph.Contradicts:
		for _, id := range []graph.ID{c.Subject, c.Object} {
			if hasClaim(known[id]) || w.state.lines[id] != nil {
				ids = append(ids, id)
			}
		}
	case graph.Withdraws:
		if _, old := known[c.Subject]; old {
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
		rows[i] = []any{id, w.state.sourceProperties(id)}
	}
	return runRows(ctx, w.tx, cypherSources, rows, nil)
}

func (st *state) sourceProperties(id graph.ID) params {
	s := st.sources[id]
	return params{
		"kind": s.Kind, "title": s.Title, "publisher": optional(s.Publisher), "url": optional(s.URL),
		"published": optional(s.Published.EDTF), "reliability": s.Letter(), "marking": st.marking(id, "").Level(),
		"withdrawnBy": optionals(s.withdrawnBy), "digest": s.digest, "json": string(graph.Encode(&s.Source)),
		"held": heldRow(st.known[id], usualSource(s.digest)),
	}
}

const cypherEntities = `UNWIND $rows AS r MERGE (e:Entity {id: r[0]}) SET e:$(r[1]), e += r[2] REMOVE e:$(r[3])`

// entities writes what the records of entities add up to.
func (w *writer) entities(ctx context.Context, ids []graph.ID) error {
	rows := make([][]any, len(ids))
	for i, id := range ids {
		own := label(w.state.entities[id].record.Kind)
		set, remove := []string{own}, slices.DeleteFunc(kindLabels(), func(l string) bool { return l == own })
		if _, gone := w.state.goneNode(id); gone {
			set, remove = []string{}, append(remove, own)
		}
		rows[i] = []any{id, set, w.state.entityProperties(id), remove}
	}
	return runRows(ctx, w.tx, cypherEntities, rows, nil)
}

func kindLabels() []string {
	out := make([]string, len(graph.EntityKinds))
	for i, k := range graph.EntityKinds {
		out[i] = label(k)
	}
	return out
}

// label is the second label of an entity's node that is not retired: Group for GROUP.
func label(k graph.EntityKind) string { return string(k[:1]) + strings.ToLower(string(k[1:])) }

const cypherEntityNames = `UNWIND $rows AS r MATCH (e:Entity {id: r[0]}) SET e += r[1]`

// names writes what entities are called and described as.
func (w *writer) names(ctx context.Context, ids []graph.ID) error {
	rows := make([][]any, len(ids))
	for i, id := range ids {
		rows[i] = []any{id, w.state.namingProperties(id)}
	}
	return runRows(ctx, w.tx, cypherEntityNames, rows, nil)
}

func (st *state) entityProperties(id graph.ID) params {
	e := st.entities[id]
	r := e.record
	p := st.namingProperties(id)
	maps.Copy(p, params{
		"kind": r.Kind, "marking": st.marking(r.ID, r.Kind).Level(),
		"digest": e.digest, "json": string(graph.Encode(r)), "held": nil, "kinds": nil, "retired": nil, "successor": nil,
	})
	if why, gone := st.goneNode(id); gone {
		p["retired"], p["successor"] = why.Reason, optional(why.Successor)
	}
	if id == r.ID { // which is where all that has the id is looked for
		p["held"], p["kinds"] = heldRow(st.known[id], usualEntity(r.Kind, e.digest)), kindsRow(st.kinds[id])
	}
	return p
}

// optional is null for what is empty: a property that is not there.
func optional[T ~string](v T) any {
	if v == "" {
		return nil
	}
	return string(v)
}

// positive is null for 0.
func positive(n uint8) any {
	if n == 0 {
		return nil
	}
	return n
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
  text: r[21], json: r[22], stamp: r[23], inForce: r[24], held: r[25], lasts: r[26], ends: r[27], writers: r[28], speakerText: r[29]})`

// claims writes claims that the database does not hold.
func (w *writer) claims(ctx context.Context, ids []graph.ID) error {
	rows := make([][]any, len(ids))
	for i, id := range ids {
		rows[i] = w.state.claimRow(w.state.claims[id])
	}
	return runRows(ctx, w.tx, cypherClaims, rows, nil)
}

// claimColumns names the values of claimRow.
var claimColumns = []string{
	"id", "seq", "n", "last", "counts", "retractedBy", "contradictedBy",
	"predicate", "subject", "object", "source", "origin", "speaker", "attributor", "link",
	"hedge", "credibility", "polarity", "marking", "from", "to", "text", "json",
	"stamp", "inForce", "held", "lasts", "ends", "writers", "speakerText",
}

func (st *state) claimRow(c *claim) []any {
	link, _ := c.link()
	e := graph.EvidenceOf(&c.Claim, new(graph.Source))
	text := ""
	if c.Value != nil {
		text = c.Value.Text
	}
	stamp, inForce := sealRow(&c.Seal)
	held, counts := st.known[c.ID], st.counts(c.ID)
	ends, named := []graph.ID{c.Subject, c.Object, c.Speaker, c.Attributor}, any(nil)
	if c.ends != nil {
		ends, named = c.ends, true
	}
	return []any{
		c.ID, int64(c.seq), c.n, int64(st.order.located(c.last)), counts, optionals(c.retractedBy), optionals(c.contradictedBy),
		c.Predicate, ends[0], optional(ends[1]), c.Source, optional(c.Origin), optional(ends[2]),
		optional(ends[3]), optional(link), e.Hedge, c.Credibility, e.Polarity, st.marking(c.ID, "").Level(),
		date(e.From.Earliest), date(e.To.Latest), optional(text), string(graph.Encode(&c.Claim)),
		stamp, inForce, heldRow(held, usualClaim(counts)), st.lastsRow(c, held), named, writersRow(c, held), optional(c.SpeakerText),
	}
}

const (
	cypherClaimStates = `UNWIND $rows AS r MATCH (c:Claim {id: r[0]})
SET c.last = r[1], c.counts = r[2], c.retractedBy = r[3], c.contradictedBy = r[4], c.marking = r[5], c.held = r[6],
  c.lasts = r[7], c.writers = r[8]`
	cypherSourceStates = `UNWIND $rows AS r MATCH (s:Source {id: r[0]}) SET s.withdrawnBy = r[1]`
)

// updateStates writes what later claims made of claims, sources and lines that were there.
func (w *writer) updateStates(ctx context.Context, ids []graph.ID) error {
	var claims, sources [][]any
	var lines []graph.ID
	for _, id := range ids {
		switch {
		case id.IsSource():
			sources = append(sources, []any{id, optionals(w.state.sources[id].withdrawnBy)})
			continue
		case w.state.lines[id] != nil:
			lines = append(lines, id)
			continue
		}
		c := w.state.claims[id]
		held, counts := w.state.known[id], w.state.counts(id)
		claims = append(claims, []any{
			id, int64(w.state.order.located(c.last)), counts, optionals(c.retractedBy), optionals(c.contradictedBy), w.state.marking(id, "").Level(),
			heldRow(held, usualClaim(counts)), w.state.lastsRow(c, held), writersRow(c, held),
		})
	}
	if err := runRows(ctx, w.tx, cypherClaimStates, claims, nil); err != nil {
		return err
	}
	if err := runRows(ctx, w.tx, cypherSourceStates, sources, nil); err != nil {
		return err
	}
	return w.lines(ctx, lines)
}

// The hints keep the planner, which may meet these while there is not one
// relationship, from planning to walk them all.
const (
	cypherLink = `UNWIND $rows AS r MATCH (a:Entity {id: r[0]}), (b:Entity {id: r[1]})
CREATE (a)-[l:$(r[2]) {
  id: r[3], status: r[4], credibility: r[5], hedge: r[6], from: r[7], to: r[8], claims: r[9], qualifier: r[10],
  bearing: r[11], speakers: r[12], deniers: r[13], reliability: r[14], disputed: r[15], contested: r[16], held: r[17],
  interrupted: r[18], outsideLife: r[19], sourceIs: r[20], amounts: r[21]}]->(b)`
	cypherRelink = `UNWIND $rows AS r MATCH (a:Entity {id: r[0]})-[l]->(b:Entity {id: r[1]})
USING INDEX SEEK a:Entity(id) USING INDEX SEEK b:Entity(id)
WHERE l.id = r[3]
SET l.status = r[4], l.credibility = r[5], l.hedge = r[6], l.from = r[7], l.to = r[8],
  l.claims = r[9], l.qualifier = r[10], l.bearing = r[11], l.speakers = r[12], l.deniers = r[13], l.reliability = r[14],
  l.disputed = r[15], l.contested = r[16], l.held = r[17], l.interrupted = r[18], l.outsideLife = r[19],
  l.sourceIs = r[20], l.amounts = r[21]`
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
		date(l.from), date(l.to), l.claims, optional(l.qualifier), l.bearing, textsRow(l.speakers), textsRow(l.deniers),
		l.reliability, l.disputed, l.contested, textsRow(l.held), l.interrupted, l.outsideLife,
		textsRow(l.sourceIs), textsRow(l.amounts),
	}
}
