package server

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/reconcile"
	"github.com/rabta/rabta/server/internal/reply"
)

// reconcileHandler answers /reconcile and what is beneath it: the Reconciliation
// Service API 0.2 over HTTP. It shows what GraphQL shows to the same reader under the
// same lens.
type reconcileHandler struct {
	snapshots
	errors *errorPresenter
	hosts  hostGuard
}

// reconcileEndpoint writes the answer to a request. An error that it returns is still
// to be written.
type reconcileEndpoint func(ctx context.Context, w http.ResponseWriter, r *reconcileRequest) error

func (h reconcileHandler) register(mux *http.ServeMux) {
	read := []string{http.MethodGet, http.MethodHead}
	mux.Handle("/reconcile", h.handler(h.service, http.MethodGet, http.MethodHead, http.MethodPost))
	mux.Handle("/reconcile/suggest/{what}", h.handler(h.suggest, read...))
	mux.Handle("/reconcile/properties", h.handler(h.propose, read...))
	mux.Handle("/reconcile/preview", h.handler(h.preview, read...))
}

func (h reconcileHandler) handler(endpoint reconcileEndpoint, methods ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if allowed := h.allowOrigin(w, r); !allowed && h.hosts.foreign(r) {
			refuseCrossSite(w)
			return
		}
		if !slices.Contains(methods, r.Method) {
			methodNotAllowed(strings.Join(methods, ", ")).Write(w, reply.JSON)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), h.config.QueryTimeout)
		defer cancel()
		ctx, done := h.request(ctx)
		defer done()
		request, err := readReconcileRequest(w, r, h.config.BodyLimit)
		if err == nil {
			ctx, err = h.open(ctx, w, r)
		}
		if err == nil {
			err = request.openView(ctx, h.config.Limits.PageSize)
		}
		if err == nil {
			err = endpoint(ctx, w, request)
		}
		if err != nil {
			h.errors.writeRequestError(ctx, w, r, err)
		}
	})
}

// originPattern is an origin as browsers send it.
var originPattern = regexp.MustCompile(`^https?://[a-z0-9.-]+(:[0-9]{1,5})?$`)

// allowOrigin lets the pages of the origins that the server was told of read the
// answer, and no others, and reports whether it did. OpenRefine asks for the service and
// for suggestions in the browser, and frames the preview: of what is framed a browser
// does not say by which page.
func (h reconcileHandler) allowOrigin(w http.ResponseWriter, r *http.Request) bool {
	w.Header().Add("Vary", "Origin")
	origin := r.Header.Get("Origin")
	if !slices.Contains(h.config.ReconcileOrigins, origin) {
		return len(h.config.ReconcileOrigins) > 0 && origin == "" && r.Header.Get("Sec-Fetch-Dest") == "iframe"
	}
	w.Header().Set("Access-Control-Allow-Origin", origin)
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	return true
}

// service answers queries, an extension, or the manifest.
func (h reconcileHandler) service(ctx context.Context, w http.ResponseWriter, r *reconcileRequest) error {
	if err := r.checkNames("queries", "extend"); err != nil {
		return err
	}
	queries, err := r.parameter("queries")
	if err != nil {
		return err
	}
	extend, err := r.parameter("extend")
	switch {
	case err != nil:
		return err
	case queries != "" && extend != "":
		return badRequest("there are both queries and extend; send one of them")
	case queries != "":
		return matchQueries(ctx, w, r, queries)
	case extend != "":
		extension, err := r.reconcile.Extend(ctx, extend)
		if err != nil {
			return err
		}
		reply.WriteJSON(w, http.StatusOK, extension)
		return nil
	case r.Method == http.MethodPost:
		return badRequest("the form has neither queries nor extend; send one of them")
	}
	reply.WriteJSON(w, http.StatusOK, reconcile.NewManifest(r.baseURL(), r.lens))
	return nil
}

// matchQueries answers a batch: an object of queries by keys of the client's own.
func matchQueries(ctx context.Context, w http.ResponseWriter, r *reconcileRequest, queries string) error {
	if !utf8.ValidString(queries) {
		return badRequest("the parameter queries is not valid UTF-8; URL-encode its UTF-8 bytes")
	}
	batch, p := decodeObject("the parameter queries", []byte(queries))
	if p != nil {
		return p
	}
	if p := checkJSON("the parameter queries", []byte(queries)); p != nil {
		return p
	}
	results, err := r.reconcile.Match(ctx, batch)
	if err != nil {
		return err
	}
	reply.WriteJSON(w, http.StatusOK, results)
	return nil
}

// widgetParameters are those that the suggestion boxes of clients send and that change
// nothing here.
var widgetParameters = []string{
	"_", "all_types", "domain", "exact", "filter", "html_escape", "indent", "lang", "mql_output", "prefixed", "scoring",
	"spell", "type_strict",
}

// suggest completes what a person types.
func (h reconcileHandler) suggest(_ context.Context, w http.ResponseWriter, r *reconcileRequest) error {
	known := append([]string{"prefix", "type", "limit", "cursor"}, widgetParameters...)
	if err := r.checkNames(known...); err != nil {
		return err
	}
	prefix, err := r.parameter("prefix")
	if err != nil {
		return err
	}
	if !utf8.ValidString(prefix) {
		return badRequest("the parameter prefix is not valid UTF-8; URL-encode its UTF-8 bytes")
	}
	from, to, err := r.pageBounds()
	if err != nil {
		return err
	}
	var found []reconcile.Suggestion
	switch r.PathValue("what") {
	case "entity":
		found, err = r.reconcile.SuggestEntities(prefix, r.parameters["type"], to)
	case "type":
		found = reconcile.SuggestTypes(prefix)
	case "property":
		found = reconcile.SuggestProperties(prefix)
	default:
		return noSuchRoute()
	}
	if err != nil {
		return err
	}
	page := append([]reconcile.Suggestion{}, found[min(from, len(found)):min(to, len(found))]...)
	reply.WriteJSON(w, http.StatusOK, reconcile.Results[reconcile.Suggestion]{Result: page})
	return nil
}

// propose lists what columns can be made of.
func (h reconcileHandler) propose(_ context.Context, w http.ResponseWriter, r *reconcileRequest) error {
	if err := r.checkNames(append([]string{"type", "limit"}, widgetParameters...)...); err != nil {
		return err
	}
	of, err := r.parameter("type")
	if err != nil {
		return err
	}
	reply.WriteJSON(w, http.StatusOK, reconcile.Propose(of))
	return nil
}

// previewPolicy lets the page have a style of its own, and nothing else: no script,
// no picture, no form. Who may frame it is added.
const previewPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors "

// preview shows an entity in a small page.
func (h reconcileHandler) preview(_ context.Context, w http.ResponseWriter, r *reconcileRequest) error {
	if err := r.checkNames("id"); err != nil {
		return err
	}
	id, err := r.parameter("id")
	if err != nil {
		return err
	}
	page, err := r.reconcile.Preview(graph.ID(id))
	if errors.Is(err, graph.ErrNotFound) {
		return &reply.Problem{
			Status: http.StatusNotFound, Code: CodeNotFound,
			Message: "there is no entity of this id, or you may not see it",
		}
	}
	if err != nil {
		return err
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", previewPolicy+"'none'")
	if origins := h.config.ReconcileOrigins; len(origins) > 0 {
		header.Set("Content-Security-Policy", previewPolicy+strings.Join(origins, " "))
		header.Del("X-Frame-Options")
	}
	_, _ = w.Write(page)
	return nil
}
