package server

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// reconciler answers /reconcile and what is beneath it: the Reconciliation Service
// API 0.2, by which OpenRefine and its like match a column of a table. It shows what
// GraphQL shows to the same reader under the same lens, and records nothing.
type reconciler struct{ moments }

func (s *Server) routeReconcile(mux *http.ServeMux, m moments) {
	c := reconciler{m}
	mux.Handle("/reconcile", c.handler(c.service, true))
	mux.Handle("/reconcile/suggest/{what}", c.handler(c.suggest, false))
	mux.Handle("/reconcile/properties", c.handler(c.propose, false))
	mux.Handle("/reconcile/preview", c.handler(c.preview, false))
}

// asked is one request: what its parameters say beside the lens, and the view
// through which it is answered.
type asked struct {
	*http.Request
	given url.Values
	view  *live.View
	lens  string // the conditions of the lens, encoded
}

// answers writes the answer to a request. What it returns was not answered.
type answers func(ctx context.Context, w http.ResponseWriter, a *asked) error

func (c reconciler) handler(answer answers, post bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		c.share(w, r)
		if allowed := r.Method == http.MethodGet || r.Method == http.MethodHead || post && r.Method == http.MethodPost; !allowed {
			methods := "GET, HEAD"
			if post {
				methods += ", POST"
			}
			methodNotAllowed(methods).write(w, mediaJSON)
			return
		}
		ctx, cancel := context.WithTimeout(newRequest(r.Context()), c.config.QueryTimeout)
		defer cancel()
		a, err := c.read(w, r)
		if err == nil {
			ctx, err = c.open(ctx, w, r)
		}
		if err == nil {
			err = c.look(ctx, a)
		}
		if err == nil {
			err = answer(ctx, w, a)
		}
		if err != nil {
			c.reject(ctx, w, r, err)
		}
	})
}

// plainOrigin is an origin as browsers send it.
var plainOrigin = regexp.MustCompile(`^https?://[a-z0-9.-]+(:[0-9]{1,5})?$`)

// share lets the pages of the origins that the server was told of read the answer,
// and no others. OpenRefine asks for the service and for suggestions in the browser.
func (c reconciler) share(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Origin")
	if origin := r.Header.Get("Origin"); origin != "" && slices.Contains(c.config.ReconcileOrigins, origin) {
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
}

// read splits the parameters of the address and of a form in the body.
func (c reconciler) read(w http.ResponseWriter, r *http.Request) (*asked, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badRequest("the query string is not properly URL-encoded; encode each value, and put an ampersand between parameters")
	}
	if r.Method == http.MethodPost {
		form, err := readForm(w, r, c.config.BodyLimit)
		if err != nil {
			return nil, err
		}
		for name, given := range form {
			values[name] = append(values[name], given...)
		}
	}
	return &asked{Request: r, given: values}, nil
}

func readForm(w http.ResponseWriter, r *http.Request, limit int64) (url.Values, error) {
	media, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	if !strings.EqualFold(strings.TrimSpace(media), "application/x-www-form-urlencoded") {
		return nil, &problem{
			status: http.StatusUnsupportedMediaType, code: CodeMediaType,
			message: "the Content-Type must be application/x-www-form-urlencoded: send queries or extend as a field of a form",
		}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return nil, bodyTooLarge(limit)
	}
	if err != nil {
		return nil, badRequest("the body broke off before its end; send the request again")
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, badRequest("the body is not a properly URL-encoded form; encode each value, and put an ampersand between fields")
	}
	return form, nil
}

// look takes the conditions of a lens out of the parameters and opens the view.
func (c reconciler) look(ctx context.Context, a *asked) error {
	var lens graph.Lens
	conditions := url.Values{}
	for i := range graph.LensConditions {
		condition := &graph.LensConditions[i]
		values, given := a.given[condition.Name]
		if !given {
			continue
		}
		if err := condition.Set(&lens, values...); err != nil {
			return err
		}
		conditions[condition.Name] = values
		delete(a.given, condition.Name)
	}
	var err error
	if len(conditions) == 0 {
		a.view, err = live.FromContext(ctx).View(nil)
		return err
	}
	if err := lens.Check(); err != nil {
		return graph.Renamed(err, lensless)
	}
	a.lens = conditions.Encode()
	a.view, err = live.FromContext(ctx).View(&lens)
	return graph.Renamed(err, lensless)
}

func lensless(path string) string { return strings.TrimPrefix(path, "lens.") }

// one is the single value of a parameter, "" when it is not given.
func (a *asked) one(name string) (string, error) {
	values := a.given[name]
	if len(values) > 1 {
		return "", badRequest("the parameter %s is given %d times; give it once", name, len(values))
	}
	if len(values) == 0 {
		return "", nil
	}
	return values[0], nil
}

// only refuses parameters that are not among the names: a condition of a lens that
// is misspelt must not pass for none.
func (a *asked) only(names ...string) error {
	for name := range a.given {
		if name == "callback" {
			return badRequest("JSONP is not supported, since it lets every page read the answers; leave callback out, and tell the server which origins may read them")
		}
		if !slices.Contains(names, name) {
			return graph.Invalid("UNKNOWN_PARAMETER", strings.ToValidUTF8(name[:min(len(name), 60)], "\uFFFD"), "there is no such parameter", "use "+strings.Join(names, ", ")+", or a condition of a lens")
		}
	}
	return nil
}

// base is the address of this server, as the client knows it.
func (a *asked) base() string {
	scheme := "http"
	if a.TLS != nil || a.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + a.Host
}

// path is a path of this server with the lens.
func (a *asked) path(path, query string) string {
	if a.lens != "" {
		query = strings.TrimPrefix(query+"&"+a.lens, "&")
	}
	if query != "" {
		path += "?" + query
	}
	return path
}
