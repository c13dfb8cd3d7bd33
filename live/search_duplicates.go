package live

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
	"github.com/rabta/rabta/page"
	"github.com/rabta/rabta/work"
)

// DuplicateQuery asks for entities that may be one and the same.
type DuplicateQuery struct {
	Of    *graph.ID          // only pairs with this one
	Kinds []graph.EntityKind // nil is all that have names of their own
	Least float64            // the least score
	Limit int                // the most pairs
	Skip  int                // entities that were examined before
}

// PossibleDuplicate is two entities that may be one, and why. A has the lesser id.
type PossibleDuplicate struct {
	A, B         Entity
	NameA, NameB string // the names that are most alike
	Score        float64
	Reasons      []names.Reason
	// SameBy are the claims that say that they are the same, ApartBy those that keep them
	// apart all the same; empty where no claim says so.
	SameBy, ApartBy []*Claim
}

// ClaimsA are those that give NameA.
func (d *PossibleDuplicate) ClaimsA() []*Claim { return d.A.Base().claimsNaming(d.NameA) }

// ClaimsB are those that give NameB.
func (d *PossibleDuplicate) ClaimsB() []*Claim { return d.B.Base().claimsNaming(d.NameB) }

// Suggested reports whether the pair is worth a look.
func (d *PossibleDuplicate) Suggested() bool { return d.Score >= names.Suggested }

// PossibleDuplicates are pairs: first those that claims say are the same and others keep
// apart, then the best, equal ones by their ids.
type PossibleDuplicates struct {
	Pairs    []*PossibleDuplicate
	Found    int // pairs, with those beyond the limit
	Examined int // entities
	Left     int // entities that are still to be examined
}

// The limits of looking for duplicates.
const (
	MaxDuplicates = 500
	// MaxExamined is how many entities are examined at once.
	MaxExamined = 2000
	// mostRivals is how many names are compared for each name.
	mostRivals = 60
)

// duplicable are the kinds that are looked through unless others are named: what
// happened and what lists say of a group is named after other things.
var duplicable = []graph.EntityKind{graph.Group, graph.Individual, graph.Madressah, graph.Organisation, graph.Place}

// PossibleDuplicates lists entities of one kind that may be one and the same. Nothing
// is merged. What claims say is the same and others keep apart is listed, however it is
// called, with both sides; what is only judged not to be the same is left out; another father, another
// birth, links between the two, and different ids of one list speak against. What a
// reader may not see changes nothing. It ends early when the
// meter's budget is used up: what is still to be examined is left.
func (v *View) PossibleDuplicates(q DuplicateQuery, m *work.Meter) (*PossibleDuplicates, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	v = v.Within(nil) // m counts
	d := &duplicates{v: v, q: &q, apart: v.notTheSame(), compared: map[entityPair]bool{}}
	rows, err := d.examined()
	if err != nil {
		return nil, err
	}
	out := &PossibleDuplicates{Pairs: []*PossibleDuplicate{}}
	if err := d.addKeptApart(m); err != nil && !errors.Is(err, work.ErrBudget) {
		return nil, err
	}
	for _, row := range rows[:min(MaxExamined, len(rows))] {
		err := m.Spend(d.slots)
		if errors.Is(err, work.ErrBudget) {
			break
		}
		if err != nil {
			return nil, err
		}
		out.Examined++
		d.examine(row)
	}
	out.Left = len(rows) - out.Examined
	slices.SortFunc(d.pairs, func(x, y *PossibleDuplicate) int {
		return cmp.Or(-cmp.Compare(min(len(x.SameBy), 1), min(len(y.SameBy), 1)), cmp.Compare(y.Score, x.Score),
			cmp.Compare(x.A.Base().ID(), y.A.Base().ID()), cmp.Compare(x.B.Base().ID(), y.B.Base().ID()))
	})
	out.Found = len(d.pairs)
	out.Pairs = append(out.Pairs, d.pairs[:min(q.Limit, len(d.pairs))]...)
	return out, nil
}

