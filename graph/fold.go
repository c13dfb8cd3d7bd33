package graph

import (
	"cmp"
	"slices"
)

// Fold gathers the claims of one link, or of one value of an attribute, that
// count under a lens, and says how the link stands. Claims may be added in any
// order; the answer is the same. The zero Fold is empty.
type Fold struct {
	// Affirmed, Denied and NoEvidence count the claims by polarity.
	Affirmed, Denied, NoEvidence int
	// Named is set by whoever knows other claims than those added: a CONTRADICTS claim
	// names one that affirms the link.
	Named bool
	// opposed counts the affirming claims against which something stands, outweighed
	// those of them that it outweighs.
	opposed, outweighed int
	inferred            int
	strongest           uint8 // the strongest hedge that affirms
	bestAffirmed        Evidence
	bestDenied          Evidence
	marking             uint8
	dates               hull
}

// hull is the span of the affirmed claims that are dated.
type hull struct {
	times                 Span
	latestStart, firstEnd Day
	dated                 bool
}

// Add counts one claim that the lens admits.
func (f *Fold) Add(e Evidence) {
	f.marking = max(f.marking, e.Marking)
	switch Polarities[e.Polarity] {
	case Affirmed:
		if f.Affirmed == 0 || better(&e, &f.bestAffirmed) {
			f.bestAffirmed = e
		}
		if f.Affirmed == 0 || e.Hedge < f.strongest {
			f.strongest = e.Hedge
		}
		f.Affirmed++
		if e.Inferred {
			f.inferred++
		}
		f.dates.add(&e)
	case Denied:
		if f.Denied == 0 || better(&e, &f.bestDenied) {
			f.bestDenied = e
		}
		f.Denied++
	default:
		f.NoEvidence++
	}
}

// better reports whether a supports what it says better than b does.
func better(a, b *Evidence) bool { return a.Compare(b) < 0 }

// Compare orders claims by how well they support what they say, the best first:
// by credibility, then hedge, reliability, and the earlier in the feed. A writer's
// opinion has the weakest hedge: it comes after any fact of its credibility.
func (a *Evidence) Compare(b *Evidence) int {
	if a.Credibility != b.Credibility {
		return int(a.Credibility) - int(b.Credibility)
	}
	if a.Hedge != b.Hedge {
		return int(a.Hedge) - int(b.Hedge)
	}
	if a.Reliability != b.Reliability {
		return int(a.Reliability) - int(b.Reliability)
	}
	return cmp.Compare(a.Order, b.Order)
}

// Objection is a claim that stands against one that affirms a link.
type Objection struct {
	Evidence
	// Own is set where the accused denies what an attribution lays to him: it outweighs
	// nothing, however good it is.
	Own bool
}

// Outweighs reports whether the claim is as good as another that it is set against, or
// better: by credibility, then by reliability. What cannot be judged, of credibility 6 or
// reliability F, compares with nothing.
func (a *Evidence) Outweighs(b *Evidence) bool {
	if a.unjudged() || b.unjudged() {
		return false
	}
	return cmp.Or(cmp.Compare(a.Credibility, b.Credibility), cmp.Compare(a.Reliability, b.Reliability)) <= 0
}

func (a *Evidence) unjudged() bool {
	return a.Credibility == CannotBeJudged || a.Reliability >= unjudgedReliability
}

// MayOverlap reports whether two claims may have held on one day.
func (a *Evidence) MayOverlap(b *Evidence) bool {
	return a.From.Earliest <= b.To.Latest && b.From.Earliest <= a.To.Latest
}

// CertainlyOverlap reports whether two claims held on one day, wherever in their spans
// their dates lie. An end that is not said may be as near as the other; what is undated
// may have been at any time.
func (a *Evidence) CertainlyOverlap(b *Evidence) bool {
	return !a.Undated && !b.Undated && a.begun() <= b.lasting() && b.begun() <= a.lasting()
}

// begun is the first day by which the claim holds for certain, or held before.
func (a *Evidence) begun() Day {
	if a.From.Latest == OpenStart {
		return a.To.Latest
	}
	return min(a.From.Latest, a.To.Latest)
}

// lasting is the last day on which the claim still holds for certain, or is yet to.
func (a *Evidence) lasting() Day {
	if a.To.Earliest == OpenEnd {
		return a.From.Earliest
	}
	return max(a.From.Earliest, a.To.Earliest)
}

// Weigh says what stands against one of the claims that affirm the link; against is
// not empty. It is to be said once of each such claim, in any order.
func (f *Fold) Weigh(affirming *Evidence, against []Objection) {
	f.opposed++
	for i := range against {
		if !against[i].Own && against[i].Outweighs(affirming) {
			f.outweighed++
			return
		}
	}
}

func (h *hull) add(e *Evidence) {
	if e.Undated {
		return
	}
	if !h.dated {
		*h = hull{Span{OpenEnd, OpenStart}, OpenStart, OpenEnd, true}
	}
	h.latestStart, h.firstEnd = max(h.latestStart, e.From.Earliest), min(h.firstEnd, e.To.Latest)
	h.times = Span{min(h.times.Earliest, e.From.Earliest), max(h.times.Latest, e.To.Latest)}
}

// Best is the claim that gives the link its credibility and hedge: the best of
// those that affirm it, or of those that deny it when none affirms it. False
// when there is neither.
func (f *Fold) Best() (Evidence, bool) {
	if f.Affirmed > 0 {
		return f.bestAffirmed, true
	}
	return f.bestDenied, f.Denied > 0
}

