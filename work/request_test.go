package work

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// TestFieldsShareTheBudget: each field at the root has an equal part of it, and the same
// once more for reading; records have the whole.
func TestFieldsShareTheBudget(t *testing.T) {
	r := NewRequest(t.Context(), 9_000, nil)
	defer r.Close()
	r.Share(3)
	for _, name := range []string{"a", "b"} {
		m := r.Field(name)
		if m != r.Field(name) {
			t.Error("a field has two meters")
		}
		for _, meter := range []*Meter{m, m.Aside()} {
			if err := meter.Spend(3_000); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if err := meter.Spend(1); !errors.Is(err, ErrBudget) {
				t.Errorf("%s: %v, want that its part is used up", name, err)
			}
		}
	}
	if m := r.Records(); !m.Continue(9_000) || m.Continue(1_000) || m.Continue(1) {
		t.Error("records have more or less than the whole budget")
	}
	over, ok := errors.AsType[*BudgetError](r.Err())
	if !ok || !over.Untold() || over.Limit != 9_000 {
		t.Errorf("%v, want that nothing of the records is told", r.Err())
	}
	if used := r.Used(); used != 2*2*3_001+9_000+1_000 {
		t.Errorf("%d slots", used)
	}
}

// TestContinueEndsForEver: once a loop was told to end, no other goes on, and the request
// says why.
func TestContinueEndsForEver(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	r := NewRequest(ctx, 0, nil)
	defer r.Close()
	m := r.Records()
	for range 10 {
		if !m.Continue(2_000) {
			t.Fatal("it ends early")
		}
	}
	if r.Err() != nil || m.Err() != nil {
		t.Errorf("%v, %v", r.Err(), m.Err())
	}
	leave()
	if m.Continue(2_000) || m.Continue(1) {
		t.Error("it goes on after the context ended")
	}
	if !errors.Is(r.Err(), context.Canceled) || !errors.Is(m.Err(), context.Canceled) {
		t.Errorf("%v, %v", r.Err(), m.Err())
	}
	if !(*Meter)(nil).Continue(1) || (*Meter)(nil).Err() != nil || (*Meter)(nil).Aside() != nil {
		t.Error("a nil meter stops")
	}
}

// TestHeavyRequestsTakeTurns: one runs, one waits for its turn, the next is refused at
// once, and one that has waited long enough is refused too. What is light never waits.
func TestHeavyRequestsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := NewGate(1, 1, time.Second)
		request := func() *Request { return NewRequest(t.Context(), 0, gate) }
		first, second, third, light := request(), request(), request(), request()
		if err := first.Field("a").Spend(Light + 1); err != nil {
			t.Fatal(err)
		}
		waited := make(chan error)
		go func() { waited <- second.Field("a").Spend(Light + 1) }()
		synctest.Wait()
		if gate.Running() != 1 || gate.Waiting() != 1 {
			t.Errorf("%d run, %d wait", gate.Running(), gate.Waiting())
		}
		if err := third.Field("a").Spend(Light + 1); !errors.Is(err, ErrBusy) || !errors.Is(third.Err(), ErrBusy) {
			t.Errorf("%v, %v: want that it is refused", err, third.Err())
		}
		if err := light.Field("a").Spend(Light); err != nil {
			t.Error(err)
		}
		first.Close()
		if err := <-waited; err != nil {
			t.Errorf("it does not get its turn: %v", err)
		}
		if err := second.Field("b").Spend(Light + 1); err != nil {
			t.Errorf("it passes the gate twice: %v", err)
		}
		late := request()
		if err := late.Field("a").Spend(Light + 1); !errors.Is(err, ErrBusy) {
			t.Errorf("after a second: %v", err)
		}
		for _, r := range []*Request{second, third, light, late} {
			r.Close()
		}
		if gate.Running() != 0 || gate.Waiting() != 0 || gate.Refused() != 2 {
			t.Errorf("%d run, %d wait, %d were refused", gate.Running(), gate.Waiting(), gate.Refused())
		}
	})
}

