package neo4j

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/dbtype"

	"github.com/rabta/rabta/graph"
)

var _ graph.Verifier = (*Store)(nil)

// Verify is graph.Verifier's. It reads the whole log, with its digests, its order and its
// end, and compares what it adds up to with the native graph and the nodes beside it.
// Nodes and relationships that are not rabta's are passed over. Writers wait meanwhile.
func (s *Store) Verify(ctx context.Context) (graph.Verification, error) {
	var out graph.Verification
	err := s.withHeadLocked(ctx, "verify", func(_ tx, h head) error {
		var v *logVerifier
		err := s.read(ctx, "verify", func(t tx) error {
			v = &logVerifier{state: newState(h.marking), merged: h.merged}
			return v.readLog(ctx, t, h)
		})
		if err != nil {
			return err
		}
		if !v.damaged {
			v.state.replayMerged(h.log, v.kept)
			v.state.settle()
			a, err := s.compare(ctx, v.state)
			if err != nil {
				return err
			}
			a.compareGone(h.gone)
			for _, d := range a.differences {
				v.fault(d.commit, "the native graph", d.String(), rebuildThis)
			}
		}
		out = v.finish(h)
		return nil
	})
	return out, s.failed(ctx, "verify", err)
}

// difference is a place where the native graph is not what the log adds up to.
type difference struct {
	id graph.ID
	// commit is the last one that said something of it; 0 when none did.
	commit graph.Sequence
	// want is what the log adds up to, got what there is; either is empty where it is
	// not to be there, or is not.
	want, got string
}

func (d difference) String() string {
	return fmt.Sprintf("%s: the claims say %q, it holds %q", d.id, d.want, d.got)
}

// audit is what the log adds up to and what was found to differ from it.
type audit struct {
	state       *state
	differences []difference
	// What is to be written again, and the relationships to delete first.
	sources, entities, claims, lines, links []graph.ID
	extra, extraLines                       [][]any
}

// audit compares the database with its log up to head, for a marking of the
// native graph. The head must be held.
func (s *Store) audit(ctx context.Context, h head, marking graph.Marking) (*audit, error) {
	st := newState(marking)
	if err := st.replay(h.log, h.merged, s.changesBetween(ctx, 0, h.seq)); err != nil {
		return nil, err
	}
	return s.compare(ctx, st)
}

// compare compares the database with what its log adds up to.
func (s *Store) compare(ctx context.Context, st *state) (*audit, error) {
	var a *audit
	err := s.read(ctx, "verify", func(t tx) (err error) {
		a, err = audited(ctx, t, st)
		return err
	})
	return a, err
}

