package live

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/rabta/rabta/gazetteer"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

// MatchQuery is what is known of somebody or something that is looked for.
type MatchQuery struct {
	Names       []string           // the main one first; may be none when there are IDs
	Kinds       []graph.EntityKind // nil is all kinds
	Father      *string
	Birth       *graph.PartialDate
	Nationality *string
	Place       *string
	Country     *string
	IDs         []string // ids of rabta's own, and those under which others know it
}

// MatchCandidate is an entity that a description may be of, and why.
type MatchCandidate struct {
	Entity  Entity
	Name    string // the one most like those of the description
	Score   float64
	Reasons []names.Reason
}

// Claims are those that give the name.
func (c *MatchCandidate) Claims() []*Claim { return c.Entity.Base().claimsNaming(c.Name) }

// MatchResult is the candidates for one description, best first.
type MatchResult struct{ Candidates []*MatchCandidate }

// Suggested reports whether the candidate is worth a look.
func (c *MatchCandidate) Suggested() bool { return c.Score >= names.Suggested }

// The limits of matching.
const (
	MaxDescriptions = 50
	MaxCandidates   = 20
	maxGiven        = 20 // names or ids of one description
	leastCandidate  = 0.5
)

// Match lists the entities that a description may be of: at most limit of them, best
// first, equal ones by id. What a reader may not see changes nothing.
func (v *View) Match(path string, d MatchQuery, limit int) ([]*MatchCandidate, error) {
	if limit < 1 || limit > MaxCandidates {
		return nil, graph.Invalid("OUT_OF_RANGE", "limit",
			fmt.Sprintf("%d is not 1 to %d", limit, MaxCandidates), "ask for fewer candidates")
	}
	if len(d.Names)+len(d.IDs) == 0 {
		return nil, graph.Invalid("MISSING", path+".names", "there is neither a name nor an id", "give at least one")
	}
	if len(d.Names) > maxGiven || len(d.IDs) > maxGiven {
		return nil, graph.Invalid("TOO_MANY", path,
			fmt.Sprintf("there are more than %d names or ids", maxGiven), "give those that tell most")
	}
	for i, n := range d.Names {
		if err := checkLength(fmt.Sprintf("%s.names[%d]", path, i), n, graph.MaxName); err != nil {
			return nil, err
		}
	}
	if d.Birth != nil {
		if err := d.Birth.Check(path + ".birth"); err != nil {
			return nil, err
		}
	}
	if d.Kinds != nil && len(d.Kinds) == 0 {
		return []*MatchCandidate{}, nil
	}
	m := &matching{v: v, d: &d, found: map[EntityRow]*MatchCandidate{}, rank: map[EntityRow]int{}}
	m.byIDs()
	m.byNames()
	out := []*MatchCandidate{}
	for _, c := range m.candidates {
		if m.compareDetails(c); c.Score >= leastCandidate {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *MatchCandidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Entity.Base().ID(), b.Entity.Base().ID()))
	})
	return out[:min(limit, len(out))], nil
}

// matching is the search for one description.
type matching struct {
	v          *View
	d          *MatchQuery
	found      map[EntityRow]*MatchCandidate
	rank       map[EntityRow]int // of the candidate's name, among all of its names
	candidates []*MatchCandidate
}

func (m *matching) candidate(row EntityRow) *MatchCandidate {
	c := m.found[row]
	if c == nil {
		c = &MatchCandidate{Entity: m.v.entity(row)}
		m.found[row], m.candidates = c, append(m.candidates, c)
	}
	return c
}

// byNames compares the names alone.
func (m *matching) byNames() {
	for _, n := range m.d.Names {
		left := mostAlike
		m.v.meter.Continue(nameSlots)
		for c := range m.v.g.names.Candidates(names.Query{Name: names.Parse(n), Least: leastCandidate}) {
			for n := range m.v.named(EntityRow(c.Owner), c.Hash, m.d.Kinds) {
				m.keep(n, c)
				left--
			}
			if left <= 0 {
				break
			}
		}
	}
	if len(m.d.Names) > 1 {
		m.compareAll()
	}
}

// keep takes a name for that of a candidate, if it is the best so far: by its score,
// and its rank among the names.
func (m *matching) keep(n visibleName, of names.Candidate) {
	class := classOf[m.v.g.kindOf(n.row)]
	value, _ := n.weigh(of.Value(class, false))
	c := m.found[n.row]
	if value < leastCandidate || c != nil && (value < c.Score || value == c.Score && n.rank >= m.rank[n.row]) {
		return
	}
	s := of.Score(class, false)
	c = m.candidate(n.row)
	score, less := n.weigh(s.Value)
	c.Name, c.Score, c.Reasons, m.rank[n.row] = n.name, score, append(s.Reasons, less...), n.rank
}

// compareAll lets all names of the candidates and of the description speak.
func (m *matching) compareAll() {
	sought := parsedAll(m.d.Names)
	for _, c := range m.candidates {
		e := c.Entity.Base()
		own := e.allNames()
		s := names.CompareAll(classOf[e.Kind()], sought, parsedAll(own))
		if s.Value < c.Score && c.Reasons[0].Name != sameID {
			c.Name, c.Score, c.Reasons = own[s.B], s.Value, s.Reasons
		}
	}
}

// allNames are the entity's names, each once, the main one first.
func (e *EntityBase) allNames() []string {
	out := []string{e.Name()}
	for _, n := range e.Names() {
		if !slices.Contains(out, n.Value) {
			out = append(out, n.Value)
		}
	}
	return out
}

