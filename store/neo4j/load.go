package neo4j

import (
	"context"
	"fmt"

	"github.com/rabta/rabta/graph"
)

// loader brings into a state what the database holds of some records and links,
// and all that a fold of these depends on.
type loader struct {
	tx    tx
	state *state
	// requested holds what was asked for, or is known not to be in the database.
	requested map[graph.ID]bool
	pending   map[string][]graph.ID // by parameter of cypherLoad
}

func newLoader(t tx, s *state) *loader {
	return &loader{tx: t, state: s, requested: map[graph.ID]bool{}, pending: map[string][]graph.ID{}}
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

func (l *loader) enqueue(list string, id graph.ID) {
	if !l.requested[id] {
		l.requested[id] = true
		l.pending[list] = append(l.pending[list], id)
	}
}

// A claim's ends are read where one is an entity of which another has the id.
const (
	cypherLoad = `CALL () { UNWIND $links AS id MATCH (c:Claim {link: id}) RETURN collect(` + claimState + `) AS links }
CALL () { UNWIND $claims AS id MATCH (c:Claim {id: id}) RETURN collect(` + claimState + `) AS claims }
CALL () { UNWIND $sources AS id MATCH (s:Source {id: id}) RETURN collect([s.json, s.digest, s.withdrawnBy]) AS sources }
CALL () { UNWIND $records AS id MATCH (e:Entity {id: id}) RETURN collect([e.id, e.json, e.digest]) AS records }
RETURN links, claims, sources, records`
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
	for _, list := range []string{"links", "claims", "sources", "records"} {
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
		l.state.sources[s.ID] = s
		l.need(s.withdrawnBy...)
	}
	for _, values := range list[[]any](r[3]) {
		e, err := decodeEntity(values)
		if err != nil {
			return err
		}
		l.state.entities[graph.ID(row(values).text(0))] = e
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
	if l.state.claims[c.ID] != nil {
		return nil // came with its link and by itself
	}
	l.requested[c.ID] = true
	l.state.addClaim(c)
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

func decodeSource(v row) (*source, error) {
	body, err := graph.Decode[graph.Source]([]byte(v.text(0)))
	return &source{Source: body, digest: v.text(1), withdrawnBy: ids(v[2])}, err
}

func decodeEntity(v row) (*entity, error) {
	body, err := graph.Decode[graph.Entity]([]byte(v.text(1)))
	return &entity{&body, v.text(2), 0}, err
}

// ids is a list of ids, nil for null.
func ids(v any) []graph.ID {
	var out []graph.ID
	for _, s := range list[string](v) {
		out = append(out, graph.ID(s))
	}
	return out
}
