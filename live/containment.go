package live

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"sync"

	"github.com/rabta/rabta/filter"
	"github.com/rabta/rabta/gazetteer"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/page"
)

// Boundaries says as of when places lie in one another.
type Boundaries string

// The boundaries: those of the day of what happened, or those that hold now.
const (
	BoundariesThen Boundaries = "THEN"
	BoundariesNow  Boundaries = "NOW"
)

// ContainedBy says who has it that a place lies in another.
type ContainedBy string

// Who has it: claims, or the gazetteer alone.
const (
	ByClaims    ContainedBy = "CLAIMS"
	ByGazetteer ContainedBy = "GAZETTEER"
)

// Inside says what counts as being in a place.
type Inside struct {
	// Within counts what is in places inside it.
	Within     bool
	Boundaries Boundaries
	// Gazetteer counts places that lie in it by the gazetteer alone.
	Gazetteer bool
}

// Containment is a place that another lies in.
type Containment struct {
	Place       *Place
	ContainedBy ContainedBy
	// Links lead from one to the other, without the steps that only the gazetteer knows.
	Links []*Link
}

// step is a place around another, and the link that leads there; nil where only the
// gazetteer does.
type step struct {
	to   EntityRow
	link *Link
}

// around is a place that holds another: how it was reached.
type around struct {
	step
	before int // the place before it in the list
	by     ContainedBy
}

// placeThen is a place at a time.
type placeThen struct {
	place     EntityRow
	on        graph.Span
	gazetteer bool
}

// always is any time, and present the day that stands for now.
var (
	always  = graph.Span{Earliest: graph.OpenStart, Latest: graph.OpenEnd}
	present = graph.Span{Earliest: gazetteer.Now, Latest: gazetteer.Now}
)

// containment remembers which places lie in which: to ask it of everything in a province is
// to read all the links of the province each time.
type containment struct {
	sync.Mutex
	around map[placeThen][]around
	known  *gazetteerPlaces
}

// maxContainment bounds what is remembered.
const maxContainment = 4096

// aroundOf are the places around one at a time, itself first, then in the order in which
// they are met: by claims, then by the gazetteer. One that is met again is not followed, so
// that a circle ends.
func (v *View) aroundOf(place EntityRow, on graph.Span, withGazetteer bool) []around {
	key := placeThen{place, on, withGazetteer}
	v.containment.Lock()
	defer v.containment.Unlock()
	if list, ok := v.containment.around[key]; ok {
		return list
	}
	list := []around{{step{to: place}, -1, ByClaims}}
	list = v.climb(list, 0, on)
	if withGazetteer {
		for i := 0; i < len(list); i++ {
			for _, row := range v.gazetteerAround(list[i].to, on) {
				if !holds(list, row) {
					list = v.climb(append(list, around{step{to: row}, i, ByGazetteer}), len(list), on)
				}
			}
		}
	}
	if v.meter.Err() != nil {
		return list // it is not whole
	}
	if v.containment.around == nil || len(v.containment.around) >= maxContainment {
		v.containment.around = map[placeThen][]around{}
	}
	v.containment.around[key] = list
	return list
}

// climb adds what lies around the places of a list from one on, as claims have it.
func (v *View) climb(list []around, from int, on graph.Span) []around {
	for i := from; i < len(list); i++ {
		for _, s := range v.stepsFrom(list[i].to, on) {
			if !holds(list, s.to) {
				list = append(list, around{s, i, list[i].by})
			}
		}
	}
	return list
}

func holds(list []around, row EntityRow) bool {
	return slices.ContainsFunc(list, func(a around) bool { return a.to == row })
}

var locatedIn = codeOf[graph.LocatedIn]

// stepsFrom are the places in which claims say that one lies at a time, in the order of
// recording. What is disputed or denied contains nothing.
func (v *View) stepsFrom(place EntityRow, on graph.Span) (out []step) {
	for l := range (&EntityBase{v, place}).linksOf(kindSet{locatedIn: true}, Out) {
		then := l
		if on != always {
			then = l.During(on)
		}
		if then != nil && then.fold.Affirmed > 0 && !then.Disputed() && v.g.kindOf(l.key.target) == graph.Place {
			out = append(out, step{l.key.target, l})
		}
	}
	return out
}

// gazetteerPlaces are the places of the graph that the gazetteer knows.
type gazetteerPlaces struct {
	of   map[EntityRow][]string // their ids elsewhere
	rows []EntityRow            // in the order of recording
	by   map[string][]EntityRow // by the gazetteer's id
}

