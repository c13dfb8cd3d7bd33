package main

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// They are so few that two keys give no more rows than are told at once.
const (
	groups    = 60
	incidents = 60
	people    = 100
	reports   = 100
)

// generate makes a graph of so many links of people, the same for the same number: a claim and a
// quarter for each, none against any.
func generate(links int) (*live.Graph, error) {
	r := rand.New(rand.NewPCG(1, uint64(links)))
	g := live.NewGraph(graph.Clear)
	first := graph.Change{Sequence: 1, Recorded: time.Unix(1_700_000_000, 0).UTC()}
	for i := range reports {
		id := graph.ID(fmt.Sprintf("s_report-%d", i))
		first.Sources = append(first.Sources, graph.Source{ID: id, Kind: "REPORT", Title: string(id), Reliability: graph.Reliabilities[r.IntN(6)]})
	}
	add := func(kind graph.EntityKind, name string, n int) {
		for i := range n {
			id := graph.ID(fmt.Sprint(name, i))
			first.Entities = append(first.Entities, graph.Entity{ID: id, Kind: kind, Names: []graph.Name{{Value: string(id)}}})
		}
	}
	add(graph.Individual, "person-", people)
	add(graph.Group, "group-", groups)
	add(graph.Incident, "incident-", incidents)
	if err := g.Add(first); err != nil {
		return nil, err
	}
	for made := 0; made < links; {
		next := graph.Change{Sequence: g.Sequence() + 1, Recorded: first.Recorded}
		for len(next.Claims) < 10_000 && made < links {
			c := claim(r, made)
			next.Claims = append(next.Claims, c.Normalised())
			if made++; made%4 == 0 { // said again, elsewhere
				c.Source, c.Locator = report(r), "p. 2"
				next.Claims = append(next.Claims, c.Normalised())
			}
		}
		if err := g.Add(next); err != nil {
			return nil, err
		}
	}
	return g, nil
}

func report(r *rand.Rand) graph.ID { return graph.ID(fmt.Sprintf("s_report-%d", r.IntN(reports))) }

// claim is about a link of its own, told from the others between its ends by its role.
func claim(r *rand.Rand, number int) graph.Claim {
	a := r.IntN(people)
	c := graph.Claim{
		Subject: graph.ID(fmt.Sprint("person-", a)), Predicate: graph.MemberOf, Object: graph.ID(fmt.Sprint("group-", r.IntN(groups))),
		Role: fmt.Sprint("sector ", number), Hedge: graph.Hedges[r.IntN(12)], Credibility: 1 + r.IntN(6),
		Source: report(r), Locator: fmt.Sprint("p. ", number),
	}
	switch r.IntN(3) {
	case 0:
		c.Predicate, c.Object = graph.ParticipatedIn, graph.ID(fmt.Sprint("incident-", r.IntN(incidents)))
	case 1:
		c.Predicate, c.Object = graph.AssociateOf, graph.ID(fmt.Sprint("person-", (a+1+r.IntN(people-1))%people))
	}
	return c
}
