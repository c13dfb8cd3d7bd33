package neo4j

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
)

// loader brings into a state what the database holds of some records and links,
// and all that a fold of these depends on.
type loader struct {
	tx    tx
	state *state
	// lines is application.linesOf.
	lines func(context.Context, map[graph.ID]bool) iter.Seq2[graph.Placed, error]
	// requested holds what was asked for, absent what is known not to be in the database.
	requested map[request]bool
	absent    map[graph.ID]bool
	pending   map[string][]graph.ID // by parameter of cypherLoad
}

type request struct {
	list string
	id   graph.ID
}

func newLoader(t tx, s *state) *loader {
	return &loader{
		tx: t, state: s, requested: map[request]bool{}, absent: map[graph.ID]bool{}, pending: map[string][]graph.ID{},
	}
}

// need asks for claims, sources and links. Ids of other things are passed over.
func (l *loader) need(ids ...graph.ID) {
	for _, id := range ids {
		switch {
		case id.IsClaim():
			l.enqueue("claims", id)
		case id.IsSource():
			l.enqueue("sources", id)
		case id.IsLink():
			l.enqueue("links", id)
		}
	}
}

// needRecord asks for an entity by its id in the native graph.
func (l *loader) needRecord(id graph.ID) { l.enqueue("records", id) }

// needHistory asks for all records of an entity by the id that it was recorded under, of a
// source, or of a claim that is asked for as well.
func (l *loader) needHistory(ids ...graph.ID) {
	for _, id := range ids {
		if id != "" {
			l.enqueue("histories", id)
		}
	}
}

func (l *loader) enqueue(list string, id graph.ID) {
	if !l.requested[request{list, id}] && !l.absent[id] {
		l.requested[request{list, id}] = true
		l.pending[list] = append(l.pending[list], id)
	}
}

// A claim's ends are read where one is an entity of which another has the id.
const (
	cypherLoad = `CALL () { UNWIND $links AS id MATCH (c:Claim {link: id}) RETURN collect(` + claimState + `) AS links }
CALL () { UNWIND $claims AS id MATCH (c:Claim {id: id}) RETURN collect(` + claimState + `) AS claims }
CALL () { UNWIND $sources AS id MATCH (s:Source {id: id}) RETURN collect([s.json, s.digest, s.withdrawnBy]) AS sources }
CALL () { UNWIND $records AS id MATCH (e:Entity {id: id}) RETURN collect([e.id, e.json, e.digest]) AS records }
CALL () { UNWIND $claims AS id MATCH (l:Line {id: id}) RETURN collect([l.id, l.retractedBy]) AS lines }
CALL () { UNWIND $histories AS id MATCH (r:Record {id: id}) MATCH (k:Commit {seq: r.seq})
  RETURN collect([r.seq, r.n, coalesce(r.stamp, 0), coalesce(r.inForce, r.stamp, 0), k.writer, r.id, r.kind, r.json]) AS again }
CALL () { UNWIND $histories AS id MATCH (c:Claim {id: id}) MATCH (k:Commit {seq: c.seq})
  RETURN collect([c.seq, c.n, coalesce(c.stamp, 0), coalesce(c.inForce, c.stamp, 0), k.writer, c.id, 'claim', '']) AS first }
RETURN links, claims, sources, records, lines, first + again`
	claimState = `[c.json, c.seq, c.n, c.last, c.lasts, c.held, c.retractedBy, c.contradictedBy,
  CASE WHEN c.ends THEN [c.subject, c.object, c.speaker, c.attributor] END, c.writers]`
)

// load fetches what was asked for and what that depends on, until nothing is
// missing.
func (l *loader) load(ctx context.Context) error {
	for {
		p, more := l.next()
		if !more {
			return nil
		}
		r, err := one(ctx, l.tx, cypherLoad, p)
		if err != nil {
			return err
		}
		if err := l.add(r); err != nil {
			return fmt.Errorf("a record cannot be decoded: %w", err)
		}
	}
}

// next takes a chunk of every list that is pending.
func (l *loader) next() (p params, more bool) {
	p = params{}
	for _, list := range []string{"links", "claims", "sources", "records", "histories"} {
		ids := l.pending[list]
		n := min(len(ids), chunk)
		p[list] = ids[:n]
		l.pending[list] = ids[n:]
		more = more || n > 0
	}
	return p, more
}

