package live

import (
	"slices"

	"github.com/rabta/rabta/graph"
)

// sourceRecord is a source as it is exported.
func (v *View) sourceRecord(row sourceRow) graph.Source {
	s := *v.sourceVersion(row).merged
	s.Marking = inForce(s.Marking, v.sourceVersion(row).marking)
	s.DerivedFrom = nil
	for _, parent := range v.parents(row) {
		s.DerivedFrom = append(s.DerivedFrom, v.g.sources.at(parent).id)
	}
	return s
}

// entityRecord is an entity with what its lines say, but for what is not so any more: a line
// of all of them. One name is primary, that which is of all primary ones.
func (v *View) entityRecord(row EntityRow) graph.Entity {
	e := *v.entityVersion(row).merged
	e.Names, e.External = nil, nil
	v.addLines(&e, row, row)
	for _, of := range v.silentAt(row) {
		v.addLines(&e, row, of)
	}
	e.Names = v.countingNames(row, e.Names)
	e.Description, e.Subtype = v.bestOnLines(row, graph.Description), v.bestOnLines(row, graph.SubtypeOf)
	if i := slices.Index(e.Names, v.primaryOnLines(row)); i >= 0 {
		e.Names[i].Primary = true
	}
	e.Marking = inForce(e.Marking, v.entityVersion(row).marking)
	if len(e.Names) == 0 {
		e.Names = []graph.Name{{Value: string(e.ID), Primary: true}}
	}
	return e
}

// addLines adds the names and external ids of the lines of an entity that stand and are read
// at another.
func (v *View) addLines(e *graph.Entity, at, of EntityRow) {
	for _, version := range v.lines(of) {
		line := v.standing(at, of, &version.is)
		e.Names = addSpellings(e.Names, line.Names)
		for _, id := range line.External {
			if !slices.Contains(e.External, id) {
				e.External = append(e.External, id)
			}
		}
	}
}

// countingNames are those names of lines that count, or all where none does.
func (v *View) countingNames(row EntityRow, all []graph.Name) []graph.Name {
	counts := map[graph.Name]bool{}
	v.eachOnLines(row, graph.NameOf, func(s *said) {
		if s.is.Outside {
			return
		}
		n := graph.Name{Value: s.text, Lang: s.lang}
		if s.source != asRecorded {
			n.Source = v.g.sources.at(s.source).id
		}
		counts[n] = true
	})
	if out := slices.DeleteFunc(slices.Clone(all), func(n graph.Name) bool { return !counts[n] }); len(out) > 0 {
		return out
	}
	return all
}

// bestOnLines is the best of the texts that lines say under a predicate.
func (v *View) bestOnLines(row EntityRow, p graph.Predicate) string {
	var best said
	v.eachSaid(row, p, func(s *said) {
		s.is.Outside = false
		if v.isOnLine(s) && (best.text == "" || s.is.CompareValues(best.is) < 0) {
			best = *s
		}
	})
	return best.text
}

// isOnLine reports whether a line says so, too.
func (v *View) isOnLine(s *said) bool {
	return s.row == none || v.g.claims.at(s.row).grade.fromLine()
}

// addSpellings adds the names of a later line, each value, language and source once and none
// primary.
func addSpellings(names, later []graph.Name) []graph.Name {
	for _, n := range later {
		n.Primary = false
		if !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}

// primaryOnLines is the best of the names that lines mark as primary, without that mark; the
// zero Name when there is none.
func (v *View) primaryOnLines(row EntityRow) graph.Name {
	best, ok := v.bestName([]EntityRow{row}, "")
	if !ok || len(v.silentAt(row)) == 0 || best.is.Moved || !v.isOnLine(&best) { // else what is moved must not come before it
		best = said{}
	}
	v.eachSaid(row, graph.NameOf, func(s *said) {
		s.is.Outside = false
		if v.isOnLine(s) && s.is.Primary && !s.is.Moved && (best.text == "" || s.is.CompareNames(best.is) < 0) {
			best = *s
		}
	})
	n := graph.Name{Value: best.text, Lang: best.lang}
	if best.source != asRecorded {
		n.Source = v.g.sources.at(best.source).id
	}
	return n
}

// standing are the names and external ids of a line of an entity that stand and are read at
// another.
func (v *View) standing(at, of EntityRow, is *entityVersion) graph.Entity {
	var line graph.Entity
	for _, p := range []graph.Predicate{graph.NameOf, graph.ExternalID} {
		s := said{kind: p, row: none, entity: of}
		is.each(&s, func(s *said) {
			s.is.Stamp = uint8(is.own)
			if v.stands(s) && v.reads(at, s) {
				s.into(&line, v.g.sources.at(s.source).id)
			}
		})
	}
	return line
}

// stands reports whether what a line says is neither retracted nor of a source that is
// withdrawn.
func (v *View) stands(s *said) bool {
	spoken := v.g.spokenOf(s.entity)
	if !spoken.holds(s, v.sizes.claims) {
		return v.onLine(s)
	}
	return slices.ContainsFunc(spoken.all(), func(o said) bool {
		if o.row >= v.sizes.claims || !o.same(s) {
			return false
		}
		_, stands := v.saidBy(o.row)
		return stands
	})
}

// into writes what is said on a line.
func (s *said) into(line *graph.Entity, source graph.ID) {
	switch s.kind {
	case graph.NameOf:
		if s.source == asRecorded {
			source = ""
		}
		line.Names = append(line.Names, graph.Name{Value: s.text, Lang: s.lang, Primary: s.is.Primary, Source: source})
	case graph.ExternalID:
		line.External = append(line.External, s.text)
	}
}

// inForce is the marking of a record, or what has been given to it since.
func inForce(m graph.Marking, own level) graph.Marking {
	if levelOf(m) == own {
		return m
	}
	return graph.Markings[own]
}