// knownPlaces are the places that the gazetteer knows under the lenses that were asked for of
// a snapshot: a lens reads every place to find them.
type knownPlaces struct {
	sync.Mutex
	byLens map[string]*gazetteerPlaces
}

// of are those under the lens of a view; nil where nobody has found them.
func (k *knownPlaces) of(v *View) *gazetteerPlaces {
	k.Lock()
	defer k.Unlock()
	return k.byLens[v.key]
}

// put keeps those under the lens of a view.
func (k *knownPlaces) put(v *View, places *gazetteerPlaces) {
	k.Lock()
	defer k.Unlock()
	if k.byLens == nil || len(k.byLens) >= maxCachedLenses {
		k.byLens = map[string]*gazetteerPlaces{}
	}
	k.byLens[v.key] = places
}

// gazetteerPlaces are the places that have an id of the gazetteer's.
func (v *View) gazetteerPlaces() *gazetteerPlaces {
	if v.containment.known == nil && v.key != "" {
		v.containment.known = v.r.snapshot.known.of(v)
	}
	if v.containment.known != nil {
		return v.containment.known
	}
	k := v.findGazetteerPlaces()
	if v.meter.Err() == nil {
		v.containment.known = k
		if v.key != "" {
			v.r.snapshot.known.put(v, k)
		}
	}
	return k
}

func (v *View) findGazetteerPlaces() *gazetteerPlaces {
	k := &gazetteerPlaces{of: map[EntityRow][]string{}, by: map[string][]EntityRow{}}
	for row := range v.EntityRowsOf(graph.Place) {
		for _, id := range (&EntityBase{v, row}).externalIDs() {
			v.meter.Continue(textSlots)
			if p, ok := gazetteer.ByExternal(id, gazetteer.Now); ok {
				if k.of[row] == nil {
					k.rows = append(k.rows, row)
				}
				k.of[row], k.by[p.ID] = append(k.of[row], id), append(k.by[p.ID], row)
			}
		}
	}
	return k
}

// gazetteerAround are the places around one that the gazetteer knows of, on the first and
// the last day of a time; not those in which claims deny or dispute that it lies.
func (v *View) gazetteerAround(place EntityRow, on graph.Span) (out []EntityRow) {
	k := v.gazetteerPlaces()
	for _, id := range k.of[place] {
		for _, day := range daysOf(on) {
			p, _ := gazetteer.ByExternal(id, day)
			for _, parent := range p.Parents() {
				for _, row := range k.by[parent.ID] {
					if row != place && !slices.Contains(out, row) && !v.refused(place, row) {
						out = append(out, row)
					}
				}
			}
		}
	}
	return out
}

func daysOf(on graph.Span) []graph.Day {
	if on.Earliest.Open() {
		return []graph.Day{gazetteer.Now}
	}
	return []graph.Day{on.Earliest, on.Latest}
}

// refused reports whether claims deny or dispute that a place lies in another.
func (v *View) refused(place, in EntityRow) bool {
	for p := range v.postings(place) {
		if p.kind != locatedIn || !p.out || p.other != in {
			continue
		}
		of, ok := v.resolveLink(p.link)
		if !v.meter.Continue(LinkSlots) || !ok {
			continue
		}
		if l := v.foldLink(of, nil); l.fold.Denied > 0 || l.Disputed() {
			return true
		}
	}
	return false
}

// Around are the places that it lies in at a time, now for nil, the nearest first.
func (p *Place) Around(on *graph.PartialDate, withGazetteer bool) []*Containment {
	span := present
	if on != nil {
		span = graph.Span{Earliest: on.Earliest, Latest: on.Latest}
	}
	list := p.v.aroundOf(p.row, span, withGazetteer)
	out := []*Containment{}
	for i, a := range list[1:] {
		c := &Containment{Place: &Place{&EntityBase{p.v, a.to}}, ContainedBy: a.by, Links: []*Link{}}
		for at := i + 1; at > 0; at = list[at].before {
			if l := list[at].link; l != nil {
				same := *l
				same.v = p.v
				c.Links = append(c.Links, &same)
			}
		}
		slices.Reverse(c.Links)
		out = append(out, c)
	}
	return out
}

// timeOf is when an incident happened: its date, else when the claims say that it happened
// there, else any time.
func timeOf(occurred *Link) graph.Span {
	d := (&EntityBase{occurred.v, occurred.key.source}).BestDateOf(graph.DateOf)
	if d == nil {
		d = occurred.ValidFrom()
	}
	if d == nil {
		return always
	}
	return graph.Span{Earliest: d.Earliest, Latest: d.Latest}
}

