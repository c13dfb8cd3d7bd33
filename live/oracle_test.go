package live_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
)

// oracle answers what a view should answer, from plain lists of records, by the
// rules as they are written down. It shares no code with the views.
type oracle struct {
	lens graph.Lens
	feed []graph.Change // what the reader may see, up to the view
	rest []graph.Claim  // claims that the reader may see, recorded later
	// level is the marking of entities and sources, as of now.
	level     map[graph.ID]int
	entities  map[graph.ID]graph.Entity
	sources   map[graph.ID]graph.Source
	order     map[graph.ID]int // when an entity or a source was first recorded
	rows      []graph.Claim    // in the order of the feed; one may be there again
	commits   []int            // of each row: which change it is of
	current   map[graph.ID]int // the row that a claim was last recorded in
	withdrawn map[graph.ID]bool
	official  map[graph.ID]bool // organisations whose word is official; nil where every voice counts
	anyDay    *oracle           // of the lens less the day that it asks for; nil where it asks for none
	rep       map[graph.ID]graph.ID
	members   map[graph.ID][]graph.ID
	shown     []dumpLink           // the links that the lens shows; nil until they are asked for
	joined    map[[2]graph.ID]bool // pairs that are judged the same, and not kept apart
}

// levelOf is the place of a marking; an unknown one is above all others.
func levelOf(m graph.Marking) int {
	if m == "" {
		return 0
	}
	if i := slices.Index(graph.Markings, m); i >= 0 {
		return i
	}
	return len(graph.Markings)
}

// levels are the markings of entities and sources after all changes.
func levels(changes []graph.Change) map[graph.ID]int {
	out := map[graph.ID]int{}
	note := func(id graph.ID, m graph.Marking) {
		if m != "" {
			out[id] = levelOf(m)
		}
	}
	for _, ch := range changes {
		for _, s := range ch.Sources {
			note(s.ID, s.Marking)
		}
		for _, e := range ch.Entities {
			note(e.ID, e.Marking)
		}
	}
	return out
}

// cleared is the feed out of which everything above a clearance was deleted:
// records, spellings, derivations, and what is recorded again though for this
// reader it was never retracted.
func cleared(changes []graph.Change, clearance graph.Marking) []graph.Change {
	most := levelOf(clearance)
	level := levels(changes)
	hidden := func(id graph.ID) bool { return level[id] > most }
	visible := map[graph.ID]bool{}
	counts := map[graph.ID]bool{}
	for _, ch := range changes { // what a claim refers to may stand later in its batch
		for range ch.Claims {
			for _, c := range ch.Claims {
				if !visible[c.ID] {
					visible[c.ID] = claimVisible(c, most, hidden, visible)
				}
			}
		}
	}
	var out []graph.Change
	last := graph.Sequence(0)
	for _, ch := range changes {
		kept := graph.Change{Sequence: ch.Numbers.At(clearance), Writer: ch.Writer, Recorded: ch.Recorded}
		if kept.Sequence == last {
			continue // nothing of it was at or below the clearance
		}
		last = kept.Sequence
		kept.Numbers = graph.Numbers{last, last, last, last, last}
		whole := true
		for _, s := range ch.Sources {
			if !hidden(s.ID) {
				s.DerivedFrom = slices.DeleteFunc(slices.Clone(s.DerivedFrom), hidden)
				kept.Sources = append(kept.Sources, s)
			}
		}
		for _, e := range ch.Entities {
			if !hidden(e.ID) {
				e.Names = slices.DeleteFunc(slices.Clone(e.Names), func(n graph.Name) bool { return hidden(n.Source) })
				kept.Entities = append(kept.Entities, e)
			}
		}
		for _, c := range ch.Claims {
			whole = whole && visible[c.ID]
			if !visible[c.ID] || !isNews(c, counts) {
				continue
			}
			counts[c.ID] = true
			if c.Predicate == graph.Retracts {
				counts[c.Subject] = false
			}
			c.Sequence = kept.Sequence
			kept.Claims = append(kept.Claims, c)
		}
		if whole = whole && len(kept.Sources) == len(ch.Sources) && len(kept.Entities) == len(ch.Entities); whole {
			kept.Batch, kept.Actor, kept.Reason = ch.Batch, ch.Actor, ch.Reason
		}
		out = append(out, kept)
	}
	return out
}

