package live_test

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// dump is what the view should tell.
func (o *oracle) dump(ids []graph.ID) dump {
	d := dump{}
	if n := len(o.feed); n > 0 {
		d.Sequence, d.Recorded = o.feed[n-1].Sequence, o.feed[n-1].Recorded
	}
	d.Links = o.links()
	for _, kind := range graph.EntityKinds {
		for _, id := range o.inOrder(o.entityIDs()) {
			if o.entities[id].Kind == kind && o.of(id) == id {
				d.Entities = append(d.Entities, o.entity(id, d.Links))
			}
		}
	}
	for _, r := range o.counting() {
		d.Claims = append(d.Claims, o.claim(r, d.Links))
	}
	for _, id := range ids {
		if r, ok := o.current[id]; ok {
			d.Known = append(d.Known, o.claim(r, d.Links))
		}
	}
	var sources []graph.ID
	for id := range o.sources {
		sources = append(sources, id)
	}
	for _, id := range o.inOrder(sources) {
		d.Sources = append(d.Sources, o.source(id))
	}
	d.Counts = [4]int{len(d.Entities), len(d.Links), len(d.Claims), len(d.Sources)}
	return d
}

func (o *oracle) entityIDs() []graph.ID {
	var out []graph.ID
	for id := range o.entities {
		out = append(out, id)
	}
	return out
}

func (o *oracle) inOrder(ids []graph.ID) []graph.ID {
	slices.SortFunc(ids, func(a, b graph.ID) int { return cmp.Compare(o.order[a], o.order[b]) })
	return ids
}

func (o *oracle) ids(rows []int) []graph.ID {
	var out []graph.ID
	for _, r := range rows {
		out = append(out, o.rows[r].ID)
	}
	return out
}

// links are the links that the lens shows.
func (o *oracle) links() []dumpLink {
	if o.shown == nil {
		o.shown = []dumpLink{}
		groups := o.groups(true)
		for _, g := range groups {
			if l, ok := o.link(g, groups); ok && o.hiddenBy(l) == "" {
				o.shown = append(o.shown, l)
			}
		}
	}
	return slices.Clone(o.shown)
}

// hides says why the lens does not show a link.
func (o *oracle) hides(l dumpLink) graph.ExclusionReason {
	switch {
	case l.Status == graph.StatusDenied && !isTrue(o.lens.IncludeDenied):
		return graph.IsDenied
	case l.Status == graph.StatusDisputed && o.lens.IncludeDisputed != nil && !*o.lens.IncludeDisputed:
		return graph.IsDisputed
	case o.lens.MinIndependentSources != nil && l.Independent < *o.lens.MinIndependentSources:
		return graph.TooFewSources
	}
	return ""
}

