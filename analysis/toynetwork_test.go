package analysis

import (
	"fmt"
	"testing"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
)

// said is a link that a test's network has: subject, kind, object.
type said struct {
	subject graph.ID
	kind    graph.Predicate
	object  graph.ID
}

// networkOf makes a network of everything in a batch.
func networkOf(t testing.TB, b graph.Batch) *Network {
	t.Helper()
	v, err := readerOf(t, b).View(nil)
	if err != nil {
		t.Fatal(err)
	}
	n, err := NewNetwork(v, &ViewInput{
		Bearings: []graph.Bearing{graph.EveryBearing}, Through: []graph.EntityKind{graph.Incident},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// network makes a network of entities, whose kinds their ids begin with, and
// links: "g1" is a group, "i1" an individual, "m1" a madressah, "x1" an incident.
func network(t testing.TB, links []said, entities ...graph.ID) *Network {
	t.Helper()
	kinds := map[byte]graph.EntityKind{'g': graph.Group, 'i': graph.Individual, 'm': graph.Madressah, 'x': graph.Incident}
	b := graph.Batch{Actor: "test", Reason: "test", Sources: []graph.Source{{ID: "s_test", Kind: "REPORT", Title: "test"}}}
	seen := map[graph.ID]bool{}
	add := func(id graph.ID) {
		if !seen[id] {
			seen[id] = true
			b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: kinds[id[0]], Names: []graph.Name{{Value: string(id)}}})
		}
	}
	for _, id := range entities {
		add(id)
	}
	for i, l := range links {
		add(l.subject)
		add(l.object)
		c := graph.Claim{Subject: l.subject, Predicate: l.kind, Object: l.object, Source: "s_test", Hedge: graph.Stated}
		if l.kind == "MEMBER_OF" {
			c.Role = fmt.Sprintf("role %d", i) // links of different roles stand side by side
		}
		b.Claims = append(b.Claims, c)
	}
	return networkOf(t, b)
}

// at is the node of an entity that the network has.
func (n *Network) at(t testing.TB, id graph.ID) algo.Node {
	t.Helper()
	node, ok := n.Node(id)
	if !ok {
		t.Fatalf("the network has no %s", id)
	}
	return node
}
