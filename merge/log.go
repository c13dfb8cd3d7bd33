package merge

import (
	"slices"

	"github.com/rabta/rabta/graph"
)

// Log is a log, as far as what is merged with it depends on it. It is for one goroutine.
type Log struct {
	clock   Clock
	head    graph.Sequence
	numbers graph.Numbers

	commits []commit
	records []record
	byKey   map[string][]int   // forms of one record
	byID    map[graph.ID][]int // records by the id that they have, and by those they name
	naming  map[graph.ID][]int
	undoing map[graph.ID][]int // retractions by the claim that they are of
	onLines map[graph.ID]Order // claims that lines stand for, and since when; nil until they are asked for
	raises  []*raise
	waiting map[string][]mark        // of records that are not there
	graves  []Order                  // where claims were that are gone, which may have marked others
	gone    map[string]graph.Marking // digests of tombstones
	empty   map[string]bool          // places of tombstones, see placeOf
	dead    map[string]grave         // by Key of what was redacted
	merged  bool                     // it holds what others recorded
	changed map[int]graph.Marking
}

// commit is what is known of a commit beside its records.
type commit struct {
	at Order
	graph.Change
	strictest graph.Marking
	// own is the first marking for whose readers the commit has a number of its own.
	own int
}

// record is a record of the log where it stands.
type record struct {
	graph.Placed
	key     string
	commit  int
	nth     int // in the commit, and its place in it, where tombstones count
	spot    int
	stamp   graph.Marking
	inForce graph.Marking
	place   []int // see graph.Origin
	marks   []mark
}

// NewLog is a log of no commits, of the store with an id.
func NewLog(id string) *Log {
	return &Log{
		clock: Clock{ID: id}, byKey: map[string][]int{}, byID: map[graph.ID][]int{},
		naming: map[graph.ID][]int{}, undoing: map[graph.ID][]int{}, waiting: map[string][]mark{},
		gone: map[string]graph.Marking{}, empty: map[string]bool{}, dead: map[string]grave{},
	}
}

// Head is the last commit that was added.
func (l *Log) Head() graph.Sequence { return l.head }

// Merged reports whether any commit was taken over from another store.
func (l *Log) Merged() bool { return l.merged }

// Add adds the next commit of the log, as the feed gives it; the records are the log's from
// then on. place is the store's name for where a record of it stands, by its place in the
// commit; nil where nobody is to ask what is marked.
func (l *Log) Add(c graph.Change, place func(i int) uint64) {
	own := 0
	for own < len(c.Numbers)-1 && c.Numbers[own] == l.numbers[own] {
		own++
	}
	l.head, l.numbers, l.changed = c.Sequence, c.Numbers, map[int]graph.Marking{}
	at, _ := l.clock.Next(&c)
	first, nth := len(l.records), len(l.commits)
	l.commits = append(l.commits, commit{at: at, own: own})
	places := Places(&c)
	for i, p := range c.Records() {
		spot := int(p.Place)
		if place != nil {
			p.Place = place(int(p.Place))
		}
		l.addRecord(p, nth, i, places[i])
		l.records[len(l.records)-1].spot = spot
	}
	l.commits[nth].Change, l.commits[nth].strictest = c, c.Strictest()
	l.bury(&c, at)
	l.merged = l.merged || c.Origin != nil
	if c.Origin != nil {
		l.reach(first)
	}
	for i := first; i < len(l.records); i++ {
		if k := l.records[i].Claim; k != nil && k.Predicate == graph.Marks {
			l.remark(at, k, c.Origin == nil)
		}
	}
	if c.Origin != nil {
		for _, m := range c.Origin.Marks {
			l.note(m.Record, mark{at: at, Remark: m})
		}
		l.shelter(first)
	}
}

// addRecord adds a record of the last commit.
func (l *Log) addRecord(p graph.Placed, nth, i int, place []int) {
	at := l.commits[nth].at
	seal := p.Seal()
	r := record{Placed: p, commit: nth, nth: i, stamp: seal.Stamp, inForce: seal.Stamp, place: place}
	r.key = Key(at, place, &p)
	n := len(l.records)
	l.changed[n] = ""
	forms := l.byKey[r.key]
	l.byKey[r.key] = append(forms, n)
	l.byID[p.ID()] = append(l.byID[p.ID()], n)
	for _, id := range names(&p) {
		if list := l.naming[id]; len(list) == 0 || list[len(list)-1] != n {
			l.naming[id] = append(list, n)
		}
	}
	if k := p.Claim; k != nil && k.Predicate == graph.Retracts {
		l.undoing[k.Subject] = append(l.undoing[k.Subject], n)
	}
	if p.Entity != nil && l.onLines != nil {
		l.noteLine(p.Entity, at)
	}
	r.marks = l.waiting[r.key]
	delete(l.waiting, r.key)
	if len(forms) > 0 {
		r.marks = l.records[forms[0]].marks
	}
	r.inForce = r.settled()
	l.records = append(l.records, r)
}

