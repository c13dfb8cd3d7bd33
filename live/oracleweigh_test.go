package live_test

import (
	"slices"

	"github.com/rabta/rabta/graph"
)

// weighed is what comes of setting claims against those that affirm a link or a value.
type weighed struct {
	against             []int
	disputed, contested bool
}

// weigh asks of each affirming claim what stands against it: it is outweighed by one that
// is as good or better, unless that is the accused's own word. All outweighed, the link is
// disputed; else it is contested when anything stands against any.
func (o *oracle) weigh(affirmed []int, against func(row int) []int, accused graph.ID) (w weighed) {
	lost := 0
	for _, r := range affirmed {
		all := against(r)
		w.against = append(w.against, all...)
		if slices.ContainsFunc(all, func(by int) bool { return o.asGood(by, r) && !o.ownWord(by, accused) }) {
			lost++
		}
	}
	slices.Sort(w.against)
	w.against = slices.Compact(w.against)
	w.disputed = len(affirmed) > 0 && lost == len(affirmed)
	w.contested = len(w.against) > 0 && !w.disputed
	return w
}

// asGood compares credibility, then reliability; 6 and F compare with nothing.
func (o *oracle) asGood(by, than int) bool {
	x, y := o.rows[by], o.rows[than]
	sx, sy := o.sources[x.Source], o.sources[y.Source]
	if x.Credibility == 6 || y.Credibility == 6 || sx.Letter() == "F" || sy.Letter() == "F" {
		return false
	}
	return x.Credibility < y.Credibility || x.Credibility == y.Credibility && sx.Letter() <= sy.Letter()
}

// ownWord reports whether the accused says so.
func (o *oracle) ownWord(by int, accused graph.ID) bool {
	c := o.rows[by]
	if accused == "" {
		return false
	}
	if c.Predicate == graph.DeniedResponsibility && c.Polarity == graph.Affirmed && o.of(c.Subject) == accused {
		return true
	}
	if c.Speaker == "" {
		return c.Hedge == graph.ClaimedByActor
	}
	return o.of(c.Speaker) == accused
}

// accusedBy is whom a link lays an incident to; "" when it lays it to nobody.
func accusedBy(k graph.LinkKey) graph.ID {
	switch k.Kind {
	case graph.AttributedTo, graph.TracedTo:
		return k.Target
	case graph.ChargedIn, graph.ConvictedIn:
		return k.Source
	case graph.PartyTo:
		return k.Source
	case graph.ParticipatedIn:
		if k.Kind.Spec().BearingAs(k.Discriminator) == graph.BearingResponsibility {
			return k.Source
		}
	}
	return ""
}

// denying are the denials of the same thing of a time that may be that of a claim.
func (o *oracle) denying(row int, denied []int) (out []int) {
	c := o.rows[row]
	for _, d := range denied {
		x := o.rows[d]
		before := func(to, from graph.PartialDate) bool {
			return !to.IsZero() && !from.IsZero() && to.Latest < from.Earliest
		}
		if !before(c.ValidTo, x.ValidFrom) && !before(x.ValidTo, c.ValidFrom) {
			out = append(out, d)
		}
	}
	return out
}

var excludes = map[graph.Predicate]graph.Predicate{
	graph.AlliedWith: graph.RivalOf, graph.RivalOf: graph.AlliedWith, graph.SameAs: graph.NotSameAs,
	graph.NotSameAs: graph.SameAs,
}

// rivals are the claims that affirm a link that cannot hold beside one, at a time that is
// certainly that of a claim; two are one, or are not, for ever.
func (o *oracle) rivals(row int, k graph.LinkKey, groups []*group) (out []int) {
	other := excludes[k.Kind]
	if other == "" {
		return nil
	}
	timeless := k.Kind == graph.SameAs || k.Kind == graph.NotSameAs
	k.Kind = other
	for _, r := range o.affirming(k, groups) {
		if timeless || certainlyMeet(o.rows[row], o.rows[r]) {
			out = append(out, r)
		}
	}
	return out
}

// denials are the claims by which the accused denies what is laid to him.
func (o *oracle) denials(k graph.LinkKey, accused graph.ID, groups []*group) []int {
	if accused == "" || slices.Contains([]string{"DEFENDER", "MEDIATOR", "SIGNATORY"}, k.Discriminator) {
		return nil
	}
	incident := k.Source
	if accused == k.Source {
		incident = k.Target
	}
	return o.affirming(graph.LinkKey{Kind: graph.DeniedResponsibility, Source: accused, Target: incident}, groups)
}

// affirming are the claims that count and affirm the link of a key.
func (o *oracle) affirming(k graph.LinkKey, groups []*group) []int {
	for _, g := range groups {
		if g.key == k {
			return o.by(g.rows, graph.Affirmed)
		}
	}
	return nil
}

// certainlyMeet tries the extreme readings of two claims' dates: in each they share a day.
// An end that is not said is read as near as can be, at the other end.
func certainlyMeet(a, b graph.Claim) bool {
	meet := true
	for _, x := range readings(a) {
		for _, y := range readings(b) {
			meet = meet && x.Overlaps(y)
		}
	}
	return meet && len(readings(a)) > 0 && len(readings(b)) > 0
}

// readings are the shortest spans that a claim's dates may mean, begun as early or as late
// as may be; none for what is undated.
func readings(c graph.Claim) (out []graph.Span) {
	from, to := c.ValidFrom, c.ValidTo
	switch {
	case from.IsZero() && to.IsZero():
		return nil
	case from.IsZero():
		from = to
	case to.IsZero():
		to = from
	}
	for _, start := range []graph.Day{from.Earliest, from.Latest} {
		for _, end := range []graph.Day{to.Earliest, to.Latest} {
			if start <= end {
				out = append(out, graph.Span{Earliest: start, Latest: end})
			}
		}
	}
	for _, day := range []graph.Day{from.Earliest, to.Latest} { // both ends on one day, where they may be
		if from.Earliest <= day && day <= from.Latest && to.Earliest <= day && day <= to.Latest {
			out = append(out, graph.Span{Earliest: day, Latest: day})
		}
	}
	return out
}
