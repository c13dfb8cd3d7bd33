package live

import (
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

// Match says how a name matches a text that is searched for.
type Match string

// The matches, best first.
const (
	MatchExact    Match = "EXACT"
	MatchPrefix   Match = "PREFIX"
	MatchWord     Match = "WORD"
	MatchContains Match = "CONTAINS"
	// MatchAcronym and MatchAlike are told by package names.
	MatchAcronym Match = "ACRONYM"
	MatchAlike   Match = "ALIKE"
)

var matches = []Match{MatchExact, MatchPrefix, MatchWord, MatchContains, MatchAcronym, MatchAlike}

// Hit is an entity that a search found, and why.
type Hit struct {
	Entity AnyEntity
	Match  Match
	// Name is the name that matched.
	Name string
	// Score is from 0 to 1; higher ones come first within a match. Reasons say why.
	Score   float64
	Reasons []names.Feature
}

// SearchQuery looks for entities by any of their names.
type SearchQuery struct {
	Text  string
	Kinds []graph.EntityKind // empty is all kinds
	Mode  SearchMode         // "" is SearchAll
	Page  Page
}

// SearchMode says what a text is that is searched for.
type SearchMode string

// The modes of a search.
const (
	// SearchAll: it is a name or a part of one.
	SearchAll SearchMode = "ALL"
	// SearchComplete: it is the beginning of a name that is being typed.
	SearchComplete SearchMode = "COMPLETE"
)

// How many of the most promising names a search goes through.
const (
	mostByLetters = 1000
	mostAlike     = 500
)

// Search finds entities of which a name equals, begins with, has words that begin
// with, or contains the text, without regard to case, accents and signs, or that is it
// in another spelling, another script, or by its first letters; best matches first,
// within one those of the higher score, then by name. A text that is to be completed
// is looked for at the beginning of words alone. It lists at most the thousand
// names that are nearest by their letters and the five hundred that are most alike.
func (v *View) Search(q SearchQuery) (*Connection[*Hit], error) {
	wanted := names.Folded(q.Text)
	if wanted == "" {
		return nil, graph.Invalid("MISSING", "text", "there is nothing to search for", "give a name or a part of one")
	}
	complete := q.Mode == SearchComplete
	s := &nameSearch{v: v, kinds: q.Kinds, found: map[uint32]int{}}
	s.byLetters(q.Text, complete)
	s.alike(names.LikeQuery{Name: names.Parse(q.Text), Start: complete, Least: names.Suggested})
	l := listing[*Hit]{
		name: "search:" + string(q.Mode) + ":" + wanted, id: func(h *Hit) graph.ID { return h.Entity.Base().ID() }, desc: []bool{false, true, false}, placed: []bool{false, false, false},
		keys: func(h *Hit) []key {
			return []key{numKey(float64(slices.Index(matches, h.Match))), numKey(h.Score), textKey(h.Entity.Base().sortName())}
		},
		items: slices.Values(s.hits),
	}
	return l.page(q.Page)
}

// nameSearch gathers the entities that a search finds, each by its best name.
type nameSearch struct {
	v     *View
	kinds []graph.EntityKind
	hits  []*Hit
	found map[uint32]int // where in hits an entity is
}

func (s *nameSearch) byLetters(text string, complete bool) {
	left := mostByLetters
	s.v.g.names.Letters(text, func(h names.LetterHit) bool {
		if complete && h.Match == names.Contains {
			return false
		}
		row, name, ok := s.v.named(h.Owner, h.Hash, s.kinds)
		if !ok {
			return true
		}
		if _, known := s.found[row]; !known {
			of := lettering[h.Match]
			reasons := []names.Feature{{Name: of.name, Text: of.text, Weight: of.score}}
			s.found[row] = len(s.hits)
			s.hits = append(s.hits, &Hit{s.v.entity(row), of.match, name, rounded(of.score + 0.05*h.Share), reasons})
		}
		left--
		return left > 0
	})
}

// alike adds the entities of which a name is like one that is sought. Nothing but the
// two names counts: what a reader may not see changes no score.
func (s *nameSearch) alike(q names.LikeQuery) {
	left, lettered := mostAlike, len(s.hits)
	s.v.g.names.Alike(q, func(l names.Like) bool {
		row, name, ok := s.v.named(l.Owner, l.Hash, s.kinds)
		if !ok {
			return true
		}
		at, known := s.found[row]
		if value := l.Value(names.Any, true); value >= q.Least && (!known || at >= lettered && value > s.hits[at].Score) {
			h := alikeHit(s.v.entity(row), name, l.Score(names.Any, true))
			if known {
				s.hits[at] = h
			} else {
				s.found[row] = len(s.hits)
				s.hits = append(s.hits, h)
			}
		}
		left--
		return left > 0
	})
}

func alikeHit(e AnyEntity, name string, s names.Score) *Hit {
	match := MatchAlike
	if len(s.Features) == 1 && strings.HasPrefix(s.Features[0].Name, "acronym") {
		match = MatchAcronym
	}
	return &Hit{e, match, name, s.Value, s.Features}
}

// named is the entity of the kinds, or of any, that has a name: its row, and the name;
// false when the view does not show it or the name.
func (v *View) named(owner uint32, hash uint64, kinds []graph.EntityKind) (row uint32, name string, ok bool) {
	if owner >= v.at.entities || !v.entitySeen(owner) {
		return 0, "", false
	}
	row = v.same.of(owner)
	if len(kinds) > 0 && !slices.Contains(kinds, v.g.entities.at(row).kind) {
		return 0, "", false
	}
	for _, n := range v.visibleEntity(owner).Names {
		if v.g.names.Hash(n.Value) == hash {
			return row, n.Value, true
		}
	}
	return 0, "", false
}

// lettering is how a match by letters counts, by names.Lettering; how much of the name
// the text is adds to it.
var lettering = []struct {
	match      Match
	score      float64
	name, text string
}{
	{MatchExact, 0.95, "equal", "The name is the text, but for case, accents and signs."},
	{MatchPrefix, 0.9, "begins-with", "The name begins with the text."},
	{MatchWord, 0.85, "words-begin-with", "Words of the name begin with the words of the text."},
	{MatchContains, 0.8, "contains", "The name contains the text."},
}
