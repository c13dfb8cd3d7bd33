package graph

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	name      = regexp.MustCompile(`^[A-Z]+(_[A-Z]+)*$`)
	fieldName = regexp.MustCompile(`^[a-z]+([A-Z][a-z]+)*$`)
)

// TestVocabularyIsWhole: every row says all that is asked of its shape, and nothing
// that is not. Nothing has a default that a new row could get unseen.
func TestVocabularyIsWhole(t *testing.T) {
	seen := map[Predicate]bool{}
	for _, spec := range Predicates() {
		if !name.MatchString(string(spec.Name)) || seen[spec.Name] {
			t.Errorf("%s is no name of a predicate, or there are two", spec.Name)
		}
		seen[spec.Name] = true
		if !strings.HasSuffix(spec.Doc, ".") {
			t.Errorf("%s needs a sentence for people", spec.Name)
		}
		if spec.IsLink() {
			wholeLink(t, spec)
		} else {
			noLink(t, spec)
		}
	}
}

func wholeLink(t *testing.T, spec PredicateSpec) {
	t.Helper()
	if len(spec.From) == 0 || len(spec.To) == 0 {
		t.Errorf("%s says not what it joins", spec.Name)
	}
	if !slices.Contains(Bearings, spec.Bearing) {
		t.Errorf("%s has the bearing %q; it needs one of %v", spec.Name, spec.Bearing, Bearings)
	}
	for _, phrase := range []string{spec.Forward, spec.Backward} {
		if strings.Count(phrase, "%s") != 1 || strings.Count(phrase, "%") != 1 || strings.TrimSpace(phrase) != phrase {
			t.Errorf("%s is told as %q; each phrase has one place for the hedge, %%s", spec.Name, phrase)
		}
	}
	if spec.Symmetric && (spec.Forward != spec.Backward || spec.Parent != EndNone) {
		t.Errorf("%s is symmetric and not the same from both ends", spec.Name)
	}
	if spec.Bearing == BearingLineage && spec.Parent == EndNone {
		t.Errorf("%s is of lineage and says not which end came first", spec.Name)
	}
	if spec.Whereabouts && (spec.Bearing != BearingPlace || !slices.Equal(spec.To, kinds(Place))) {
		t.Errorf("%s leads to more than places and cannot say where something is", spec.Name)
	}
	if spec.Membership && (spec.Bearing != BearingAffiliation || !slices.Contains(spec.To, Group)) {
		t.Errorf("%s puts nobody into a group", spec.Name)
	}
	if spec.Field != "" || spec.Many {
		t.Errorf("%s is a link and answers no field of an attribute", spec.Name)
	}
}

func noLink(t *testing.T, spec PredicateSpec) {
	t.Helper()
	bare := PredicateSpec{
		Name: spec.Name, Shape: spec.Shape, From: spec.From, Symmetric: spec.Symmetric, Field: spec.Field, Many: spec.Many,
		Naming: spec.Naming, Doc: spec.Doc,
	}
	if diff := cmp.Diff(bare, spec); diff != "" {
		t.Errorf("%s is no link and says what only links have:\n%s", spec.Name, diff)
	}
	if spec.Many && spec.Field == "" || spec.Field != "" && (!fieldName.MatchString(spec.Field) || !spec.IsAttribute()) {
		t.Errorf("%s has the field %q, many %v", spec.Name, spec.Field, spec.Many)
	}
	if spec.Naming && (spec.Field != "" || !spec.IsAttribute()) {
		t.Errorf("%s names its subject, and has another field or is no attribute", spec.Name)
	}
	if spec.IsAttribute() == (len(spec.From) == 0) || spec.Symmetric != (spec.Shape == ShapeClaimPair) {
		t.Errorf("%s has not the subjects that its shape asks for", spec.Name)
	}
}

// TestParticipationIsToldByRole: a victim is never said to have taken part.
func TestParticipationIsToldByRole(t *testing.T) {
	for _, words := range []string{ParticipatedIn.Spec().Forward, ParticipatedIn.Spec().Backward} {
		if strings.Contains(words, "part") || strings.Contains(words, "involved") {
			t.Errorf("%q says more than that somebody is named with the incident", words)
		}
	}
}

