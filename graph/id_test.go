package graph

import (
	"slices"
	"strings"
	"testing"
)

// The ids of these claims are in databases: they must never change.
func TestClaimIDsAreGolden(t *testing.T) {
	member := Claim{Subject: "hafiz-gul-bahadur", Predicate: "MEMBER_OF", Object: "ttp", Role: "commander", Source: "s_report", Hedge: Reported, ValidFrom: mustDate("2006~"), ValidTo: mustDate("2014")}
	toll := Claim{
		Subject: "mastung-bombing", Predicate: Casualties, Source: "s_column", Origin: "s_dataset", Speaker: "police", Hedge: Official, Credibility: 2, Polarity: Affirmed,
		Marking: Green, Locator: "P3", Value: &Value{Low: ptr(52.0), High: ptr(59.0), Role: "CIVILIAN", Effect: "KILLED", Circa: true},
	}
	denial := Claim{Subject: "a", Predicate: AlliedWith, Object: "b", Source: "s_ü", Hedge: Alleged, Polarity: Denied, Grade: "ALLY", Modes: []Mode{"TRAINING", "FINANCIAL", "TRAINING"}, Nature: "<of old> & \"new\""}
	for id, c := range map[ID]Claim{
		"c_dgoj3yle4lbxov4j563mukysnm": member,
		"c_hmzjfrh2uej2gwvpsrdxgzmb2e": toll,
		"c_fbvkfbycz3ao7vx3np74hiro34": denial,
	} {
		if got := c.Normalised().ID; got != id {
			t.Errorf("the id of %s is %s, want %s", Encode(&c), got, id)
		}
	}
	if got, want := (LinkKey{Kind: "MEMBER_OF", Source: "a", Target: "b", Discriminator: "commander"}).ID(), ID("l_xdmmxhscuebignpqkvsszsumge"); got != want {
		t.Errorf("the id of the link is %s, want %s", got, want)
	}
}

// TestClaimIDIsItsContent changes every field in turn.
func TestClaimIDIsItsContent(t *testing.T) {
	c := full[Claim]()
	c.Hedge, c.Polarity, c.Marking = Stated, Denied, Amber
	id := c.Normalised().ID
	without := []string{"ID", "Label", "Excerpt", "Text", "Sequence", "RecordedAt"}
	changed := 0
	for _, v := range varied(c) {
		if v.field == "Type" {
			continue
		}
		changed++
		if differs := v.value.Normalised().ID != id; differs == slices.Contains(without, v.field) {
			t.Errorf("a change of %s changes the id: %t", v.field, differs)
		}
	}
	if changed < 40 {
		t.Errorf("only %d fields were changed", changed)
	}
}

func TestNormalisedClaim(t *testing.T) {
	bare := Claim{Subject: "a", Predicate: AlliedWith, Object: "b", Source: "s_x", Hedge: Suspected}
	said := bare
	said.Credibility, said.Polarity, said.Marking, said.Modes = 4, Affirmed, Clear, []Mode{}
	if bare.Normalised().ID != said.Normalised().ID {
		t.Error("what is left out and what is said by default give two ids")
	}
	modes := bare
	modes.Modes = []Mode{"TRAINING", "FINANCIAL", "TRAINING"}
	n := modes.Normalised()
	same(t, "the modes", []Mode{"FINANCIAL", "TRAINING"}, n.Modes)
	same(t, "the modes that were passed", []Mode{"TRAINING", "FINANCIAL", "TRAINING"}, modes.Modes)
	if again := n.Normalised(); again.ID != n.ID || !n.ID.validClaim() {
		t.Errorf("the ids are %s and, normalised again, %s", n.ID, again.ID)
	}
	for _, h := range Hedges {
		bare.Hedge = h
		if got := bare.Normalised().Credibility; got != h.DefaultCredibility() || got < 1 || got > CannotBeJudged {
			t.Errorf("%s has the credibility %d", h, got)
		}
	}
}