// isNews reports whether a store would write the claim when asked to assert it.
func isNews(c graph.Claim, counts map[graph.ID]bool) bool {
	now, known := counts[c.ID]
	return !known || !now || c.Predicate == graph.Retracts && counts[c.Subject]
}

func claimVisible(c graph.Claim, most int, hidden func(graph.ID) bool, visible map[graph.ID]bool) bool {
	if levelOf(c.Marking) > most {
		return false
	}
	for _, id := range []graph.ID{c.Source, c.Origin, c.Subject, c.Object, c.Speaker, c.Attributor} {
		if id.IsClaim() && !visible[id] || hidden(id) {
			return false
		}
	}
	return true
}

// newOracle reads a whole feed as a reader of the clearance, under a lens.
func newOracle(changes []graph.Change, clearance graph.Marking, lens graph.Lens) *oracle {
	o := &oracle{
		lens: lens, level: levels(changes), entities: map[graph.ID]graph.Entity{}, sources: map[graph.ID]graph.Source{},
		order:   map[graph.ID]int{},
		current: map[graph.ID]int{}, withdrawn: map[graph.ID]bool{}, rep: map[graph.ID]graph.ID{},
		members: map[graph.ID][]graph.ID{}, joined: map[[2]graph.ID]bool{},
	}
	if isTrue(lens.OfficialVoices) {
		o.official = newOracle(changes, clearance, graph.Lens{
			KnownAt: lens.KnownAt, KnownAtSequence: lens.KnownAtSequence, WithoutSources: lens.WithoutSources,
		}).authorities()
	}
	if lens.AsOf != nil {
		any := lens
		any.AsOf, any.AsOfMode = nil, nil
		o.anyDay = newOracle(changes, clearance, any)
	}
	for _, ch := range cleared(changes, clearance) {
		late := lens.KnownAtSequence != nil && ch.Sequence > *lens.KnownAtSequence ||
			lens.KnownAt != nil && ch.Recorded.After(*lens.KnownAt)
		if late {
			o.rest = append(o.rest, ch.Claims...)
			continue
		}
		o.feed = append(o.feed, ch)
		o.read(ch)
	}
	for id, row := range o.current {
		if c := o.rows[row]; c.Predicate == graph.Withdraws && !o.leftOut(c) && !o.retracted(id, row) {
			o.withdrawn[c.Subject] = true
		}
	}
	o.identify()
	if o.anyDay != nil {
		o.anyDay.rep, o.anyDay.members = o.rep, o.members
	}
	return o
}

func (o *oracle) read(ch graph.Change) {
	first := func(id graph.ID) {
		if _, ok := o.order[id]; !ok {
			o.order[id] = len(o.order)
		}
	}
	for _, s := range ch.Sources {
		first(s.ID)
		o.sources[s.ID] = o.sources[s.ID].Merge(s)
	}
	for _, e := range ch.Entities {
		first(e.ID)
		old := o.entities[e.ID]
		old.ID, old.Kind = e.ID, e.Kind
		o.entities[e.ID] = old.Merge(e)
	}
	for _, c := range ch.Claims {
		o.current[c.ID] = len(o.rows)
		o.rows, o.commits = append(o.rows, c), append(o.commits, len(o.feed)-1)
	}
}

// retracted reports whether a later retraction of the claim counts.
func (o *oracle) retracted(id graph.ID, row int) bool {
	for later := row + 1; later < len(o.rows); later++ {
		if c := o.rows[later]; c.Predicate == graph.Retracts && c.Subject == id && !o.leftOut(c) &&
			!o.retracted(c.ID, later) {
			return true
		}
	}
	return false
}

// leftOut reports whether the lens leaves out whoever says so.
func (o *oracle) leftOut(c graph.Claim) bool {
	return slices.Contains(o.lens.WithoutSources, c.Source) ||
		c.Origin != "" && slices.Contains(o.lens.WithoutSources, c.Origin)
}

