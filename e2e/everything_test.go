package e2e

import (
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
)

// everything is a batch in which there is a claim of every kind of link between
// every two kinds of entity that it may join, and of every attribute of every kind
// that may have it. There are two entities of each kind: links lead from "a" to "b".
func everything() graph.Batch {
	b := graph.Batch{ID: "everything", Sources: []graph.Source{{ID: "s_all", Kind: "REPORT", Title: "Everything"}}}
	for _, kind := range graph.EntityKinds {
		for _, end := range []string{"a", "b"} {
			e := graph.Entity{ID: named(kind, end), Kind: kind, Names: []graph.Name{{Value: string(named(kind, end))}}}
			if end == "a" {
				e.Representation = graph.Class // which may include "b"
			}
			b.Entities = append(b.Entities, e)
		}
	}
	for _, spec := range graph.Predicates() {
		switch {
		case spec.Name == graph.SameAs: // would make the two of a kind one
		case spec.IsLink():
			for _, from := range spec.From {
				for _, to := range spec.To {
					if !spec.SameKind || from == to {
						c := claim(named(from, "a"), spec.Name, named(to, "b"), nil)
						if spec.Roles != nil {
							c.Role = spec.Roles[0].Name
						}
						b.Claims = append(b.Claims, c)
					}
				}
			}
		case spec.Shape == graph.ShapeSubtype:
			for _, from := range spec.From {
				v := &graph.Value{Text: graph.Subtypes(from)[0]}
				b.Claims = append(b.Claims, claim(named(from, "a"), spec.Name, "", v))
			}
		case spec.Name == graph.NameOf: // as its line has it, so that "a" and "b" stay alike
			for _, from := range spec.From {
				v := &graph.Value{Text: string(named(from, "a"))}
				b.Claims = append(b.Claims, claim(named(from, "a"), spec.Name, "", v))
			}
		case spec.IsAttribute():
			for _, from := range spec.From {
				b.Claims = append(b.Claims, claim(named(from, "a"), spec.Name, "", valueOf(spec.Shape)))
			}
		}
	}
	return b
}

func named(kind graph.EntityKind, end string) graph.ID {
	return graph.ID(strings.ToLower(string(kind)) + "-" + end)
}

func claim(subject graph.ID, p graph.Predicate, object graph.ID, value *graph.Value) graph.Claim {
	return graph.Claim{Subject: subject, Predicate: p, Object: object, Value: value, Hedge: graph.Stated, Source: "s_all", Excerpt: "as the group said"}
}

func valueOf(shape graph.Shape) *graph.Value {
	one := 1.0
	switch shape {
	case graph.ShapeDate:
		day, err := graph.ParseDate("2001-02-03")
		if err != nil {
			panic(err)
		}
		return &graph.Value{Date: day}
	case graph.ShapeRange:
		return &graph.Value{Best: &one}
	case graph.ShapeCasualties:
		return &graph.Value{Best: &one, Role: "CIVILIAN", Effect: "KILLED"}
	case graph.ShapePoint:
		return &graph.Value{Lat: &one, Lon: &one}
	}
	return &graph.Value{Text: "as said"}
}

// ofEverything serves the batch, and two entities under one id.
func ofEverything(t *testing.T) *world {
	t.Helper()
	w := serveTo(t, openStore(t, "memory"), "memory", graph.Red)
	twin := func(kind graph.EntityKind, m graph.Marking) graph.Batch {
		return graph.Batch{Clearance: m, Entities: []graph.Entity{{ID: "twin", Kind: kind, Marking: m, Names: []graph.Name{{Value: "Twin"}}}}}
	}
	open := twin(graph.Group, graph.Clear)
	open.Claims = []graph.Claim{claim("twin", "STATUS", "", valueOf(graph.ShapeText))}
	for _, b := range []graph.Batch{everything(), twin(graph.Place, graph.Red), open} {
		if _, err := w.follower.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	return w
}