// add adds one answer to the state and asks for what it refers to.
func (l *loader) add(r row) error {
	for _, values := range append(list[[]any](r[0]), list[[]any](r[1])...) {
		if err := l.addClaim(values); err != nil {
			return err
		}
	}
	for _, values := range list[[]any](r[2]) {
		s, err := decodeSource(values)
		if err != nil {
			return err
		}
		s.versions = l.state.source(s.ID).versions
		l.state.sources[s.ID] = s
		l.need(s.withdrawnBy...)
	}
	for _, values := range list[[]any](r[3]) {
		e, err := decodeEntity(values)
		if err != nil {
			return err
		}
		id := graph.ID(row(values).text(0))
		e.lines = l.state.entity(id).lines
		l.state.entities[id] = e
	}
	for _, values := range list[[]any](r[4]) {
		id := graph.ID(row(values).text(0))
		l.state.lines[id] = &line{retractedBy: ids(row(values)[1])}
		l.need(l.state.lines[id].retractedBy...)
	}
	return l.state.addHistories(list[[]any](r[5]))
}

// source and entity are those of an id in the state, or one of which nothing was read yet.
func (st *state) source(id graph.ID) *source {
	if st.sources[id] == nil {
		st.sources[id] = new(source)
	}
	return st.sources[id]
}

func (st *state) entity(id graph.ID) *entity {
	if st.entities[id] == nil {
		st.entities[id] = new(entity)
	}
	return st.entities[id]
}

// addHistories adds records to what they are of.
func (st *state) addHistories(rows [][]any) error {
	at := func(v row) position { return st.order.ranked(positionOf(graph.Sequence(v.int(0)), int(v.int(1)))) }
	slices.SortFunc(rows, func(a, b []any) int { return cmp.Compare(at(a), at(b)) })
	for _, values := range rows {
		v := row(values)
		at, id := at(v), graph.ID(v.text(5))
		seal := graph.Seal{Stamp: markingAt(v.int(2)), InForce: markingAt(v.int(3))}
		switch v.text(6) {
		case "source":
			r, err := graph.Decode[graph.Source]([]byte(v.text(7)))
			if err != nil {
				return err
			}
			r.Seal = seal
			s := st.source(id)
			s.versions = append(s.versions, sourceVersion{r, at})
		case "entity":
			r, err := graph.Decode[graph.Entity]([]byte(v.text(7)))
			if err != nil {
				return err
			}
			r.Seal = seal
			st.noteKind(&r)
			e := st.entity(st.nativeID(id, r.Kind))
			e.lines = append(e.lines, entityLine{r, at})
		default:
			if c := st.claims[id]; c != nil {
				c.records = append(c.records, record{recording: recording{at, uint8(v.int(4))}, marking: seal.InForce})
			}
		}
	}
	return nil
}

// references lists what a fold asks of what a claim names.
func references(c *graph.Claim) []graph.ID { return []graph.ID{c.Source, c.Subject, c.Object} }

func (l *loader) addClaim(values row) error {
	c, err := decodeClaim(values)
	if err != nil {
		return err
	}
	c.rank(l.state.order)
	if l.state.claims[c.ID] != nil {
		return nil // came with its link and by itself
	}
	l.requested[request{"claims", c.ID}] = true
	l.state.addClaim(c)
	if c.hasHistory() {
		l.needHistory(c.ID)
	}
	if _, ok := c.link(); ok || c.Predicate == graph.Contradicts {
		l.needHistory(c.Source) // of which the reader may see a part
	}
	l.need(references(&c.Claim)...)
	l.need(c.retractedBy...)
	l.need(c.contradictedBy...)
	return nil
}

func decodeClaim(v row) (*claim, error) {
	body, err := graph.Decode[graph.Claim]([]byte(v.text(0)))
	if err != nil {
		return nil, err
	}
	return &claim{
		Claim: body, seq: graph.Sequence(v.int(1)), n: int(v.int(2)), last: position(v.int(3)),
		lasts: lastsOf(v[4], v[9], v[5], position(v.int(3))), retractedBy: ids(v[6]), contradictedBy: ids(v[7]), ends: ids(v[8]),
	}, nil
}

// rank has places that the database gave be by the order of all logs.
func (c *claim) rank(order *ranking) {
	c.last = order.ranked(c.last)
	for m, r := range c.lasts {
		r.at = order.ranked(r.at)
		c.lasts[m] = r
	}
}

func decodeSource(v row) (*source, error) {
	body, err := graph.Decode[graph.Source]([]byte(v.text(0)))
	return &source{Source: body, digest: v.text(1), withdrawnBy: ids(v[2])}, err
}

func decodeEntity(v row) (*entity, error) {
	body, err := graph.Decode[graph.Entity]([]byte(v.text(1)))
	return &entity{record: &body, digest: v.text(2)}, err
}

// ids is a list of ids, nil for null.
func ids(v any) []graph.ID {
	var out []graph.ID
	for _, s := range list[string](v) {
		out = append(out, graph.ID(s))
	}
	return out
}
