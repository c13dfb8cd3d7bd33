package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"time"
)

const readyTimeout = 2 * time.Second

func (s *Server) newRoutes() http.Handler {
	mux := http.NewServeMux()
	m := moments{s.config, s.errors}
	mux.Handle("/graphql", newGraphQL(m))
	if s.config.Exports {
		mux.Handle("/export/{file}", readOnly(newExporter(m)))
	}
	if s.config.Reconcile {
		reconcileHandler{m}.register(mux)
	}
	mux.Handle("/schema.graphql", readOnly(newSDL(s.config.SDL)))
	mux.Handle("/healthz", readOnly(http.HandlerFunc(healthy)))
	mux.Handle("/readyz", readOnly(http.HandlerFunc(s.ready)))
	for pattern, page := range map[string]http.Handler{
		"/playground":  s.config.Playground,
		"/playground/": s.config.Playground,
		"/favicon.ico": s.config.Favicon,
		"/{$}":         s.config.Home,
	} {
		if page != nil {
			mux.Handle(pattern, page)
		}
	}
	if s.config.Python != nil {
		mux.Handle("/clients/python/", readOnly(s.config.Python))
	}
	mux.HandleFunc("/", notFound)
	return mux
}

func notFound(w http.ResponseWriter, _ *http.Request) { noSuchPage().write(w, mediaJSON) }

func noSuchPage() *problem {
	return &problem{
		status: http.StatusNotFound, code: CodeNotFound,
		message: "there is nothing at this address; there is something at /, /playground, /graphql, /schema.graphql, /export/links.csv, /export/entities.csv, /export/claims.ndjson, /reconcile, /clients/python/, /healthz and /readyz",
	}
}

// readOnly refuses what is neither GET nor HEAD.
func readOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			methodNotAllowed("GET, HEAD").write(w, mediaJSON)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// status is the body of the health pages.
type status struct {
	Status string `json:"status"`
	Reason string `json:"reason,omitempty"`
}

// healthy says that the process lives.
func healthy(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	writeJSON(w, http.StatusOK, status{Status: "ok"})
}

// ready says whether queries can be answered, and why not.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	ctx, cancel := context.WithTimeout(newRequest(r.Context()), readyTimeout)
	defer cancel()
	if s.config.Ready != nil {
		if err := s.config.Ready(ctx); err != nil {
			shown := s.errors.present(ctx, err)
			reason := shown.Message
			if id, internal := shown.Extensions["correlationId"].(string); internal {
				reason += "; the log has the details under " + id
			}
			writeJSON(w, http.StatusServiceUnavailable, status{Status: "unavailable", Reason: reason})
			return
		}
	}
	writeJSON(w, http.StatusOK, status{Status: "ready"})
}

// sdl serves the schema as text. Its tag changes when the text does.
type sdl struct{ text, tag string }

func newSDL(text string) sdl {
	sum := sha256.Sum256([]byte(text))
	return sdl{text: text, tag: `W/"` + hex.EncodeToString(sum[:8]) + `"`}
}

func (s sdl) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.text == "" {
		notFound(w, r)
		return
	}
	h := w.Header()
	h.Set("ETag", s.tag)
	h.Set("Cache-Control", "no-cache")
	if known(s.tag, r.Header.Values("If-None-Match")) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", "application/graphql; charset=utf-8")
	_, _ = io.WriteString(w, s.text)
}

// known reports whether the client has the text of the tag already.
func known(tag string, tags []string) bool {
	for has := range strings.SplitSeq(strings.Join(tags, ","), ",") {
		has = strings.TrimSpace(has)
		if has == "*" || strings.TrimPrefix(has, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
