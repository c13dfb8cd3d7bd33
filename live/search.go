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
	Page  Page
}

// Search finds entities of which a name equals, begins with, has words that begin
// with, or contains the text, without regard to case and accents, or that is it in
// another spelling, another script, or by its first letters; best matches first,
// within one those of the higher score, then by name.
func (v *View) Search(q SearchQuery) (*Connection[*Hit], error) {
	wanted := Folded(q.Text)
	if wanted == "" {
		return nil, graph.Invalid("MISSING", "text", "there is nothing to search for", "give a name or a part of one")
	}
	l := listing[*Hit]{
		name: "search:" + wanted, id: func(h *Hit) graph.ID { return h.Entity.Base().ID() }, desc: []bool{false, true, false}, placed: []bool{false, false, false},
		keys: func(h *Hit) []key {
			return []key{numKey(float64(slices.Index(matches, h.Match))), numKey(h.Score), textKey(h.Entity.Base().sortName())}
		},
		items: func(yield func(*Hit) bool) {
			sought := names.Parse(q.Text)
			for e := range v.Entities(q.Kinds...) {
				h := hit(e, wanted)
				if h == nil {
					h = v.alike(e, sought)
				}
				if h != nil && !yield(h) {
					return
				}
			}
		},
	}
	return l.page(q.Page)
}

// hit is the best match among the entity's names, or nil.
func hit(e AnyEntity, wanted string) *Hit {
	best, share := len(matches), 0.0
	name := ""
	for _, n := range e.Base().names() {
		folded := Folded(n.Value)
		m := matchName(folded, wanted)
		if of := float64(len(wanted)) / float64(max(len(folded), 1)); m < best || m == best && m < len(matches) && of > share {
			best, share, name = m, of, n.Value
		}
	}
	if best == len(matches) {
		return nil
	}
	return &Hit{e, matches[best], name, lettering[best].score + 0.05*min(share, 1), []names.Feature{{Name: lettering[best].name, Text: lettering[best].text, Weight: lettering[best].score}}}
}

// lettering is how a match by letters counts, by its place in matches; how much of the
// name the text is adds to it.
var lettering = []struct {
	score      float64
	name, text string
}{
	{0.95, "equal", "The name is the text, but for case and accents."},
	{0.9, "begins-with", "The name begins with the text."},
	{0.85, "words-begin-with", "Words of the name begin with the words of the text."},
	{0.8, "contains", "The name contains the text."},
}

// alike is the entity's name that is most like one that is sought, or nil. Nothing but
// the two names counts: what a reader may not see changes no score.
func (v *View) alike(e AnyEntity, sought names.Name) *Hit {
	var best *Hit
	for _, n := range e.Base().names() {
		name := v.g.parsed(n.Value)
		s := sought.Compare(names.Any, name)
		if in := sought.FoundIn(name); in.Value > s.Value {
			s = in
		}
		if s.Value < names.Suggested || best != nil && s.Value <= best.Score {
			continue
		}
		match := MatchAlike
		if len(s.Features) == 1 && strings.HasPrefix(s.Features[0].Name, "acronym") {
			match = MatchAcronym
		}
		best = &Hit{e, match, n.Value, s.Value, s.Features}
	}
	return best
}

// parsed is a name made ready for comparing, once.
func (g *Graph) parsed(name string) names.Name {
	if n, ok := g.readyNames.Load(name); ok {
		return n.(names.Name)
	}
	n := names.Parse(name)
	g.readyNames.Store(name, n)
	return n
}

// matchName is the place of the match in matches, or len(matches).
func matchName(name, wanted string) int {
	switch {
	case name == wanted:
		return 0
	case strings.HasPrefix(name, wanted):
		return 1
	case hasWords(name, wanted):
		return 2
	case strings.Contains(name, wanted):
		return 3
	}
	return len(matches)
}

// hasWords reports whether each word of wanted begins a word of name.
func hasWords(name, wanted string) bool {
	words, parts := strings.FieldsFunc(name, separator), strings.FieldsFunc(wanted, separator)
	if len(parts) == 0 {
		return false // there are separators alone
	}
	for _, w := range parts {
		if !slices.ContainsFunc(words, func(n string) bool { return strings.HasPrefix(n, w) }) {
			return false
		}
	}
	return true
}

func separator(r rune) bool { return strings.ContainsRune(" -'’().,/", r) }