// link folds a group; false when nothing affirms or denies it.
func (o *oracle) link(g *group, groups []*group) (dumpLink, bool) {
	affirmed, denied := o.by(g.rows, graph.Affirmed), o.by(g.rows, graph.Denied)
	if len(affirmed)+len(denied) == 0 {
		return dumpLink{}, false
	}
	best := o.best(denied2(affirmed, denied))
	c := o.rows[best]
	s := o.sources[c.Source]
	l := dumpLink{
		ID: g.key.ID(), Kind: g.key.Kind, Source: g.key.Source, Target: g.key.Target, Credibility: c.Credibility,
		Hedge: c.Hedge, Reliability: s.Letter(),
		Bearing: g.key.Kind.Spec().BearingAs(c.Role), Direction: live.Out, Marking: o.marking(g.rows), Affirmed: len(affirmed),
		Denied: len(denied), NoEvidence: len(g.rows) - len(affirmed) - len(denied),
		Claims: o.ids(g.rows), Independent: o.independent(affirmed), Role: c.Role, Stage: c.Stage, Nature: c.Nature,
		Channel: c.Channel, Basis: c.Basis, Grade: c.Grade,
		Modes: []graph.Mode{}, Degrees: o.degrees(affirmed, g.key), Attributor: o.of(c.Attributor), Speakers: o.speakers(g.rows),
	}
	if g.key.Kind.Spec().Symmetric {
		l.Direction = live.Both
	}
	for _, r := range affirmed {
		l.Modes = append(l.Modes, o.rows[r].Modes...)
	}
	slices.Sort(l.Modes)
	l.Modes = slices.Compact(l.Modes)
	h := o.hull(affirmed)
	l.Disagree, l.Undated = h.disagree, h.undated
	o.hold(&l, affirmed)
	accused := accusedBy(g.key)
	against := func(r int) []int {
		return slices.Concat(o.denying(r, denied), o.against(r), o.rivals(r, g.key, groups), o.denials(g.key, accused, groups))
	}
	l.Amounts = o.amounts(affirmed, func(r int) []int {
		return slices.Concat(o.denying(r, denied), o.against(r), o.rivals(r, g.key, groups))
	}, accused)
	w := o.weigh(affirmed, against, accused)
	l.ContradictedBy, l.Disputed, l.Contested = o.ids(w.against), w.disputed, w.contested
	l.Status = o.status(affirmed, l.Disputed)
	return l, true
}

// denied2 is what a link rests on: what affirms it, or else what denies it.
func denied2(affirmed, denied []int) []int {
	if len(affirmed) > 0 {
		return affirmed
	}
	return denied
}

func (o *oracle) status(affirmed []int, disputed bool) graph.LinkStatus {
	if len(affirmed) == 0 {
		return graph.StatusDenied
	}
	if disputed {
		return graph.StatusDisputed
	}
	inferred, asserted := true, false
	for _, r := range affirmed {
		c := o.rows[r]
		inferred = inferred && c.Rule != ""
		asserted = asserted || c.Hedge == graph.Confirmed || c.Hedge == graph.Stated || c.Hedge == graph.Official
	}
	switch {
	case inferred:
		return graph.StatusInferred
	case asserted:
		return graph.StatusAsserted
	}
	return graph.StatusReported
}

