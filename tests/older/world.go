package older

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/server"
)

// World is what a store holds, served to readers of each clearance.
type World struct {
	Store    graph.Store
	handlers map[graph.Marking]http.Handler
}

// Serve serves a store as the program does, once for each clearance.
func Serve(ctx context.Context, s graph.Store, kind string) (*World, error) {
	log := slog.New(slog.DiscardHandler)
	w := &World{Store: s, handlers: map[graph.Marking]http.Handler{}}
	for _, c := range graph.Markings {
		f := live.NewFollower(s, c, log)
		if err := f.Catch(ctx); err != nil {
			return nil, err
		}
		srv, err := server.New(server.Assemble(server.Service{
			Follower: f, Store: kind, Writes: true, Log: log,
		}))
		if err != nil {
			return nil, err
		}
		w.handlers[c] = srv.Handler()
	}
	return w, nil
}

// answer asks a question as a reader of a clearance, and gives what is compared.
func (w *World) answer(ctx context.Context, c graph.Marking, q *Question) (any, error) {
	r := w.ask(ctx, c, q)
	return comparedForm(r.Code, r.Header(), r.Body.Bytes())
}

// Get is the answer to a GET as it came.
func (w *World) Get(ctx context.Context, c graph.Marking, path string) (status int, body []byte) {
	r := w.ask(ctx, c, &Question{method: http.MethodGet, path: path})
	return r.Code, r.Body.Bytes()
}

func (w *World) ask(ctx context.Context, c graph.Marking, q *Question) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(ctx, q.method, q.path, strings.NewReader(q.body))
	r.Host = "127.0.0.1:8420"
	if q.media != "" {
		r.Header.Set("Content-Type", q.media)
	}
	response := httptest.NewRecorder()
	w.handlers[c].ServeHTTP(response, r)
	return response
}
