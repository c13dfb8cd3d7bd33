package storetest

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
)

// NameHistory draws batches that say of entities, and take back, what they are called and
// described as: by lines, and by claims.
type NameHistory struct{ claims, ofLines []graph.Claim }

// Batch draws the next batch, about those of People.
func (h *NameHistory) Batch(t *rapid.T) graph.Batch {
	b := graph.Batch{
		Reassert:  rapid.IntRange(0, 2).Draw(t, "reassert") == 0,
		Clearance: rapid.SampledFrom([]graph.Marking{"", "", graph.Clear, graph.Green}).Draw(t, "clearance"),
	}
	for range rapid.IntRange(1, 2).Draw(t, "records") {
		switch rapid.IntRange(0, 9).Draw(t, "what") {
		case 0, 1, 2:
			b.Entities = append(b.Entities, drawLine(t))
		case 3:
			s := rapid.SampledFrom(People().Sources).Draw(t, "source")
			s.Reliability = rapid.SampledFrom([]graph.Reliability{"", "A", "D"}).Draw(t, "reliability")
			b.Sources = append(b.Sources, s)
		case 4, 5:
			b.Claims = append(b.Claims, drawNaming(t))
		default:
			b.Claims = append(b.Claims, h.about(t))
		}
	}
	return b
}

// Took notes what a batch that was taken says.
func (h *NameHistory) Took(b graph.Batch) {
	for i := range b.Entities {
		h.ofLines = append(h.ofLines, graph.Expand(&b.Entities[i])...)
	}
	for _, c := range b.Claims {
		if c.Predicate != graph.Marks { // which are written under other ids
			h.claims = append(h.claims, c.Normalised())
		}
	}
}

// about draws a claim about what was recorded before.
func (h *NameHistory) about(t *rapid.T) graph.Claim {
	c := graph.Claim{Source: sourceID(t), Hedge: graph.Stated, Marking: marking(t)}
	how := rapid.IntRange(0, 9).Draw(t, "how")
	switch {
	case how == 0 || len(h.claims)+len(h.ofLines) == 0:
		c.Predicate, c.Subject = graph.Withdraws, sourceID(t)
		return c
	case how == 3 && rapid.Bool().Draw(t, "retired"):
		c.Subject, c.Predicate, c.Value = "g0", graph.Retires, &graph.Value{Text: "a mistake"}
		c.Object = rapid.SampledFrom([]graph.ID{"", "g1", "g1", "i0"}).Draw(t, "successor")
		return c
	case how == 1:
		ids := []graph.ID{"g0", "g1", "s_a"}
		c.Predicate, c.Subject = graph.Marks, rapid.SampledFrom(ids).Draw(t, "marked")
		c.Value = &graph.Value{Marking: rapid.SampledFrom([]graph.Marking{graph.Clear, graph.Green, graph.Red}).Draw(t, "to")}
		return c
	}
	if how == 2 && len(h.claims) > 0 {
		return rapid.SampledFrom(h.claims).Draw(t, "once more")
	}
	one := rapid.SampledFrom(slices.Concat(h.claims, h.ofLines)).Draw(t, "about")
	c.Predicate, c.Subject = graph.Retracts, one.ID
	return c
}

func nameText(t *rapid.T) string {
	return rapid.SampledFrom([]string{"Alpha", "Beta", "Beta", "ABC"}).Draw(t, "name")
}

// drawLine draws the line of an entity.
func drawLine(t *rapid.T) graph.Entity {
	e := graph.Entity{
		ID: rapid.SampledFrom([]graph.ID{"g0", "g0", "g1"}).Draw(t, "entity"), Kind: graph.Group, Marking: marking(t),
		Description: rapid.SampledFrom([]string{"", "One.", "Two."}).Draw(t, "description"),
		Subtype:     rapid.SampledFrom([]string{"", "FACTION", "ARMED_WING"}).Draw(t, "subtype"),
	}
	for range rapid.IntRange(1, 2).Draw(t, "names") {
		e.Names = append(e.Names, graph.Name{Value: nameText(t), Source: rapid.SampledFrom([]graph.ID{"", "", "s_a", "s_b"}).Draw(t, "cited")})
	}
	e.Names[0].Primary = rapid.Bool().Draw(t, "primary")
	if rapid.Bool().Draw(t, "known elsewhere") {
		e.External = []string{"wikidata:Q1"}
	}
	return e
}

// drawNaming draws a claim that names or describes an entity.
func drawNaming(t *rapid.T) graph.Claim {
	c := graph.Claim{
		Subject: rapid.SampledFrom([]graph.ID{"g0", "g0", "g1"}).Draw(t, "entity"), Source: sourceID(t), Hedge: hedge(t), Marking: marking(t),
		Predicate: rapid.SampledFrom([]graph.Predicate{graph.NameOf, graph.NameOf, graph.Description, graph.SubtypeOf, graph.ExternalID}).Draw(t, "predicate"),
		Polarity:  rapid.SampledFrom([]graph.Polarity{"", "", "", graph.Denied}).Draw(t, "polarity"),
	}
	switch c.Predicate {
	case graph.NameOf:
		c.Value = &graph.Value{
			Text: nameText(t), Primary: rapid.Bool().Draw(t, "primary"),
			Form: rapid.SampledFrom([]graph.NameForm{"", graph.FormShort, graph.FormFormer, graph.FormWeak}).Draw(t, "form"),
		}
	case graph.Description:
		c.Value = &graph.Value{Text: rapid.SampledFrom([]string{"One.", "Three."}).Draw(t, "text")}
	case graph.SubtypeOf:
		c.Value = &graph.Value{Text: rapid.SampledFrom([]string{"FACTION", "NETWORK"}).Draw(t, "text")}
	default:
		c.Value = &graph.Value{Text: rapid.SampledFrom([]string{"wikidata:Q1", "wikidata:Q2"}).Draw(t, "text")}
	}
	return c
}
