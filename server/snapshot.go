package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/rabta/rabta/server/internal/reply"
	"github.com/rabta/rabta/work"
)

const (
	sequenceHeader = "Rabta-Sequence"
	atLeastHeader  = "Rabta-At-Least"
)

// snapshots gives each request the snapshot of the graph that it asks for.
type snapshots struct {
	config Config
	gate   *work.Gate
	cost   func(slots int64) // is told what each request has cost
}

// request has the work of a request counted, within a budget in slots, 0 for none; done
// ends that.
func (s snapshots) request(ctx context.Context, budget int64) (counted context.Context, done func()) {
	r := work.NewRequest(ctx, budget, s.gate)
	return work.WithRequest(ctx, r), func() {
		r.Close()
		traceWait(ctx, r)
		s.cost(r.Used())
	}
}

// open waits for the sequence that the request asks for, opens its reader and says
// in the answer's header which sequence that shows.
func (s snapshots) open(ctx context.Context, w http.ResponseWriter, r *http.Request) (context.Context, error) {
	s.setSequenceHeader(w, s.sequence())
	if err := s.wait(ctx, r.Header.Values(atLeastHeader)); err != nil {
		return ctx, err
	}
	if s.config.Begin == nil {
		return ctx, nil
	}
	begun, sequence, err := s.config.Begin(ctx)
	if err != nil {
		return ctx, err
	}
	s.setSequenceHeader(w, sequence)
	return begun, nil
}

func (s snapshots) setSequenceHeader(w http.ResponseWriter, sequence uint64) {
	w.Header().Set(sequenceHeader, strconv.FormatUint(sequence, 10))
}

func (s snapshots) sequence() uint64 {
	if s.config.Sequence == nil {
		return 0
	}
	return s.config.Sequence()
}

// wait returns when the sequence that the header asks for is visible, or when the
// time for a query is over.
func (s snapshots) wait(ctx context.Context, header []string) error {
	if len(header) == 0 {
		return nil
	}
	n, err := strconv.ParseUint(header[0], 10, 64)
	if err != nil || len(header) > 1 {
		return badRequest("the header %s must be one whole number, as %s gave it", atLeastHeader, sequenceHeader)
	}
	if s.config.WaitFor == nil {
		if s.sequence() < n {
			return s.notYetVisible(n)
		}
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, s.config.QueryTimeout)
	defer cancel()
	err = s.config.WaitFor(ctx, n)
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return s.notYetVisible(n)
	}
	return err
}

func (s snapshots) notYetVisible(n uint64) *reply.Problem {
	visible := s.sequence()
	return &reply.Problem{
		Status: http.StatusServiceUnavailable, Code: CodeNotYetVisible,
		Message: fmt.Sprintf("sequence %d is not visible yet (the newest is %d); ask again, or leave the header %s out",
			n, visible, atLeastHeader),
		Header: map[string]string{"Retry-After": "1"},
		Extensions: map[string]any{
			"atLeast": n, "sequence": visible,
		},
	}
}
