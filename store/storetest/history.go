package storetest

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
)

// History draws batches that build on one another.
type History struct{ claims []graph.Claim }

// Batch draws the next batch.
func (h *History) Batch(t *rapid.T) graph.Batch {
	b := graph.Batch{
		Reassert:  rapid.Bool().Draw(t, "reassert"),
		Clearance: rapid.SampledFrom([]graph.Marking{"", "", graph.Clear, graph.Green, graph.Amber}).Draw(t, "clearance"),
	}
	for range rapid.IntRange(1, 3).Draw(t, "records") {
		switch rapid.IntRange(0, 13).Draw(t, "what") {
		case 0:
			x := entity(rapid.SampledFrom([]graph.EntityKind{graph.Group, graph.Organisation}).Draw(t, "kind"), "x")
			x.Marking = marking(t)
			b.Entities = append(b.Entities, x)
		case 1:
			e := rapid.SampledFrom(People().Entities).Draw(t, "entity")
			e.Marking = marking(t)
			b.Entities = append(b.Entities, e)
		case 2:
			s := rapid.SampledFrom(People().Sources).Draw(t, "source")
			s.Marking, s.Reliability = marking(t), rapid.SampledFrom([]graph.Reliability{"", "", "A", "D"}).Draw(t, "reliability")
			b.Sources = append(b.Sources, s)
		case 3, 4, 5:
			b.Claims = append(b.Claims, h.about(t, &b))
		case 6:
			c := graph.Claim{
				Subject: rapid.SampledFrom([]graph.ID{"g0", "g1", "x", "i2"}).Draw(t, "retired"), Predicate: graph.Retires,
				Source: sourceID(t), Hedge: graph.Stated, Marking: marking(t), Value: &graph.Value{Text: "a mistake"},
			}
			if c.Object = rapid.SampledFrom([]graph.ID{"", "g0", "g1", "g2", "x", "i0"}).Draw(t, "successor"); c.Object == c.Subject {
				c.Object = ""
			}
			b.Claims = append(b.Claims, c)
		case 7:
			b.Claims = append(b.Claims, vital(t))
		default:
			b.Claims = append(b.Claims, linking(t))
		}
	}
	return b
}

// Took notes the claims of a batch that was taken.
func (h *History) Took(b graph.Batch) {
	for _, c := range b.Claims {
		h.claims = append(h.claims, c.Normalised())
	}
}

// about draws a claim about what was recorded before or is in the batch.
func (h *History) about(t *rapid.T, b *graph.Batch) graph.Claim {
	c := graph.Claim{Source: sourceID(t), Hedge: hedge(t), Marking: marking(t)}
	earlier := slices.Clone(h.claims)
	for _, own := range b.Claims {
		earlier = append(earlier, own.Normalised())
	}
	if len(earlier) == 0 || rapid.IntRange(0, 5).Draw(t, "withdraw") == 0 {
		c.Predicate, c.Subject = graph.Withdraws, sourceID(t)
		return c
	}
	for _, e := range People().Entities { // what lines stand for
		earlier = append(earlier, graph.Expand(&e)...)
	}
	one := rapid.SampledFrom(earlier).Draw(t, "about")
	other := rapid.SampledFrom(earlier).Draw(t, "against")
	switch rapid.IntRange(0, 3).Draw(t, "how") {
	case 0:
		return one // once more, perhaps to assert it anew
	case 1:
		if one.ID != other.ID {
			c.Predicate, c.Subject, c.Object = graph.Contradicts, one.ID, other.ID
			return c
		}
	}
	c.Predicate, c.Subject = graph.Retracts, one.ID
	return c
}