// audited is compare in a transaction.
func audited(ctx context.Context, t tx, st *state) (*audit, error) {
	a := &audit{state: st}
	for _, step := range []func(context.Context, tx) error{
		a.compareSources, a.compareEntities, a.compareClaims, a.compareLines, a.compareLinks,
	} {
		if err := step(ctx, t); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// differs notes a difference and reports whether there is one.
func (a *audit) differs(id graph.ID, want, got string) bool {
	if want == got {
		return false
	}
	a.differences = append(a.differences, difference{id, a.state.lastCommit(id), want, got})
	return true
}

const (
	cypherAllSources  = `MATCH (n:Source) RETURN n.id, properties(n)`
	cypherAllEntities = `MATCH (n:Entity) RETURN n.id, properties(n), labels(n)`
	cypherAllClaims   = `MATCH (n:Claim) RETURN n.id, properties(n)`
	cypherAllLinks    = `MATCH (a:Entity)-[l]->(b:Entity) WHERE l.id STARTS WITH 'l_'
RETURN l.id, properties(l), type(l), a.id, b.id`
)

// each calls f with every row of an answer.
func each(ctx context.Context, t tx, cypher string, f func(id graph.ID, properties map[string]any, r row)) error {
	result, err := t.Run(ctx, cypher, nil)
	if err != nil {
		return err
	}
	for result.Next(ctx) {
		r := row(result.Record().Values)
		properties, _ := r[1].(map[string]any)
		f(graph.ID(r.text(0)), properties, r)
	}
	return result.Err()
}

func (a *audit) compareSources(ctx context.Context, t tx) error {
	found := map[graph.ID]string{}
	err := each(ctx, t, cypherAllSources, func(id graph.ID, got map[string]any, _ row) {
		if a.state.sources[id] != nil {
			found[id] = formatProperties(got, a.state.sourceProperties(id))
		}
	})
	for id := range a.state.sources {
		want := a.state.sourceProperties(id)
		if a.differs(id, formatProperties(want, want), found[id]) {
			a.sources = append(a.sources, id)
		}
	}
	return err
}

func (a *audit) compareEntities(ctx context.Context, t tx) error {
	found := map[graph.ID]string{}
	err := each(ctx, t, cypherAllEntities, func(id graph.ID, got map[string]any, r row) {
		if e := a.state.entities[id]; e != nil {
			found[id] = formatProperties(got, a.state.entityProperties(id))
			if own := label(e.record.Kind); slices.Contains(list[string](r[2]), own) {
				found[id] = own + found[id]
			}
		}
	})
	for id, e := range a.state.entities {
		want := a.state.entityProperties(id)
		own := label(e.record.Kind)
		if _, gone := a.state.goneNode(id); gone {
			own = ""
		}
		if a.differs(id, own+formatProperties(want, want), found[id]) {
			a.entities = append(a.entities, id)
		}
	}
	return err
}

// compareGone compares what the head keeps of what is retired.
func (a *audit) compareGone(got any) {
	text := func(v any) string { s, _ := v.(string); return s }
	a.differs("what is retired", text(a.state.goneText()), text(got))
}

func (a *audit) compareClaims(ctx context.Context, t tx) error {
	return each(ctx, t, cypherAllClaims, func(id graph.ID, got map[string]any, _ row) {
		c := a.state.claims[id]
		if c == nil {
			a.differs(id, "", formatProperties(got, got))
			return
		}
		want := a.state.claimProperties(c)
		if a.differs(id, formatProperties(want, want), formatProperties(got, want)) {
			a.claims = append(a.claims, id)
		}
	})
}

func (st *state) claimProperties(c *claim) params {
	p := make(params, len(claimColumns))
	for i, v := range st.claimRow(c) {
		p[claimColumns[i]] = v
	}
	return p
}

func (a *audit) compareLinks(ctx context.Context, t tx) error {
	type found struct{ text, source, target string }
	all := map[graph.ID][]found{}
	err := each(ctx, t, cypherAllLinks, func(id graph.ID, got map[string]any, r row) {
		properties := formatProperties(got, new(link).properties())
		text := fmt.Sprintf("(%s)-[:%s %s]->(%s)", r.text(3), r.text(2), properties, r.text(4))
		all[id] = append(all[id], found{text, r.text(3), r.text(4)})
	})
	for id := range a.state.links {
		if _, ok := all[id]; !ok {
			all[id] = nil
		}
	}
	for id := range a.state.moved {
		if _, ok := all[id]; !ok {
			all[id] = nil
		}
	}
	for id, list := range all {
		want := ""
		if l, ok := a.state.relationship(id); ok {
			want = l.String()
		}
		texts := make([]string, len(list))
		for i := range list {
			texts[i] = list[i].text
		}
		if !a.differs(id, want, strings.Join(texts, " and ")) {
			continue
		}
		a.links = append(a.links, id)
		for i := range list {
			a.extra = append(a.extra, []any{list[i].source, list[i].target, nil, id})
		}
	}
	return err
}

// properties are what the relationship holds beside its type.
func (l *link) properties() params {
	r := l.row()
	return params{
		"id": r[3], "status": r[4], "credibility": r[5], "hedge": r[6],
		"from": r[7], "to": r[8], "claims": r[9], "qualifier": r[10], "bearing": r[11], "speakers": r[12], "deniers": r[13],
		"reliability": r[14], "disputed": r[15], "contested": r[16], "held": r[17], "interrupted": r[18], "outsideLife": r[19],
		"sourceIs": r[20], "amounts": r[21],
	}
}

// String is the link as Cypher writes it.
func (l *link) String() string {
	p := l.properties()
	return fmt.Sprintf("(%s)-[:%s %s]->(%s)", l.source, l.kind, formatProperties(p, p), l.target)
}

// formatProperties writes those of the properties that of names, in order. What is
// null is left out, as the database does.
func formatProperties(properties, of map[string]any) string {
	kept := make(map[string]any, len(of))
	for name := range of {
		switch v := properties[name].(type) {
		case nil:
		case dbtype.Date:
			kept[name] = v.String()
		default:
			kept[name] = v
		}
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(kept); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(b.String())
}

const cypherLockAndReadHead = `MATCH (h:Head {id: 1}) SET h.lock = true RETURN h.seq, h.recorded, h.marking, h.fold,
  h.digest, h.restoring, h.gone, h.log, h.merged`

// withHeadLocked runs work while no commit can be made, in a transaction that holds the
// head and is committed after it.
func (s *Store) withHeadLocked(ctx context.Context, op string, work func(lock tx, h head) error) error {
	return s.explicit(ctx, op, holdLimit, func(lock driver.ExplicitTransaction) error {
		r, err := one(ctx, lock, cypherLockAndReadHead, nil)
		if err != nil {
			return err
		}
		h := head{
			seq: graph.Sequence(r.int(0)), recorded: r.time(1), marking: graph.Marking(r.text(2)), fold: r.int(3),
			digest: r.text(4), restoring: r.truth(5), gone: r[6], log: r.text(7), merged: r.truth(8),
		}
		if err := work(lock, h); err != nil {
			return err
		}
		return lock.Commit(ctx)
	})
}
