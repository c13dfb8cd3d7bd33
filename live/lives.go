package live

import (
	lru "container/list"
	"encoding/json"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
)

// keptOfLens is what is read again and again under a lens, kept from one request to the next:
// it is so of all views of one moment whose lenses differ in the day that they ask for alone.
//
//	request 1   lens A, as of 2010   --+
//	request 2   lens A, as of 2015   --+-->  kept of lens A, after commit 7
//	request 3   lens A, commit 7     --+
//	request 4   lens A, commit 8     ----->  kept of lens A, after commit 8
type keptOfLens struct {
	lives  keptLives
	single keptFilter
}

// keptKey tells what is kept apart. Nothing that a reader asks for beside tells two lives apart
// that are read under one key.
type keptKey struct {
	sizes tableSizes
	lens  string // in JSON
	alone bool   // nothing is the same as anything
}

// maxKeptLenses is of how many lenses something is kept.
const maxKeptLenses = 16

// keptOf is what is kept of the view's lens. Where two are one the day that is asked for says
// which are, and so when they lived.
func (v *View) keptOf() *keptOfLens {
	lens := v.lens
	lens.KnownAt, lens.KnownAtSequence = nil, nil // the sizes say that
	alone := v.resolution == nil
	if alone {
		lens.AsOf, lens.AsOfMode = nil, nil
	}
	text, err := json.Marshal(&lens)
	if err != nil {
		panic("live: a lens that was checked cannot be written: " + err.Error())
	}
	return v.g.kept.getOr(keptKey{v.sizes, string(text), alone}, maxKeptLenses, func() *keptOfLens {
		return &keptOfLens{lives: newKeptLives(v.sizes.entities)}
	})
}

// keptLives are the lives of entities by row, in pages that are made when one of them is asked
// for.
type keptLives []atomic.Pointer[livesPage]

const livesPageRows = 512

type livesPage [livesPageRows]atomic.Pointer[interval.Lives]

func newKeptLives(rows EntityRow) keptLives { return make(keptLives, rows/livesPageRows+1) }

// at is where the lives of an entity are kept; nil is there until they are.
func (k keptLives) at(row EntityRow) *atomic.Pointer[interval.Lives] {
	at := &k[row/livesPageRows]
	page := at.Load()
	for page == nil {
		at.CompareAndSwap(nil, new(livesPage))
		page = at.Load()
	}
	return &page[row%livesPageRows]
}

// recent keeps what was asked for last, by key.
type recent[K comparable, T any] struct {
	mu    sync.Mutex
	byKey map[K]*lru.Element
	order lru.List // of recentItem, most recent first
}

type recentItem[K comparable, T any] struct {
	key  K
	item T
}

// get is what is kept; the zero T where nothing is.
func (c *recent[K, T]) get(key K) (item T) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[key]; e != nil {
		c.order.MoveToFront(e)
		item = e.Value.(recentItem[K, T]).item
	}
	return item
}

// put keeps an item in the place of another, and no more than most.
func (c *recent[K, T]) put(key K, item T, most int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[key]; e != nil {
		c.order.Remove(e)
	}
	c.add(key, item, most)
}

// getOr is what is kept, or what is made where nothing is, which is kept from then on.
func (c *recent[K, T]) getOr(key K, most int, made func() T) T {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[key]; e != nil {
		c.order.MoveToFront(e)
		return e.Value.(recentItem[K, T]).item
	}
	item := made()
	c.add(key, item, most)
	return item
}

func (c *recent[K, T]) add(key K, item T, most int) {
	if c.byKey == nil {
		c.byKey = map[K]*lru.Element{}
	}
	c.byKey[key] = c.order.PushFront(recentItem[K, T]{key, item})
	for c.order.Len() > most {
		delete(c.byKey, c.order.Remove(c.order.Back()).(recentItem[K, T]).key)
	}
}

// vitals are the attributes that say when something began and ended.
var vitals = []graph.Predicate{graph.Birth, graph.Death, graph.FoundedOn, graph.DissolvedOn}

// livesOf are the lives of an entity, and of what is the same, as claims give them that count,
// whatever day the lens asks for: when something began is so on every day. Nil where none do.
func (v *View) livesOf(row EntityRow) interval.Lives {
	if !v.isVital(row) {
		return nil
	}
	at := v.kept.lives.at(row)
	if lives := at.Load(); lives != nil {
		return *lives
	}
	lives := v.anyDay().readLives(row)
	at.Store(&lives)
	return lives
}

// anyDay is the view without its meter, under its lens less the day that it asks for; what is the
// same as what is as on the day.
func (v *View) anyDay() *View {
	if v.lens.AsOf == nil {
		return v.Within(nil)
	}
	lens := v.lens
	lens.AsOf, lens.AsOfMode = nil, nil
	return &View{viewState: &viewState{
		r: v.r, g: v.g, sizes: v.sizes, sequence: v.sequence, lens: lens, filter: lens.Filter(),
		onlySources: v.onlySources, withoutSources: v.withoutSources, heard: v.heard, withdrawn: v.withdrawn,
		retired: v.retired, resolution: v.resolution, kept: v.kept,
	}}
}

// isVital reports whether some claim may say when the entity began or ended.
func (v *View) isVital(row EntityRow) bool {
	if v.resolution.alone(row) {
		return v.g.traits.at(row).isVital()
	}
	return slices.ContainsFunc(v.resolution.cluster(row), func(member EntityRow) bool {
		return v.g.traits.at(member).isVital() ||
			slices.ContainsFunc(v.silentAt(member), func(r EntityRow) bool { return v.g.traits.at(r).isVital() })
	})
}

