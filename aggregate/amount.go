package aggregate

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/rabta/rabta/figures"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/names"
)

// AmountSum is what the amounts of links come to in one unit: those of which every claim is
// outweighed, or the others.
type AmountSum struct {
	figures.AmountTotal
	// Unit is what is counted. Amounts in different ones are never added.
	Unit string
	// Disputed is set for the sum of those of which every claim is outweighed.
	Disputed bool
	// Links counts the links that have one.
	Links int
}

// Amounts adds up how much the links of the row were about, by unit, each link once however many
// claims tell of it; nil where the list is of neither links nor claims. In a row of a wording, a
// source, a grade, a role or a time are what claims say that are of it themselves.
func (r *AggregationRow) Amounts() []*AmountSum {
	if r.list.amounts == nil {
		return nil
	}
	var all []*said
	at := map[amountKey]*said{}
	for link, a := range r.list.amounts(r.items) {
		if !r.has(a.Claims()[0]) {
			continue
		}
		key := amountKey{link.ID(), a.Unit}
		if at[key] == nil {
			at[key] = &said{link: link}
			all = append(all, at[key])
		}
		at[key].amounts = append(at[key].amounts, a)
	}
	var out []*amount
	for _, s := range all {
		out = append(out, s.apart()...)
	}
	return sumsOf(out)
}

type amountKey struct {
	link graph.ID
	unit string
}

// said is what claims say of how much a link was about in one unit, best first.
type said struct {
	link    *live.Link
	amounts []*live.LinkAmount
}

// apart are the amounts that are told: what claims say that may be of one day is one, by way of
// others too, for several may tell of one payment.
func (s *said) apart() (out []*amount) {
	var pairs [][2]int
	for i, a := range s.amounts {
		for j := range i {
			if x, y := a.Grade(), s.amounts[j].Grade(); x.MayOverlap(&y) {
				pairs = append(pairs, [2]int{j, i})
			}
		}
	}
	number := figures.Components(len(s.amounts), pairs)
	for i, a := range s.amounts {
		if number[i] == i { // the least of its component
			out = append(out, &amount{link: s.link, unit: a.Unit, disputed: true})
			number[i] = len(out) - 1
		} else {
			number[i] = number[number[i]]
		}
		out[number[i]].add(a)
	}
	return out
}

// amount is how much a link was about in one unit, as some claims say together.
type amount struct {
	link     *live.Link
	unit     string
	claims   []figures.Claimed // best first
	disputed bool
}

func (a *amount) add(said *live.LinkAmount) {
	a.claims = append(a.claims, figures.Claimed{
		Value: &graph.Value{Low: said.Low, Best: said.Best, High: said.High}, Grade: said.Grade(),
	})
	a.disputed = a.disputed && said.Disputed()
}

// has reports whether a claim is itself of what makes the row, where a claim can be. What a link
// is grouped by of which no claim says when it held, or only between which years, all its claims
// are of.
func (r *AggregationRow) has(c *live.Claim) bool {
	for i := range r.groups {
		g := &r.groups[i]
		var of groups
		switch key := g.value.Key; key {
		case ByYear, ByMonth:
			if g.order.unknown || !g.value.Certain {
				continue
			}
			of = during(givenBy(c), key)
		case ByHedge, BySource, ByCredibility, ByRole, ByPublished:
			of = ofClaims.keys[key](c, &GroupBy{Key: key})
		default:
			continue
		}
		if !slices.ContainsFunc(of.in, func(o group) bool { return o.identity == g.identity }) {
			return false
		}
	}
	return true
}

