package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rabta/rabta/graph"
)

const (
	sequenceHeader = "Rabta-Sequence"
	atLeastHeader  = "Rabta-At-Least"
)

// moments opens the reader of a request, at the moment that the client asked for.
type moments struct {
	config Config
	errors *presenter
}

// open waits for the sequence that the request asks for, opens its reader and says
// in the answer's header which sequence that shows.
func (m moments) open(ctx context.Context, w http.ResponseWriter, r *http.Request) (context.Context, error) {
	m.announce(w, m.sequence())
	if err := m.wait(ctx, r.Header.Values(atLeastHeader)); err != nil {
		return ctx, err
	}
	if m.config.Begin == nil {
		return ctx, nil
	}
	begun, sequence, err := m.config.Begin(ctx)
	if err != nil {
		return ctx, err
	}
	m.announce(w, sequence)
	return begun, nil
}

func (m moments) announce(w http.ResponseWriter, sequence uint64) {
	w.Header().Set(sequenceHeader, strconv.FormatUint(sequence, 10))
}

func (m moments) sequence() uint64 {
	if m.config.Sequence == nil {
		return 0
	}
	return m.config.Sequence()
}

// wait returns when the sequence that the header asks for is visible, or when the
// time for a query is over.
func (m moments) wait(ctx context.Context, header []string) error {
	if len(header) == 0 {
		return nil
	}
	n, err := strconv.ParseUint(header[0], 10, 64)
	if err != nil || len(header) > 1 {
		return badRequest("the header %s must be one whole number, as %s gave it", atLeastHeader, sequenceHeader)
	}
	if m.config.WaitFor == nil {
		if m.sequence() < n {
			return m.notYet(n)
		}
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, m.config.QueryTimeout)
	defer cancel()
	err = m.config.WaitFor(ctx, n)
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return m.notYet(n)
	}
	return err
}

func (m moments) notYet(n uint64) *problem {
	visible := m.sequence()
	return &problem{
		status: http.StatusServiceUnavailable, code: CodeNotYetVisible,
		message: fmt.Sprintf("sequence %d is not visible yet (the newest is %d); ask again, or leave the header %s out", n, visible, atLeastHeader),
		header:  map[string]string{"Retry-After": "1"},
		extensions: map[string]any{
			"atLeast": n, "sequence": visible,
		},
	}
}

// refuse answers an error from before GraphQL: a problem with its own status,
// and what else the hooks return as unavailable or, unknown, as internal.
func (m moments) refuse(ctx context.Context, w http.ResponseWriter, r *http.Request, err error) {
	media, _ := negotiate(r.Header)
	if p, ok := errors.AsType[*problem](err); ok {
		p.write(w, media)
		return
	}
	shown := m.errors.present(ctx, err)
	status := http.StatusServiceUnavailable
	if shown.Extensions["code"] == CodeInternal {
		status = http.StatusInternalServerError
	}
	writeAnswer(w, media, status, answer{errors: gqlerror.List{shown}})
}

// reject answers what is wrong with a request as a bad one, and other errors as
// refuse does.
func (m moments) reject(ctx context.Context, w http.ResponseWriter, r *http.Request, err error) {
	if !errors.Is(err, graph.ErrInvalid) && !errors.Is(err, graph.ErrNotFound) {
		m.refuse(ctx, w, r, err)
		return
	}
	media, _ := negotiate(r.Header)
	writeAnswer(w, media, http.StatusBadRequest, answer{errors: gqlerror.List{m.errors.present(ctx, err)}})
}
