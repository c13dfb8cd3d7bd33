package live_test

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
)

// excluded are all lists of what is left out.
func (all *everything) excluded() []*[]graph.Exclusion {
	var out []*[]graph.Exclusion
	for i := range all.About {
		out = append(out, &all.About[i].Excluded)
	}
	for i := range all.Paths {
		out = append(out, &all.Paths[i].Excluded)
	}
	return out
}

func sortIDs(lists ...*[]graph.ID) {
	for _, l := range lists {
		slices.Sort(*l)
	}
}

// unordered is a dump without all that the order of recording tells: the order of
// lists, and what the earlier of two claims says that are equally good.
func (d dump) unordered() dump {
	for i := range d.Entities {
		e := &d.Entities[i]
		sortIDs(&e.Links, &e.Out, &e.In, &e.Claims, &e.SameBy)
		e.eachAttribute(func(a *dumpAttribute) {
			sortIDs(&a.Claims)
			sortSpeakers(a.Speakers)
		})
		sortIDs(&e.Claimed.Claims)
		sortSpeakers(e.Claimed.Grade.Speakers)
		for j := range e.Names {
			sortSpeakers(e.Names[j].Grade.Speakers)
		}
		e.Casualties = nil
		e.Fields["attributes"] = e.Attributes
		for _, list := range e.Fields {
			slices.SortFunc(list, func(a, b dumpAttribute) int {
				return cmp.Or(cmp.Compare(a.Predicate, b.Predicate), cmp.Compare(a.Value, b.Value))
			})
		}
		delete(e.Fields, "attributes")
	}
	for i := range d.Links {
		l := &d.Links[i]
		sortIDs(&l.Claims, &l.ContradictedBy)
		slices.Sort(l.Degrees)
		for j := range l.Amounts {
			sortIDs(&l.Amounts[j].Claims)
		}
		slices.SortFunc(l.Amounts, func(a, b dumpAmount) int { return cmp.Compare(a.Text, b.Text) })
		sortSpeakers(l.Speakers)
		l.From, l.To = "", ""
		for i := range l.Held {
			sortIDs(&l.Held[i].Claims)
			l.Held[i].From, l.Held[i].To = "", ""
		}
		l.Role, l.Stage, l.Nature, l.Channel, l.Basis, l.Grade = "", "", "", "", "", ""
	}
	slices.SortFunc(d.Links, func(a, b dumpLink) int { return cmp.Compare(a.ID, b.ID) })
	for _, list := range [][]dumpClaim{d.Claims, d.Known} {
		for i := range list {
			sortIDs(&list[i].Contradicts)
		}
		slices.SortFunc(list, func(a, b dumpClaim) int { return cmp.Compare(a.Claim, b.Claim) })
	}
	for i := range d.Sources {
		sortIDs(&d.Sources[i].Claims)
	}
	return d
}

// withoutTies is a dump without what the id of a claim or an entity decides.
func (d dump) withoutTies() dump {
	d = d.unordered()
	for i := range d.Links {
		if l := &d.Links[i]; l.Kind.Spec().Symmetric {
			l.Degrees = nil
		}
	}
	return d
}

// relabel gives other ids to the entities and claims of a dump, and none to links;
// then it puts all in order again.
func (d *dump) relabel(entity, claim func(graph.ID) graph.ID) {
	claims := func(list []graph.ID) {
		for i := range list {
			list[i] = claim(list[i])
		}
		slices.Sort(list)
	}
	speakers := func(list []dumpSpeaker) {
		for i := range list {
			list[i].Entity = entity(list[i].Entity)
		}
		sortSpeakers(list)
	}
	for i := range d.Entities {
		e := &d.Entities[i]
		if e.Name == string(e.ID) {
			e.Name = string(entity(e.ID))
		}
		e.ID, e.Same = entity(e.ID), nil
		e.Links, e.Out, e.In = e.Links[:0:0], make([]graph.ID, len(e.Out)), make([]graph.ID, len(e.In))
		e.SameBy = nil
		claims(e.Claims)
		e.eachAttribute(func(a *dumpAttribute) {
			if a.Predicate.Spec().Naming { // those of lines are of other ids too
				a.Claims = nil
			}
			claims(a.Claims)
			speakers(a.Speakers)
		})
		e.Claimed.Claims = nil
		speakers(e.Claimed.Grade.Speakers)
		for j := range e.Names {
			e.Names[j].Claims = nil
			speakers(e.Names[j].Grade.Speakers)
		}
	}
	slices.SortFunc(d.Entities, func(a, b dumpEntity) int { return cmp.Compare(a.ID, b.ID) })
	for i := range d.Links {
		l := &d.Links[i]
		l.ID, l.Source, l.Target, l.Attributor = "", entity(l.Source), entity(l.Target), entity(l.Attributor)
		if l.Kind.Spec().Symmetric && l.Source > l.Target {
			l.Source, l.Target = l.Target, l.Source
		}
		claims(l.Claims)
		claims(l.ContradictedBy)
		for j := range l.Amounts {
			claims(l.Amounts[j].Claims)
		}
		speakers(l.Speakers)
		for j := range l.Held {
			claims(l.Held[j].Claims)
		}
	}
	slices.SortFunc(d.Links, func(a, b dumpLink) int { return cmp.Compare(text(a), text(b)) })
	for i := range d.Claims {
		c := &d.Claims[i]
		c.Claim, c.Link = "", ""
		c.Subject, c.Object, c.Speaker, c.Attributor =
			entity(c.Subject), entity(c.Object), entity(c.Speaker), entity(c.Attributor)
		claims(c.Contradicts)
	}
	slices.SortFunc(d.Claims, func(a, b dumpClaim) int { return cmp.Compare(text(a), text(b)) })
	for i := range d.Sources {
		claims(d.Sources[i].Claims)
	}
}

// sortSpeakers puts speakers in an order that is not that of recording, as told by any of
// the claims in which they speak.
func sortSpeakers(list []dumpSpeaker) {
	for i := range list {
		list[i].Text = strings.ToLower(list[i].Text)
	}
	slices.SortFunc(list, func(a, b dumpSpeaker) int { return cmp.Compare(text(a), text(b)) })
}