// sumsOf adds amounts up, unit by unit, what is disputed apart.
func sumsOf(all []*amount) []*AmountSum {
	type place struct {
		unit     string
		disputed bool
	}
	components, items := oneLink(all), map[place][]figures.AmountItem{}
	links := map[place]map[graph.ID]bool{}
	for i, a := range all {
		p := place{a.unit, a.disputed}
		if links[p] == nil {
			links[p] = map[graph.ID]bool{}
		}
		links[p][a.link.ID()] = true
		items[p] = append(items[p], figures.AmountItem{
			Quantity: figures.QuantityOf(a.claims), Hedge: graph.Hedges[a.claims[0].Grade.Hedge], Component: components[i],
		})
	}
	out := []*AmountSum{}
	for p, of := range items {
		out = append(out, &AmountSum{figures.TotalOfAmounts(of), p.unit, p.disputed, len(links[p])})
	}
	slices.SortFunc(out, func(a, b *AmountSum) int {
		return cmp.Or(strings.Compare(names.Folded(a.Unit), names.Folded(b.Unit)), strings.Compare(a.Unit, b.Unit),
			cmp.Compare(bit(a.Disputed), bit(b.Disputed)))
	})
	return out
}

// oneLink numbers amounts so that those of one link have one number, and those of links of a kind
// of which both ends may be the same.
func oneLink(all []*amount) []int {
	type tie struct {
		kind          graph.Predicate
		discriminator string
		from, to      int
	}
	var ends []live.Entity
	for _, a := range all {
		ends = append(ends, a.link.Source(), a.link.Target())
	}
	same, number, out := possiblySame(ends), map[tie]int{}, make([]int, len(all))
	for i, a := range all {
		t := tie{a.link.Kind(), a.link.Discriminator(), same[2*i], same[2*i+1]}
		if a.link.Kind().Spec().Symmetric {
			t.from, t.to = min(t.from, t.to), max(t.from, t.to)
		}
		if _, known := number[t]; !known {
			number[t] = i
		}
		out[i] = number[t]
	}
	return out
}

// possiblySame numbers entities, of which one may be there several times, so that those that may
// be one have one number.
func possiblySame(list []live.Entity) []int {
	at := map[graph.ID]int{}
	var reached []live.Entity
	place := func(e live.Entity) int {
		if _, known := at[e.Base().ID()]; !known {
			at[e.Base().ID()], reached = len(reached), append(reached, e)
		}
		return at[e.Base().ID()]
	}
	for _, e := range list {
		place(e)
	}
	var pairs [][2]int
	for i := 0; i < len(reached); i++ {
		apart := judged(reached[i], graph.NotSameAs)
		for id, other := range judged(reached[i], graph.PossiblySameAs) {
			if apart[id] == nil {
				pairs = append(pairs, [2]int{i, place(other)})
			}
		}
	}
	number, out := figures.Components(len(reached), pairs), make([]int, len(list))
	for i, e := range list {
		out[i] = number[place(e)]
	}
	return out
}

// judged are those to which links of a kind that are affirmed lead from an entity.
func judged(e live.Entity, kind graph.Predicate) map[graph.ID]live.Entity {
	out := map[graph.ID]live.Entity{}
	e.Base().EachLink([]graph.Predicate{kind}, live.Both, func(l *live.Link) bool {
		if l.AffirmedCount() > 0 {
			out[l.Other().Base().ID()] = l.Other()
		}
		return true
	})
	return out
}

// amountsOf yields the amounts of links that claims give which are among some.
func amountsOf(list iter.Seq[*live.Link], among func(*live.LinkAmount) bool) iter.Seq2[*live.Link, *live.LinkAmount] {
	return func(yield func(*live.Link, *live.LinkAmount) bool) {
		for l := range list {
			for _, a := range l.AmountsByClaim() {
				if among(a) && !yield(l, a) {
					return
				}
			}
		}
	}
}

// amountsIn yields the amounts that some claims give to the links that they are part of.
func amountsIn(claims []*live.Claim) iter.Seq2[*live.Link, *live.LinkAmount] {
	wanted, seen := map[graph.ID]bool{}, map[graph.ID]bool{}
	var links []*live.Link
	for _, c := range claims {
		if c.Amount() == nil {
			continue
		}
		wanted[c.ID()] = true
		if l := c.Link(); l != nil && !seen[l.ID()] {
			seen[l.ID()], links = true, append(links, l)
		}
	}
	return amountsOf(slices.Values(links), func(a *live.LinkAmount) bool { return wanted[a.Claims()[0].ID()] })
}
