package schema_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/rabta/rabta/schema"
)

// graded are the fields that say how well a value of the same type is said, and by whom.
var graded = []string{"hedge", "credibility", "speakers", "disputed", "contested", "claims"}

// parts are the types that are one value: what holds them is looked at.
var parts = []string{"PartialDate", "Value", "FigureRange"}

// sayers are the types of what says, and of nothing that is said.
var sayers = map[string]string{
	"Claim":   "it is what one source says, with its hedge, credibility, polarity, speaker and source",
	"Source":  "what a source is, is recorded of it, and no claim says it",
	"Speaker": "who says what stands beside it",
}

// isPaging reports whether a type is a part of a list: places in it and counts, which no claim
// says.
func isPaging(name string) bool {
	return name == "PageInfo" || strings.HasSuffix(name, "Connection") || strings.HasSuffix(name, "Edge")
}

// bare are the fields that hold values without a grade beside, and why; "Entity" is every kind of
// entity.
var bare = []struct{ why, fields string }{
	{"an entity's own record declares it", "Entity: id kind representation marking; Node: id"},
	{"for display: names has the grade of each", "Entity: name nameOutsideLens"},
	{"sameBy beside it has the claims that join them", "Entity: sameIds"},
	{"it is of the sheets that the reader sees, and no value", "Entity: retiredBelow"},
	{"the claim that says so is beside it", `Retired: reason; Interval: cutByLife from to; TextHit: assessment end excerpt part score start; SearchHit: name;
		MatchCandidate: name; PossibleDuplicate: nameA nameB`},
	{"the links that say so are beside it", `Containment: containedBy; DyadYear: disagreement modes year; SharedFeature: bearing direction kind together;
		Kinship: conflicting credibility degree derived term; Path: length prose undatedHops weakestCredibility;
		Overlap: from to; Hop: forward; LinkChange: what`},
	{"the claim that it is of is around it", "Amount: best high low unit"},
	{"how like what was asked for it is", `SearchHit: match score; MatchCandidate: score suggested; PossibleDuplicate: score suggested;
		NameReason: name text weight; NameVariant: changes name; PossibleDuplicates: examined found left; GazetteerHit: score`},
	{"a sum over incidents, which are beside it, each with its grade", `IncidentSum: byGazetteer count; TollSum: best circa high low possiblySame withoutFigure;
		TollSum: greatest least partial withinOthers; FigureMean: best high low of; HedgeCount: count hedge`},
	{"a sum over links, which are beside it, each with its grade", "AmountSum: best disputed high links low possiblySame unit"},
	{"how many items there are, or what puts them into a row: each is in its list with its grade", `Aggregation: more;
		AggregationRow: byGazetteer count ids possible; AggregationValue: certain from key part to value; DateAggregation: dated undated; DayRange: from to`},
	{"a stretch of time, and what was put nowhere", "TimelineRow: from label to; Timeline: outsideLife undatedIncidents undatedLinks; Dyad: outsideLife"},
	{"the gazetteer has it, and no claim", `GazetteerName: from note until value;
		GazetteerPlace: attribution contested contestedBy country id kind latitude longitude name`},
	{"a record of the store, of which no claim is made", `LoggedCommit: actor batch claims entities markingsChanged reason recordedAt redacted sequence sources;
		HistoryEvent: fields id markedFrom markedTo reason what; Twins: id kinds;
		Revision: claims entities links recordedAt sequence sources store storeAnswers storeReached storeTrouble`},
	{"what came of writing", `Commit: claims entities recordedAt replayed sequence sources; RecordPayload: more;
		Notice: code count field message remedy; UserError: code count field message remedy`},
	{"what was left out of an answer, or cut from it", "Exclusion: bearing claims links paths reason; Truncation: depth limit reason; PathResult: work"},
	{"what an answer is without claims that are beside it", `Hinge: complete exact prose ruledOut size tried; HingeClaim: contested sets unread;
		HingeOutcome: hedge length shown status; HingeYear: disagreement friendly hostile`},
	{"a difference of two graphs", `GraphDiff: addedLinkCount addedNodeCount changedCount removedLinkCount removedNodeCount work; RankMove: after before;
		SourceImpact: changedCount gainedCount lostCount weakenedCount work; SourceShare: change rank sourceId value`},
	{"computed over the links of a view", `Balance: degree exact frustration linkCount lowerBound nodeCount work; SignedTriad: ab ac bc; TriadCensus: mmm pmm ppm ppp;
		Block: size; Brokers: groupedBy groups linkCount nodeCount work; Broker: total; BrokerRoleCount: count deviation expected role z;
		Communities: count linkCount modularity nodeCount work; Community: number size; Cutpoint: fragmentation; CombinedLink: in;
		Distances: atMost diameter exact high joined low mean sources; KeyPlayers: before candidates exact goal linkCount nodeCount ties value work;
		Layer: kind nodes role ties; LayerPair: a aGivenB aRole b bGivenA bRole jaccard shared; LayeredEntity: degree overlapping participation;
		Layers: linkCount nodeCount overlap work; PredictedLink: score; SimilarEntity: score; Rank: nodeId rank value;
		RankInterval: high low median topTen; Ranking: error exact linkCount measure nodeCount revision work; SharedTie: significance weight;
		Structure: assortativity blockCount centralisation components coreFit coreSize density edges fragmentation inCentralisation isolates;
		Structure: largest linkCount maxCore nodeCount nodes reciprocity work; TieRank: rank value;
		TieRanking: error exact linkCount nodeCount work; TwoMode: count dropped linkCount nodeCount work`},
}

