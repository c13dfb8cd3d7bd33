package work

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Light is how many slots a request may count before it is a heavy one, which has to
// pass the gate: some milliseconds.
const Light = 1_000_000

// Request adds up what one request costs. Its parts share its budget:
//
//	link analysis                        an equal share for each field at the root, and
//	                                     once more for reading networks: see Meter.Aside
//	records read for lists and filters   all of it, for all fields together
//
// A Request that runs out while records are read has no answer: see Err. It is safe for
// use by many goroutines.
type Request struct {
	ctx    context.Context
	limit  int64
	gate   *Gate
	used   atomic.Int64
	fields atomic.Int64
	failed atomic.Pointer[error]

	mu     sync.Mutex
	meters map[string]*Meter

	turn    sync.Mutex // held by a field at the root
	entry   sync.Mutex // held while waiting at the gate
	settled bool       // entry was asked for
	entered bool
	refusal error
	from    time.Time // when entry was asked for
	to      time.Time // when it was settled
}

// NewRequest makes a request with a budget in slots, 0 for none, which passes the gate
// if it proves heavy. The context is watched, and is that of the request. Close it.
func NewRequest(ctx context.Context, limit int64, gate *Gate) *Request {
	return &Request{ctx: ctx, limit: limit, gate: gate, meters: map[string]*Meter{}}
}

type requestKey struct{}

// WithRequest has the work under the context counted by r.
func WithRequest(ctx context.Context, r *Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// RequestOf is the request whose work is done under the context: one without a budget
// when there is none.
func RequestOf(ctx context.Context) *Request {
	if r, ok := ctx.Value(requestKey{}).(*Request); ok {
		return r
	}
	return NewRequest(ctx, 0, nil)
}

// Close ends the request, and lets the next one pass the gate.
func (r *Request) Close() {
	r.entry.Lock()
	defer r.entry.Unlock()
	if r.entered {
		r.gate.leave()
	}
	r.entered, r.settled = false, true
}

// Share says how many fields at the root share the budget of link analysis. It is
// called before any is answered.
func (r *Request) Share(fields int) { r.fields.Store(int64(fields)) }

// Waited is from when to when the request waited at the gate; it is false for one that
// was not heavy.
func (r *Request) Waited() (from, to time.Time, heavy bool) {
	r.entry.Lock()
	defer r.entry.Unlock()
	return r.from, r.to, !r.from.IsZero()
}

// Turn waits until no other field at the root is worked out, and holds the next one off
// until the function that it returns is called.
func (r *Request) Turn() (end func()) {
	r.turn.Lock()
	return r.turn.Unlock
}

// Used is how many slots were counted for the request.
func (r *Request) Used() int64 { return r.used.Load() }

// Field is the meter of what a field at the root computes; the same for the same name.
func (r *Request) Field(name string) *Meter {
	return r.meter("field "+name, func() *Meter { return NewMeter(r.ctx, r.share()) })
}

// Records is the meter of reading records for lists and filters.
func (r *Request) Records() *Meter {
	return r.meter("records", func() *Meter {
		m := newMeter(r.ctx, r.limit)
		m.budget = RecordBudget
		return m
	})
}

func (r *Request) share() int64 {
	if n := r.fields.Load(); n > 1 && r.limit > 0 {
		return max(r.limit/n, 1)
	}
	return r.limit
}

func (r *Request) meter(name string, make func() *Meter) *Meter {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := r.meters[name]
	if m == nil {
		m = make()
		m.request, m.aside.request = r, r
		r.meters[name] = m
	}
	return m
}

// Admit passes the gate if the request is a heavy one by what it has counted and what it
// says that it will still count. Afterwards it does not wait again: what has begun is not
// refused midway.
func (r *Request) Admit(ahead int64) error {
	if r.gate == nil {
		return nil
	}
	r.entry.Lock()
	defer r.entry.Unlock()
	if r.used.Load()+ahead > Light {
		return r.enter()
	}
	r.settled = true
	return nil
}

// idle is how long a request keeps its place while it waits for others.
const idle = 100 * time.Millisecond

// Idle runs f, which waits for others: for a client to take what it is sent. When that
// takes long the request gives its place to the next one, and waits for a place again
// when f has returned.
func (r *Request) Idle(f func()) {
	waits, away := true, false // guarded by entry
	timer := time.AfterFunc(idle, func() {
		r.entry.Lock()
		defer r.entry.Unlock()
		if waits && r.entered {
			away, r.entered = true, false
			r.gate.leave()
		}
	})
	f()
	timer.Stop()
	r.entry.Lock()
	defer r.entry.Unlock()
	if waits = false; away {
		r.entered = r.gate.wait(r.ctx) == nil
	}
}

// spend counts n slots. A request that proves heavy waits here for its turn; the error
// is ErrBusy when it does not come.
func (r *Request) spend(n int64) error {
	if r.used.Add(n) <= Light || r.gate == nil {
		return nil
	}
	r.entry.Lock()
	defer r.entry.Unlock()
	return r.enter()
}

// enter passes the gate once; entry is held.
func (r *Request) enter() error {
	if !r.settled {
		r.settled, r.from = true, time.Now()
		r.refusal = r.gate.enter(r.ctx)
		r.to = time.Now()
		r.entered = r.refusal == nil
		if !r.entered {
			r.fail(r.refusal)
		}
	}
	return r.refusal
}

// fail keeps why the request has no answer; the first reason stands.
func (r *Request) fail(err error) { r.failed.CompareAndSwap(nil, &err) }

// Err says why what was read is not to be told: ErrBusy, a BudgetError or the context's
// error; nil when nothing is the matter. Link analysis that was cut short tells so in its
// own answer, and is no error here.
func (r *Request) Err() error {
	if err := r.failed.Load(); err != nil {
		return *err
	}
	return nil
}
