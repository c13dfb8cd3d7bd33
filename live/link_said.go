package live

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/rabta/rabta/graph"
)

// SourceIs is what the entity that the link starts from is to the one that it leads to, of
// relatives, as claims say, best first. Several mean that sources disagree.
func (l *Link) SourceIs() []graph.KinDegree {
	out := []graph.KinDegree{}
	for _, d := range l.DegreesGiven() {
		out = append(out, d.Degree)
	}
	return out
}

// OtherIs is what the far end is to the entity from which the link was reached; nothing where
// it was reached from none.
func (l *Link) OtherIs() []graph.KinDegree {
	out := l.SourceIs()
	switch l.from {
	case none:
		return []graph.KinDegree{}
	case l.key.source:
		for i, d := range out {
			out[i] = d.Inverse()
		}
	}
	return out
}

// DegreeGiven is what the source of a link is to its target, with the hedge and the credibility
// of the best claim that says so, which may be worse than the link's.
type DegreeGiven struct {
	Degree      graph.KinDegree
	Hedge       graph.Hedge
	Credibility int
}

// DegreesGiven are those of SourceIs, each with its own credibility.
func (l *Link) DegreesGiven() []DegreeGiven {
	out := []DegreeGiven{}
	for _, e := range l.bestSaying("degree") {
		c := l.v.encoded(rowOf(e))
		d := graph.KinDegree(c.text("degree"))
		if l.v.namedBy(rowOf(e), graph.ID(c.text("subject"))) != l.key.source {
			d = d.Inverse()
		}
		if !slices.ContainsFunc(out, func(g DegreeGiven) bool { return g.Degree == d }) {
			out = append(out, DegreeGiven{d, graph.Hedges[e.Hedge], int(e.Credibility)})
		}
	}
	return out
}

// bestSaying is the evidence of the claims that affirm the link and have something under a key, best first.
func (l *Link) bestSaying(key string) (evidence []graph.Evidence) {
	for r := range l.counting() {
		if l.v.encoded(r).field(key) == nil || l.v.polarity(r) != graph.Affirmed {
			continue
		}
		e, _, _ := l.v.assess(r)
		evidence = append(evidence, e)
	}
	slices.SortFunc(evidence, func(a, b graph.Evidence) int { return a.Compare(&b) })
	return evidence
}

// LinkAmount is an amount that claims give to a link.
type LinkAmount struct {
	graph.Amount
	link     *Link
	evidence []graph.Evidence // best first
}

// Amounts are how much the link was about, as the claims that affirm it say, best first; equal
// ones once.
func (l *Link) Amounts() []*LinkAmount {
	out := []*LinkAmount{}
	for _, a := range l.AmountsByClaim() {
		i := slices.IndexFunc(out, func(o *LinkAmount) bool { return o.Says(&a.Amount) })
		if i < 0 {
			out = append(out, a)
			continue
		}
		out[i].evidence = append(out[i].evidence, a.evidence...)
	}
	return out
}

// AmountsByClaim are Amounts as each claim gives them, those that are equal several times.
func (l *Link) AmountsByClaim() []*LinkAmount {
	var out []*LinkAmount
	for _, e := range l.bestSaying("amount") {
		said := l.v.encoded(rowOf(e)).field("amount")
		a := &LinkAmount{link: l, evidence: []graph.Evidence{e}}
		if err := json.Unmarshal(said, &a.Amount); err != nil {
			panic("live: an amount that was recorded cannot be read: " + err.Error())
		}
		out = append(out, a)
	}
	return out
}

// Grade is what the best claim that gives the amount weighs.
func (a *LinkAmount) Grade() graph.Evidence { return a.evidence[0] }

// Layer is that of a tie between associates: the role that it is in, or NoLayer; "" for a link
// of another kind.
func (v *View) Layer(row LinkRow) string {
	l := v.linkRecord(row)
	if spec := l.kind.spec(); !spec.Folded || spec.Roles != nil {
		return ""
	}
	return cmp.Or(l.discriminator, NoLayer)
}

// NoLayer is the layer of ties of which no role is said.
const NoLayer = "(none)"

// Strength is the amount as one number: the figure that is given as such, else the lower bound,
// else the upper one.
func (a *LinkAmount) Strength() float64 { return *cmp.Or(a.Best, a.Low, a.High) }

// Hedge is how the best claim that gives the amount is worded.
func (a *LinkAmount) Hedge() graph.Hedge { return graph.Hedges[a.evidence[0].Hedge] }

// Credibility is that of the best claim that gives the amount.
func (a *LinkAmount) Credibility() int { return int(a.evidence[0].Credibility) }

// Disputed reports whether every claim that gives the amount is outweighed by one against it.
func (a *LinkAmount) Disputed() bool {
	f := a.weighed()
	return f.Disputed()
}

// Contested reports whether the amount is not disputed, though claims stand against some of
// those that give it.
func (a *LinkAmount) Contested() bool {
	f := a.weighed()
	return f.Contested()
}

// weighed are the claims that give the amount, each with what stands against it.
func (a *LinkAmount) weighed() (f graph.Fold) {
	o, _, opposed := a.link.opposition()
	for _, e := range a.evidence {
		f.Add(e)
		if against := o.to(&e); opposed && len(against) > 0 {
			f.Weigh(&e, against)
		}
	}
	return f
}

// Speakers are who says so, in the order of Link.Speakers.
func (a *LinkAmount) Speakers() []*Speaker { return a.link.v.speakers(a.rows()) }

// Claims are those that give the amount, best first.
func (a *LinkAmount) Claims() []*Claim { return a.link.v.claimsAt(a.rows()) }

func (a *LinkAmount) rows() []ClaimRow {
	rows := make([]ClaimRow, len(a.evidence))
	for i, e := range a.evidence {
		rows[i] = rowOf(e)
	}
	return rows
}

// HasParties reports whether somebody may be a party to an incident.
func (v *View) HasParties() bool { return len(v.g.byPredicate[codeOf[graph.PartyTo]].all()) > 0 }

// CampsOf are the camps of those who are parties to an incident, of whatever bearings links are
// asked for. A party whose being one is only denied is in none.
func (v *View) CampsOf(incident EntityRow) map[EntityRow]graph.Camps {
	if !v.HasParties() {
		return nil
	}
	out := map[EntityRow]graph.Camps{}
	v.LinkSummariesOf(incident, func(s LinkSummary) {
		if s.Kind.predicate() != graph.PartyTo {
			return
		}
		if l := v.LinkAt(s.Row); l != nil && l.Status() != graph.StatusDenied {
			out[s.Source] |= graph.CampOf(l.key.discriminator)
		}
	})
	return out
}

// sideBy is how an entity stands to an incident that a link joins it to.
func (s *pathSearch) sideBy(e, incident *EntityBase, l *Link) graph.Side {
	return graph.SideOf(e.Kind(), l.Kind(), l.Bearing(), s.campsOf(incident.row)[e.row])
}

// campsOf are the camps of those who are parties to an incident.
func (s *pathSearch) campsOf(incident EntityRow) map[EntityRow]graph.Camps {
	camps, known := s.camps[incident]
	if !known {
		camps = s.v.CampsOf(incident)
		s.camps[incident] = camps
	}
	return camps
}
