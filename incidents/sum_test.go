package incidents_test

import (
	"fmt"
	"log/slog"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/incidents"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/store/memory"
)

// viewOf is the view of two groups and six incidents, and of claims about them.
func viewOf(t *testing.T, claims ...graph.Claim) *live.View {
	t.Helper()
	b := graph.Batch{Actor: "test", Reason: "test", Sources: []graph.Source{{ID: "s_a", Kind: "REPORT", Reliability: "B", Title: "A report"}}, Claims: claims}
	for _, id := range []graph.ID{"g", "h", "x0", "x1", "x2", "x3", "x4", "x5"} {
		kind := graph.Incident
		if id[0] != 'x' {
			kind = graph.Group
		}
		b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: kind, Names: []graph.Name{{Value: string(id)}}})
	}
	for i := range b.Claims {
		b.Claims[i].Source, b.Claims[i].Hedge = "s_a", graph.Stated
	}
	f := live.NewFollower(memory.New(), graph.Clear, slog.New(slog.DiscardHandler))
	if _, err := f.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	v, err := f.Graph().Reader().View(nil)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func link(subject graph.ID, p graph.Predicate, object graph.ID) graph.Claim {
	return graph.Claim{Subject: subject, Predicate: p, Object: object}
}

func killed(incident graph.ID, best float64) graph.Claim {
	return graph.Claim{Subject: incident, Predicate: graph.Casualties, Value: &graph.Value{Role: graph.RoleAll, Effect: graph.EffectKilled, Best: &best}}
}

// text is a sum in words.
func text(s *incidents.IncidentSum) string {
	var ids []graph.ID
	for _, i := range s.Incidents {
		ids = append(ids, i.ID())
	}
	n := func(n *int) string {
		if n == nil {
			return "null"
		}
		return fmt.Sprint(*n)
	}
	t := s.Toll(graph.EffectKilled)
	return fmt.Sprintf("%v %s %s %s, %d without, %d perhaps the same", ids, n(t.Low), n(t.Best), n(t.High), t.WithoutFigure, t.PossiblySame)
}

// TestOfActor: each incident is in one sum, and none in the name of who only denied or
// condemned it.
func TestOfActor(t *testing.T) {
	v := viewOf(t,
		link("g", graph.Claimed, "x0"), link("x0", graph.AttributedTo, "g"), killed("x0", 5),
		link("x1", graph.AttributedTo, "g"), link("g", graph.Condemned, "x1"), killed("x1", 7),
		link("x2", graph.AttributedTo, "g"), link("g", graph.DeniedResponsibility, "x2"),
		link("g", graph.DeniedResponsibility, "x3"), link("g", graph.Condemned, "x3"), killed("x3", 90),
		link("x4", "TARGETED", "g"), killed("x4", 80),
		link("h", graph.Claimed, "x5"), killed("x5", 70),
	)
	e, _ := v.Entity("g")
	s := incidents.OfActor(e.Base())
	want := []string{
		"[x0] 5 5 5, 0 without, 0 perhaps the same", "[x1] 7 7 7, 0 without, 0 perhaps the same",
		"[x2] null null null, 1 without, 0 perhaps the same",
	}
	if d := cmp.Diff(want, []string{text(s.Claimed), text(s.Attributed), text(s.AttributedAndDenied)}); d != "" {
		t.Error(d)
	}
}

// TestPossiblySame: what may be the same is in the least figure once, by way of others too, and not
// across a judgement that two are different.
func TestPossiblySame(t *testing.T) {
	claims := []graph.Claim{
		killed("x0", 5), killed("x1", 12), killed("x2", 20), killed("x3", 3),
		link("g", graph.Claimed, "x0"), link("g", graph.Claimed, "x1"), link("g", graph.Claimed, "x2"), link("g", graph.Claimed, "x4"),
	}
	for name, c := range map[string]struct {
		more []graph.Claim
		want string
	}{
		"all apart": {nil, "[x0 x1 x2 x4] 37 37 37, 1 without, 0 perhaps the same"},
		"two":       {[]graph.Claim{link("x1", graph.PossiblySameAs, "x0")}, "[x0 x1 x2 x4] 25 37 37, 1 without, 2 perhaps the same"},
		"two, by way of one that is not there": {
			[]graph.Claim{link("x1", graph.PossiblySameAs, "x3"), link("x3", graph.PossiblySameAs, "x0")},
			"[x0 x1 x2 x4] 25 37 37, 1 without, 2 perhaps the same",
		},
		"two that are judged different": {
			[]graph.Claim{link("x1", graph.PossiblySameAs, "x0"), link("x0", graph.NotSameAs, "x1")},
			"[x0 x1 x2 x4] 37 37 37, 1 without, 0 perhaps the same",
		},
		"one of them without a figure": {
			[]graph.Claim{link("x4", graph.PossiblySameAs, "x0")}, "[x0 x1 x2 x4] 37 37 37, 1 without, 2 perhaps the same",
		},
		"the same": {[]graph.Claim{link("x1", graph.SameAs, "x0")}, "[x0 x2 x4] 25 25 32, 1 without, 0 perhaps the same"},
	} {
		e, _ := viewOf(t, append(claims[:len(claims):len(claims)], c.more...)...).Entity("g")
		if got := text(incidents.OfActor(e.Base()).Claimed); name != "the same" && got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		} else if name == "the same" && incidents.OfActor(e.Base()).Claimed.Count() != 3 {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestPartOf: what is part of another with a figure is not added to it. Those of which claims say
// both are added, and count once at the least, with the least of their figures; what is disputed
// is added, and not at the least.
func TestPartOf(t *testing.T) {
	claims := []graph.Claim{
		killed("x0", 5), killed("x1", 12), link("g", graph.Claimed, "x0"), link("g", graph.Claimed, "x1"), link("x0", graph.PartOf, "x1"),
	}
	denied := link("x0", graph.PartOf, "x1")
	denied.Polarity = graph.Denied
	for name, c := range map[string]struct {
		more []graph.Claim
		want string
	}{
		"one of another":  {nil, "[x0 x1] 12 12 12, 0 without, 0 perhaps the same"},
		"each of another": {[]graph.Claim{link("x1", graph.PartOf, "x0")}, "[x0 x1] 5 17 17, 0 without, 0 perhaps the same"},
		"as is disputed":  {[]graph.Claim{denied}, "[x0 x1] 12 17 17, 0 without, 0 perhaps the same"},
	} {
		e, _ := viewOf(t, append(claims[:len(claims):len(claims)], c.more...)...).Entity("g")
		if got := text(incidents.OfActor(e.Base()).Claimed); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