func (q *DuplicateQuery) check() error {
	switch {
	case q.Limit < 1 || q.Limit > MaxDuplicates:
		return graph.Invalid("OUT_OF_RANGE", "limit",
			fmt.Sprintf("%d is not 1 to %d", q.Limit, MaxDuplicates), "ask for fewer pairs")
	case !(q.Least >= leastCandidate && q.Least <= 1):
		return graph.Invalid("OUT_OF_RANGE", "least",
			fmt.Sprintf("%v is not %v to 1", q.Least, leastCandidate), "leave it out, or ask for at least 0.5")
	case q.Skip < 0:
		return graph.Invalid("OUT_OF_RANGE", "skip",
			fmt.Sprintf("%d is less than 0", q.Skip), "leave it out, or give the sum of what was examined")
	}
	return nil
}

// duplicates is the search for pairs.
type duplicates struct {
	v        *View
	q        *DuplicateQuery
	apart    map[entityPair][]ClaimRow // see notTheSame
	compared map[entityPair]bool
	pairs    []*PossibleDuplicate
	slots    int // what the last one examined cost
}

// compareSlots is what comparing two entities costs.
const compareSlots = 20_000

// examined are the entities to examine: the one that is asked for, or all.
func (d *duplicates) examined() ([]EntityRow, error) {
	if d.q.Of != nil {
		e, err := d.v.Living("of", *d.q.Of)
		if err != nil {
			return nil, err
		}
		id := e.Base().ID()
		d.q.Of = &id
		return []EntityRow{e.Base().row}, nil
	}
	kinds := d.q.Kinds
	if kinds == nil {
		kinds = duplicable
	}
	if len(kinds) == 0 {
		return nil, nil
	}
	rows := slices.Collect(d.v.EntityRowsOf(kinds...))
	return rows[min(d.q.Skip, len(rows)):], nil
}

// examine compares an entity with those of which a name is like one of its own.
func (d *duplicates) examine(row EntityRow) {
	d.slots = 0
	own := &EntityBase{d.v, row}
	kinds := []graph.EntityKind{own.Kind()}
	if d.q.Of != nil && d.q.Kinds != nil && !slices.Contains(d.q.Kinds, own.Kind()) {
		return
	}
	for _, name := range own.allNames() {
		left := mostRivals
		d.slots += nameSlots
		for c := range d.v.g.names.Candidates(names.Query{Name: names.Parse(name), Least: d.q.Least}) {
			for other := range d.v.named(EntityRow(c.Owner), c.Hash, kinds) {
				if other.row == row {
					continue
				}
				if c.Value(classOf[own.Kind()], false) >= leastCandidate {
					d.compare(row, other.row)
				}
				left--
			}
			if left <= 0 {
				break
			}
		}
	}
}

// compare compares two entities, once.
func (d *duplicates) compare(a, b EntityRow) {
	if d.v.g.entities.at(a).id > d.v.g.entities.at(b).id {
		a, b = b, a
	}
	if d.compared[entityPair{a, b}] {
		return
	}
	d.compared[entityPair{a, b}] = true
	d.slots += compareSlots
	x, y := &EntityBase{d.v, a}, &EntityBase{d.v, b}
	if len(d.v.resolution.apart(a, b, d.apart)) > 0 {
		return
	}
	if p := d.pair(x, y); p.Score >= d.q.Least {
		d.pairs = append(d.pairs, p)
	}
}

// pair is what speaks for and against two being one.
func (d *duplicates) pair(x, y *EntityBase) *PossibleDuplicate {
	namesA, namesB := x.allNames(), y.allNames()
	s := names.CompareAll(classOf[x.Kind()], parsedAll(namesA), parsedAll(namesB))
	c := &MatchCandidate{Entity: typed(y), Score: s.Value, Reasons: s.Reasons}
	c.compareEntity(typed(x))
	return &PossibleDuplicate{
		A: typed(x), B: typed(y), NameA: namesA[s.A], NameB: namesB[s.B], Score: c.Score, Reasons: c.Reasons,
		SameBy: []*Claim{}, ApartBy: []*Claim{},
	}
}

