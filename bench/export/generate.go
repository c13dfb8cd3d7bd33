package main

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// generate makes a graph of so many links, the same for the same number: a quarter
// as many entities, a claim and a quarter for each link, a thousand sources of which
// a third rely on another, names in two scripts, dates of every precision.
func generate(links int) (*live.Graph, error) {
	r := rand.New(rand.NewPCG(1, uint64(links)))
	g := live.NewGraph(graph.Clear)
	ch := graph.Change{Sequence: 1, Recorded: time.Unix(1_700_000_000, 0).UTC(), Sources: sources(r), Entities: entities(r, links/4)}
	if err := g.Add(ch); err != nil {
		return nil, err
	}
	people := len(ch.Entities) - groups - places
	made := 0
	for made < links {
		next := graph.Change{Sequence: g.Sequence() + 1, Recorded: ch.Recorded}
		for len(next.Claims) < 10_000 && made < links {
			c := claim(r, made, people)
			next.Claims = append(next.Claims, c.Normalised())
			if made++; made%4 == 0 { // said again, elsewhere
				c.Source, c.Locator = source(r), "p. 2"
				next.Claims = append(next.Claims, c.Normalised())
			}
		}
		if err := g.Add(next); err != nil {
			return nil, err
		}
	}
	return g, nil
}

const (
	groups = 500
	places = 300
	papers = 1000
)

func source(r *rand.Rand) graph.ID { return graph.ID(fmt.Sprintf("s_paper-%d", r.IntN(papers))) }

func sources(r *rand.Rand) (out []graph.Source) {
	for i := range papers {
		s := graph.Source{ID: graph.ID(fmt.Sprintf("s_paper-%d", i)), Kind: "ARTICLE", Title: "A paper", Reliability: graph.Reliabilities[r.IntN(6)]}
		if i > 0 && i%3 == 0 {
			s.DerivedFrom = []graph.ID{graph.ID(fmt.Sprintf("s_paper-%d", r.IntN(i)))}
		}
		out = append(out, s)
	}
	return out
}

func entities(r *rand.Rand, n int) (out []graph.Entity) {
	add := func(kind graph.EntityKind, id, name string) {
		out = append(out, graph.Entity{ID: graph.ID(id), Kind: kind, Names: []graph.Name{{Value: name, Primary: true}, {Value: "نام " + id, Lang: "ur"}}})
	}
	for i := range groups {
		add(graph.Group, fmt.Sprint("group-", i), fmt.Sprintf("Lashkar number %d", i))
	}
	for i := range places {
		add(graph.Place, fmt.Sprint("place-", i), fmt.Sprintf("Town %d, District %d", i, i/10))
	}
	for i := range max(n-groups-places, 100) {
		add(graph.Individual, fmt.Sprint("person-", i), fmt.Sprintf("Muhammad %c. Khan %d", 'A'+rune(r.IntN(26)), i))
	}
	return out
}

var dates = []string{"", "2004", "2004-03~", "2023-09-29", "2016/2018", "201X", "2020/.."}

func claim(r *rand.Rand, number, people int) graph.Claim {
	person := graph.ID(fmt.Sprint("person-", number%people))
	group := graph.ID(fmt.Sprint("group-", r.IntN(groups)))
	c := graph.Claim{Subject: person, Predicate: "MEMBER_OF", Object: group, Hedge: graph.Hedges[r.IntN(12)], Source: source(r), Locator: fmt.Sprint("p. ", number)}
	switch r.IntN(4) {
	case 0:
		c.Role = fmt.Sprint("commander, sector ", number%1000)
	case 1:
		c.Predicate, c.Object = "LOCATED_IN", graph.ID(fmt.Sprint("place-", r.IntN(places)))
	case 2:
		c.Predicate, c.Object = "ASSOCIATE_OF", graph.ID(fmt.Sprint("person-", (number+1+r.IntN(people-1))%people))
	}
	if text := dates[r.IntN(len(dates))]; text != "" {
		c.ValidFrom, _ = graph.ParseDate(text) // they are all dates
	}
	return c
}