// names are the ids that a record names, and that hide it where they are hidden.
func names(p *graph.Placed) (ids []graph.ID) {
	if p.Entity != nil {
		return nil // the source of a name hides the name alone
	}
	for _, id := range p.Mentions()[1:] {
		if id != "" && id != graph.AsRecorded {
			ids = append(ids, id)
		}
	}
	return ids
}

// Places are those of the records of a change, as graph.Origin counts them.
func Places(c *graph.Change) [][]int {
	records, all := c.Records(), placesOfAll(c)
	out := make([][]int, len(records))
	for i := range records {
		out[i] = all[records[i].Place]
	}
	return out
}

// placesOfAll are those of the records and tombstones of a change.
func placesOfAll(c *graph.Change) [][]int {
	if c.Origin != nil {
		return c.Origin.Places
	}
	var since [len(graph.Numbers{})]int
	var all [][]int
	for _, seal := range c.Seals() {
		level := seal.Stamp.Level()
		since[level]++
		clear(since[level+1:])
		all = append(all, slices.Clone(since[:level+1]))
	}
	return all
}

func stricter(a, b graph.Marking) graph.Marking {
	if a.Level() < b.Level() {
		return b
	}
	return a
}

// before reports whether one record stands before another in the order of all logs.
func (l *Log) before(a, b int) int {
	if c := l.commits[l.records[a].commit].at.Compare(l.commits[l.records[b].commit].at); c != 0 {
		return c
	}
	return a - b
}

// Touched are the ids of which something else holds after the last commit than before it.
func (l *Log) Touched() []graph.ID {
	ids := map[graph.ID]bool{}
	for n := range l.changed {
		r := &l.records[n]
		ids[r.ID()] = true
		if r.Claim != nil && r.Claim.Predicate == graph.Retracts {
			ids[r.Claim.Subject] = true
		}
	}
	return sorted(ids)
}

func sorted(ids map[graph.ID]bool) []graph.ID {
	out := make([]graph.ID, 0, len(ids))
	for id := range ids {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// Held is what is known of some ids: of each what was recorded last, and whether that is
// retracted, by the order of all logs; and by that of this one what was first.
func (l *Log) Held(ids []graph.ID) graph.Known { return l.heldWithout(ids, nil) }

// Bury has the tombstones of a redaction name their records to those with whom the log is
// exchanged, and hold what comes of the order of all logs once these are gone.
func (l *Log) Bury(to *graph.Burial) {
	at := map[uint64]int{}
	for n := range l.records {
		at[l.records[n].Place] = n
	}
	for i := range to.Buried {
		if n, ok := at[to.Buried[i].Record]; ok {
			l.name(&to.Buried[i].Tombstone, &l.records[n])
		}
	}
	to.Held = l.heldAfter(to)
}

// heldAfter is what is held, after a burial, of the ids that it names.
func (l *Log) heldAfter(to *graph.Burial) graph.Known {
	gone, ids := map[uint64]bool{}, map[graph.ID]bool{}
	for i := range to.Buried {
		gone[to.Buried[i].Record] = true
	}
	for id := range to.Held {
		ids[id] = true
	}
	return l.heldWithout(sorted(ids), gone)
}

// heldWithout is Held once the records at some places are gone.
func (l *Log) heldWithout(ids []graph.ID, gone map[uint64]bool) graph.Known {
	out := graph.Known{}
	for _, id := range ids {
		of := slices.Concat(l.byID[id], l.undoing[id])
		of = slices.DeleteFunc(of, func(n int) bool { return gone[l.records[n].Place] })
		slices.SortFunc(of, l.before)
		of = slices.Compact(of) // what retracts itself is not there
		k := graph.Known{}
		for _, n := range of {
			l.records[n].note(k)
		}
		out[id] = l.asFirst(id, k[id], gone)
	}
	return out
}

// note notes a record as it stands.
func (r *record) note(k graph.Known) {
	b := graph.Batch{Clearance: r.Writer}
	seal := graph.Seal{Stamp: r.stamp, InForce: r.inForce}
	switch {
	case r.Source != nil:
		b.Sources = []graph.Source{*r.Source}
		b.Sources[0].Seal = seal
	case r.Entity != nil:
		b.Entities = []graph.Entity{*r.Entity}
		b.Entities[0].Seal = seal
	default:
		b.Claims = []graph.Claim{*r.Claim}
		b.Claims[0].Seal = seal
	}
	k.Note(&b)
}

// asFirst puts what is held of an id in the order in which this log recorded it first, and
// what a line stands for where it was first taken back.
func (l *Log) asFirst(id graph.ID, list []graph.Held, gone map[uint64]bool) []graph.Held {
	slices.SortStableFunc(list, func(a, b graph.Held) int { return l.first(id, a, gone) - l.first(id, b, gone) })
	return list
}

// first is the first record of what is held of an id.
func (l *Log) first(id graph.ID, h graph.Held, gone map[uint64]bool) int {
	for _, of := range [][]int{l.byID[id], l.undoing[id]} {
		for _, n := range of {
			r := &l.records[n]
			same := r.inForce == h.Marking && (r.Entity == nil || r.Entity.Kind == h.Kind)
			if same && !gone[r.Place] {
				return n
			}
		}
	}
	return len(l.records)
}
