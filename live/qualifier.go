package live

import (
	"slices"

	"github.com/rabta/rabta/graph"
)

func text[T ~string](s T) *T {
	if s == "" {
		return nil
	}
	some := s // so that nothing is allocated for none
	return &some
}

// Role is the role of a membership or a participation; nil where there is none.
func (l *Link) Role() *string { return text(l.best().text("role")) }

// Stage says how far a charge went; nil where there is none.
func (l *Link) Stage() *string { return text(l.best().text("stage")) }

// Nature says in a word or two what the link consists of; nil where nothing does.
func (l *Link) Nature() *string { return text(l.best().text("nature")) }

// Channel is where a claim of responsibility was made; nil where none is said.
func (l *Link) Channel() *string { return text(l.best().text("channel")) }

// Basis is what an attribution rests on; nil where nothing is said.
func (l *Link) Basis() *graph.AttributionBasis {
	return text(graph.AttributionBasis(l.best().text("basis")))
}

// Grade is how close an alliance or how sharp a rivalry is; nil where not said.
func (l *Link) Grade() *graph.LinkGrade { return text(graph.LinkGrade(l.best().text("grade"))) }

// Attributor is who makes an attribution; nil where it is nobody named.
func (l *Link) Attributor() Entity {
	id := graph.ID(l.best().text("attributor"))
	if id == "" {
		return nil
	}
	e, ok := l.v.Entity(id)
	if !ok {
		return nil
	}
	return e
}

// Modes are all that claims say the link consists of, in order.
func (l *Link) Modes() []graph.Mode {
	out := []graph.Mode{}
	for _, r := range l.affirming() {
		for mode := range l.v.encoded(r).texts("modes") {
			out = append(out, graph.Mode(mode))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Degrees are the degrees of kinship that claims give, each once, best claim
// first, read from the link's source to its target. Several mean that sources
// disagree.
func (l *Link) Degrees() []graph.KinDegree {
	out := []graph.KinDegree{}
	for _, d := range l.DegreesGiven() {
		out = append(out, d.Degree)
	}
	return out
}

// DegreeGiven is a degree of kinship and the credibility of the best claim that gives
// it, which may be worse than the link's.
type DegreeGiven struct {
	Degree      graph.KinDegree
	Credibility int
}

// DegreesGiven are the Degrees, each with its own credibility.
func (l *Link) DegreesGiven() []DegreeGiven {
	out := []DegreeGiven{}
	rows := l.evidence(graph.Affirmed)
	slices.SortFunc(rows, func(a, b graph.Evidence) int { return a.Compare(&b) })
	for i := range rows {
		c := l.v.encoded(rowOf(rows[i]))
		d := graph.KinDegree(c.text("degree"))
		if d == "" {
			continue
		}
		if l.v.representative(graph.ID(c.text("subject"))) != l.key.source {
			d = d.Inverse()
		}
		if !slices.ContainsFunc(out, func(g DegreeGiven) bool { return g.Degree == d }) {
			out = append(out, DegreeGiven{d, int(rows[i].Credibility)})
		}
	}
	return out
}

// representative is the row that stands for the entity in the view.
func (v *View) representative(id graph.ID) EntityRow {
	row, ok := v.g.entityIndex.get(id)
	if !ok {
		return none
	}
	return v.resolution.of(row)
}