// missing reports whether the lens names a source, an entity or a publisher that the reader
// does not see.
func (o *oracle) missing() bool {
	for _, id := range append(slices.Clone(o.lens.Sources), o.lens.WithoutSources...) {
		if _, ok := o.sources[id]; !ok {
			return true
		}
	}
	for _, id := range append(slices.Clone(o.lens.Speakers), o.lens.Attributors...) {
		if _, ok := o.entities[id]; !ok {
			return true
		}
	}
	for _, p := range o.lens.Publishers {
		known := false
		for _, s := range o.sources {
			known = known || strings.EqualFold(s.Publisher, p)
		}
		if !known {
			return true
		}
	}
	return false
}

func isTrue(b *bool) bool { return b != nil && *b }

// gone reports whether the claim is retracted or its source withdrawn.
func (o *oracle) gone(row int) bool {
	c := o.rows[row]
	return o.withdrawn[c.Source] || o.retracted(c.ID, row)
}

// refuses says why a claim does not count, or "".
func (o *oracle) refuses(row int) graph.ExclusionReason {
	if o.gone(row) {
		return graph.WasRetracted
	}
	return o.leaves(o.rows[row])
}

// leaves says why the lens leaves a claim out that is not retracted.
func (o *oracle) leaves(c graph.Claim) graph.ExclusionReason {
	l, s := o.lens, o.sources[c.Source]
	letter := s.Letter()
	from, to := c.ValidFrom, c.ValidTo
	switch {
	case c.Source == graph.AsRecorded:
		return o.leavesRecorded(c)
	case l.Sources != nil && !slices.Contains(l.Sources, c.Source), o.leftOut(c):
		return graph.BySource
	case l.SourceKinds != nil && !slices.Contains(l.SourceKinds, s.Kind),
		l.Publishers != nil && !slices.ContainsFunc(l.Publishers, func(p string) bool { return strings.EqualFold(p, s.Publisher) }):
		return graph.BySource
	case l.Speakers != nil && (c.Speaker == "" || !slices.Contains(l.Speakers, c.Speaker)),
		l.Attributors != nil && (c.Attributor == "" || !slices.Contains(l.Attributors, c.Attributor)):
		return graph.BySpeaker
	case o.official != nil && !o.inOfficialVoice(c):
		return graph.BySpeaker
	case l.MinReliability != nil &&
		(letter == "F" && !isTrue(l.IncludeUnjudged) || letter != "F" && letter > *l.MinReliability):
		return graph.ByReliability
	case l.MinCredibility != nil &&
		(c.Credibility == 6 && !isTrue(l.IncludeUnjudged) || c.Credibility != 6 && c.Credibility > *l.MinCredibility):
		return graph.ByCredibility
	case l.Hedges != nil && !slices.Contains(l.Hedges, c.Hedge):
		return graph.ByHedge
	case c.Hedge == graph.Assessment && !isTrue(l.IncludeAssessments):
		return graph.IsAssessment
	case c.Rule != "" && l.IncludeInferred != nil && !*l.IncludeInferred:
		return graph.IsInferred
	case l.AsOf != nil && !holds(from, to, *l.AsOf, l.AsOfMode != nil && *l.AsOfMode == graph.Certain):
		return graph.ByDate
	case l.PublishedBy != nil && (s.Published.IsZero() || s.Published.Earliest > *l.PublishedBy):
		return graph.ByPublication
	}
	return ""
}

// leavesRecorded is leaves for what is as recorded: no source, grade or day of publication
// is asked for.
func (o *oracle) leavesRecorded(c graph.Claim) graph.ExclusionReason {
	switch l := o.lens; {
	case l.Hedges != nil && !slices.Contains(l.Hedges, c.Hedge):
		return graph.ByHedge
	case l.AsOf != nil && l.AsOfMode != nil && *l.AsOfMode == graph.Certain:
		return graph.ByDate
	}
	return ""
}

func holds(from, to graph.PartialDate, d graph.Day, certain bool) bool {
	if certain {
		return !(from.IsZero() && to.IsZero()) && (from.IsZero() || from.Latest <= d) &&
			(to.IsZero() || d <= to.Earliest)
	}
	return (from.IsZero() || from.Earliest <= d) && (to.IsZero() || d <= to.Latest)
}

// isCurrent reports whether the row is the one in which its claim stands.
func (o *oracle) isCurrent(row int) bool { return o.current[o.rows[row].ID] == row }

func (o *oracle) counts(row int) bool { return o.isCurrent(row) && o.refuses(row) == "" }