// degrees are read from the link's source to its target, best claim first.
func (o *oracle) degrees(affirmed []int, k graph.LinkKey) []graph.KinDegree {
	affirmed = slices.Clone(affirmed)
	slices.SortFunc(affirmed, func(a, b int) int { return slices.Compare(o.rank(a), o.rank(b)) })
	out := []graph.KinDegree{}
	for _, r := range affirmed {
		d := o.rows[r].Degree
		if o.of(o.rows[r].Subject) != k.Source {
			d = turned(d)
		}
		if d != "" && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

// turned is a degree of kinship seen from the other end.
func turned(d graph.KinDegree) graph.KinDegree {
	for _, pair := range [][2]graph.KinDegree{
		{"PARENT", "CHILD"},
		{"UNCLE_AUNT", "NEPHEW_NIECE"},
		{"GRANDPARENT", "GRANDCHILD"},
		{"PARENT_IN_LAW", "CHILD_IN_LAW"},
		{"STEP_PARENT", "STEP_CHILD"},
	} {
		switch d {
		case pair[0]:
			return pair[1]
		case pair[1]:
			return pair[0]
		}
	}
	return d
}

// amounts are those that claims give to a link, best claim first, each with its grade and claims.
func (o *oracle) amounts(affirmed []int, against func(int) []int, accused graph.ID) (out []dumpAmount) {
	affirmed = slices.Clone(affirmed)
	slices.SortFunc(affirmed, func(a, b int) int { return slices.Compare(o.rank(a), o.rank(b)) })
	of, order := map[string][]int{}, []string{}
	for _, r := range affirmed {
		if a := o.rows[r].Amount; a != nil {
			text := amountText(a)
			if of[text] == nil {
				order = append(order, text)
			}
			of[text] = append(of[text], r)
		}
	}
	for _, text := range order {
		rows := of[text]
		best, w, ids := o.rows[rows[0]], o.weigh(rows, against, accused), []graph.ID{}
		for _, r := range rows {
			ids = append(ids, o.rows[r].ID)
		}
		out = append(out, dumpAmount{text, best.Hedge, best.Credibility, w.disputed, w.contested, ids})
	}
	return out
}

func amountText(a *graph.Amount) string {
	text := a.Unit
	for _, f := range []*float64{a.Low, a.Best, a.High} {
		if text += ":"; f != nil {
			text += fmt.Sprint(*f)
		}
	}
	return text
}

type hull struct {
	times             graph.Span
	disagree, undated bool
}

// says reports whether a date bounds anything.
func says(d graph.PartialDate) bool { return d.EarliestDay() != nil || d.LatestDay() != nil }

func (o *oracle) hull(affirmed []int) hull {
	h := hull{times: graph.Span{Earliest: graph.OpenEnd, Latest: graph.OpenStart}, undated: true}
	var starts, ends []graph.Day
	for _, r := range affirmed {
		c := o.rows[r]
		if !says(c.ValidFrom) && !says(c.ValidTo) {
			continue
		}
		from, to := graph.OpenStart, graph.OpenEnd
		if !c.ValidFrom.IsZero() {
			from = c.ValidFrom.Earliest
		}
		if !c.ValidTo.IsZero() {
			to = c.ValidTo.Latest
		}
		starts, ends, h.undated = append(starts, from), append(ends, to), false
	}
	if h.undated {
		h.times = graph.Span{Earliest: graph.OpenStart, Latest: graph.OpenEnd}
		return h
	}
	h.times = graph.Span{Earliest: slices.Min(starts), Latest: slices.Max(ends)}
	h.disagree = slices.Max(starts) > slices.Min(ends)
	return h
}

func (o *oracle) claim(row int, links []dumpLink) dumpClaim {
	c := o.rows[row]
	d := dumpClaim{
		Sequence: c.Sequence, Recorded: c.RecordedAt, Marking: graph.Markings[o.claimLevel(c)],
		Retracted: o.gone(row), Counts: o.counts(row),
		Speaker: o.of(c.Speaker), Attributor: o.of(c.Attributor), Source: c.Source, Origin: c.Origin,
	}
	if _, ok := o.entities[c.Subject]; ok {
		d.Subject = o.of(c.Subject)
	}
	if _, ok := o.entities[c.Object]; ok {
		d.Object = o.of(c.Object)
	}
	if d.Counts {
		d.Contradicts = o.ids(o.against(row))
	}
	if k, ok := o.key(c); ok && c.Predicate.Spec().IsLink() {
		for _, l := range links {
			if l.ID == k.ID() {
				d.Link = l.ID
			}
		}
	}
	c.Marking, c.Speaker, c.Attributor = "", d.Speaker, d.Attributor // those of the view
	d.Claim = string(graph.Encode(&c))
	return d
}

func (o *oracle) source(id graph.ID) dumpSource {
	s := o.sources[id]
	d := dumpSource{Reliability: s.Letter(), Marking: graph.Markings[o.level[id]], Withdrawn: o.withdrawn[id]}
	for _, p := range s.DerivedFrom {
		if _, ok := o.sources[p]; ok {
			d.Derived = append(d.Derived, p)
		}
	}
	for _, r := range o.counting() {
		if o.rows[r].Source == id {
			d.Claims = append(d.Claims, o.rows[r].ID)
		}
	}
	s.DerivedFrom, s.Marking, s.Reliability = nil, "", ""
	d.Source = string(graph.Encode(&s))
	return d
}

func (o *oracle) entity(id graph.ID, links []dumpLink) dumpEntity {
	own := o.entities[id]
	d := dumpEntity{
		ID: id, Kind: own.Kind, Same: o.cluster(id), SameBy: o.ids(o.sameBy(id)),
		Representation: cmp.Or(own.Representation, graph.Named), Fields: map[string][]dumpAttribute{},
	}
	level := 0
	for _, m := range d.Same {
		level = max(level, o.level[m])
	}
	for field, p := range map[string]graph.Predicate{
		"description": graph.Description, "subtype": graph.SubtypeOf, "external": graph.ExternalID,
	} {
		if told := o.told(id, p); told != nil {
			d.Fields[field] = told
		}
	}
	d.Marking = graph.Markings[level]
	d.Name, d.Names, d.NameOutside = o.names(d.Same)
	for _, l := range links {
		symmetric := l.Kind.Spec().Symmetric
		if l.Source == id || l.Target == id {
			d.Links = append(d.Links, l.ID)
		}
		if l.Source == id || symmetric && l.Target == id {
			d.Out = append(d.Out, l.ID)
		}
		if l.Target == id || symmetric && l.Source == id {
			d.In = append(d.In, l.ID)
		}
	}
	var about []int
	for _, r := range o.counting() {
		if k, ok := o.key(o.rows[r]); ok && (k.Source == id || k.Target == id) && k.Source != k.Target {
			about = append(about, r)
		}
	}
	d.Claims = o.ids(about)
	o.tell(&d)
	return d
}

// value is one value of a predicate with the claims that give it.
type value struct {
	rows      []int
	published graph.Day
	best      int
	rank      int // affirmed, denied, no evidence
}

// tell adds what claims say of the entity beside its links.
func (o *oracle) tell(d *dumpEntity) {
	for _, p := range graph.Predicates() {
		if !p.IsAttribute() || p.Naming {
			continue
		}
		values := o.values(d.ID, p.Name)
		affirmed := 0
		for _, v := range values {
			if v.rank == 0 {
				affirmed++
			}
		}
		for _, v := range values {
			a := o.attribute(p.Name, v, affirmed)
			asked := dumpLink{Status: "", Independent: a.Independent}
			switch {
			case v.rank == 1:
				asked.Status = graph.StatusDenied
			case a.Disputed:
				asked.Status = graph.StatusDisputed
			}
			if v.rank == 2 || o.hides(asked) == "" {
				d.Attributes = append(d.Attributes, a)
				if field := fieldOf[p.Name]; v.rank == 0 && slices.Contains(field.of, d.Kind) {
					d.Fields[field.name] = append(d.Fields[field.name], a)
				}
			}
		}
	}
	if d.Kind == graph.Incident {
		d.Claimed = o.claimed(d.ID)
	}
	o.casualties(d)
}

func (o *oracle) attribute(p graph.Predicate, v value, affirmed int) dumpAttribute {
	c := o.rows[v.best]
	a := dumpAttribute{
		Predicate: p, Value: valueText(c.Value),
		Polarity: []graph.Polarity{graph.Affirmed, graph.Denied, graph.NoEvidence}[v.rank], Credibility: c.Credibility,
		Hedge: c.Hedge,
		Rival: v.rank == 0 && affirmed > 1, Marking: o.marking(v.rows),
		Independent: o.independent(o.by(v.rows, graph.Affirmed)), Claims: o.ids(v.rows),
		Speakers: o.speakers(v.rows),
	}
	if v.rank == 0 {
		denied := o.by(v.rows, graph.Denied)
		w := o.weigh(o.by(v.rows, graph.Affirmed), func(r int) []int { return append(o.denying(r, denied), o.against(r)...) }, "")
		a.Disputed, a.Contested = w.disputed, w.contested
	}
	return a
}

// values are the values of a predicate, best first.
func (o *oracle) values(id graph.ID, p graph.Predicate) []value {
	return o.valuesBy(id, p, func(c *graph.Claim) string { return valueText(c.Value) })
}

// valuesBy are those that claims of one key give.
func (o *oracle) valuesBy(id graph.ID, p graph.Predicate, key func(*graph.Claim) string) []value {
	byValue := map[string][]int{}
	for _, r := range o.counting() {
		if c := o.rows[r]; c.Predicate == p && o.of(c.Subject) == id {
			byValue[key(&c)] = append(byValue[key(&c)], r)
		}
	}
	var out []value
	for _, rows := range byValue {
		v := value{rows: rows, best: o.best(rows), rank: 2}
		if a, d := o.by(rows, graph.Affirmed), o.by(rows, graph.Denied); len(a) > 0 {
			v.rank, v.best = 0, o.best(a)
		} else if len(d) > 0 {
			v.rank, v.best = 1, o.best(d)
		}
		v.published = graph.OpenStart
		if p := o.sources[o.rows[v.best].Source].Published; !p.IsZero() {
			v.published = p.Earliest
		}
		out = append(out, v)
	}
	letter := func(v value) string { s := o.sources[o.rows[v.best].Source]; return string(s.Letter()) }
	slices.SortFunc(out, func(a, b value) int {
		x, y := o.rows[a.best], o.rows[b.best]
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(x.Credibility, y.Credibility),
			cmp.Compare(letter(a), letter(b)), cmp.Compare(b.published, a.published), cmp.Compare(x.ID, y.ID))
	})
	return out
}

// fieldOf are the fields that give the values of predicates, and the kinds that have them.
var fieldOf = map[graph.Predicate]struct {
	name string
	of   []graph.EntityKind
}{
	"STATUS": {"statuses", graph.EntityKinds}, "IDEOLOGY": {"ideologies", graph.EntityKinds},
	"FOUNDED_ON": {"founded", graph.EntityKinds}, "DISSOLVED_ON": {"dissolved", graph.EntityKinds},
	"DENOMINATION": {"denomination", graph.EntityKinds}, "STRENGTH": {"strength", graph.EntityKinds},
	"COORDINATES": {"location", graph.EntityKinds}, "BIRTH": {"birth", []graph.EntityKind{graph.Individual}},
	"DEATH": {"death", []graph.EntityKind{graph.Individual}}, "NATIONALITY": {"nationality", []graph.EntityKind{graph.Individual}},
	"FATHER_NAME": {"fatherName", []graph.EntityKind{graph.Individual}}, "POST": {"posts", []graph.EntityKind{graph.Individual}},
	"BOARD": {"board", []graph.EntityKind{graph.Madressah}}, "DATE": {"date", []graph.EntityKind{graph.Incident, graph.Designation}},
	"ATTACK_TYPE": {"attackTypes", []graph.EntityKind{graph.Incident}}, "WEAPON": {"weapons", []graph.EntityKind{graph.Incident}},
	"TARGET_TYPE": {"targetTypes", []graph.EntityKind{graph.Incident}},
	"AUTHORITY":   {"authority", []graph.EntityKind{graph.Designation}}, "LIST": {"list", []graph.EntityKind{graph.Designation}},
}

func number(f *float64) *int {
	if f == nil {
		return nil
	}
	return ptr(int(*f))
}

// distances are the fewest steps from some entities to all others along links
// that may be walked.
func distances(links []dumpLink, from []graph.ID, walk func(l dumpLink, from graph.ID) bool) map[graph.ID]int {
	at := map[graph.ID]int{}
	front := slices.Clone(from)
	for _, id := range from {
		at[id] = 0
	}
	for step := 1; len(front) > 0; step++ {
		var next []graph.ID
		for _, id := range front {
			for _, l := range links {
				other := l.Target
				if l.Target == id {
					other = l.Source
				}
				if _, known := at[other]; known || l.Source != id && l.Target != id || !walk(l, id) {
					continue
				}
				at[other] = step
				next = append(next, other)
			}
		}
		front = next
	}
	return at
}

// takes reports whether a direction walks a link from one of its ends.
func takes(dir live.Direction, l dumpLink, from graph.ID) bool {
	return dir == live.Both || l.Kind.Spec().Symmetric || (l.Source == from) == (dir == live.Out)
}
