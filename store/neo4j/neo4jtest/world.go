package neo4jtest

import (
	"fmt"

	"github.com/rabta/rabta/graph"
)

// Report is a source.
func Report(id string) graph.Source {
	return graph.Source{ID: graph.ID("s_" + id), Kind: "REPORT", Title: "Report " + id}
}

// Node is an entity that has a name.
func Node(kind graph.EntityKind, id string) graph.Entity {
	return graph.Entity{ID: graph.ID(id), Kind: kind, Names: []graph.Name{{Value: "The " + id}}}
}

// People is what the batches of tests are about.
func People() graph.Batch {
	b := graph.Batch{ID: "people", Sources: []graph.Source{Report("a"), Report("b"), Report("c")}, Entities: []graph.Entity{Node(graph.Incident, "n0")}}
	for i := range 3 {
		b.Entities = append(b.Entities, Node(graph.Group, fmt.Sprintf("g%d", i)), Node(graph.Individual, fmt.Sprintf("i%d", i)))
	}
	return b
}

// Ally is a claim that two groups are allied.
func Ally(a, b, source string) graph.Claim {
	return graph.Claim{Subject: graph.ID(a), Predicate: graph.AlliedWith, Object: graph.ID(b), Source: graph.ID(source), Hedge: graph.Stated}
}

// MustDate is a date that can be read.
func MustDate(s string) graph.PartialDate {
	d, err := graph.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}