func TestIDShapes(t *testing.T) {
	long := strings.Repeat("a", MaxID)
	for id, want := range map[ID]string{
		"ttp": "entity", "a": "entity", "7": "entity", "a-b-7": "entity", ID(long): "entity", ID(long + "a"): "none",
		"s_a": "source", "s_a-b": "source", "s_": "none", "s_a_b": "none", "s_-a": "none", "S_a": "none",
		"c_aaaaaaaaaaaaaaaaaaaaaaaa27": "claim", "c_aaaaaaaaaaaaaaaaaaaaaaaa21": "none", "c_aaaaaaaaaaaaaaaaaaaaaaaa2": "none", "c_": "none", "c_aaaaaaaaaaaaaaaaaaaaaaaA27": "none",
		"": "none", "-a": "none", "a-": "none", "a--b": "none", "A": "none", "a b": "none", "a_b": "none", "ü": "none", "a\x00": "none", "l_aaaaaaaaaaaaaaaaaaaaaaaa27": "none",
	} {
		var is []string
		if id.validEntity() {
			is = append(is, "entity")
		}
		if id.validSource() {
			is = append(is, "source")
		}
		if id.validClaim() {
			is = append(is, "claim")
		}
		if is == nil {
			is = []string{"none"}
		}
		same(t, string(id), []string{want}, is)
	}
	if !ID("s_x").IsSource() || !ID("c_x").IsClaim() || !ID("l_x").IsLink() || ID("sx").IsSource() || ID("s_x").IsClaim() || ID("c_x").IsLink() {
		t.Error("the prefixes are mixed up")
	}
}

func TestLinkKey(t *testing.T) {
	k := LinkKey{Kind: AlliedWith, Source: "b", Target: "a"}
	if k.Ordered() != (LinkKey{Kind: AlliedWith, Source: "a", Target: "b"}) || k.Ordered().Ordered() != k.Ordered() {
		t.Errorf("the ends of a symmetric link are not in order: %+v", k.Ordered())
	}
	k.Kind = "LEADS"
	if k.Ordered() != k {
		t.Errorf("a directed link was turned: %+v", k.Ordered())
	}
	base := LinkKey{Kind: "LEADS", Source: "a", Target: "b", Discriminator: "c"}
	for _, v := range varied(base) {
		if v.value.ID() == base.ID() {
			t.Errorf("a change of %s does not change the id", v.field)
		}
	}
	if (LinkKey{Kind: "LEADS", Source: "a", Target: "bc"}).ID() == (LinkKey{Kind: "LEADS", Source: "ab", Target: "c"}).ID() {
		t.Error("two keys whose parts join to one text have one id")
	}
}

func TestClaimKey(t *testing.T) {
	for _, c := range []struct {
		claim Claim
		want  LinkKey
	}{
		{Claim{Predicate: "MEMBER_OF", Subject: "b", Object: "a", Role: "cook", Stage: "x", Attributor: "y"}, LinkKey{"MEMBER_OF", "b", "a", "cook"}},
		{Claim{Predicate: "PARTICIPATED_IN", Subject: "b", Object: "a", Role: "victim"}, LinkKey{"PARTICIPATED_IN", "b", "a", "victim"}},
		{Claim{Predicate: "CHARGED_IN", Subject: "b", Object: "a", Role: "cook", Stage: "trial"}, LinkKey{"CHARGED_IN", "b", "a", "trial"}},
		{Claim{Predicate: AttributedTo, Subject: "b", Object: "a", Attributor: "police"}, LinkKey{AttributedTo, "b", "a", "police"}},
		{Claim{Predicate: "LEADS", Subject: "b", Object: "a", Role: "emir"}, LinkKey{"LEADS", "b", "a", ""}},
		{Claim{Predicate: KinOf, Subject: "b", Object: "a"}, LinkKey{KinOf, "a", "b", ""}},
		{Claim{Predicate: "STATUS", Subject: "b", Value: &Value{Text: "x"}}, LinkKey{"STATUS", "b", "", ""}},
	} {
		same(t, string(c.claim.Predicate), c.want, c.claim.Key())
	}
}