// alive are the days on which both ends of the link lived, as far as that cuts it.
func (l *Link) alive(c interval.Cutting) interval.Days {
	if !endsWithLife[l.key.kind] || !l.v.isVital(l.key.source) && !l.v.isVital(l.key.target) {
		return interval.Always
	}
	source, target, c := l.lives(c)
	if source == nil && target == nil {
		return interval.Always
	}
	return c.Leaves(source).And(c.Leaves(target))
}

// lives are those of the ends of the link, and how they cut it; nil where they do not.
func (l *Link) lives(how interval.Cutting) (source, target interval.Lives, c interval.Cutting) {
	if how.Begin, how.End = l.key.kind.spec().Bearing.CutByLife(); !how.Begin || l.fold.Affirmed == 0 {
		return nil, nil, how
	}
	best := l.bestEvidence()
	how.Grade = interval.GradeOf(&best)
	return l.v.livesOf(l.key.source), l.v.livesOf(l.key.target), how
}

// livesOn reports whether both ends of the link lived on a day, as far as that cuts it.
func (l *Link) livesOn(day graph.Day, certainly bool) bool {
	if !endsWithLife[l.key.kind] || l.v.surelyLives(l.key.source, day) && l.v.surelyLives(l.key.target, day) {
		return true
	}
	source, target, c := l.lives(interval.Cutting{Certainly: certainly})
	return c.Keeps(source, day) && c.Keeps(target, day)
}

// surelyLives reports whether no claim puts a day outside the life of an entity, whichever of
// them count.
func (v *View) surelyLives(row EntityRow, day graph.Day) bool {
	if !v.resolution.alone(row) {
		return !v.isVital(row)
	}
	return v.g.traits.at(row).livesOn(day)
}

func (v *View) readLives(row EntityRow) interval.Lives {
	said, plain := v.plainVitals(row)
	if !plain {
		said = v.vitals(row)
	}
	if v.KindAt(row) == graph.Individual {
		return interval.LifeOf(said[0], said[1])
	}
	return interval.LivesOf(said[2], said[3])
}

// saidVitals are what claims say that count, by place in vitals.
type saidVitals [4][]interval.Vital

// vitals are the values that nothing disputes.
func (v *View) vitals(row EntityRow) (said saidVitals) {
	for _, a := range (&EntityBase{v, row}).attributes(vitals) {
		if a.fold.Affirmed == 0 || a.Disputed() || a.value == nil || a.value.Date.IsZero() {
			continue
		}
		best := a.bestEvidence()
		date := graph.Span{Earliest: a.value.Date.Earliest, Latest: a.value.Date.Latest}
		said.add(a.predicate, interval.Vital{Date: date, Grade: interval.GradeOf(&best)})
	}
	return said
}

func (s *saidVitals) add(p graph.Predicate, is interval.Vital) {
	i := slices.Index(vitals, p)
	s[i] = append(s[i], is)
}

// plainVitals is vitals where each value has one claim, which affirms it, and nothing is said
// of that; false when it is not so simple.
func (v *View) plainVitals(row EntityRow) (said saidVitals, ok bool) {
	if !v.resolution.alone(row) || v.lens.MinIndependentSources != nil {
		return said, false
	}
	for _, is := range v.g.entities.at(row).vital.all() {
		if c := v.g.claims.at(is.claim); c.older != none || !c.plainlyAffirms() || v.g.links.at(is.link).newest.Load() != is.claim {
			return said, false
		}
		if e, reason, known := v.assess(is.claim); known && reason == "" {
			said.add(is.kind.predicate(), interval.Vital{Date: is.is, Grade: interval.GradeOf(&e)})
		}
	}
	return said, true
}

// surelyLived is between all days on which claims have an end of a link begin and those on which
// they have one end, whichever of them count; Earliest is after Latest where nothing is, or where
// that is not so simple.
func (v *View) surelyLived(source, target EntityRow) graph.Span {
	if !v.resolution.alone(source) && v.isVital(source) || !v.resolution.alone(target) && v.isVital(target) {
		return graph.Span{Earliest: graph.OpenEnd, Latest: graph.OpenStart}
	}
	lived := interval.Always[0]
	for _, end := range []EntityRow{source, target} {
		if t := v.g.traits.at(end); v.resolution.alone(end) {
			lived.Earliest = max(lived.Earliest, graph.Day(t.begun.Load()))
			lived.Latest = min(lived.Latest, graph.Day(t.lasting.Load()))
		}
	}
	return lived
}

// covers reports whether the days of one span are among those of another.
func covers(s, o graph.Span) bool { return s.Earliest <= o.Earliest && o.Latest <= s.Latest }

// uncut reports whether no life cuts anything of some time at which the link held, whichever claims
// say when its ends lived.
func (l *Link) uncut(is graph.Span) bool {
	return !endsWithLife[l.key.kind] || covers(l.v.surelyLived(l.key.source, l.key.target), is)
}

func (l *Link) allUncut(list []interval.Interval) bool {
	for i := range list {
		if !l.uncut(list[i].Bounds()) {
			return false
		}
	}
	return true
}

// lived is what lives leave of some times at which the link held.
func (l *Link) lived(list []interval.Interval) []interval.Interval {
	if l.allUncut(list) {
		return list
	}
	return interval.Cut(list, l.alive(interval.Cutting{}))
}

// surelyHeld reports whether each claim of a link leaves it a day on which both ends lived,
// whichever claims count.
func (v *View) surelyHeld(row LinkRow) bool {
	if v.resolution != nil {
		return false
	}
	l := v.linkRecord(row)
	lived := v.surelyLived(l.source, l.target)
	for r := l.newest.Load(); r != none; {
		c := v.g.claims.at(r)
		if !c.grade.undated() && max(c.from, int32(lived.Earliest)) > min(c.to, int32(lived.Latest)) {
			return false
		}
		r = c.older
	}
	return true
}
