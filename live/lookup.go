package live

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
	"github.com/rabta/rabta/page"
)

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
		if d := lettersOff(text, string(id), most); d <= most {
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

// lettersOff is how many letters must be added, left out, changed or swapped with the next to make one
// text the other; more than most is most+1.
func lettersOff(a, b string, most int) int {
	if abs(len(a)-len(b)) > most {
		return most + 1
	}
	before, last, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		for j := 1; j <= len(b); j++ {
			changed := last[j-1]
			if a[i-1] != b[j-1] {
				changed++
			}
			next[j] = min(changed, last[j]+1, next[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		if slices.Min(next) > most {
			return most + 1
		}
		before, last, next = last, next, before
	}
	return last[len(b)]
}

func abs(n int) int { return max(n, -n) }

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
