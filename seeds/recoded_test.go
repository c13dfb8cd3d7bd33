package seeds

import (
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
)

// TestOpinionsFoldIntoNothing: what a writer thinks is no link, no figure and no date.
func TestOpinionsFoldIntoNothing(t *testing.T) {
	opinions := 0
	for _, c := range batch(t).Claims {
		if c.Hedge != graph.Assessment || !strings.HasPrefix(c.Label, "C") {
			continue
		}
		if opinions++; c.Predicate != graph.Statement {
			t.Errorf("the opinion %s is %s", c.Label, c.Predicate)
		}
	}
	if opinions != 15 {
		t.Errorf("the column has %d opinions, want 14 and C24d", opinions)
	}
}

// TestColumnSaysNoMore: what the column says is recorded as it says it.
func TestColumnSaysNoMore(t *testing.T) {
	said := map[string]graph.Claim{}
	for _, c := range batch(t).Claims {
		said[c.Label] = c
	}
	clash := map[string]graph.ID{"C56": "is-k", "C56d": "afghan-taliban"}
	for label, party := range clash {
		if c := said[label]; c.Predicate != graph.PartyTo || c.Subject != party || c.Hedge != graph.Believed {
			t.Errorf("%s: %s is %s, %s", label, c.Subject, c.Predicate, c.Hedge)
		}
	}
	for _, label := range []string{"C43", "C43b", "C44"} {
		if c := said[label]; c.ValidFrom.String() != "/2017" || c.ValidTo.String() != "2017/.." {
			t.Errorf("%s holds from %s to %s, and was seen in 2017", label, c.ValidFrom, c.ValidTo)
		}
	}
	for _, label := range []string{"C60", "C61b", "C62"} {
		if c := said[label]; c.ValidFrom.String() != "/2023-10" || c.ValidTo.String() != "2023-10/.." {
			t.Errorf("%s holds from %s to %s, and was seen in October 2023", label, c.ValidFrom, c.ValidTo)
		}
	}
	nexus, class := said["C61b"], said["C61c"]
	if nexus.Hedge != graph.Stated || nexus.Credibility != 4 || nexus.Subject != class.Subject ||
		class.Predicate != graph.MayInclude || class.Object != "ttp" {
		t.Errorf("the nexus is %s at %d of %s, which %s %s", nexus.Hedge, nexus.Credibility, nexus.Subject, class.Predicate, class.Object)
	}
	if text := said["C04"].Value.Text; strings.ContainsAny(text, "0123456789") {
		t.Errorf("C04 names a day: %s", text)
	}
	if text := said["C30"].Value.Text; text != "Suicide attack" {
		t.Errorf("C30 is a %q", text)
	}
}

// TestKinshipHasDirection: no degree of the seeds leaves open who is which.
func TestKinshipHasDirection(t *testing.T) {
	uncle := false
	for _, c := range batch(t).Claims {
		if c.Degree == graph.DegreeNephewUncle || c.Degree == graph.DegreeInLaw {
			t.Errorf("%s: %s does not say who is which", c.Label, c.Degree)
		}
		uncle = uncle || c.Degree == graph.DegreeUncleAunt && c.Subject == "khalid-shaikh-mohammed" && c.Object == "ramzi-yousef"
	}
	if !uncle {
		t.Error("nothing says that Khalid Sheikh Mohammed is an uncle of Ramzi Yousef")
	}
}
