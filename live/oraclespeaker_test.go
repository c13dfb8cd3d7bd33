package live_test

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
)

// speaker is who says what a claim says, if it is anybody but the source.
func (o *oracle) speaker(c graph.Claim) (s dumpSpeaker, spoken bool) {
	s.Polarity = c.Polarity
	switch {
	case c.Speaker != "":
		s.Entity, s.Role = o.of(c.Speaker), graph.IsSpeaker
	case c.SpeakerText != "":
		s.Text, s.Role = c.SpeakerText, graph.IsSpeakerText
	case c.Attributor != "":
		s.Entity, s.Role = o.of(c.Attributor), graph.IsAttributor
	case c.Hedge == graph.Official:
		s.Text, s.Role = "unnamed", graph.IsUnnamed
		by := o.sources[c.Source]
		if by.Kind == "ARTICLE" || by.Kind == "REPORT" {
			if by = o.sources[c.Origin]; by.Kind == "ARTICLE" {
				by.Publisher = ""
			}
		}
		if by.Publisher != "" {
			s.Text, s.Role = by.Publisher, graph.IsPublisher
		}
	default:
		return s, false
	}
	return s, true
}

// authorities are the organisations that are best said to be a body of a state or a security force.
func (o *oracle) authorities() map[graph.ID]bool {
	found := map[graph.ID]bool{}
	for id, e := range o.entities {
		if told := o.told(id, graph.SubtypeOf); e.Kind == graph.Organisation && len(told) > 0 {
			found[id] = strings.Contains(told[0].Value, `"STATE_BODY"`) || strings.Contains(told[0].Value, `"SECURITY_FORCE"`)
		}
	}
	return found
}

// inOfficialVoice reports whether an official voice says what a claim says.
func (o *oracle) inOfficialVoice(c graph.Claim) bool {
	s, spoken := o.speaker(c)
	kind := o.sources[c.Source].Kind
	return c.Hedge == graph.Official || spoken && s.Entity != "" && o.official[s.Entity] ||
		!spoken && (kind == graph.ListKind || kind == graph.CourtRecordKind)
}

// speakers are those of claims: who affirms first, then by the best claim.
func (o *oracle) speakers(rows []int) []dumpSpeaker {
	type speaking struct {
		dumpSpeaker
		rows []int
	}
	var list []speaking
	for _, r := range rows {
		s, spoken := o.speaker(o.rows[r])
		if !spoken {
			continue
		}
		at := slices.IndexFunc(list, func(x speaking) bool {
			return x.Entity == s.Entity && x.Role == s.Role && x.Polarity == s.Polarity && strings.EqualFold(x.Text, s.Text)
		})
		if at < 0 {
			at, list = len(list), append(list, speaking{s, nil})
		}
		list[at].rows = append(list[at].rows, r)
	}
	slices.SortFunc(list, func(a, b speaking) int {
		return cmp.Or(cmp.Compare(slices.Index(graph.Polarities, a.Polarity), slices.Index(graph.Polarities, b.Polarity)),
			slices.Compare(o.rank(o.best(a.rows)), o.rank(o.best(b.rows))))
	})
	var out []dumpSpeaker
	for _, s := range list {
		best, _ := o.speaker(o.rows[o.best(s.rows)])
		best.Count = len(s.rows)
		out = append(out, best)
	}
	return out
}

// oneSource reports whether two claims are not independent: they share a root, or one
// speaker makes both, of times that are not certainly apart. An official who is not named
// is one where one publisher heard him.
func (o *oracle) oneSource(a, b graph.Claim) bool {
	roots := o.roots(b)
	if slices.ContainsFunc(o.roots(a), func(id graph.ID) bool { return slices.Contains(roots, id) }) {
		return true
	}
	before := func(a, b graph.Claim) bool {
		return !a.ValidTo.IsZero() && !b.ValidFrom.IsZero() && a.ValidTo.Latest < b.ValidFrom.Earliest
	}
	if before(a, b) || before(b, a) {
		return false
	}
	x, named := o.speaker(a)
	y, both := o.speaker(b)
	switch {
	case !named || !both:
		return false
	case x.Entity != "" || y.Entity != "":
		return x.Entity == y.Entity
	case x.Role != y.Role || !strings.EqualFold(x.Text, y.Text):
		return false
	}
	return x.Role == graph.IsPublisher || o.onePublisher(a, b)
}

// onePublisher reports whether two claims were heard by one publisher.
func (o *oracle) onePublisher(a, b graph.Claim) bool {
	heard := func(c graph.Claim) string { return o.sources[cmp.Or(c.Origin, c.Source)].Publisher }
	return heard(a) != "" && strings.EqualFold(heard(a), heard(b))
}