// Times is the span within which the affirmed claims may hold; an end that one of them
// does not bound is open.
func (f *Fold) Times() Span {
	if !f.dates.dated {
		return Span{OpenStart, OpenEnd}
	}
	return f.dates.times
}

// Overlaps reports whether two spans share a day.
func (s Span) Overlaps(o Span) bool { return s.Earliest <= o.Latest && o.Earliest <= s.Latest }

// DatesDisagree reports whether no day lies within the possible times of all
// dated affirmed claims.
func (f *Fold) DatesDisagree() bool { return f.dates.dated && f.dates.latestStart > f.dates.firstEnd }

// Undated reports whether no affirmed claim says when.
func (f *Fold) Undated() bool { return !f.dates.dated }

// Marking is the strictest marking among the claims.
func (f *Fold) Marking() uint8 { return f.marking }

// Disputed reports whether every claim that affirms the link is outweighed by one
// against it.
func (f *Fold) Disputed() bool { return f.Affirmed > 0 && f.outweighed == f.Affirmed }

// Contested reports whether the link is not disputed, though something stands against a
// claim that affirms it.
func (f *Fold) Contested() bool { return f.opposed > 0 && !f.Disputed() }

// Status says how the link stands; "" when there is no link.
func (f *Fold) Status() LinkStatus {
	switch {
	case f.Affirmed == 0 && f.Denied == 0:
		return ""
	case f.Affirmed == 0:
		return StatusDenied
	case f.Disputed():
		return StatusDisputed
	case f.inferred == f.Affirmed:
		return StatusInferred
	case Hedges[f.strongest] == Confirmed, Hedges[f.strongest] == Stated, Hedges[f.strongest] == Official:
		return StatusAsserted
	}
	return StatusReported
}

// Hidden says why the lens does not show the link, or "" when it does. A link
// without claims that affirm or deny it is not there at all; that is no reason.
func (f *Fold) Hidden(l *Lens, independent func() int) ExclusionReason {
	switch f.Status() {
	case StatusDenied:
		if !l.ShowsDenied() {
			return IsDenied
		}
	case StatusDisputed:
		if !l.ShowsDisputed() {
			return IsDisputed
		}
	}
	if n := l.MinIndependentSources; n != nil && *n > 0 && independent() < *n {
		return TooFewSources
	}
	return ""
}

// Testimony is what tells whether a claim that affirms a link is independent of others. R
// stands for a source, V for who speaks.
type Testimony[R, V comparable] struct {
	// Roots are the sources that the claim goes back to.
	Roots []R
	// Voice is whose words it is; the zero V is nobody's of whom others would know.
	Voice V
	// Times is the span within which what it says may hold.
	Times Span
}

// Independent counts claims, those once that share a root, or that have one voice and whose
// times have a day in common.
func Independent[R, V comparable](list []Testimony[R, V]) int {
	of := joins{make([]int, len(list))}
	for i := range list {
		of.parent[i] = i
	}
	if len(list) <= fewClaims {
		joinPairs(of, list)
	} else {
		joinRoots(of, list)
		joinVoices(of, list)
	}
	return of.count()
}

// fewClaims is up to how many claims are compared each with each, which costs less than
// tables of them.
const fewClaims = 8

func joinPairs[R, V comparable](of joins, list []Testimony[R, V]) {
	for i := range list {
		for j := range i {
			if list[i].sharesWith(&list[j]) {
				of.join(i, j)
			}
		}
	}
}

// sharesWith reports whether two claims are not independent.
func (t *Testimony[R, V]) sharesWith(o *Testimony[R, V]) bool {
	for _, r := range t.Roots {
		if slices.Contains(o.Roots, r) {
			return true
		}
	}
	return t.Voice == o.Voice && t.Voice != *new(V) && t.Times.Overlaps(o.Times)
}

func joinRoots[R, V comparable](of joins, list []Testimony[R, V]) {
	first := map[R]int{}
	for i := range list {
		for _, r := range list[i].Roots {
			if j, ok := first[r]; ok {
				of.join(i, j)
			} else {
				first[r] = i
			}
		}
	}
}

func joinVoices[R, V comparable](of joins, list []Testimony[R, V]) {
	by, nobody := map[V][]int{}, *new(V)
	for i := range list {
		if v := list[i].Voice; v != nobody {
			by[v] = append(by[v], i)
		}
	}
	for _, group := range by {
		slices.SortFunc(group, func(a, b int) int { return cmp.Compare(list[a].Times.Earliest, list[b].Times.Earliest) })
		last := group[0] // the one that may hold longest
		for _, i := range group[1:] {
			if list[i].Times.Overlaps(list[last].Times) {
				of.join(i, last)
			}
			if list[i].Times.Latest > list[last].Times.Latest {
				last = i
			}
		}
	}
}

// joins are numbers of which some count as one.
type joins struct{ parent []int }

func (j joins) find(i int) int {
	if j.parent[i] != i {
		j.parent[i] = j.find(j.parent[i])
	}
	return j.parent[i]
}

func (j joins) join(a, b int) { j.parent[j.find(a)] = j.find(b) }

func (j joins) count() (n int) {
	for i, p := range j.parent {
		if i == p {
			n++
		}
	}
	return n
}
