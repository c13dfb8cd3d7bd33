package neo4j

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/seeds"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/store/storetest"
)

// What entities are called and described as in the native graph is what the server answers
// under the default lens, to readers of every clearance.
func TestNativeNamesAreTheDefaultView(t *testing.T) {
	taken, ofLines := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		log, h := memory.New(), &storetest.NameHistory{}
		if _, err := log.Apply(rt.Context(), people()); err != nil {
			rt.Fatal(err)
		}
		var told []string
		for range rapid.IntRange(3, 10).Draw(rt, "batches") {
			b := h.Batch(rt)
			c, err := log.Apply(rt.Context(), b)
			if err == nil && !c.Replayed {
				h.Took(b)
				taken++
				told = append(told, fmt.Sprintf("%s reassert=%t %s", b.Clearance, b.Reassert, lines(b)))
			}
		}
		clearance := rapid.SampledFrom([]graph.Marking{graph.Clear, graph.Green, graph.Red}).Draw(rt, "clearance")
		st, g := newState(clearance), live.NewGraph(clearance)
		if err := both(rt.Context(), log, clearance, st, g); err != nil {
			rt.Fatalf("for %s after %q: %v", clearance, told, err)
		}
		ofLines += len(st.lines)
		if d := cmp.Diff(namesInView(rt, g), nativeNames(st)); d != "" {
			rt.Fatalf("for %s after %q (-view +native):\n%s", clearance, told, d)
		}
	})
	if taken == 0 || ofLines == 0 {
		t.Errorf("%d batches were taken, of lines %d claims are retracted: the test says nothing", taken, ofLines)
	}
}

// both reads a log, as what it adds up to and as a reader of a clearance finds it.
func both(ctx context.Context, log graph.Store, clearance graph.Marking, st *state, g *live.Graph) error {
	sight := graph.NewSight(clearance)
	for c, err := range log.Changes(ctx, 0) {
		if err != nil {
			return err
		}
		st.apply(&c)
		if seen, ok := sight.See(c); ok {
			if err := g.Add(seen); err != nil {
				return err
			}
		}
	}
	st.settle()
	return nil
}

// What comes with rabta is called in the native graph as on the server.
func TestNativeNamesOfSeeds(t *testing.T) {
	b, err := seeds.Batch()
	if err != nil {
		t.Fatal(err)
	}
	b.Claims = slices.DeleteFunc(b.Claims, func(c graph.Claim) bool { return c.Predicate == graph.SameAs }) // nodes are not merged
	log, st, g := memory.New(), newState(graph.Clear), live.NewGraph(graph.Clear)
	if _, err := log.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	if err := both(t.Context(), log, graph.Clear, st, g); err != nil {
		t.Fatal(err)
	}
	native := nativeNames(st)
	if d := cmp.Diff(namesInView(t, g), native); d != "" || len(native) < 300 {
		t.Errorf("%d entities (-view +native):\n%s", len(native), d)
	}
}

// A retraction that became stricter takes back what is as strict now, in the native graph as
// on the server.
func TestMarkedRetraction(t *testing.T) {
	log, st, g := memory.New(), newState(graph.Red), live.NewGraph(graph.Red)
	claim := ally("g0", "g1", "s_a")
	back := graph.Batch{Clearance: graph.Clear, Claims: []graph.Claim{retracts(claim)}}
	for _, b := range []graph.Batch{people(), {Claims: []graph.Claim{claim}}, back, marks(claim.Normalised().ID, graph.Red)} {
		if _, err := log.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if err := both(t.Context(), log, graph.Red, st, g); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(viewLines(t, g), nativeLines(st)); d != "" || len(nativeLines(st)) > 0 {
		t.Errorf("what is retracted is shown (-view +native):\n%s", d)
	}
}

func lines(b graph.Batch) (out []string) {
	for i := range b.Sources {
		out = append(out, string(graph.Encode(&b.Sources[i])))
	}
	for i := range b.Entities {
		out = append(out, string(graph.Encode(&b.Entities[i])))
	}
	for _, c := range b.Claims {
		c = c.Normalised()
		out = append(out, string(graph.Encode(&c)))
	}
	return out
}

// shownNames is what an entity is called and described as.
type shownNames struct {
	Name, Description, Subtype string
	Names, External            []string // with grades
}

func namesInView(t rapid.TB, g *live.Graph) map[graph.ID]shownNames {
	v, err := g.Reader().View(nil)
	if err != nil {
		t.Fatal(err)
	}
	out := map[graph.ID]shownNames{}
	for e := range v.Entities() {
		b := e.Base()
		s := shownNames{Name: b.Name()}
		for _, a := range slices.Backward(b.Description()) {
			s.Description = graded(*a.Value().Text(), a.Hedge(), a.Credibility())
		}
		for _, a := range slices.Backward(b.Subtype()) {
			s.Subtype = graded(*a.Value().Text(), a.Hedge(), a.Credibility())
		}
		for _, a := range b.External() {
			s.External = append(s.External, graded(*a.Value().Text(), a.Hedge(), a.Credibility()))
		}
		for _, n := range b.Names() {
			s.Names = append(s.Names, graded(n.Value, n.Hedge(), n.Credibility()))
		}
		out[b.ID()] = s.sorted()
	}
	return out
}

func nativeNames(st *state) map[graph.ID]shownNames {
	out := map[graph.ID]shownNames{}
	for id := range st.entities {
		if _, gone := st.goneNode(id); gone {
			continue
		}
		p := st.namingProperties(id)
		name, ok := p["name"].(string)
		if !ok {
			continue
		}
		s := shownNames{Name: name}
		s.Description, s.Subtype = besideGrade(p, "description"), besideGrade(p, "subtype")
		s.Names, s.External = besideGrades(p, "names", "nameGrades"), besideGrades(p, "external", "externalGrades")
		out[id] = s.sorted()
	}
	return out
}

// sorted is it with its lists in order, each text once.
func (s shownNames) sorted() shownNames {
	s.Names, s.External = slices.Compact(slices.Sorted(slices.Values(s.Names))), slices.Compact(slices.Sorted(slices.Values(s.External)))
	return s
}

// graded is a text with its grade, as the server has it.
func graded(text string, h graph.Hedge, credibility int) string {
	return fmt.Sprintf("%s %s:%d", text, h, credibility)
}

func besideGrade(p params, property string) string {
	text, _ := p[property].(string)
	grade, _ := p[property+"Grade"].(string)
	return strings.TrimSpace(text + " " + grade)
}

func besideGrades(p params, property, grades string) (out []string) {
	texts, _ := p[property].([]string)
	how, _ := p[grades].([]string)
	for i, text := range texts {
		out = append(out, text+" "+how[i])
	}
	return out
}