// linking draws a claim that two things are linked.
func linking(t *rapid.T) graph.Claim {
	group := rapid.SampledFrom([]graph.ID{"g0", "g0", "g1", "g1", "g2", "x"})
	c := graph.Claim{
		Subject: group.Draw(t, "subject"), Object: group.Draw(t, "object"), Source: sourceID(t), Hedge: hedge(t), Marking: marking(t),
		Polarity:  rapid.SampledFrom([]graph.Polarity{graph.Affirmed, graph.Affirmed, graph.Denied, graph.NoEvidence}).Draw(t, "polarity"),
		Predicate: rapid.SampledFrom([]graph.Predicate{graph.AlliedWith, graph.AlliedWith, graph.RivalOf, graph.RivalOf, graph.SameAs, "FACTION_OF", "COOPERATES_WITH", graph.AttributedTo, graph.AttributedTo, graph.DeniedResponsibility}).Draw(t, "predicate"),
		ValidFrom: rapid.SampledFrom([]graph.PartialDate{{}, date("2001"), date("2005-03~")}).Draw(t, "from"),
		ValidTo:   rapid.SampledFrom([]graph.PartialDate{{}, date("2005-04-01"), date("2007")}).Draw(t, "to"),
	}
	if rapid.Bool().Draw(t, "spoken") {
		c.Speaker = rapid.SampledFrom([]graph.ID{"i0", "i1"}).Draw(t, "speaker")
	} else if rapid.Bool().Draw(t, "spoken by some") {
		c.SpeakerText = "an officer"
	}
	if rapid.Bool().Draw(t, "relying") {
		c.Origin = sourceID(t)
	}
	if c.Predicate == graph.AttributedTo {
		c.Subject, c.Attributor = "n0", rapid.SampledFrom([]graph.ID{"", "g0", "i2"}).Draw(t, "attributor")
	}
	if c.Predicate == graph.DeniedResponsibility {
		c.Object = "n0"
	}
	if c.Subject == c.Object {
		c.Object = "g0"
		if c.Subject == "g0" {
			c.Object = "g1"
		}
	}
	return c
}

// vital draws a claim of when a group began or ended.
func vital(t *rapid.T) graph.Claim {
	return graph.Claim{
		Subject:   rapid.SampledFrom([]graph.ID{"g0", "g0", "g1", "x"}).Draw(t, "whose"),
		Predicate: rapid.SampledFrom([]graph.Predicate{graph.FoundedOn, graph.DissolvedOn}).Draw(t, "which end"),
		Value:     &graph.Value{Date: rapid.SampledFrom([]graph.PartialDate{date("2002"), date("2005-03~"), date("2006-05")}).Draw(t, "date")},
		Source:    sourceID(t), Hedge: hedge(t), Marking: marking(t),
		Polarity: rapid.SampledFrom([]graph.Polarity{graph.Affirmed, graph.Affirmed, graph.Denied}).Draw(t, "polarity"),
	}
}

func sourceID(t *rapid.T) graph.ID {
	return rapid.SampledFrom([]graph.ID{"s_a", "s_b", "s_c"}).Draw(t, "source")
}

func hedge(t *rapid.T) graph.Hedge {
	return rapid.SampledFrom([]graph.Hedge{graph.Confirmed, graph.Reported, graph.Alleged, graph.Assessment}).Draw(t, "hedge")
}

func marking(t *rapid.T) graph.Marking {
	return rapid.SampledFrom([]graph.Marking{"", "", "", "", graph.Clear, graph.Green, graph.Amber}).Draw(t, "marking")
}

// People is what the batches of tests are about.
func People() graph.Batch {
	b := graph.Batch{ID: "people", Sources: []graph.Source{source("a"), source("b"), source("c")}, Entities: []graph.Entity{entity(graph.Incident, "n0")}}
	for i := range 3 {
		b.Entities = append(b.Entities, entity(graph.Group, fmt.Sprintf("g%d", i)), entity(graph.Individual, fmt.Sprintf("i%d", i)))
	}
	return b
}

// Ally is a claim that two groups are allied.
func Ally(a, b, source string) graph.Claim {
	return graph.Claim{Subject: graph.ID(a), Predicate: graph.AlliedWith, Object: graph.ID(b), Source: graph.ID(source), Hedge: graph.Stated}
}