// addKeptApart adds what claims say is the same, and others keep apart.
func (d *duplicates) addKeptApart(m *work.Meter) error {
	if d.q.Skip > 0 {
		return nil // they were listed before
	}
	for i := range d.v.keptApart {
		j := &d.v.keptApart[i]
		a, b := d.v.resolution.of(j.a), d.v.resolution.of(j.b)
		if a == b || !d.asksFor(a, b) {
			continue
		}
		if err := m.Spend(compareSlots); err != nil {
			return err
		}
		d.addJudged(a, b, j)
	}
	return nil
}

func (d *duplicates) addJudged(a, b EntityRow, j *judgement) {
	if d.v.g.entities.at(a).id > d.v.g.entities.at(b).id {
		a, b = b, a
	}
	same, apart := d.v.claimsIn(j.same), d.v.claimsIn(j.against)
	for _, p := range d.pairs { // of what they stand for others were judged as well
		if p.A.Base().row == a && p.B.Base().row == b {
			p.SameBy, p.ApartBy = append(p.SameBy, same...), append(p.ApartBy, apart...)
			return
		}
	}
	d.compared[entityPair{a, b}] = true
	p := d.pair(&EntityBase{d.v, a}, &EntityBase{d.v, b})
	p.SameBy, p.ApartBy = same, apart
	d.pairs = append(d.pairs, p)
}

// asksFor reports whether the query asks for a pair.
func (d *duplicates) asksFor(a, b EntityRow) bool {
	if d.q.Of != nil {
		row, ok := d.v.EntityRow(*d.q.Of)
		if !ok || row != a && row != b {
			return false
		}
	}
	return d.q.Kinds == nil || slices.Contains(d.q.Kinds, d.v.g.kindOf(a))
}

// claimsIn are the claims of rows, each once, in the order of the feed.
func (v *View) claimsIn(rows []ClaimRow) []*Claim {
	out := []*Claim{}
	for _, r := range slices.Compact(slices.Sorted(slices.Values(rows))) {
		out = append(out, v.claim(r))
	}
	return out
}

// compareEntity lets what is known of two entities speak for or against their being
// one.
func (c *MatchCandidate) compareEntity(x Entity) {
	y := c.Entity
	if i, ok := x.(*Individual); ok {
		j := y.(*Individual)
		c.compareFather(i.text(graph.FatherName), j.text(graph.FatherName))
		c.compareBirth(i.BestDateOf(graph.Birth), j.BestDateOf(graph.Birth))
		if a, b := i.text(graph.Nationality), j.text(graph.Nationality); a != nil && b != nil && !names.SamePlace(*a, *b) {
			c.add("nationality-differs", fmt.Sprintf("The nationality is %q of one, and %q of the other.", *a, *b), 0.9)
		}
	}
	c.compareIDs(x.Base().externalIDs(), y.Base().externalIDs())
	switch kind := x.Base().linkTo(y.Base()); kind {
	case "":
	case graph.PossiblySameAs:
		c.add("possibly-same", "A claim says that they may be the same.", 1.05)
	default:
		c.add("linked", fmt.Sprintf("A link tells of both as two: %s.", kind), 0.6)
	}
}

// compareIDs lets the same id under which others know them speak for, and two ids of one
// list against: whoever keeps the list takes them for two.
func (c *MatchCandidate) compareIDs(x, y []string) {
	var list string
	for _, a := range x {
		if slices.Contains(y, a) {
			c.add("same-id", fmt.Sprintf("Both have the id %s.", a), 1.25)
			return
		}
		prefix, _, _ := strings.Cut(a, ":")
		if slices.ContainsFunc(y, func(b string) bool { return strings.HasPrefix(b, prefix+":") }) {
			list = prefix
		}
	}
	if list != "" {
		c.add("ids-differ", fmt.Sprintf("They have different ids in the list %s.", list), 0.7)
	}
}

