package server

import (
	"cmp"
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
	"github.com/rabta/rabta/work"
)

// reconcileHandler answers /reconcile and what is beneath it: the Reconciliation
// Service API 0.2 over HTTP. It shows what GraphQL shows to the same reader under the
// same lens.
type reconcileHandler struct {
	snapshots
	errors *errorPresenter
	hosts  hostGuard
}

// reconcileEndpoint works out the answer to a request.
type reconcileEndpoint func(ctx context.Context, r *reconcileRequest) (reconcileAnswer, error)

// reconcileAnswer writes an answer.
type reconcileAnswer func(w http.ResponseWriter)

// answerJSON is a value as JSON.
func answerJSON(v any) reconcileAnswer {
	return func(w http.ResponseWriter) { reply.WriteJSON(w, http.StatusOK, v) }
}

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
		ctx, done := h.request(ctx, h.config.WorkBudget)
		defer done()
		answer, err := h.answer(ctx, w, r, endpoint)
		if err != nil {
			h.errors.writeRequestError(ctx, w, r, err)
			return
		}
		answer(w)
	})
}

// answer works out an answer whole; of one that was not there is none.
func (h reconcileHandler) answer(
	ctx context.Context, w http.ResponseWriter, r *http.Request, endpoint reconcileEndpoint,
) (reconcileAnswer, error) {
	request, err := readReconcileRequest(w, r, h.config.BodyLimit)
	if err != nil {
		return nil, err
	}
	if ctx, err = h.open(ctx, w, r); err != nil {
		return nil, err
	}
	if err := request.openView(ctx, h.config.Limits.PageSize); err != nil {
		return nil, err
	}
	counted := work.RequestOf(ctx)
	defer counted.Close() // it is sent without a place at the gate
	answer, err := endpoint(ctx, request)
	return answer, cmp.Or(counted.Err(), err)
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
func (h reconcileHandler) service(ctx context.Context, r *reconcileRequest) (reconcileAnswer, error) {
	if err := r.checkNames("queries", "extend"); err != nil {
		return nil, err
	}
	queries, err := r.parameter("queries")
	if err != nil {
		return nil, err
	}
	extend, err := r.parameter("extend")
	switch {
	case err != nil:
		return nil, err
	case queries != "" && extend != "":
		return nil, badRequest("there are both queries and extend; send one of them")
	case queries != "":
		return matchQueries(ctx, r, queries)
	case extend != "":
		extension, err := r.reconcile.Extend(ctx, extend)
		return answerJSON(extension), err
	case r.Method == http.MethodPost:
		return nil, badRequest("the form has neither queries nor extend; send one of them")
	}
	return answerJSON(reconcile.NewManifest(r.baseURL(), r.lens)), nil
}

// matchQueries answers a batch: an object of queries by keys of the client's own.
func matchQueries(ctx context.Context, r *reconcileRequest, queries string) (reconcileAnswer, error) {
	if !utf8.ValidString(queries) {
		return nil, badRequest("the parameter queries is not valid UTF-8; URL-encode its UTF-8 bytes")
	}
	batch, p := decodeObject("the parameter queries", []byte(queries))
	if p != nil {
		return nil, p
	}
	if p := checkJSON("the parameter queries", []byte(queries)); p != nil {
		return nil, p
	}
	results, err := r.reconcile.Match(ctx, batch)
	return answerJSON(results), err
}

// widgetParameters are those that the suggestion boxes of clients send and that change
// nothing here.
var widgetParameters = []string{
	"_", "all_types", "domain", "exact", "filter", "html_escape", "indent", "lang", "mql_output", "prefixed", "scoring",
	"spell", "type_strict",
}

// suggest completes what a person types.
func (h reconcileHandler) suggest(_ context.Context, r *reconcileRequest) (reconcileAnswer, error) {
	known := append([]string{"prefix", "type", "limit", "cursor"}, widgetParameters...)
	if err := r.checkNames(known...); err != nil {
		return nil, err
	}
	prefix, err := r.parameter("prefix")
	if err != nil {
		return nil, err
	}
	if !utf8.ValidString(prefix) {
		return nil, badRequest("the parameter prefix is not valid UTF-8; URL-encode its UTF-8 bytes")
	}
	from, to, err := r.pageBounds()
	if err != nil {
		return nil, err
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
		return nil, noSuchRoute()
	}
	if err != nil {
		return nil, err
	}
	page := append([]reconcile.Suggestion{}, found[min(from, len(found)):min(to, len(found))]...)
	return answerJSON(reconcile.Results[reconcile.Suggestion]{Result: page}), nil
}

// propose lists what columns can be made of.
func (h reconcileHandler) propose(_ context.Context, r *reconcileRequest) (reconcileAnswer, error) {
	if err := r.checkNames(append([]string{"type", "limit"}, widgetParameters...)...); err != nil {
		return nil, err
	}
	of, err := r.parameter("type")
	if err != nil {
		return nil, err
	}
	return answerJSON(reconcile.Propose(of)), nil
}

// previewPolicy lets the page have a style of its own, and nothing else: no script,
// no picture, no form. Who may frame it is added.
const previewPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors "

// preview shows an entity in a small page.
func (h reconcileHandler) preview(_ context.Context, r *reconcileRequest) (reconcileAnswer, error) {
	if err := r.checkNames("id"); err != nil {
		return nil, err
	}
	id, err := r.parameter("id")
	if err != nil {
		return nil, err
	}
	page, err := r.reconcile.Preview(graph.ID(id))
	if errors.Is(err, graph.ErrNotFound) {
		return nil, &reply.Problem{
			Status: http.StatusNotFound, Code: CodeNotFound,
			Message: "there is no entity of this id, or you may not see it",
		}
	}
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter) { h.writePreview(w, page) }, nil
}

func (h reconcileHandler) writePreview(w http.ResponseWriter, page []byte) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", previewPolicy+"'none'")
	if origins := h.config.ReconcileOrigins; len(origins) > 0 {
		header.Set("Content-Security-Policy", previewPolicy+strings.Join(origins, " "))
		header.Del("X-Frame-Options")
	}
	_, _ = w.Write(page)
}