// counting are the rows of claims that count and name nothing, in the order of the feed.
func (o *oracle) counting() []int {
	var out []int
	for row := range o.rows {
		if o.counts(row) && !o.rows[row].Predicate.Spec().Naming {
			out = append(out, row)
		}
	}
	return out
}

// rank orders claims by how well they support what they say.
func (o *oracle) rank(row int) []int {
	c := o.rows[row]
	s := o.sources[c.Source]
	return []int{c.Credibility, slices.Index(graph.Hedges, c.Hedge), slices.Index(graph.Reliabilities, s.Letter()), row}
}

// best is the row of the best claim.
func (o *oracle) best(rows []int) int {
	return slices.MinFunc(rows, func(a, b int) int { return slices.Compare(o.rank(a), o.rank(b)) })
}

// identify joins entities that are the same, best judgement first.
func (o *oracle) identify() {
	byKey := map[[2]graph.ID]map[graph.Predicate]map[graph.Polarity][]int{}
	for _, row := range o.counting() {
		c := o.rows[row]
		if c.Predicate != graph.SameAs && c.Predicate != graph.NotSameAs {
			continue
		}
		pair := [2]graph.ID{min(c.Subject, c.Object), max(c.Subject, c.Object)}
		if byKey[pair] == nil {
			byKey[pair] = map[graph.Predicate]map[graph.Polarity][]int{graph.SameAs: {}, graph.NotSameAs: {}}
		}
		byKey[pair][c.Predicate][c.Polarity] = append(byKey[pair][c.Predicate][c.Polarity], row)
	}
	apart := map[[2]graph.ID]bool{}
	var joins [][2]graph.ID
	judged := func(rows []int) bool { return len(rows) > 0 && o.rows[o.best(rows)].Hedge != graph.Assessment }
	for pair, by := range byKey {
		same := by[graph.SameAs]
		apart[pair] = len(by[graph.NotSameAs][graph.Affirmed]) > 0
		against := apart[pair] || len(same[graph.Denied]) > 0
		for _, r := range same[graph.Affirmed] {
			against = against || len(o.against(r)) > 0
		}
		if judged(same[graph.Affirmed]) && !against {
			joins = append(joins, pair)
		}
	}
	slices.SortFunc(joins, func(a, b [2]graph.ID) int {
		return slices.Compare(o.rank(o.best(byKey[a][graph.SameAs][graph.Affirmed])),
			o.rank(o.best(byKey[b][graph.SameAs][graph.Affirmed])))
	})
	for _, j := range joins {
		a, b := o.cluster(o.of(j[0])), o.cluster(o.of(j[1]))
		split := false
		for _, x := range a {
			for _, y := range b {
				split = split || apart[[2]graph.ID{min(x, y), max(x, y)}]
			}
		}
		if o.joined[j] = !split; split || o.of(j[0]) == o.of(j[1]) {
			continue
		}
		joined := append(slices.Clone(a), b...)
		slices.SortFunc(joined, func(x, y graph.ID) int { return cmp.Compare(o.order[x], o.order[y]) })
		for _, m := range joined {
			o.rep[m], o.members[m] = joined[0], joined
		}
	}
}

// of is the representative of an entity.
func (o *oracle) of(id graph.ID) graph.ID {
	if r, ok := o.rep[id]; ok {
		return r
	}
	return id
}

// cluster lists the entities that a representative stands for, itself first.
func (o *oracle) cluster(id graph.ID) []graph.ID {
	if m := o.members[id]; m != nil {
		return m
	}
	return []graph.ID{id}
}

// key is the identity of the link or attribute that a claim is about, in
// representatives; false for claims about records.
func (o *oracle) key(c graph.Claim) (graph.LinkKey, bool) {
	spec := c.Predicate.Spec()
	if !spec.IsLink() && !spec.IsAttribute() {
		return graph.LinkKey{}, false
	}
	k := graph.LinkKey{Kind: c.Predicate, Source: o.of(c.Subject)}
	if c.Object != "" {
		k.Target = o.of(c.Object)
		if spec.Symmetric && k.Source > k.Target {
			k.Source, k.Target = k.Target, k.Source
		}
	}
	switch spec.Discriminator {
	case "role":
		k.Discriminator = c.Role
	case "stage":
		k.Discriminator = c.Stage
	case "attributor":
		if c.Attributor != "" {
			k.Discriminator = string(o.of(c.Attributor))
		}
	}
	return k, true
}