// linkTo is the kind of a link between two entities, "" for none; one that tells of
// them as two rather than one that says that they may be one.
func (e *EntityBase) linkTo(o *EntityBase) (kind graph.Predicate) {
	a, b := e, o
	if e.v.degree(o.row) < e.v.degree(e.row) {
		a, b = o, e
	}
	for l := range a.links(nil, Both) {
		if l.Other().Base().row != b.row || l.Kind() == graph.SameAs {
			continue
		}
		if kind = l.Kind(); kind != graph.PossiblySameAs {
			return kind
		}
	}
	return kind
}

// Integrity is what a person should look at in the records themselves.
type Integrity struct{ v *View }

// Integrity tells of the records that the view knows of.
func (v *View) Integrity() *Integrity { return &Integrity{v} }

// Through is the same under another lens on the same snapshot, or itself for nil. The meter
// counts what is read of it.
func (i *Integrity) Through(lens *graph.Lens, m *work.Meter) (*Integrity, error) {
	v, err := i.v.With(lens)
	if err != nil {
		return nil, err
	}
	return v.Within(m).Integrity(), nil
}

// Twins are entities of different kinds that were recorded under one id, by writers of whom
// one did not see what the other had recorded.
type Twins struct {
	v  *View
	id graph.ID
}

// ID is the id that they share.
func (t *Twins) ID() graph.ID { return t.id }

// Entities are those that share the id and are not retired: first the one that is found under
// it.
func (t *Twins) Entities() []Entity {
	out := []Entity{}
	for _, row := range t.rows() {
		out = append(out, t.v.entity(t.v.resolution.of(row)))
	}
	return out
}

// Kinds are those of the entities, in their order.
func (t *Twins) Kinds() []graph.EntityKind {
	out := []graph.EntityKind{}
	for _, row := range t.rows() {
		out = append(out, t.v.g.kindOf(row))
	}
	return out
}

func (t *Twins) rows() (out []EntityRow) {
	if row, ok := t.v.g.entityIndex.get(t.id); ok && t.v.entityExists(row) && !t.v.gone(row) {
		out = append(out, row)
	}
	for _, row := range t.v.g.twinRows.all() {
		if t.v.entityExists(row) && t.v.sharedBy(row) == t.id && !t.v.gone(row) {
			out = append(out, row)
		}
	}
	return out
}

// sharedBy is the id that the entity of a row shares with others, if it is a twin.
func (v *View) sharedBy(row EntityRow) graph.ID { return sharedID(v.g.entities.at(row).id) }

// TwinsPage pages the ids that entities share, in the order in which they came to. What is
// judged, because all but one were retired, is left out.
func (i *Integrity) TwinsPage(p page.Args) (*TwinsConnection, error) {
	l := page.List[*Twins]{Name: "twins", ID: (*Twins).ID}
	all, places := i.twins()
	inRowOrder(&l, func(t *Twins) EntityRow { return places[t.id] }, func(id graph.ID) (EntityRow, bool) {
		row, ok := places[id]
		return row, ok
	})
	l.Items = slices.Values(all)
	return answered(i.v, &l, p)
}

// twins are all of them, and of each id the row by which it came to be shared.
func (i *Integrity) twins() (all []*Twins, places map[graph.ID]EntityRow) {
	places = map[graph.ID]EntityRow{}
	for _, row := range i.v.g.twinRows.all() {
		if !i.v.entityExists(row) || !i.v.meter.Continue(entitySlots) {
			break
		}
		id := i.v.sharedBy(row)
		if _, known := places[id]; known {
			continue
		}
		if t := (&Twins{i.v, id}); len(t.rows()) > 1 {
			places[id] = row
			all = append(all, t)
		}
	}
	return all, places
}
