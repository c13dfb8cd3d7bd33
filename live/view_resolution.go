package live

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/graph"
)

// resolution is what a view holds for the same thing: clusters of entities that
// SAME_AS judgements join, and the links of their members read together.
type resolution struct {
	representative map[EntityRow]EntityRow   // member -> representative, clusters of two and more
	members        map[EntityRow][]EntityRow // representative -> all members, itself first
	links          map[LinkRow]*linkCluster
	linksByID      map[graph.ID]*linkCluster
}

// linkCluster is one link that several rows stand for.
type linkCluster struct {
	key   linkKey
	id    graph.ID
	rows  []LinkRow // those that the reader may see, by place
	order ClaimRow  // that of the first
}

// resolve joins what the view's judgements say is the same, best judgement
// first, and never across a NOT_SAME_AS.
func (v *View) resolve() *resolution {
	joins := v.judgements(graph.SameAs)
	if len(joins) == 0 {
		return nil
	}
	apart := map[entityPair]bool{}
	for _, j := range v.judgements(graph.NotSameAs) {
		apart[entityPair{j.a, j.b}], apart[entityPair{j.b, j.a}] = true, true
	}
	slices.SortFunc(joins, func(x, y judgement) int { return x.best.Compare(&y.best) })
	members := map[EntityRow][]EntityRow{}
	rep := map[EntityRow]EntityRow{}
	cluster := func(e EntityRow) (EntityRow, []EntityRow) {
		if r, ok := rep[e]; ok {
			return r, members[r]
		}
		return e, []EntityRow{e}
	}
	for _, j := range joins {
		a, as := cluster(j.a)
		b, bs := cluster(j.b)
		if a == b || anyApart(apart, as, bs) {
			continue
		}
		joined := append(slices.Clone(as), bs...)
		slices.SortFunc(joined, func(x, y EntityRow) int { return cmp.Compare(v.g.entities.at(x).id, v.g.entities.at(y).id) })
		delete(members, a)
		delete(members, b)
		members[joined[0]] = joined
		for _, m := range joined {
			rep[m] = joined[0]
		}
	}
	if len(rep) == 0 {
		return nil
	}
	id := &resolution{representative: rep, members: members, links: map[LinkRow]*linkCluster{}, linksByID: map[graph.ID]*linkCluster{}}
	v.regroup(id)
	return id
}

type judgement struct {
	a, b EntityRow
	best graph.Evidence
}

// entityPair is two entities, by their rows.
type entityPair [2]EntityRow

func anyApart(apart map[entityPair]bool, as, bs []EntityRow) bool {
	for _, a := range as {
		for _, b := range bs {
			if apart[entityPair{a, b}] {
				return true
			}
		}
	}
	return false
}

// judgements are the pairs that identity links of the kind affirm. A SAME_AS that
// is denied joins nothing.
func (v *View) judgements(kind graph.Predicate) []judgement {
	var out []judgement
	for _, number := range v.g.byPredicate[codeOf[kind]].all() {
		if number >= v.sizes.links {
			break
		}
		l := v.g.links.at(number)
		f := v.foldRows([]LinkRow{number}, nil)
		if f.Affirmed == 0 || kind == graph.SameAs && f.Denied > 0 {
			continue
		}
		best, _ := f.Best()
		if graph.Hedges[best.Hedge] != graph.Assessment {
			out = append(out, judgement{l.source, l.target, best})
		}
	}
	return out
}

// regroup re-keys the links of all members, and those that tell members apart, to
// their representatives. Links inside a cluster get a group too, and vanish.
func (v *View) regroup(id *resolution) {
	byKey := map[linkKey]*linkCluster{}
	for member := range id.representative {
		row := v.g.entities.at(member)
		for _, p := range row.postings.all() {
			v.put(id, byKey, p.link)
		}
		for _, number := range row.discriminated.all() {
			v.put(id, byKey, number)
		}
	}
	for _, g := range byKey {
		slices.SortFunc(g.rows, func(a, b LinkRow) int { return cmp.Compare(v.order(a), v.order(b)) })
		g.order = v.order(g.rows[0])
	}
}

func (v *View) put(id *resolution, byKey map[linkKey]*linkCluster, number LinkRow) {
	if number >= v.sizes.links || id.links[number] != nil || v.order(number) == none {
		return
	}
	key := v.rekey(id, v.g.links.at(number))
	g := byKey[key]
	if g == nil {
		g = &linkCluster{key: key, id: v.keyID(key)}
		byKey[key] = g
		id.linksByID[g.id] = g
	}
	g.rows = append(g.rows, number)
	id.links[number] = g
}

func (v *View) rekey(id *resolution, l *linkRecord) linkKey {
	key := linkKey{l.kind, id.of(l.source), id.of(l.target), l.discriminator}
	spec := l.kind.spec()
	if key.target != none && spec.Symmetric && v.g.entities.at(key.source).id > v.g.entities.at(key.target).id {
		key.source, key.target = key.target, key.source
	}
	if spec.Name == graph.AttributedTo && key.discriminator != "" {
		if row, ok := v.g.entityIndex.get(graph.ID(key.discriminator)); ok {
			key.discriminator = string(v.g.entities.at(id.of(row)).id)
		}
	}
	return key
}

func (v *View) keyID(key linkKey) graph.ID {
	k := graph.LinkKey{Kind: key.kind.predicate(), Source: v.g.entities.at(key.source).id, Discriminator: key.discriminator}
	if key.target != none {
		k.Target = v.g.entities.at(key.target).id
	}
	return k.ID()
}

// of is the representative of an entity: itself when nothing is the same.
func (id *resolution) of(e EntityRow) EntityRow {
	if id == nil {
		return e
	}
	if r, ok := id.representative[e]; ok {
		return r
	}
	return e
}

// cluster lists the entities that e stands for.
func (id *resolution) cluster(e EntityRow) []EntityRow {
	if id != nil {
		if m := id.members[e]; m != nil {
			return m
		}
	}
	return []EntityRow{e}
}

// alone reports whether e stands for nothing but itself.
func (id *resolution) alone(e EntityRow) bool { return id == nil || id.members[e] == nil }

// linkCluster is the group that an id names: by its own key, or by that of one of its
// rows; nil when it names none.
func (v *View) linkCluster(id graph.ID) *linkCluster {
	if v.resolution == nil {
		return nil
	}
	if g := v.resolution.linksByID[id]; g != nil {
		return g
	}
	number, ok := v.g.linkIDs.get(id)
	if !ok {
		return nil
	}
	return v.resolution.links[number]
}

// isLink reports whether the group is a link between two entities; not an
// attribute, and not a link inside a cluster.
func (g *linkCluster) isLink() bool {
	return g.key.kind.isLink() && g.key.source != g.key.target
}
