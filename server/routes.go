package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/server/internal/reply"
)

const readyTimeout = 2 * time.Second

func (s *Server) newRoutes() http.Handler {
	mux := http.NewServeMux()
	snapshots := snapshots{s.config, s.gate, s.metrics.Cost}
	mux.Handle("/graphql", s.hosts.crossSite(newGraphQLHandler(snapshots, s.errors, s.metrics, s.cache)))
	if s.config.Exports {
		exports := newExportHandler(snapshots, s.errors)
		s.metrics.Gauge("rabta_exports_running", "Exported files that are being written now.",
			func() float64 { return float64(len(exports.running)) })
		mux.Handle("/export/{file}", s.hosts.crossSite(readOnly(exports)))
	}
	if s.config.Reconcile {
		reconcileHandler{snapshots, s.errors, s.hosts}.register(mux)
	}
	mux.Handle("/schema.graphql", readOnly(newSchemaHandler(s.config.SDL)))
	mux.Handle("/healthz", readOnly(http.HandlerFunc(serveHealth)))
	mux.Handle("/readyz", readOnly(http.HandlerFunc(s.serveReady)))
	if s.config.Metrics {
		mux.Handle("/metrics", readOnly(s.metricsHandler()))
	}
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

func notFound(w http.ResponseWriter, _ *http.Request) { noSuchRoute().Write(w, reply.JSON) }

func noSuchRoute() *reply.Problem {
	var exports strings.Builder
	for _, f := range formats.Exporters() {
		exports.WriteString("/export/" + f.File() + ", ")
	}
	return &reply.Problem{
		Status: http.StatusNotFound, Code: CodeNotFound,
		Message: "there is nothing at this address; this server has /, /playground, /graphql, /schema.graphql, " +
			exports.String() + "/reconcile, /clients/python/, /healthz and /readyz",
	}
}

// readOnly refuses what is neither GET nor HEAD.
func readOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			methodNotAllowed("GET, HEAD").Write(w, reply.JSON)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// healthStatus is the body of the health pages.
type healthStatus struct {
	Status string `json:"status"`
	Reason string `json:"reason,omitempty"`
}

// serveHealth says that the process lives.
func serveHealth(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	reply.WriteJSON(w, http.StatusOK, healthStatus{Status: "ok"})
}

// serveReady says whether queries can be answered, and why not.
func (s *Server) serveReady(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
	defer cancel()
	if s.config.Ready != nil {
		if err := s.config.Ready(ctx); err != nil {
			presented := s.errors.present(ctx, err)
			reason := presented.Message
			if id, internal := presented.Extensions["requestId"].(string); internal {
				reason += "; the log has the details under " + id
			}
			reply.WriteJSON(w, http.StatusServiceUnavailable, healthStatus{Status: "unavailable", Reason: reason})
			return
		}
	}
	reply.WriteJSON(w, http.StatusOK, healthStatus{Status: "ready"})
}

// schemaHandler serves the schema as text. Its ETag changes when the text does.
type schemaHandler struct{ text, etag string }

func newSchemaHandler(text string) schemaHandler {
	sum := sha256.Sum256([]byte(text))
	return schemaHandler{text: text, etag: `W/"` + hex.EncodeToString(sum[:8]) + `"`}
}

func (s schemaHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.text == "" {
		notFound(w, r)
		return
	}
	h := w.Header()
	h.Set("ETag", s.etag)
	h.Set("Cache-Control", "no-cache")
	if reply.ETagMatches(s.etag, r.Header.Values("If-None-Match")) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", "application/graphql; charset=utf-8")
	_, _ = io.WriteString(w, s.text)
}
