package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"regexp"
	"sync/atomic"
)

const requestIDHeader = "X-Request-Id"

// requestID is an id that a client may choose: short, and plain in a log.
var requestID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// requestInfo goes with the context of a request: its id in answers and in the log, how
// many errors it has logged, the last commit that it made, 0 for none, and what is wrong
// with its input.
type requestInfo struct {
	id        string
	logged    atomic.Int32
	committed atomic.Uint64
	faults    inputFaults // of a mutation, found before anything is resolved
}

type requestKey struct{}

// withRequestID gives each request its id, the client's own if that is plain, and tells
// it in the answer.
func withRequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		info := &requestInfo{id: r.Header.Get(requestIDHeader)}
		if !requestID.MatchString(info.id) {
			info.id = newRequestID()
		}
		w.Header().Set(requestIDHeader, info.id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestKey{}, info)))
	})
}

func newRequestID() string {
	id := make([]byte, 8)
	_, _ = rand.Read(id) // never fails
	return hex.EncodeToString(id)
}

// withRequestInfo returns the info of the context's request, or outside of requests that
// of a new one, with a context that has it.
func withRequestInfo(ctx context.Context) (context.Context, *requestInfo) {
	if info, ok := ctx.Value(requestKey{}).(*requestInfo); ok {
		return ctx, info
	}
	info := &requestInfo{id: newRequestID()}
	return context.WithValue(ctx, requestKey{}, info), info
}

// requestLog puts the id of a request into the lines that are logged with its context.
type requestLog struct{ slog.Handler }

// LogRequests returns a handler of log lines that does what the given one does, and names
// the request in each line that is logged with its context, as requestId.
func LogRequests(h slog.Handler) slog.Handler {
	if named, ok := h.(requestLog); ok {
		return named
	}
	return requestLog{h}
}

// Handle is slog.Handler's.
func (l requestLog) Handle(ctx context.Context, r slog.Record) error {
	if info, ok := ctx.Value(requestKey{}).(*requestInfo); ok {
		r.AddAttrs(slog.String("requestId", info.id))
	}
	return l.Handler.Handle(ctx, r)
}

// WithAttrs is slog.Handler's.
func (l requestLog) WithAttrs(attrs []slog.Attr) slog.Handler {
	return requestLog{l.Handler.WithAttrs(attrs)}
}

// WithGroup is slog.Handler's.
func (l requestLog) WithGroup(name string) slog.Handler { return requestLog{l.Handler.WithGroup(name)} }
