package formats

import (
	"fmt"
	"slices"

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
	if len(values) == 0 {
		return nil
	}
	out := make([]told, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}

// gradeColumn is the column of the grades of another.
func gradeColumn(column string) Column[*EntityLine] {
	doc := fmt.Sprintf("the grade of what `%s` says (list)", column)
	return Column[*EntityLine]{column + "_grade", doc, func(r *Row, l *EntityLine) { grades(r, l.told(column)) }}
}

// graded is what has a grade.
type graded interface {
	Hedge() graph.Hedge
	Credibility() int
}

// grades adds the grades of values, in order.
func grades[T graded](r *Row, values []T) {
	r.beginList()
	for _, v := range values {
		r.beginItem()
		r.add(string(v.Hedge()))
		r.add(":")
		r.addNumber(v.Credibility())
		if w, ok := any(v).(weighed); ok && w.Disputed() {
			r.add(":DISPUTED")
		} else if ok && w.Contested() {
			r.add(":CONTESTED")
		}
	}
	r.endList()
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
	add("external", tolds(l.of(graph.ExternalID)))
	add("places", tolds(l.places))
	for _, c := range attributeColumns {
		add(c.column, tolds(l.shown(c.predicate)))
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
	r.beginList()
	for _, e := range l.evidence {
		for i, v := range e.values {
			for _, s := range v.Speakers() {
				beginTold(r, e.column, i+1)
				addSpeaker(r, s)
			}
		}
	}
	r.endList()
}

// sourcesTold are where what each column tells was read.
func sourcesTold(r *Row, l *EntityLine) {
	r.beginList()
	var told []graph.ID // of the value
	for i, c := range l.claims {
		if i == 0 || !c.sameValue(l.claims[i-1]) {
			told = told[:0]
		}
		id := c.Source().ID()
		if id == graph.AsRecorded || slices.Contains(told, id) {
			continue
		}
		told = append(told, id)
		beginTold(r, c.column, c.value)
		r.add(string(id))
	}
	r.endList()
}

// timesTold are when what each column tells held, as each claim has it.
func timesTold(r *Row, l *EntityLine) {
	r.beginList()
	var told [][2]string // of the value
	for i, c := range l.claims {
		if i == 0 || !c.sameValue(l.claims[i-1]) {
			told = told[:0]
		}
		time := [2]string{written(c.ValidFrom()), written(c.ValidTo())}
		if time == [2]string{} || c.Polarity() != graph.Affirmed || slices.Contains(told, time) {
			continue
		}
		told = append(told, time)
		beginTold(r, c.column, c.value)
		r.add(time[0])
		r.add(":")
		r.add(time[1])
	}
	r.endList()
}

// beginTold begins an item with the number of the value of a column that it tells of.
func beginTold(r *Row, column string, value int) {
	r.beginItem()
	r.add(column)
	r.add(":")
	r.addNumber(value)
	r.add(":")
}

// toldClaim is a claim that a column rests on, and the number of the value there.
type toldClaim struct {
	column string
	value  int
	*live.Claim
}

// sameValue reports whether two claims give one value.
func (c toldClaim) sameValue(o toldClaim) bool { return c.column == o.column && c.value == o.value }

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

// speakers adds speakers.
func speakers(r *Row, all []*live.Speaker) {
	r.beginList()
	for _, s := range all {
		r.beginItem()
		addSpeaker(r, s)
	}
	r.endList()
}

// addSpeaker adds the way in which a speaker speaks, in how many claims, and who it is.
func addSpeaker(r *Row, s *live.Speaker) {
	r.add(string(s.Polarity))
	r.add(":")
	r.addNumber(s.Count)
	r.add(":")
	if e := s.Entity(); e != nil {
		r.add(string(e.Base().ID()))
	} else {
		r.add(*s.Text())
	}
}