// TestValuesHaveTheirHedge: no field anywhere in an answer gives what claims say of a subject
// without how well it is said.
func TestValuesHaveTheirHedge(t *testing.T) {
	s := load(t)
	found := newWalk(s).bareFields()
	allowed := allowedFields()
	for _, f := range found {
		if !allowed[f] {
			t.Errorf("%s holds a value, and no hedge is beside it: make it an Attribute, or say in this test why not", f)
		}
		delete(allowed, f)
	}
	for f := range allowed {
		t.Errorf("%s is allowed without being bare", f)
	}
}

// TestBareFieldIsFound: the test above finds what is added to the schema without its hedge.
func TestBareFieldIsFound(t *testing.T) {
	was := allowedFields()
	for name, c := range map[string]struct{ of, old, new, found string }{
		"a text of a kind": {
			"type Group implements", "  strength: [Attribute!]!\n", "  strength: [Attribute!]!\n  banned: String\n", "Group.banned",
		},
		"a truth":           {"type Individual implements", "  posts: [Attribute!]!\n", "  posts: [Attribute!]!\n  dead: Boolean!\n", "Individual.dead"},
		"a date as it was":  {"type Group implements", "  founded: [Attribute!]!\n", "  founded: PartialDate\n", "Group.founded"},
		"an entity":         {"type Group implements", "  strength: [Attribute!]!\n", "  strength: [Attribute!]!\n  leader: Individual\n", "Group.leader"},
		"half a grade":      {"type Name {", "  disputed: Boolean!\n", "  objected: Boolean!\n", "Name.value"},
		"a text of a hit":   {"type SearchHit", "  score: Float!\n", "  score: Float!\n  country: String\n", "SearchHit.country"},
		"a number of a row": {"type Rank", "  rank: Int!\n", "  rank: Int!\n  born: Int\n", "Rank.born"},
		"a type of its own": {
			"type Group implements", "  strength: [Attribute!]!\n", "  strength: [Attribute!]!\n  seat: Seat\n", "Seat.town",
		},
	} {
		sdl := schema.SDL() + "\ntype Seat { town: String }\n"
		at := strings.Index(sdl, c.of)
		if !strings.Contains(sdl[at:], c.old) {
			t.Fatalf("%s: there is no %q", name, c.old)
		}
		s, err := gqlparser.LoadSchema(&ast.Source{Name: "schema", Input: sdl[:at] + strings.Replace(sdl[at:], c.old, c.new, 1)})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		found := slices.DeleteFunc(newWalk(s).bareFields(), func(f string) bool { return was[f] })
		if !slices.Contains(found, c.found) {
			t.Errorf("%s: %s is not found, but %s", name, c.found, cmp.Diff(nil, found))
		}
	}
}

// allowedFields are the fields of bare, each as its type and its name.
func allowedFields() map[string]bool {
	out := map[string]bool{}
	for _, b := range bare {
		for _, of := range strings.Split(b.fields, ";") {
			name, list, _ := strings.Cut(strings.TrimSpace(of), ": ")
			for _, f := range strings.Fields(list) {
				out[name+"."+f] = true
			}
		}
	}
	return out
}

// walk goes through the types that answers are made of.
type walk struct {
	s    *ast.Schema
	seen map[string]bool
}

func newWalk(s *ast.Schema) *walk {
	w := &walk{s, map[string]bool{}}
	for _, root := range []*ast.Definition{s.Query, s.Mutation, s.Subscription} {
		if root != nil {
			w.visit(root)
		}
	}
	return w
}

func (w *walk) visit(d *ast.Definition) {
	if w.seen[d.Name] || d.BuiltIn || !d.IsCompositeType() {
		return
	}
	w.seen[d.Name] = true
	for _, f := range fields(d) {
		w.visit(w.s.Types[f.Type.Name()])
	}
	for _, p := range w.s.GetPossibleTypes(d) {
		w.visit(p)
	}
}

// bareFields are the fields that hold a value without its grade. What every kind of entity has is
// named once.
func (w *walk) bareFields() []string {
	out := map[string]bool{}
	for name := range w.seen {
		d := w.s.Types[name]
		if slices.Contains(parts, name) || sayers[name] != "" || isPaging(name) || w.isGraded(d) || d == w.s.Query || d == w.s.Mutation {
			continue
		}
		for _, f := range fields(d) {
			if w.holdsValue(d, f) {
				out[w.owner(d, f)+"."+f.Name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(out))
}

// isGraded reports whether a type says how well its values are said.
func (w *walk) isGraded(d *ast.Definition) bool {
	for _, name := range graded {
		if d.Fields.ForName(name) == nil {
			return false
		}
	}
	return true
}

// holdsValue reports whether a field is a value: of no fields of its own, or one of parts; of an
// entity, another entity too.
func (w *walk) holdsValue(d *ast.Definition, f *ast.FieldDefinition) bool {
	of := w.s.Types[f.Type.Name()]
	return of.IsLeafType() || slices.Contains(parts, of.Name) || w.isEntity(d) && w.isEntity(of)
}

func (w *walk) isEntity(d *ast.Definition) bool {
	return d.Name == "Entity" || slices.Contains(d.Interfaces, "Entity")
}

// owner is the name of the type of a field, or of the interface that has it.
func (w *walk) owner(d *ast.Definition, f *ast.FieldDefinition) string {
	if w.isEntity(d) && w.s.Types["Entity"].Fields.ForName(f.Name) != nil {
		return "Entity"
	}
	return d.Name
}
