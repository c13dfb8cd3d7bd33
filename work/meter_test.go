package work

import (
	"context"
	"errors"
	"testing"
	"time"
)

// tried is a budget of a part of the work.
var tried = Budget{Code: "WAYS_TRIED", Counts: "ways that may be tried"}

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
	for name, meter := range map[string]*Meter{"a meter": m, "a part of one": m.Within(tried, 100)} {
		err := meter.Spend(1)
		if over, ok := errors.AsType[*BudgetError](err); !ok || over.Budget != TimeBudget || over.Limit != 3001 ||
			!errors.Is(err, ErrBudget) {
			t.Errorf("%s: %v", name, err)
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
	part := whole.Within(tried, 3)
	for i, over := range []bool{false, false, false, true} {
		err := part.Spend(1)
		if got, ok := errors.AsType[*BudgetError](err); ok != over || ok && *got != (BudgetError{tried, 3}) ||
			!ok && err != nil {
			t.Fatalf("after %d: %v", i+1, err)
		}
	}
	err := whole.Within(tried, 100).Spend(8)
	if over, ok := errors.AsType[*BudgetError](err); !ok || *over != (BudgetError{WorkBudget, 10}) {
		t.Errorf("%v, want that the whole is used up", err)
	}
	if err := (*Meter)(nil).Within(tried, 3).Spend(3); err != nil {
		t.Error(err)
	}
}