// holdsIncident says who has it that an incident that happened somewhere happened in a
// place; "" where it did not.
func (how Inside) holdsIncident(occurred *Link, place EntityRow) ContainedBy {
	if occurred.fold.Affirmed > 0 && occurred.key.target == place {
		return ByClaims
	}
	for _, a := range how.aroundIncident(occurred) {
		if a.to == place {
			return a.by
		}
	}
	return ""
}

var occurredAt = codeOf[graph.OccurredAt]

// Happened yields the links by which incidents happened in the place, as reached from where
// they happened, in the order of recording, and who has it that they did.
func (p *Place) Happened(how Inside) iter.Seq2[*Link, ContainedBy] {
	return func(yield func(*Link, ContainedBy) bool) {
		var found []*Link
		for _, row := range p.v.inside(p.row, how) {
			for l := range (&EntityBase{p.v, row}).linksOf(kindSet{occurredAt: true}, In) {
				found = append(found, l)
			}
		}
		slices.SortFunc(found, func(a, b *Link) int { return cmp.Compare(a.order, b.order) })
		for _, l := range found {
			if by := how.holdsIncident(l, p.row); by != "" && !yield(l, by) {
				return
			}
		}
	}
}

// PlacesOf yields the places of a subtype in which the incident happened, as Happened has it:
// each once, and who has it.
func (i *Incident) PlacesOf(subtype string, how Inside) iter.Seq2[*Place, ContainedBy] {
	return func(yield func(*Place, ContainedBy) bool) {
		var found []around
		for l := range i.linksOf(kindSet{occurredAt: true}, Out) {
			for _, a := range how.aroundIncident(l) {
				at := slices.IndexFunc(found, func(f around) bool { return f.to == a.to })
				if at < 0 {
					found = append(found, a)
				} else if a.by == ByClaims {
					found[at].by = ByClaims
				}
			}
		}
		for _, f := range found {
			e := &EntityBase{i.v, f.to}
			if is := e.subtype(); is != nil && *is == subtype && e.Kind() == graph.Place && !yield(&Place{e}, f.by) {
				return
			}
		}
	}
}

// aroundIncident are the places in which an incident that happened somewhere happened.
func (how Inside) aroundIncident(occurred *Link) []around {
	switch {
	case occurred.fold.Affirmed == 0:
		return nil
	case !how.Within:
		return []around{{step{to: occurred.key.target}, -1, ByClaims}}
	case how.Boundaries == BoundariesNow:
		return occurred.v.aroundOf(occurred.key.target, present, how.Gazetteer)
	}
	return occurred.v.aroundOf(occurred.key.target, timeOf(occurred), how.Gazetteer)
}

// IncidentPage pages the links by which incidents happened in the place.
func (p *Place) IncidentPage(how Inside, q LinkQuery) (*page.Connection[*Link], error) {
	name := fmt.Sprintf("incidents of %s, %v", p.ID(), how)
	return p.v.pageLinks(name, linkList{
		items: func(yield func(*Link) bool) {
			for l := range p.Happened(how) {
				if !yield(l) {
					return
				}
			}
		},
		excluded: func() []graph.Exclusion { return p.incidentsLeftOut(how) },
	}, q)
}

// incidentsLeftOut is what a list of the incidents in all places that may lie in the place
// leaves out.
func (p *Place) incidentsLeftOut(how Inside) []graph.Exclusion {
	x, occurred := newExclusions(), kindSetOf([]graph.Predicate{graph.OccurredAt})
	for _, row := range p.v.inside(p.row, how) {
		(&EntityBase{p.v, row}).excludeLinks(x, occurred, In)
	}
	return x.leftOut()
}

// inside are the places that may lie in one at some time, itself first.
func (v *View) inside(place EntityRow, how Inside) []EntityRow {
	list, seen := []EntityRow{place}, map[EntityRow]bool{place: true}
	if !how.Within {
		return list
	}
	add := func(row EntityRow) {
		if !seen[row] {
			seen[row], list = true, append(list, row)
		}
	}
	for i := 0; i < len(list); i++ {
		for p := range v.postings(list[i]) {
			if p.kind == locatedIn && !p.out && v.g.kindOf(p.other) == graph.Place {
				add(p.other)
			}
		}
		if how.Gazetteer {
			v.gazetteerInside(list[i], add)
		}
	}
	return list
}

// gazetteerInside calls add for the places that ever lay in one by the gazetteer.
func (v *View) gazetteerInside(place EntityRow, add func(EntityRow)) {
	v.containment.Lock()
	k := v.gazetteerPlaces()
	v.containment.Unlock()
	if k.of[place] == nil || !v.meter.Continue(len(k.rows)) {
		return
	}
	for _, row := range k.rows {
		for _, id := range k.of[row] {
			p, _ := gazetteer.ByExternal(id, gazetteer.Now)
			for _, parent := range p.EverAround() {
				if slices.Contains(k.by[parent], place) {
					add(row)
				}
			}
		}
	}
}