func parsedAll(list []string) []names.Name {
	out := make([]names.Name, len(list))
	for i, n := range list {
		out[i] = names.Parse(n)
	}
	return out
}

var classOf = map[graph.EntityKind]names.Class{
	graph.Individual: names.Person, graph.Group: names.Group, graph.Organisation: names.Group,
	graph.Madressah: names.School, graph.Place: names.Place,
}

const sameID = "same-id"

// byIDs finds the entities of which an id is given.
func (m *matching) byIDs() {
	for _, id := range m.d.IDs {
		rows := m.v.g.externals.get(id)
		if own, ok := m.v.g.entityIndex.get(graph.ID(id)); ok {
			rows = append(rows, own)
		}
		for _, owner := range rows {
			if !m.v.entityExists(owner) {
				continue
			}
			for _, at := range m.v.readers(owner) {
				m.byID(id, m.v.resolution.of(at))
			}
		}
	}
}

// byID finds an entity, if it has the id.
func (m *matching) byID(id string, row EntityRow) {
	e := &EntityBase{m.v, row}
	if m.v.gone(row) || len(m.d.Kinds) > 0 && !slices.Contains(m.d.Kinds, e.Kind()) {
		return
	}
	if !slices.Contains(e.externalIDs(), id) && !slices.Contains(e.SameIDs(), graph.ID(id)) {
		return // not as of the view
	}
	c := m.candidate(row)
	c.Name, c.Score, m.rank[row] = e.Name(), 1, -1
	c.Reasons = []names.Reason{{Name: sameID, Text: fmt.Sprintf("It has the id %s.", id), Weight: 1}}
}

// compareDetails lets what else is known speak for or against.
func (m *matching) compareDetails(c *MatchCandidate) {
	if i, ok := c.Entity.(*Individual); ok {
		c.compareFather(m.d.Father, i.text(graph.FatherName))
		c.compareBirth(m.d.Birth, i.BestDateOf(graph.Birth))
		own := i.text(graph.Nationality)
		if m.d.Nationality != nil && own != nil && !names.SamePlace(*own, *m.d.Nationality) {
			c.add("nationality-differs", fmt.Sprintf("The nationality is %q.", *own), 0.9)
		}
	}
	c.comparePlaces("place", m.d.Place, m.v.placesAround(c.Entity.Base()), 0.9)
	c.comparePlaces("country", m.d.Country, c.Entity.Base().Countries(), 0.85)
}

func (c *MatchCandidate) compareFather(given, own *string) {
	if given == nil || own == nil {
		return
	}
	switch s := names.Compare(names.Person, *given, *own).Value; {
	case s >= names.Suggested:
		c.add("same-father", fmt.Sprintf("The father's name is like %q.", *own), 1.1)
	case s < 0.6:
		c.add("father-differs", fmt.Sprintf("The father is named %q.", *own), 0.5)
	}
}

func (c *MatchCandidate) compareBirth(given, own *graph.PartialDate) {
	switch {
	case given == nil || own == nil:
	case own.Earliest <= given.Latest && given.Earliest <= own.Latest:
		c.add("same-birth", fmt.Sprintf("Born %s, which may be the same.", own.EDTF), 1.05)
	case bornAbout(own).Overlaps(bornAbout(given)):
		c.add("near-birth", fmt.Sprintf("Born %s, which is about then.", own.EDTF), 1)
	default:
		c.add("birth-differs", fmt.Sprintf("Born %s.", own.EDTF), 0.6)
	}
}

// aboutYears is how many years about an approximate year of birth contradict nothing.
const aboutYears = 3

// bornAbout is when somebody may have been born, in the days that a date means, or some years
// about an approximate year.
func bornAbout(d *graph.PartialDate) graph.Span {
	s := graph.Span{Earliest: d.Earliest, Latest: d.Latest}
	if !d.Circa || d.Precision != graph.PrecisionYear {
		return s
	}
	more := aboutYears - 1 // a date itself is wider by one
	year := func(day graph.Day) int { return day.Time().Year() }
	return graph.Span{Earliest: graph.DayOf(year(s.Earliest)-more, 1, 1), Latest: graph.DayOf(year(s.Latest)+more, 12, 31)}
}

// comparePlaces compares a written place with those of the entity, if it has any.
func (c *MatchCandidate) comparePlaces(what string, given *string, own []*Place, against float64) {
	if given == nil || len(own) == 0 {
		return
	}
	for _, p := range own {
		for _, n := range p.allNames() {
			if gazetteer.SamePlace(*given, n) {
				c.add("same-"+what, fmt.Sprintf("The %s is like %q.", what, n), 1.03)
				return
			}
		}
	}
	c.add(what+"-differs", fmt.Sprintf("The %s is %q.", what, own[0].Name()), against)
}

// placesAround are the places of an entity, and those in which they lie.
func (v *View) placesAround(e *EntityBase) []*Place {
	out := e.Places()
	for _, p := range out[:len(out):len(out)] {
		for _, a := range v.aroundOf(p.row, always, false) {
			if !slices.ContainsFunc(out, func(o *Place) bool { return o.row == a.to }) {
				out = append(out, &Place{&EntityBase{v, a.to}})
			}
		}
	}
	return out
}

// add multiplies the score, which stays below 1 unless it was 1, and says why.
func (c *MatchCandidate) add(name, text string, factor float64) {
	before := c.Score
	c.Score = rounded(min(max(0.99, before), c.Score*factor))
	c.Reasons = append(c.Reasons, names.Reason{Name: name, Text: text, Weight: rounded(c.Score - before)})
}

func rounded(score float64) float64 { return math.Round(score*1e4) / 1e4 }