// TestWhoLeavesWaitsNoMore: a request whose client goes away gives its place up.
func TestWhoLeavesWaitsNoMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := NewGate(1, 5, time.Hour)
		first := NewRequest(t.Context(), 0, gate)
		if err := first.Records().Spend(Light + 1); err != nil {
			t.Fatal(err)
		}
		ctx, leave := context.WithCancel(t.Context())
		second := NewRequest(ctx, 0, gate)
		waited := make(chan error)
		go func() { waited <- second.Records().Spend(Light + 1) }()
		synctest.Wait()
		leave()
		if err := <-waited; !errors.Is(err, context.Canceled) {
			t.Errorf("%v, want that it was cancelled", err)
		}
		second.Close()
		first.Close()
		if gate.Running() != 0 || gate.Waiting() != 0 {
			t.Errorf("%d run, %d wait", gate.Running(), gate.Waiting())
		}
	})
}

// TestWhatBeganIsNotRefused: a request that is admitted for what it will cost passes the
// gate at once, or never again.
func TestWhatBeganIsNotRefused(t *testing.T) {
	gate := NewGate(1, 0, time.Hour)
	first, second, light := NewRequest(t.Context(), 0, gate), NewRequest(t.Context(), 0, gate), NewRequest(t.Context(), 0, gate)
	if err := first.Admit(Light + 1); err != nil || gate.Running() != 1 {
		t.Fatalf("%v, %d run", err, gate.Running())
	}
	if err := second.Records().Spend(10); err != nil {
		t.Fatal(err)
	}
	if err := second.Admit(Light - 9); !errors.Is(err, ErrBusy) || !errors.Is(second.Err(), ErrBusy) {
		t.Errorf("%v, %v: want that it is refused", err, second.Err())
	}
	if err := errors.Join(light.Admit(Light), light.Records().Spend(2*Light)); err != nil || light.Err() != nil {
		t.Errorf("%v, %v: it is refused midway", err, light.Err())
	}
	for _, r := range []*Request{first, second, light} {
		r.Close()
	}
	if gate.Running() != 0 {
		t.Errorf("%d run", gate.Running())
	}
}

// TestWhoWaitsForOthersKeepsNoPlace: a request that waits long for its client lets another
// in, and waits for a place before it goes on; one that waits a moment keeps it.
func TestWhoWaitsForOthersKeepsNoPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := NewGate(1, 1, time.Second)
		sender, other, light := NewRequest(t.Context(), 0, gate), NewRequest(t.Context(), 0, gate), NewRequest(t.Context(), 0, gate)
		if err := sender.Admit(Light + 1); err != nil {
			t.Fatal(err)
		}
		sender.Idle(func() { time.Sleep(idle / 2) })
		light.Idle(func() { time.Sleep(2 * idle) })
		if gate.Running() != 1 {
			t.Errorf("%d run", gate.Running())
		}
		back := make(chan bool)
		go func() {
			sender.Idle(func() { time.Sleep(2 * idle) })
			close(back)
		}()
		if err := other.Admit(Light + 1); err != nil { // in its place
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		select {
		case <-back:
			t.Error("it goes on without a place")
		default:
		}
		other.Close()
		<-back
		if gate.Running() != 1 || gate.Waiting() != 0 {
			t.Errorf("%d run, %d wait", gate.Running(), gate.Waiting())
		}
		sender.Close()
		light.Close()
		if gate.Running() != 0 {
			t.Errorf("%d run", gate.Running())
		}
	})
}

// TestWorkOutsideOfRequests has no budget.
func TestWorkOutsideOfRequests(t *testing.T) {
	r := RequestOf(t.Context())
	if err := r.Field("a").Spend(1 << 40); err != nil || r.Err() != nil {
		t.Error(err, r.Err())
	}
	if again := RequestOf(WithRequest(t.Context(), r)); again != r {
		t.Error("the context has another request")
	}
}
