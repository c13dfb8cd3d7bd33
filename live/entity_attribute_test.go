package live_test

import (
	"testing"

	"github.com/rabta/rabta/graph"
)

// TestValueThatNothingAffirms is graded by the best claim, whichever came first.
func TestValueThatNothingAffirms(t *testing.T) {
	f := base()
	said := func(h graph.Hedge, source string) graph.Claim {
		return attribute("bombing", graph.Responsibility, graph.Value{Text: "nobody"}, polar(graph.NoEvidence),
			hedged(h), from(source))
	}
	f.add(said(graph.Alleged, "a"), said(graph.Confirmed, "b"), said(graph.Reported, "a"))
	e, _ := f.view(t, graph.Red, nil).Entity("bombing")
	a := entityOf(t, e).Attributes
	if len(a) != 1 || a[0].Polarity != graph.NoEvidence || a[0].Credibility != 1 || a[0].Hedge != graph.Confirmed ||
		a[0].Independent != 0 || len(a[0].Claims) != 3 {
		t.Errorf("the value is %+v", a)
	}
}

// TestRivalValues: values that claims affirm rival each other; others do not.
func TestRivalValues(t *testing.T) {
	f := base()
	f.add(status("g", "one"), status("g", "three", polar(graph.NoEvidence)), status("g", "four", polar(graph.Denied)))
	rivals := func() (out []string) {
		e, _ := f.view(t, graph.Red, &graph.Lens{IncludeDenied: ptr(true)}).Entity("g")
		for _, a := range must(e.Base().Attributes(nil, nil)) {
			if a.Rivalled() {
				out = append(out, deref(a.Value().Text()))
			}
		}
		return out
	}
	same(t, "rivals of one value", nil, rivals())
	f.add(status("g", "two", from("b"), hedged(graph.Alleged)))
	same(t, "rivals of two", []string{"one", "two"}, rivals())
}