// OccurredIn tests where an incident happened.
type OccurredIn struct {
	// In are the places; nil asks nothing, an empty list matches nothing.
	In []graph.ID
	Inside
}

func (w *OccurredIn) test(f *filter.Compiler) filter.Test[*EntityBase] {
	if w == nil || w.In == nil {
		return nil
	}
	places := filter.IDFilter{ValueFilter: filter.ValueFilter[graph.ID]{In: w.In}}
	f.At("occurredIn", func() { places = *filter.Entities(f, &places) })
	return func(e *EntityBase) bool {
		for l := range e.linksOf(kindSet{occurredAt: true}, Out) {
			for _, id := range places.In {
				if row, ok := e.v.g.entityIndex.get(id); ok && e.v.entityExists(row) && w.holdsIncident(l, e.v.resolution.of(row)) != "" {
					return true
				}
			}
		}
		return false
	}
}

// ContainmentCycle are places that lie in one another in a circle, as claims have it.
type ContainmentCycle struct{ Places []*Place }

// ContainmentCycles are the circles of places that are said to lie in one another, at
// whatever times: each place is in one at most. What lies where is found as if the circle
// ended where it began.
func (i *Integrity) ContainmentCycles() []*ContainmentCycle {
	out := []*ContainmentCycle{}
	told := map[EntityRow]bool{}
	for row := range i.v.EntityRowsOf(graph.Place) {
		if told[row] {
			continue
		}
		cycle := &ContainmentCycle{}
		for _, a := range i.v.aroundOf(row, always, false) {
			if a.to == row || holds(i.v.aroundOf(a.to, always, false), row) {
				cycle.Places, told[a.to] = append(cycle.Places, &Place{&EntityBase{i.v, a.to}}), true
			}
		}
		if len(cycle.Places) > 1 {
			out = append(out, cycle)
		}
	}
	return out
}

// whereabouts are the kinds of link that say where something lies, happened or is based.
var whereabouts = graph.LinkKinds(func(s graph.PredicateSpec) bool { return s.Whereabouts })

// Places are the places in which links say that the entity lies, happened or is
// based, each once, in the order of recording.
func (e *EntityBase) Places() []*Place {
	out := []*Place{}
	for _, l := range e.Whereabouts() {
		out = append(out, l.Target().(*Place))
	}
	return out
}

// Whereabouts are the links that say so, of each place the best graded one, in the order of
// Places. A link that is only denied says nothing of the sort.
func (e *EntityBase) Whereabouts() []*Link {
	out := []*Link{}
	for l := range e.links(whereabouts, Out) {
		if _, ok := l.Target().(*Place); !ok || l.AffirmedCount() == 0 {
			continue
		}
		i := slices.IndexFunc(out, func(o *Link) bool { return o.TargetID() == l.TargetID() })
		if i < 0 {
			out = append(out, l)
		} else if by, best := l.bestEvidence(), out[i].bestEvidence(); by.Compare(&best) < 0 {
			out[i] = l
		}
	}
	return out
}

// Countries are the countries around the entity's places, by what links say lies in
// what; a country's own is itself. Each is there once, in the order in which it is
// met.
func (e *EntityBase) Countries() []*Place {
	var rows []EntityRow
	if e.Kind() == graph.Place {
		rows = e.v.countriesOf(e.row)
	} else {
		for _, p := range e.Places() {
			for _, row := range e.v.countriesOf(p.row) {
				if !slices.Contains(rows, row) {
					rows = append(rows, row)
				}
			}
		}
	}
	out := make([]*Place, len(rows))
	for i, row := range rows {
		out[i] = &Place{&EntityBase{e.v, row}}
	}
	return out
}

// countriesOf are the countries around a place, at whatever time, as claims have it. What
// lies around a country is none of its.
func (v *View) countriesOf(place EntityRow) (out []EntityRow) {
	list := v.aroundOf(place, always, false)
	country, beyond := make([]bool, len(list)), make([]bool, len(list))
	for i, a := range list {
		beyond[i] = a.before >= 0 && (beyond[a.before] || country[a.before])
		subtype, ok := (&EntityBase{v, a.to}).bestValue(graph.SubtypeOf)
		country[i] = ok && subtype.text == graph.SubtypeCountry
		if country[i] && !beyond[i] {
			out = append(out, a.to)
		}
	}
	return out
}
