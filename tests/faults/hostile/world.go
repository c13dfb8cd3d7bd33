// Package hostile holds a graph of many claims and documents that would have a server
// work without end.
package hostile

import (
	"fmt"
	"math/rand/v2"

	"github.com/rabta/rabta/graph"
)

// Sizes of the world for so many claims: an entity for five claims, a source for a
// hundred.
const (
	claimsEach = 5
	sourceEach = 100
)

// World is a batch of so many claims about entities of all kinds, some of which are in
// very many, from one seed.
func World(claims int) graph.Batch {
	w := &world{rand: rand.New(rand.NewPCG(14, 14))}
	w.sources(claims/sourceEach + 1)
	w.entities(claims/claimsEach + 10)
	for len(w.Claims) < claims {
		w.claim()
	}
	return w.Batch
}

type world struct {
	graph.Batch
	rand  *rand.Rand
	kinds map[graph.EntityKind][]graph.ID
}

func (w *world) sources(n int) {
	for i := range n {
		w.Sources = append(w.Sources, graph.Source{
			ID: graph.ID(fmt.Sprintf("s_%d", i)), Kind: graph.SourceKinds[0], Title: fmt.Sprintf("Report %d of an invented paper", i),
			Publisher: fmt.Sprintf("Paper %d", i%50), Reliability: graph.Reliabilities[i%5],
		})
	}
}

// words make names that share most of their letters, as real ones do.
var words = []string{"Abdul", "Rehman", "Mohammad", "Khan", "Jamaat", "Lashkar", "Tehrik", "Qari", "Mullah", "Ahrar"}

func (w *world) entities(n int) {
	w.kinds = map[graph.EntityKind][]graph.ID{}
	kinds := []graph.EntityKind{
		graph.Group, graph.Individual, graph.Individual, graph.Individual, graph.Incident, graph.Incident, graph.Place,
		graph.Madressah, graph.Organisation,
	}
	for i := range n {
		kind := kinds[i%len(kinds)]
		id := graph.ID(fmt.Sprintf("e%d", i))
		name := fmt.Sprintf("%s %s %s %d", w.word(), w.word(), w.word(), i)
		w.Entities = append(w.Entities, graph.Entity{
			ID: id, Kind: kind, Names: []graph.Name{{Value: name}, {Value: w.word() + " " + w.word()}},
			Description: "An invented entity, described in a sentence so that there is text to be searched.",
		})
		w.kinds[kind] = append(w.kinds[kind], id)
	}
}

func (w *world) word() string { return words[w.rand.IntN(len(words))] }

// pick takes one of a kind: some are taken very often.
func (w *world) pick(kind graph.EntityKind) graph.ID {
	list := w.kinds[kind]
	f := w.rand.Float64()
	return list[int(f*f*f*float64(len(list)))]
}

// links are the kinds of link that the world has, with kinds of ends.
var links = []struct {
	kind            graph.Predicate
	subject, object graph.EntityKind
}{
	{graph.MemberOf, graph.Individual, graph.Group},
	{graph.AlliedWith, graph.Group, graph.Group},
	{graph.RivalOf, graph.Group, graph.Group},
	{graph.KinOf, graph.Individual, graph.Individual},
	{graph.AssociateOf, graph.Individual, graph.Individual},
	{graph.OccurredAt, graph.Incident, graph.Place},
	{graph.AttributedTo, graph.Incident, graph.Group},
	{graph.StudiedAt, graph.Individual, graph.Madressah},
}

func (w *world) claim() {
	l := links[w.rand.IntN(len(links))]
	c := graph.Claim{
		Subject: w.pick(l.subject), Predicate: l.kind, Object: w.pick(l.object),
		Source: w.Sources[w.rand.IntN(len(w.Sources))].ID, Hedge: graph.Hedges[w.rand.IntN(4)], Credibility: 1 + w.rand.IntN(5),
		Excerpt: "Reportedly " + w.word() + " and " + w.word() + " were seen in the bazaar by a shopkeeper.",
	}
	if l.kind == graph.KinOf {
		c.Degree = graph.DegreeSibling
	}
	if c.Subject == c.Object {
		return
	}
	w.Claims = append(w.Claims, c)
}
