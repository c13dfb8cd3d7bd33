package schema_test

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"

	"github.com/rabta/rabta/aggregate"
	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/analysis"
	"github.com/rabta/rabta/gazetteer"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/hinge"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
	"github.com/rabta/rabta/schema"
	"github.com/rabta/rabta/work"
)

var update = flag.Bool("update", false, "write schema/snapshot.graphql; scripts/accept-schema checks it first")

func load(t *testing.T) *ast.Schema {
	t.Helper()
	s, err := gqlparser.LoadSchema(&ast.Source{Name: "schema", Input: schema.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ours yields the types that the schema defines, in the order of their names.
func ours(s *ast.Schema) []*ast.Definition {
	var out []*ast.Definition
	for _, d := range s.Types {
		if !d.BuiltIn {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b *ast.Definition) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// fields are a type's own fields, without those of introspection.
func fields(d *ast.Definition) []*ast.FieldDefinition {
	var out []*ast.FieldDefinition
	for _, f := range d.Fields {
		if !strings.HasPrefix(f.Name, "__") {
			out = append(out, f)
		}
	}
	return out
}

// TestEverythingIsDescribed: the descriptions are the reference of the API.
func TestEverythingIsDescribed(t *testing.T) {
	described := func(path, text string) {
		switch {
		case strings.TrimSpace(text) == "":
			t.Errorf("%s has no description", path)
		case !strings.HasSuffix(strings.TrimSpace(text), "."):
			t.Errorf("the description of %s does not end with a full stop: %q", path, text)
		}
	}
	for _, d := range ours(load(t)) {
		described(d.Name, d.Description)
		for _, f := range fields(d) {
			described(d.Name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				described(d.Name+"."+f.Name+"("+a.Name+")", a.Description)
			}
		}
		for _, v := range d.EnumValues {
			described(d.Name+"."+v.Name, v.Description)
		}
	}
}

// TestConnections: every list that is paged is paged in the same way, and under a
// lens.
func TestConnections(t *testing.T) {
	s := load(t)
	found := 0
	for _, d := range ours(s) {
		for _, f := range fields(d) {
			if !strings.HasSuffix(f.Type.Name(), "Connection") {
				continue
			}
			found++
			connection := s.Types[f.Type.Name()]
			if got := f.Type.String(); got != connection.Name+"!" {
				t.Errorf("%s.%s is of type %s: a list that is empty is a page without items, never null", d.Name, f.Name, got)
			}
			for name, want := range map[string]string{"first": "Int", "after": "String", "last": "Int", "before": "String", "lens": "LensInput"} {
				if a := f.Arguments.ForName(name); a == nil || a.Type.String() != want {
					t.Errorf("%s.%s takes no argument %s: %s", d.Name, f.Name, name, want)
				}
			}
		}
		if strings.HasSuffix(d.Name, "Connection") {
			pages(t, s, d)
		}
	}
	if found < 20 {
		t.Errorf("only %d fields return a connection; the test looks at the wrong schema", found)
	}
}

// pages checks the shape of a connection type.
func pages(t *testing.T, s *ast.Schema, d *ast.Definition) {
	t.Helper()
	edge := strings.TrimSuffix(d.Name, "Connection") + "Edge"
	want := map[string]string{"edges": "[" + edge + "!]!", "pageInfo": "PageInfo!", "totalCount": "Int!"}
	for name, kind := range want {
		if f := d.Fields.ForName(name); f == nil || f.Type.String() != kind {
			t.Errorf("%s has no field %s: %s", d.Name, name, kind)
		}
	}
	e := s.Types[edge]
	if e == nil {
		t.Fatalf("there is no type %s", edge)
	}
	node, cursor, nodes := e.Fields.ForName("node"), e.Fields.ForName("cursor"), d.Fields.ForName("nodes")
	if cursor == nil || cursor.Type.String() != "String!" || node == nil {
		t.Fatalf("%s has not the fields cursor: String! and node", edge)
	}
	if nodes == nil || nodes.Type.String() != "["+node.Type.String()+"]!" {
		t.Errorf("%s.nodes is not a list of %s", d.Name, node.Type)
	}
}

// lensless are root fields that read nothing of the graph.
var lensless = []string{"nameVariants", "gazetteer"}

// TestEveryRootFieldTakesALens: by itself, or as part of a view of the graph.
func TestEveryRootFieldTakesALens(t *testing.T) {
	s := load(t)
	lens := func(a *ast.ArgumentDefinition) bool {
		if a.Type.Name() == "LensInput" {
			return true
		}
		part := s.Types[a.Type.Name()].Fields.ForName("lens")
		return part != nil && part.Type.String() == "LensInput"
	}
	for _, f := range fields(s.Query) {
		if !slices.ContainsFunc(f.Arguments, lens) && !slices.Contains(lensless, f.Name) {
			t.Errorf("Query.%s takes no lens", f.Name)
		}
	}
}

// TestInterfaces: generators of Go clients cannot read an interface that
// implements another.
func TestInterfaces(t *testing.T) {
	s := load(t)
	for _, d := range ours(s) {
		if d.Kind == ast.Interface && len(d.Interfaces) > 0 {
			t.Errorf("interface %s implements %s", d.Name, strings.Join(d.Interfaces, ", "))
		}
	}
	for _, kind := range graph.EntityKinds {
		name := string(kind[:1]) + strings.ToLower(string(kind[1:]))
		d := s.Types[name]
		if d == nil || !slices.Contains(d.Interfaces, "Entity") || !slices.Contains(d.Interfaces, "Node") {
			t.Errorf("there is no type %s that is an Entity and a Node", name)
		}
	}
}

func TestDeprecationsHaveAReason(t *testing.T) {
	check := func(path string, list ast.DirectiveList) {
		if d := list.ForName("deprecated"); d != nil && d.Arguments.ForName("reason") == nil {
			t.Errorf("%s is @deprecated without a reason: say what to use instead", path)
		}
	}
	for _, d := range ours(load(t)) {
		for _, f := range fields(d) {
			check(d.Name+"."+f.Name, f.Directives)
			for _, a := range f.Arguments {
				check(d.Name+"."+f.Name+"("+a.Name+")", a.Directives)
			}
		}
		for _, v := range d.EnumValues {
			check(d.Name+"."+v.Name, v.Directives)
		}
	}
}

// words are the values of an enum, or of a list of the domain, in order.
func words[T ~string](list ...T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// enums are the schema's enums and the lists of the domain that they stand for.
var enums = map[string][]string{
	"AsOfMode":         words(graph.AsOfModes...),
	"AttributionBasis": words(graph.Bases...),
	"Bearing":          words(graph.Bearings...),
	"BearingChoice":    words(append([]graph.Bearing{graph.EveryBearing}, graph.Bearings...)...),
	"BrokerRole":       words(algo.BrokerRoles[:]...),
	"CasualtyEffect":   words(graph.CasualtyEffects...),
	"CasualtyRole":     words(graph.CasualtyRoles...),
	"Boundaries":       words(live.BoundariesThen, live.BoundariesNow),
	"ClaimedBy":        words(graph.ClaimedBys...),
	"ContainedBy":      words(live.ByClaims, live.ByGazetteer),
	"CombinedIn":       words(live.InFirst, live.InSecond, live.InBoth),
	"CommunityMethod":  words(analysis.ByLeiden, analysis.ByLabels, analysis.ByComponents, analysis.ByStrongComponents),
	"DatedBy": words(aggregate.DateHappened, aggregate.DateFounded, aggregate.DateDissolved, aggregate.DateBirth, aggregate.DateDeath,
		aggregate.DateFrom, aggregate.DateTo, aggregate.DatePublished),
	"GroupKey": words(aggregate.ByYear, aggregate.ByMonth, aggregate.ByPlace, aggregate.ByKind, aggregate.BySubtype, aggregate.ByActor,
		aggregate.ByAttackType, aggregate.ByTargetType, aggregate.ByBearing, aggregate.ByHedge, aggregate.BySource,
		aggregate.ByCredibility, aggregate.ByStatus, aggregate.ByRole, aggregate.ByPublished,
		aggregate.ByPublisher, aggregate.ByReliability, aggregate.ByOthers),
	"IncidentPart":     {"CLAIMED", "ATTRIBUTED", "ATTRIBUTED_AND_DENIED"},
	"PlaceLevel":       {"COUNTRY", "ADMIN1", "ADMIN2", "REGION", "TOWN", "SITE"},
	"RowOrder":         words(aggregate.InOrderOfKeys, aggregate.InOrderOfCount),
	"Direction":        words(live.Out, live.In, live.Both),
	"EntityKind":       words(graph.EntityKinds...),
	"ExclusionReason":  words(graph.ExclusionReasons...),
	"GeoPrecision":     words(graph.GeoPrecisions...),
	"Grouping":         words(analysis.ByMembership, analysis.ByCommunity, analysis.ByEntityKind),
	"Hedge":            words(graph.Hedges...),
	"HingeMember":      words(hinge.HingeClaims, hinge.HingeSources),
	"HistoryEventKind": words(live.HistoryEventKinds...),
	"KeyPlayerGoal":    words(algo.KeyPlayerGoals...),
	"KinDegree":        words(graph.AllDegrees...),
	"LinkGrade":        words(graph.LinkGrades...),
	"LinkHinge":        words(hinge.HingeShown, hinge.HingeStatus, hinge.HingeHedge),
	"LinkStatus":       words(graph.StatusAsserted, graph.StatusReported, graph.StatusDisputed, graph.StatusDenied, graph.StatusInferred),
	"Marking":          words(graph.Markings...),
	"Mode":             words(graph.Modes...),
	"NameForm":         words(graph.NameForms...),
	"OrderDirection":   words(page.Ascending, page.Descending),
	"PathHinge":        words(hinge.HingeStands, hinge.HingeJoined, hinge.HingeAsShort),
	"PathRank":         words(analysis.ByEvidence, analysis.ByLength, analysis.ByCredibility),
	"Period":           words(analysis.ByYear, analysis.ByQuarter, analysis.ByMonth),
	"Polarity":         words(graph.Polarities...),
	"Precision": words(graph.PrecisionDay, graph.PrecisionWeek, graph.PrecisionMonth, graph.PrecisionYear, graph.PrecisionDecade,
		graph.PrecisionRange, graph.PrecisionBefore, graph.PrecisionAfter, graph.PrecisionUnknown),
	"Predictor":      words(algo.Predictors...),
	"Projection":     words(algo.PlainProjection, algo.NewmanProjection, algo.HyperbolicProjection),
	"Reliability":    words(graph.Reliabilities...),
	"Representation": words(graph.Representations...),
	"GazetteerKind":  words(gazetteer.Kinds...),
	"SearchMode":     words(live.SearchAll, live.SearchComplete),
	"SearchMatch":    words(live.MatchExact, live.MatchPrefix, live.MatchWord, live.MatchContains, live.MatchAcronym, live.MatchAlike),
	"SetOperation":   words(live.SetOperations...),
	"Similarity":     words(algo.SimilarByJaccard, algo.SimilarByCosine),
	"SourceKind":     words(graph.SourceKinds...),
	"SpeakerRole":    words(graph.SpeakerRoles...),
	"TextPart":       words(live.TextParts...),
	"TieSign":        words(analysis.Friend, analysis.Foe),
	"YearHolding":    words(hinge.HeldCertainly, hinge.HeldPossibly, hinge.HeldNever),
	"Weight":         words(analysis.Unweighted, analysis.ByClaims, analysis.ByIndependentSources, analysis.ByGrade, analysis.ByStrength),
}

// TestEnums: an enum has the values of the domain's list, in its order. An enum
// that this file does not know is an error, too.
func TestEnums(t *testing.T) {
	s := load(t)
	for _, d := range ours(s) {
		if d.Kind != ast.Enum || strings.HasSuffix(d.Name, "OrderField") || slices.Contains([]string{"LinkKind", "Measure", "Predicate"}, d.Name) {
			continue // they have tests of their own
		}
		want, known := enums[d.Name]
		if !known {
			t.Errorf("enum %s stands for no list of the domain; add it to the table in this file", d.Name)
		}
		if diff := cmp.Diff(want, values(d)); known && diff != "" {
			t.Errorf("enum %s (-domain +schema):\n%s", d.Name, diff)
		}
	}
	for name := range enums {
		if d := s.Types[name]; d == nil || d.Kind != ast.Enum {
			t.Errorf("the schema has no enum %s", name)
		}
	}
}

func values(d *ast.Definition) []string {
	out := make([]string, len(d.EnumValues))
	for i, v := range d.EnumValues {
		out[i] = v.Name
	}
	return out
}

// TestVocabulary: LinkKind and Predicate are the vocabulary, in its order and with
// its sentences.
func TestVocabulary(t *testing.T) {
	s := load(t)
	var links, all [][2]string
	for _, p := range graph.Predicates() {
		pair := [2]string{string(p.Name), p.Doc}
		all = append(all, pair)
		if p.IsLink() {
			links = append(links, pair)
		}
	}
	for name, want := range map[string][][2]string{"LinkKind": links, "Predicate": all} {
		var got [][2]string
		for _, v := range s.Types[name].EnumValues {
			got = append(got, [2]string{v.Name, v.Description})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("enum %s (-vocabulary +schema):\n%s", name, diff)
		}
	}
}

// TestOrders: whatever the schema lets a list be ordered by, the live graph can
// order by.
func TestOrders(t *testing.T) {
	v, err := live.NewGraph(graph.Clear).Reader().View(nil)
	if err != nil {
		t.Fatal(err)
	}
	entities := func(field string) error {
		_, err := live.EntityPage[live.Entity](v, live.EntityQuery{OrderBy: []*live.EntityOrder{{Order: page.Order[live.EntityOrderField]{Field: live.EntityOrderField(field)}}}})
		return err
	}
	lists := map[string]func(field string) error{
		"Link": func(field string) error {
			_, err := v.LinkPage(live.LinkQuery{OrderBy: []*live.LinkOrder{{Order: page.Order[live.LinkOrderField]{Field: live.LinkOrderField(field)}}}})
			return err
		},
		"Claim": func(field string) error {
			_, err := v.ClaimPage(live.ClaimQuery{OrderBy: []*live.ClaimOrder{{Order: page.Order[live.ClaimOrderField]{Field: live.ClaimOrderField(field)}}}})
			return err
		},
		"Source": func(field string) error {
			_, err := v.SourcePage(live.SourceQuery{OrderBy: []*live.SourceOrder{{Order: page.Order[live.SourceOrderField]{Field: live.SourceOrderField(field)}}}})
			return err
		},
		"Entity": entities,
	}
	for name, order := range lists {
		if order("NO_SUCH_FIELD") == nil {
			t.Errorf("a page of %s takes an order that does not exist; the test cannot fail", name)
		}
	}
	checked := 0
	for _, d := range ours(load(t)) {
		name, ok := strings.CutSuffix(d.Name, "OrderField")
		if !ok {
			continue
		}
		order := lists[name]
		if order == nil {
			order = entities
		}
		for _, field := range values(d) {
			checked++
			if err := order(field); err != nil {
				t.Errorf("%s.%s: %v", d.Name, field, err)
			}
		}
	}
	if checked == 0 {
		t.Error("the schema has no order")
	}
}

// TestMeasures: whatever the schema can rank by can be computed.
func TestMeasures(t *testing.T) {
	everything := new(analysis.ViewInput)
	network, err := everything.Open(live.NewGraph(graph.Clear).Reader(), analysis.NewCache(0), nil)
	if err != nil {
		t.Fatal(err)
	}
	rank := func(by string) error {
		_, err := analysis.RankBy(network, analysis.Measure(by), analysis.RankingOptions{First: 1}, work.NewMeter(t.Context(), 0))
		return err
	}
	if rank("NO_SUCH_MEASURE") == nil {
		t.Error("a measure that does not exist is computed; the test cannot fail")
	}
	for _, by := range values(load(t).Types["Measure"]) {
		if err := rank(by); err != nil {
			t.Errorf("Measure.%s: %v", by, err)
		}
	}
}

// TestSnapshot: the accepted schema is the present one. It is compared in one
// order and one layout, so that moving text between files changes nothing.
func TestSnapshot(t *testing.T) {
	const file = "snapshot.graphql"
	var b bytes.Buffer
	formatter.NewFormatter(&b, formatter.WithoutDescription(), formatter.WithIndent("  ")).FormatSchema(load(t))
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	accepted, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(accepted), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("the schema differs from schema/%s; run scripts/accept-schema, look at the difference, and commit it (-accepted +now):\n%s", file, diff)
	}
}
