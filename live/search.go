package live

import (
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
)

// Match says how a name matches a text that is searched for.
type Match string

// The matches, best first.
const (
	MatchExact    Match = "EXACT"
	MatchPrefix   Match = "PREFIX"
	MatchWord     Match = "WORD"
	MatchContains Match = "CONTAINS"
)

var matches = []Match{MatchExact, MatchPrefix, MatchWord, MatchContains}

// Hit is an entity that a search found, and why.
type Hit struct {
	Entity AnyEntity
	Match  Match
	// Name is the name that matched.
	Name string
}

// SearchQuery looks for entities by any of their names.
type SearchQuery struct {
	Text  string
	Kinds []graph.EntityKind // empty is all kinds
	Page  Page
}

// Search finds entities of which a name equals, begins with, has words that begin
// with, or contains the text, without regard to case and accents; best matches
// first, then by name.
func (v *View) Search(q SearchQuery) (*Connection[*Hit], error) {
	wanted := Folded(q.Text)
	if wanted == "" {
		return nil, graph.Invalid("MISSING", "text", "there is nothing to search for", "give a name or a part of one")
	}
	l := listing[*Hit]{
		name: "search:" + wanted, id: func(h *Hit) graph.ID { return h.Entity.Base().ID() }, desc: []bool{false, false}, placed: []bool{false, false},
		keys: func(h *Hit) []key {
			return []key{numKey(float64(slices.Index(matches, h.Match))), textKey(h.Entity.Base().sortName())}
		},
		items: func(yield func(*Hit) bool) {
			for e := range v.Entities(q.Kinds...) {
				if h := hit(e, wanted); h != nil && !yield(h) {
					return
				}
			}
		},
	}
	return l.page(q.Page)
}

// hit is the best match among the entity's names, or nil.
func hit(e AnyEntity, wanted string) *Hit {
	best := len(matches)
	name := ""
	for _, n := range e.Base().names() {
		if m := matchName(Folded(n.Value), wanted); m < best {
			best, name = m, n.Value
		}
	}
	if best == len(matches) {
		return nil
	}
	return &Hit{e, matches[best], name}
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
