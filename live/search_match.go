package live

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/rabta/rabta/gazetteer"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
	"github.com/rabta/rabta/page"
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

// Ref says which entity is meant, by a text of its own sort: its id, one of its names, or an id
// under which others know it.
type Ref struct {
	By   graph.LookupKey
	Text string
}

// What an argument that takes the id of an entity begins with when it is not one. No id holds a colon.
const (
	namePrefix     = "name:"
	externalPrefix = "external:"
)

// RefOf reads an argument that takes the id of an entity: an id, or "name:" and a name, or
// "external:" and an id under which others know it.
func RefOf(id graph.ID) Ref {
	if name, ok := strings.CutPrefix(string(id), namePrefix); ok {
		return Ref{graph.ByName, name}
	}
	if external, ok := strings.CutPrefix(string(id), externalPrefix); ok {
		return Ref{graph.ByExternal, external}
	}
	return Ref{graph.ByID, string(id)}
}

// Find is the entity of the kinds, or of any, that is meant. Its id, or that of one that is the
// same, finds also one that is retired. A name finds what bears it under the view, without regard
// to case, accents and signs; one that no counting name is finds what is shown under it all the
// same, and weak names find nothing. What is not there is a graph.ErrNotFound that says what is
// near; several are a graph.ErrAmbiguous. What a reader may not see changes neither.
func (v *View) Find(path string, ref Ref, kinds ...graph.EntityKind) (Entity, error) {
	at, err := v.findAt(path, ref, kinds)
	if err != nil {
		return nil, err
	}
	return v.entity(v.resolution.of(at)), nil
}

// findAt is the very row that is meant, which another may stand for.
func (v *View) findAt(path string, ref Ref, kinds []graph.EntityKind) (EntityRow, error) {
	if ref.By != graph.ByID {
		if err := checkLength(path, ref.Text, graph.MaxName); err != nil {
			return none, err
		}
		if strings.TrimSpace(ref.Text) == "" {
			return none, graph.Invalid("MISSING", path, "there is nothing to look up", "give a name or an id")
		}
	}
	var found []EntityRow
	switch ref.By {
	case graph.ByName:
		found = v.bearing(ref.Text, kinds)
	case graph.ByExternal:
		found = v.knownAs(ref.Text, kinds)
	default:
		row, ok := v.g.entityIndex.get(graph.ID(ref.Text))
		if ok && v.entityExists(row) && ofKind(kinds, v.g.kindOf(v.resolution.of(row))) {
			found = []EntityRow{row}
		}
	}
	switch len(found) {
	case 0:
		return none, &graph.NotFoundError{Path: path, ID: graph.ID(ref.Text), By: ref.By, Kinds: kinds, Near: v.near(ref)}
	case 1:
		return found[0], nil
	}
	return none, v.ambiguous(path, ref, found)
}

func ofKind(kinds []graph.EntityKind, kind graph.EntityKind) bool {
	return len(kinds) == 0 || slices.Contains(kinds, kind)
}

// bearing are those that bear a name, one of each that are the same: by names that count, or else
// by those that are shown though they do not.
func (v *View) bearing(text string, kinds []graph.EntityKind) []EntityRow {
	counting, shown := map[EntityRow]visibleName{}, map[EntityRow]visibleName{}
	v.meter.Continue(nameSlots)
	for n := range v.namedExactly(text, kinds) {
		into := counting
		switch {
		case graph.NameForms[n.is.is.Form] == graph.FormWeak:
			continue
		case n.is.is.Outside:
			if e := (&EntityBase{v, n.row}); !e.NameOutsideLens() || e.Name() != n.name {
				continue
			}
			into = shown
		}
		if first, ok := into[n.row]; !ok || n.rank < first.rank {
			into[n.row] = n
		}
	}
	if len(counting) == 0 {
		counting = shown
	}
	out := make([]EntityRow, 0, len(counting))
	for _, n := range counting {
		out = append(out, n.at)
	}
	return out
}

// namedExactly yields the names that have just the words of a text.
func (v *View) namedExactly(text string, kinds []graph.EntityKind) func(yield func(visibleName) bool) {
	return func(yield func(visibleName) bool) {
		looked := false
		for h := range v.g.names.BySpelling(text) {
			if looked = true; h.Match != names.Exact {
				return
			}
			for n := range v.named(EntityRow(h.Owner), h.Hash, kinds) {
				if !yield(n) {
					return
				}
			}
		}
		if looked {
			return
		}
		for c := range v.g.names.Candidates(names.Query{Name: names.Parse(text), Least: 0.9}) { // of very many words
			for n := range v.named(EntityRow(c.Owner), c.Hash, kinds) {
				if names.Folded(n.name) == names.Folded(text) && !yield(n) {
					return
				}
			}
		}
	}
}