// TestKindsOfLink: what follows from the rows is meant. It names kinds that are in
// and kinds that are nearly in; others may come.
func TestKindsOfLink(t *testing.T) {
	for _, c := range []struct {
		what    string
		is      func(PredicateSpec) bool
		in, not []Predicate
	}{
		{
			"friendly", PredicateSpec.Friendly,
			[]Predicate{
				FactionOf, BranchOf, UmbrellaOf, PledgedTo, AlliedWith, CooperatesWith, Supports, Shelters, Trained, Funded,
			},
			[]Predicate{Founded, SplinteredFrom, MergedInto, RivalOf, MemberOf, AssociateOf, DateOf},
		},
		{"hostile", PredicateSpec.Hostile, []Predicate{RivalOf}, []Predicate{Targeted, AlliedWith, Condemned}},
		{
			"act", PredicateSpec.Act,
			[]Predicate{Claimed, AttributedTo},
			[]Predicate{DeniedResponsibility, ConvictedIn, ChargedIn, TracedTo, ParticipatedIn, Targeted},
		},
		{
			"membership", func(s PredicateSpec) bool { return s.Membership },
			[]Predicate{MemberOf, Leads, FactionOf},
			[]Predicate{Founded, SpokeFor, BranchOf},
		},
		{
			"whereabouts", func(s PredicateSpec) bool { return s.Whereabouts },
			[]Predicate{OccurredAt, BasedIn, LocatedIn},
			[]Predicate{OperatesIn, SanctuaryIn, Borders},
		},
		{
			"to the parent", func(s PredicateSpec) bool { return s.Parent == EndObject },
			[]Predicate{FactionOf, BranchOf, PledgedTo, SplinteredFrom, MergedInto, Succeeded, RenamedFrom},
			[]Predicate{UmbrellaOf, AlliedWith},
		},
		{
			"from the parent", func(s PredicateSpec) bool { return s.Parent == EndSubject },
			[]Predicate{UmbrellaOf},
			[]Predicate{FactionOf},
		},
	} {
		got := LinkKinds(c.is)
		for _, p := range c.in {
			if !slices.Contains(got, p) {
				t.Errorf("%s is not %s", p, c.what)
			}
		}
		for _, p := range c.not {
			if slices.Contains(got, p) {
				t.Errorf("%s is %s", p, c.what)
			}
		}
	}
	if none := LinkKinds(PredicateSpec.IsAttribute); none == nil || len(none) > 0 {
		t.Errorf("%v: a list without a kind is none, and not the nil that stands for all", none)
	}
}

// TestBearingsByRole: who did something and to whom it happened are told apart by the role,
// in whatever case it is written; a role that names both, or none, is no doer's.
func TestBearingsByRole(t *testing.T) {
	spec := ParticipatedIn.Spec()
	for role, want := range map[string]Bearing{
		"perpetrator": BearingResponsibility, "Suicide bomber": BearingResponsibility, "planner": BearingResponsibility,
		"": BearingHarm, "  ": BearingHarm, "VICTIM": BearingHarm, "victim": BearingHarm, "first responder": BearingHarm,
		"Victims' relative": BearingHarm, "eye-witness": BearingHarm, "bystanders": BearingHarm, "unknown": BearingHarm,
	} {
		if got := spec.BearingAs(role); got != want {
			t.Errorf("in the role %q: %s, want %s", role, got, want)
		}
	}
	if got := MemberOf.Spec().BearingAs("victim"); got != BearingAffiliation {
		t.Errorf("a member in any role: %s", got)
	}
}

// TestBearingsAsked: nothing is the usual ones, ALL is every one, and a list without any is none.
func TestBearingsAsked(t *testing.T) {
	for _, b := range Bearings {
		usual, all, none := BearingsAsked(nil).Has(b), BearingsAsked([]Bearing{EveryBearing}).Has(b), BearingsAsked([]Bearing{}).Has(b)
		if usual != slices.Contains(UsualBearings, b) || !all || none || !BearingsAsked([]Bearing{b}).HasCode(Code(Bearings, b)) {
			t.Errorf("%s: usual %v, of all %v, of none %v", b, usual, all, none)
		}
	}
}
