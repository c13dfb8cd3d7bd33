package live_test

import (
	"testing"

	"github.com/rabta/rabta/graph"
)

// TestDuring folds a link over a part of its time.
func TestDuring(t *testing.T) {
	f := base()
	f.add(
		link("g", graph.AlliedWith, "h", during("2001", "2002"), hedged(graph.Alleged)),
		link("g", graph.AlliedWith, "h", during("2004", "2005"), from("b")),
		link("g", graph.AlliedWith, "h", during("2005", "2006"), polar(graph.Denied), from("b")),
	)
	l, _ := f.view(t, graph.Red, nil).Link(graph.LinkKey{Kind: graph.AlliedWith, Source: "g", Target: "h"}.ID())
	for when, want := range map[string]graph.LinkStatus{
		"2000": "", "2001": graph.StatusReported, "2002-12-31": graph.StatusReported, "2003": "",
		"2004": graph.StatusAsserted, "2005": graph.StatusDisputed, "2006": "", "2001/2004": graph.StatusAsserted,
		"../..": graph.StatusAsserted,
	} {
		d := date(when)
		got := graph.LinkStatus("")
		if part := l.During(graph.Span{Earliest: d.Earliest, Latest: d.Latest}); part != nil {
			got = part.Status()
			same(t, "contested during "+when, when == "../..", part.Contested())
		}
		if got != want {
			t.Errorf("during %s it is %q, want %q", when, got, want)
		}
	}
	if l.Status() != graph.StatusAsserted || l.Hedge() != graph.Stated || !l.Contested() {
		t.Errorf("the link itself is %s now", l.Status())
	}
	f.add(link("g", "SUPPORTS", "h", during("2001", "2002"), polar(graph.Denied)))
	denied, _ := f.view(t, graph.Red,
		&graph.Lens{IncludeDenied: ptr(true)}).Link(graph.LinkKey{Kind: "SUPPORTS", Source: "g", Target: "h"}.ID())
	d := date("2001")
	if part := denied.During(graph.Span{Earliest: d.Earliest, Latest: d.Latest}); part == nil ||
		part.Status() != graph.StatusDenied {
		t.Error("what is denied is not shown to those who ask for it")
	}
}