// knownAs are those that others know under an id, one of each that are the same.
func (v *View) knownAs(id string, kinds []graph.EntityKind) []EntityRow {
	var out []EntityRow
	for _, owner := range v.g.externals.get(id) {
		if !v.entityExists(owner) {
			continue
		}
		for _, at := range v.readers(owner) {
			row := v.resolution.of(at)
			same := func(o EntityRow) bool { return v.resolution.of(o) == row }
			e := &EntityBase{v, row}
			if !v.gone(row) && ofKind(kinds, e.Kind()) && slices.Contains(e.externalIDs(), id) && !slices.ContainsFunc(out, same) {
				out = append(out, at)
			}
		}
	}
	return out
}

// mostCandidates is how many of those that share a name are told.
const mostCandidates = 20

func (v *View) ambiguous(path string, ref Ref, found []EntityRow) error {
	e := &graph.AmbiguousError{Path: path, Text: ref.Text, By: ref.By}
	for _, at := range found {
		e.Candidates = append(e.Candidates, v.candidate(v.resolution.of(at)))
	}
	slices.SortFunc(e.Candidates, func(a, b graph.Candidate) int { return cmp.Compare(a.ID, b.ID) })
	if more := len(e.Candidates) - mostCandidates; more > 0 {
		e.Candidates, e.More = e.Candidates[:mostCandidates], more
	}
	return e
}

func (v *View) candidate(row EntityRow) graph.Candidate {
	e := &EntityBase{v, row}
	return graph.Candidate{ID: e.ID(), Kind: e.Kind(), Name: e.Name()}
}

// What may have been meant: how many are told, and of them how many for their ids.
const (
	mostNear    = 5
	mostNearIDs = 3
)

// near are the entities that may have been meant: those whose ids are a few letters off, the
// nearest first, and what a search for the text finds that is worth a look.
func (v *View) near(ref Ref) []graph.Candidate {
	var out []graph.Candidate
	add := func(c graph.Candidate) {
		if len(out) < mostNear && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	text := ref.Text
	if len(text) > graph.MaxName {
		return nil
	}
	if ref.By == graph.ByID {
		text = strings.ReplaceAll(text, "-", " ")
	}
	if ref.By != graph.ByExternal {
		for _, row := range v.nearIDs(strings.ReplaceAll(names.Folded(text), " ", "-")) {
			add(v.candidate(row))
		}
	}
	first := mostNear
	hits, err := v.Search(SearchQuery{Text: text, Page: page.Args{First: &first}})
	if err != nil {
		return out // nothing can be searched for
	}
	for _, e := range hits.Edges {
		if e.Node.Score >= names.Suggested {
			add(v.candidate(e.Node.Entity.Base().row))
		}
	}
	return out
}

// nearIDs are the entities of which the id is a few letters off a text.
func (v *View) nearIDs(text string) []EntityRow {
	type near struct {
		row      EntityRow
		id       graph.ID
		distance int
	}
	var all []near
	most := min(mostLettersOff, max(1, len(text)/4))
	for row := range v.EntityRowsOf() {
		id := v.g.entities.at(row).id
		if d := names.LettersOff(text, string(id), most); d <= most {
			all = append(all, near{row, id, d})
		}
	}
	slices.SortFunc(all, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.id, b.id))
	})
	var out []EntityRow
	for _, n := range all[:min(mostNearIDs, len(all))] {
		out = append(out, n.row)
	}
	return out
}

// mostLettersOff is how far off an id may be at most, of however many letters it is.
const mostLettersOff = 3

// mostNamed is how many of whom a lens asks for may be given by other than their ids.
const mostNamed = 50

// plainly is a lens with the ids of whom it asks for, in place of names: they are looked up under
// the lens less that it asks for them. What is not there, and a name of several, are the errors
// of Find.
func (r *Reader) plainly(lens graph.Lens) (*graph.Lens, error) {
	less, plain := lens, lens
	less.Speakers, less.Attributors = nil, nil
	v, err := r.View(&less)
	if err != nil {
		return nil, err
	}
	left := mostNamed
	for _, list := range []struct {
		path string
		ids  *[]graph.ID
	}{{"lens.speakers", &plain.Speakers}, {"lens.attributors", &plain.Attributors}} {
		*list.ids = slices.Clone(*list.ids)
		for i, id := range *list.ids {
			path, ref := fmt.Sprintf("%s[%d]", list.path, i), RefOf(id)
			if ref.By != graph.ByID {
				left--
			}
			if left < 0 {
				return nil, graph.Invalid("TOO_MANY", path, fmt.Sprintf("more than %d are not given by id", mostNamed),
					"look them up first, and give their ids")
			}
			at, err := v.findAt(path, ref, nil)
			if err != nil {
				return nil, err
			}
			(*list.ids)[i] = v.g.entities.at(at).id
		}
	}
	return &plain, nil
}
