package formats

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// told is a value that claims give, with how good it is and who says so.
type told interface {
	Hedge() graph.Hedge
	Credibility() int
	Speakers() []*live.Speaker
	Claims() []*live.Claim
}

// weighed is what claims may stand against.
type weighed interface {
	Disputed() bool
	Contested() bool
}

// evidence is what is told in a column, a value each, in its order.
type evidence struct {
	column string
	values []told
}

// tolds are values as what is told.
func tolds[T told](values []T) []told {
	out := make([]told, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}

// gradeColumn is the column of the grades of another.
func gradeColumn(column string) Column[*EntityLine] {
	doc := fmt.Sprintf("the grade of what `%s` says (list)", column)
	return Column[*EntityLine]{column + "_grade", doc, func(r *Row, l *EntityLine) { list(r, grades(l.told(column))) }}
}

// grades are those of values, in order.
func grades(values []told) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v.Hedge()) + ":" + strconv.Itoa(v.Credibility())
		if w, ok := v.(weighed); ok && w.Disputed() {
			out[i] += ":DISPUTED"
		} else if ok && w.Contested() {
			out[i] += ":CONTESTED"
		}
	}
	return out
}

// told is what is told in a column.
func (l *EntityLine) told(column string) []told {
	for _, e := range l.evidence {
		if e.column == column {
			return e.values
		}
	}
	return nil
}

// readEvidence reads what is told of an entity.
func (l *EntityLine) readEvidence() {
	add := func(column string, values []told) {
		if len(values) > 0 {
			l.evidence = append(l.evidence, evidence{column, values})
		}
	}
	add("subtype", tolds(l.shown(graph.SubtypeOf)))
	add("names", tolds(l.names))
	add("description", tolds(l.shown(graph.Description)))
	add("external", tolds(l.values[graph.ExternalID]))
	add("places", tolds(l.places))
	for _, p := range attributeColumns {
		add(columnOf(p), tolds(l.shown(p)))
	}
	add("location", tolds(l.shown(graph.Coordinates)))
	if i, ok := l.any.(*live.Incident); ok {
		if c := i.Claimed(); c.Hedge() != nil {
			add("claimed", []told{responsibility{c}})
		}
	}
	add("casualties", tolds(l.casualties()))
}

// responsibility is that somebody, or nobody, claimed an incident, as what is told.
type responsibility struct{ *live.ClaimOfResponsibility }

func (r responsibility) Hedge() graph.Hedge { return *r.ClaimOfResponsibility.Hedge() }

func (r responsibility) Credibility() int { return *r.ClaimOfResponsibility.Credibility() }

// linked is a link as what is told.
type linked struct{ *live.Link }

func (l linked) Claims() []*live.Claim { return l.CountingClaims() }

func asTold(links []*live.Link) []linked {
	out := make([]linked, len(links))
	for i, l := range links {
		out[i] = linked{l}
	}
	return out
}

// speakersTold are who speaks of what each column tells.
func speakersTold(r *Row, l *EntityLine) {
	var out []string
	for _, e := range l.evidence {
		for i, v := range e.values {
			for _, s := range spoken(v.Speakers()) {
				out = append(out, numbered(e.column, i+1, s))
			}
		}
	}
	list(r, out)
}

// sourcesTold are where what each column tells was read.
func sourcesTold(r *Row, l *EntityLine) {
	var out []string
	for _, c := range l.claims {
		if id := c.Source().ID(); id != graph.AsRecorded {
			out = addNew(out, numbered(c.column, c.value, string(id)))
		}
	}
	list(r, out)
}

// timesTold are when what each column tells held, as each claim has it.
func timesTold(r *Row, l *EntityLine) {
	var out []string
	for _, c := range l.claims {
		if from, to := c.ValidFrom(), c.ValidTo(); c.Polarity() == graph.Affirmed && (from != nil || to != nil) {
			out = addNew(out, numbered(c.column, c.value, written(from)+":"+written(to)))
		}
	}
	list(r, out)
}

// numbered is what is told of a value of a column.
func numbered(column string, value int, what string) string {
	return column + ":" + strconv.Itoa(value) + ":" + what
}

func addNew(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

// toldClaim is a claim that a column rests on, and the number of the value there.
type toldClaim struct {
	column string
	value  int
	*live.Claim
}

// readClaims reads the claims that columns rest on, once for all columns that tell of them.
func (l *EntityLine) readClaims() {
	for _, e := range l.evidence {
		for i, v := range e.values {
			for _, c := range v.Claims() {
				l.claims = append(l.claims, toldClaim{e.column, i + 1, c})
			}
		}
	}
}

// spoken are speakers as cells have them: the way in which each speaks, in how many claims, and
// who it is.
func spoken(speakers []*live.Speaker) (out []string) {
	for _, s := range speakers {
		var who string
		if e := s.Entity(); e != nil {
			who = string(e.Base().ID())
		} else {
			who = *s.Text()
		}
		out = append(out, string(s.Polarity)+":"+strconv.Itoa(s.Count)+":"+who)
	}
	return out
}
