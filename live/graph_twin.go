package live

import (
	"strings"

	"github.com/rabta/rabta/graph"
)

// Whoever does not see an entity may record another of another kind under its id: to refuse
// that would tell of what is hidden. Who sees both finds the one that was recorded first
// under the id, and another under the id, "~" and its kind. What is said of the id belongs
// to the one that its writer saw first.

// twin is an entity that shares its id with others, and who saw it.
type twin struct {
	id    graph.ID // under which it is found
	kind  graph.EntityKind
	stamp graph.Marking // of its first record
}

func twinID(id graph.ID, kind graph.EntityKind) graph.ID {
	return id + "~" + graph.ID(strings.ToLower(string(kind)))
}

// separate gives what a change says of ids that several entities share the ids under which
// these are found.
func (g *Graph) separate(ch *graph.Change) {
	for i := range ch.Entities {
		ch.Entities[i].ID = g.separateEntity(&ch.Entities[i])
	}
	if len(g.twins) == 0 {
		return
	}
	for i := range ch.Claims {
		c := &ch.Claims[i]
		for _, id := range []*graph.ID{&c.Subject, &c.Object, &c.Speaker, &c.Attributor} {
			*id = g.twinFor(*id, ch.Writer)
		}
	}
}

// separateEntity is the id under which an entity is found.
func (g *Graph) separateEntity(e *graph.Entity) graph.ID {
	for _, t := range g.twins[e.ID] {
		if t.kind == e.Kind {
			return t.id
		}
	}
	row, ok := g.entityIndex.get(e.ID)
	if !ok {
		return e.ID
	}
	first := g.entities.at(row)
	if first.kind == e.Kind {
		return e.ID
	}
	if g.twins == nil {
		g.twins = map[graph.ID][]twin{}
	}
	if g.twins[e.ID] == nil {
		g.twins[e.ID] = []twin{{first.id, first.kind, first.stamp}}
	}
	id := twinID(e.ID, e.Kind)
	g.twins[e.ID] = append(g.twins[e.ID], twin{id, e.Kind, e.Stamp})
	return id
}

// twinFor is the id of the entity that a writer means by an id.
func (g *Graph) twinFor(id graph.ID, writer graph.Marking) graph.ID {
	for _, t := range g.twins[id] {
		if t.stamp.Level() <= writer.Level() {
			return t.id
		}
	}
	return id
}
