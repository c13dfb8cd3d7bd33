package rabta_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	gqlast "github.com/vektah/gqlparser/v2/ast"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/schema"
)

// otherWords are words of the vocabulary that packages write for something else, and
// for what.
var otherWords = map[string]map[string]string{
	"analysis": {
		"COMMUNITY":           "a grouping of brokers",
		"CREDIBILITY":         "a rank of paths, and a difference of links",
		"HEDGE":               "a difference of links",
		"INDEPENDENT_SOURCES": "a weight of links",
		"MONTH":               "a period of a timeline",
		"STATUS":              "a difference of links",
		"STRENGTH":            "a weight of links",
		"YEAR":                "a period of a timeline",
	},
	"gazetteer": {
		"COUNTRY": "a kind of place in the gazetteer",
		"TOWN":    "a kind of place in the gazetteer",
	},
	"hinge": {
		"CERTAIN":  "whether links of a sort held in a year",
		"HEDGE":    "what of a link may change",
		"POSSIBLE": "whether links of a sort held in a year",
		"STATUS":   "what of a link may change",
	},
	"live": {
		"ALL":                 "a mode of search",
		"ACRONYM":             "a way in which a name is found",
		"RETRACTED":           "what happened to a claim",
		"CREDIBILITY":         "an order of links and claims",
		"DATE":                "an order of entities",
		"EXACT":               "a way in which a name is found",
		"FOUNDED":             "an order of entities",
		"HEDGE":               "an order of claims",
		"INDEPENDENT_SOURCES": "an order of links",
		"NAME":                "an order of entities",
		"NOT_YET_RECORDED":    "a code of errors",
		"RELIABILITY":         "an order of sources",
	},
	"aggregate": {
		"ATTACK_TYPE": "what items are grouped by",
		"BEARING":     "what items are grouped by",
		"CREDIBILITY": "what items are grouped by",
		"HEDGE":       "what items are grouped by",
		"MONTH":       "what items are grouped by",
		"PLACE":       "what items are grouped by",
		"PUBLISHER":   "what items are grouped by",
		"RELIABILITY": "what items are grouped by",
		"SOURCE":      "what items are grouped by",
		"STATUS":      "what items are grouped by",
		"SUBTYPE":     "what items are grouped by",
		"TARGET_TYPE": "what items are grouped by",
		"YEAR":        "what items are grouped by",
		"CLAIMED":     "what an actor has to do with an incident",
		"DATE":        "a date of items",
		"FOUNDED":     "a date of items",
		"BIRTH":       "a date of items",
		"DEATH":       "a date of items",
	},
	"resolvers":   {"DENIED": "a code of errors"},
	"store/neo4j": {"RANGE": "a sort of index"},
}

// TestWordsAreWrittenOnce: a word of the vocabulary stands in graph, and all other
// code names its constant: a misspelt one does not compile, and who uses it can be
// found.
func TestWordsAreWrittenOnce(t *testing.T) {
	fset, files := sources(t)
	words := vocabularyWords(files)
	for _, w := range someWords() {
		if !words[w] {
			t.Errorf("%s is a word of the vocabulary, and the test does not find it", w)
		}
	}
	used := map[string]map[string]bool{}
	for _, s := range files {
		if s.test || within(s.folder, []string{"graph"}) || within(s.folder, checkers) || s.folder == "store/storetest" {
			continue
		}
		for lit, word := range literals(s.file) {
			if !words[word] {
				continue
			}
			if otherWords[s.folder][word] == "" {
				t.Errorf("%s: %q is a word of the vocabulary; name its constant in graph", fset.Position(lit.Pos()), word)
				continue
			}
			if used[s.folder] == nil {
				used[s.folder] = map[string]bool{}
			}
			used[s.folder][word] = true
		}
	}
	for folder, list := range otherWords {
		for word := range list {
			if !used[folder][word] {
				t.Errorf("%s does not write %q any more: take it off the list", folder, word)
			}
		}
	}
}

// someWords are words of each sort, from the tables of graph.
func someWords() (out []string) {
	for _, p := range graph.Predicates() {
		out = append(out, string(p.Name))
		if p.IsLink() {
			out = append(out, string(p.Bearing))
		}
	}
	for _, k := range graph.EntityKinds {
		out = append(out, string(k))
		out = append(out, graph.Subtypes(k)...)
	}
	out = append(out, string(graph.StatusAsserted))
	return slices.Concat(
		out, plain(graph.Representations), plain(graph.Hedges), plain(graph.Polarities), plain(graph.Markings),
		plain(graph.Bases), plain(graph.Modes), plain(graph.AllDegrees), plain(graph.LinkGrades), plain(graph.CasualtyRoles),
		plain(graph.CasualtyEffects), plain(graph.GeoPrecisions), plain(graph.NameForms), plain(graph.SourceKinds), plain(graph.AsOfModes),
		plain(graph.ExclusionReasons),
	)
}

func plain[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}

// word is how the words of closed lists are spelt; the letters of reliability are too
// short to be told from other letters.
var word = regexp.MustCompile(`^[A-Z][A-Z0-9]+(_[A-Z0-9]+)*$`)

// vocabularyWords are the words in the constants and tables of graph.
func vocabularyWords(files []source) map[string]bool {
	out := map[string]bool{}
	for _, s := range files {
		if s.test || s.folder != "graph" {
			continue
		}
		for _, d := range s.file.Decls {
			if g, ok := d.(*ast.GenDecl); ok && (g.Tok == token.CONST || g.Tok == token.VAR) {
				for _, text := range literals(g) {
					if word.MatchString(text) {
						out[text] = true
					}
				}
			}
		}
	}
	return out
}

// literals yields the strings below a node.
func literals(n ast.Node) func(yield func(*ast.BasicLit, string) bool) {
	return func(yield func(*ast.BasicLit, string) bool) {
		more := true
		ast.Inspect(n, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && more && lit.Kind == token.STRING {
				text, err := strconv.Unquote(lit.Value)
				more = err != nil || yield(lit, text)
			}
			return more
		})
	}
}

// TestFieldsOfAttributes: what the vocabulary says of the fields of attributes is so
// in the schema, and in the columns of exported files.
func TestFieldsOfAttributes(t *testing.T) {
	types, err := gqlparser.LoadSchema(&gqlast.Source{Name: "schema", Input: schema.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string]bool{}
	for _, c := range formats.EntityTable {
		columns[strings.ReplaceAll(c.Name, "_", "")] = true
	}
	for _, p := range graph.Predicates() {
		if p.Field == "" {
			continue
		}
		found := false
		for _, kind := range p.From {
			name := string(kind)
			f := types.Types[name[:1]+strings.ToLower(name[1:])].Fields.ForName(p.Field)
			if f == nil {
				continue
			}
			found = true
			if f.Type.Elem == nil && f.Type.Name() != "ClaimOfResponsibility" {
				t.Errorf("%s.%s is no list of what claims give as %s", kind, p.Field, p.Name)
			}
		}
		if !found {
			t.Errorf("no entity that may have a %s has the field %s", p.Name, p.Field)
		}
		if (p.Shape == graph.ShapeText || p.Shape == graph.ShapeDate) && !columns[strings.ToLower(p.Field)] {
			t.Errorf("exported files have no column for %s", p.Field)
		}
	}
}
