package live

import (
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
)

// Source is where claims were read, as the view sees it.
type Source struct {
	v   *View
	row sourceRow
}

// Source finds a source by id.
func (v *View) Source(id graph.ID) (*Source, bool) {
	row, ok := v.sourceRow(id)
	if !ok {
		return nil, false
	}
	return &Source{v, row}, true
}

// Sources yields every source that exists, in the order of recording.
func (v *View) Sources() iter.Seq[*Source] {
	return func(yield func(*Source) bool) {
		for row := firstSource; row < v.sizes.sources; row++ {
			if !v.meter.Continue(entitySlots) {
				return
			}
			if v.sourceExists(row) && !yield(&Source{v, row}) {
				return
			}
		}
	}
}

func (s *Source) record() *graph.Source { return s.v.sourceVersion(s.row).merged }

// IsNode marks a Node.
func (*Source) IsNode() {}

// ID is "s_" and a slug.
func (s *Source) ID() graph.ID { return s.v.g.sources.at(s.row).id }

// Kind is what sort of document it is.
func (s *Source) Kind() graph.SourceKind { return s.record().Kind }

// Title is the source's title.
func (s *Source) Title() string { return s.record().Title }

// Publisher is who published it; nil where it is not known.
func (s *Source) Publisher() *string { return text(s.record().Publisher) }

// Authors are who signed it; often nobody.
func (s *Source) Authors() []string { return append([]string{}, s.record().Authors...) }

// Published is when it was published; nil where it is not known.
func (s *Source) Published() *graph.PartialDate { return date(s.record().Published) }

// URL is where it can be read; nil where it is not known.
func (s *Source) URL() *string { return text(s.record().URL) }

// Language is the language of the source; nil where it is not said.
func (s *Source) Language() *string { return text(s.record().Language) }

// Licence is what the material may be used under; nil where it is not known.
func (s *Source) Licence() *string { return text(s.record().Licence) }

// Note says what a reader should know of the source.
func (s *Source) Note() *string { return text(s.record().Note) }

// Reliability is the Admiralty letter, A to F.
func (s *Source) Reliability() graph.Reliability { return s.record().Letter() }

// Marking is the strictest marking in force of what is recorded of the source.
func (s *Source) Marking() graph.Marking { return graph.Markings[s.v.sourceVersion(s.row).marking] }

// Withdrawn reports whether the source has been withdrawn.
func (s *Source) Withdrawn() bool {
	to, ok := s.v.withdrawn[s.row]
	return ok && s.v.sourceVersion(s.row).marking <= to
}

// DerivedFrom are the sources that this one relies on.
func (s *Source) DerivedFrom() []*Source {
	out := []*Source{}
	for _, row := range s.v.parents(s.row) {
		out = append(out, &Source{s.v, row})
	}
	return out
}

// parents are the sources that one derives from and that exist.
func (v *View) parents(row sourceRow) []sourceRow {
	var out []sourceRow
	for _, id := range v.sourceVersion(row).merged.DerivedFrom {
		if parent, ok := v.sourceRow(id); ok {
			out = append(out, parent)
		}
	}
	return out
}

// claims yields the claims read in the source that count, oldest first, with those that
// name entities under some predicates, what lines say first.
func (s *Source) claims(named kindSet) iter.Seq[*Claim] {
	return func(yield func(*Claim) bool) {
		for c := range s.v.claims(named) {
			if c.line == nil || c.line.source == s.row && !yield(c) {
				break
			}
		}
		for _, r := range s.claimRows(named) {
			if !yield(&Claim{v: s.v, row: r}) {
				return
			}
		}
	}
}

// claimRows are the claims read in the source that count, oldest first; of those that name
// entities the ones under some predicates.
func (s *Source) claimRows(named kindSet) []ClaimRow {
	var out []ClaimRow
	for r := s.v.g.sources.at(s.row).newest.Load(); r != none; r = s.v.g.details.at(r).olderOfSource {
		if !s.v.meter.Continue(claimSlots) {
			return nil
		}
		if s.v.asked(r, named) && s.v.counts(r) {
			out = append(out, r)
		}
	}
	slices.Reverse(out)
	return out
}

// roots are the sources that a claim goes back to: those that its origin, or its
// source where it names none, relies on in the end. Sources that derive from one
// another and from nothing else are such an end together.
func (v *View) roots(c *claimRecord) []sourceRow {
	start := c.source
	if c.origin != none {
		start = c.origin
	}
	if len(v.parents(start)) == 0 {
		return []sourceRow{start}
	}
	var ends []sourceRow
	for _, at := range v.reliesOn(start) {
		if v.isEnd(at) {
			ends = append(ends, at)
		}
	}
	return ends
}

// isEnd reports whether all that a source relies on relies on it.
func (v *View) isEnd(row sourceRow) bool {
	for _, at := range v.reliesOn(row) {
		if !slices.Contains(v.reliesOn(at), row) {
			return false
		}
	}
	return true
}

// reliesOn is all that a source derives from, itself first.
func (v *View) reliesOn(row sourceRow) []sourceRow {
	list := []sourceRow{row}
	for i := 0; i < len(list); i++ {
		for _, p := range v.parents(list[i]) {
			if !slices.Contains(list, p) {
				list = append(list, p)
			}
		}
	}
	return list
}