// group is the claims of one link or of one entity's predicate.
type group struct {
	key   graph.LinkKey
	first int   // the row that recorded it first, whether that counts or not
	all   []int // the rows of its claims
	rows  []int // those that count
}

// groups are all links, or all attributes, shown or not, in the order in which
// they were first recorded. Links within a cluster are none.
func (o *oracle) groups(links bool) []*group {
	byKey := map[graph.LinkKey]*group{}
	for row, c := range o.rows {
		k, ok := o.key(c)
		if !ok || c.Predicate.Spec().IsLink() != links || links && k.Source == k.Target {
			continue
		}
		g := byKey[k]
		if g == nil {
			g = &group{key: k, first: row}
			byKey[k] = g
		}
		g.all = append(g.all, row)
		if o.counts(row) {
			g.rows = append(g.rows, row)
		}
	}
	return slices.SortedFunc(maps.Values(byKey), func(a, b *group) int { return cmp.Compare(a.first, b.first) })
}

func (o *oracle) by(rows []int, p graph.Polarity) []int {
	return slices.DeleteFunc(slices.Clone(rows), func(r int) bool { return o.rows[r].Polarity != p })
}

// against lists the rows that CONTRADICTS claims set against a row.
func (o *oracle) against(row int) []int {
	set := map[int]bool{}
	for by, c := range o.rows {
		if c.Predicate != graph.Contradicts || c.Polarity != graph.Affirmed || !o.counts(by) {
			continue
		}
		id, other := o.rows[row].ID, graph.ID("")
		switch id {
		case c.Subject:
			other = c.Object
		case c.Object:
			other = c.Subject
		default:
			continue
		}
		if r, ok := o.current[other]; ok && o.counts(r) {
			set[r] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// roots are the sources that a claim goes back to: all that it relies on that
// rely on nothing, or on one another alone.
func (o *oracle) roots(c graph.Claim) []graph.ID {
	start := c.Source
	if c.Origin != "" {
		start = c.Origin
	}
	var out []graph.ID
	for n := range o.reliesOn(start) {
		closed := true
		for m := range o.reliesOn(n) {
			closed = closed && o.reliesOn(m)[n]
		}
		if closed {
			out = append(out, n)
		}
	}
	return out
}

// reliesOn is all that a source derives from, itself included.
func (o *oracle) reliesOn(id graph.ID) map[graph.ID]bool {
	seen := map[graph.ID]bool{id: true}
	queue := []graph.ID{id}
	for len(queue) > 0 {
		for _, p := range o.sources[queue[0]].DerivedFrom {
			if _, known := o.sources[p]; known && !seen[p] {
				seen[p] = true
				queue = append(queue, p)
			}
		}
		queue = queue[1:]
	}
	return seen
}

// independent joins claims that share a root or a speaker until none do.
func (o *oracle) independent(rows []int) int {
	var sets [][]graph.Claim
	for _, r := range rows {
		joined, apart := []graph.Claim{o.rows[r]}, [][]graph.Claim(nil)
		for _, s := range sets {
			if slices.ContainsFunc(s, func(c graph.Claim) bool { return o.oneSource(c, o.rows[r]) }) {
				joined = append(joined, s...)
			} else {
				apart = append(apart, s)
			}
		}
		sets = append(apart, joined)
	}
	return len(sets)
}

// claimLevel is the strictest marking among a claim and what it refers to.
func (o *oracle) claimLevel(c graph.Claim) int {
	level := levelOf(c.Marking)
	for _, id := range []graph.ID{c.Source, c.Origin, c.Subject, c.Object, c.Speaker, c.Attributor} {
		if id.IsClaim() {
			level = max(level, o.claimLevel(o.rows[o.current[id]]))
		} else {
			level = max(level, o.level[id])
		}
	}
	return level
}

func (o *oracle) marking(rows []int) graph.Marking {
	level := 0
	for _, r := range rows {
		level = max(level, o.claimLevel(o.rows[r]))
	}
	return graph.Markings[level]
}
