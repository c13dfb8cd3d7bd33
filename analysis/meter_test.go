package analysis

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
)

// TestTimeIsUsedUpBeforeTheDeadline: a part of the time is left to tell what was found.
func TestTimeIsUsedUpBeforeTheDeadline(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	m := NewMeter(ctx, 0)
	if m.time < 45*time.Minute || m.time > 51*time.Minute {
		t.Errorf("of an hour %s may be spent", m.time)
	}
	if err := m.Spend(1); err != nil {
		t.Error(err)
	}
	m.late.Store(true)
	m.time = 50*time.Minute + time.Second/2
	for name, meter := range map[string]*Meter{"a meter": m, "a part of one": m.within(waysBudget, 100)} {
		partial, err := partialBy(meter.Spend(1))
		if err != nil || partial == nil || partial.Reason != timeBudget || partial.Limit != 3001 {
			t.Errorf("%s: %+v, %v", name, partial, err)
		}
	}
	cancel()
	if err := NewMeter(ctx, 0).Spend(1); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want that it was cancelled", err)
	}
}

// TestBudgetsOfParts: a part has a budget of its own, and spends its whole's too.
func TestBudgetsOfParts(t *testing.T) {
	whole := NewMeter(t.Context(), 10)
	part := whole.within(waysBudget, 3)
	for i, want := range []string{"", "", "", waysBudget} {
		partial, err := partialBy(part.Spend(1))
		if got := partial; err != nil || (got == nil) != (want == "") || got != nil && got.Reason != want {
			t.Fatalf("after %d: %+v, %v", i+1, got, err)
		}
	}
	if partial, _ := partialBy(whole.within(waysBudget, 100).Spend(8)); partial == nil || partial.Reason != slotBudget || partial.Limit != 10 {
		t.Errorf("%+v, want that the whole is used up", partial)
	}
	if err := (*Meter)(nil).within(waysBudget, 3).Spend(3); err != nil {
		t.Error(err)
	}
}

// TestLargeFamilyIsToldFromTheNearest: when the work runs out, nearer relatives are all
// there.
func TestLargeFamilyIsToldFromTheNearest(t *testing.T) {
	var claims []graph.Claim
	for x := range 20 {
		for y := range x {
			claims = append(claims, kin(x, y, "COUSIN"))
		}
	}
	claims = append(claims, kin(20, 3, "CHILD")) // two legs away
	v := (&family{spouse: make([]int, 21)}).view(t, claims)
	for limit, least := range map[int64]int{10: 0, 20: 19, 3000: 20} {
		found, err := Kin(v, "i0", 4, NewMeter(t.Context(), limit))
		if !errors.Is(err, ErrBudget) {
			t.Fatalf("with %d slots: %v", limit, err)
		}
		others := idsOf(found, func(k *Kinship) graph.ID { return k.Other.Base().ID() })
		if got := len(slices.Compact(others)); got < least {
			t.Errorf("with %d slots %d relatives, want at least %d", limit, got, least)
		}
	}
}

// TestPathsThatCannotBe: what must be passed and cannot be within the length is known
// at once, without trying all ways.
func TestPathsThatCannotBe(t *testing.T) {
	var links []said
	ids := []graph.ID{"g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9"}
	for _, a := range ids {
		for _, b := range ids {
			if a != b {
				links = append(links, said{a, "SUPPORTS", b})
			}
		}
	}
	links = append(links, said{"i1", "LEADS", "g5"}) // a dead end
	n := network(t, links)
	via, used := []uint32{n.at(t, "i1")}, NewMeter(t.Context(), 0)
	routes, err := Paths(n, n.at(t, "g0"), n.at(t, "g1"), PathOptions{Rank: ByEvidence, First: 1, MaxLength: 2, Via: via}, used)
	if len(routes) != 0 || err != nil {
		t.Fatal(routes, err)
	}
	if used.Used() > 3000 {
		t.Errorf("%d slots were read to find nothing", used.Used())
	}
}
