package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/reconcile"
	"github.com/rabta/rabta/server/internal/reply"
	"github.com/rabta/rabta/work"
)

// reconcileRequest is what a client asks of the reconciliation service, and the
// service that answers it through the lens of its parameters.
type reconcileRequest struct {
	*http.Request
	parameters url.Values // all but the conditions of the lens
	reconcile  reconcile.Service
	lens       string // the conditions of the lens, URL-encoded
}

// readReconcileRequest reads the parameters of the address and of a form in the body.
func readReconcileRequest(w http.ResponseWriter, r *http.Request, limit int64) (*reconcileRequest, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badQueryString()
	}
	if r.Method == http.MethodPost {
		form, err := readForm(w, r, limit)
		if err != nil {
			return nil, err
		}
		for name, given := range form {
			values[name] = append(values[name], given...)
		}
	}
	return &reconcileRequest{Request: r, parameters: values}, nil
}

func readForm(w http.ResponseWriter, r *http.Request, limit int64) (url.Values, error) {
	media, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	if !strings.EqualFold(strings.TrimSpace(media), "application/x-www-form-urlencoded") {
		return nil, &reply.Problem{
			Status: http.StatusUnsupportedMediaType, Code: CodeMediaType,
			Message: "the Content-Type must be application/x-www-form-urlencoded: " +
				"send queries or extend as a field of a form",
		}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return nil, bodyTooLarge(limit)
	}
	if err != nil {
		return nil, badRequest("the body ended early; send the request again")
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, badRequest("the body is not a properly URL-encoded form; " +
			"encode each value, and put an ampersand between fields")
	}
	return form, nil
}

// openView takes the conditions of a lens out of the parameters and opens the view.
// Columns are made for at most maxIDs entities at once.
func (r *reconcileRequest) openView(ctx context.Context, maxIDs int) error {
	lens, err := r.takeLens()
	if err != nil {
		return err
	}
	view, err := live.FromContext(ctx).View(lens)
	if err != nil {
		return graph.Renamed(err, parameterOfLens)
	}
	r.reconcile = reconcile.Service{View: view.Within(work.RequestOf(ctx).Records()), MaxIDs: maxIDs}
	return nil
}

// takeLens is nil when no condition is given.
func (r *reconcileRequest) takeLens() (*graph.Lens, error) {
	var lens graph.Lens
	conditions := url.Values{}
	for i := range graph.LensConditions {
		condition := &graph.LensConditions[i]
		values, given := r.parameters[condition.Name]
		if !given {
			continue
		}
		if err := condition.Set(&lens, values...); err != nil {
			return nil, err
		}
		conditions[condition.Name] = values
		delete(r.parameters, condition.Name)
	}
	if len(conditions) == 0 {
		return nil, nil
	}
	r.lens = conditions.Encode()
	return &lens, graph.Renamed(lens.Check(), parameterOfLens)
}

// parameterOfLens is the name of a parameter for a path in a lens.
func parameterOfLens(path string) string { return strings.TrimPrefix(path, "lens.") }

// parameter is the single value of a parameter, "" when it is not given.
func (r *reconcileRequest) parameter(name string) (string, error) {
	values := r.parameters[name]
	if len(values) > 1 {
		return "", repeatedParameter(name, len(values))
	}
	if len(values) == 0 {
		return "", nil
	}
	return values[0], nil
}

// checkNames refuses parameters that are not among the names: a condition of a lens
// that is misspelt must not pass for none.
func (r *reconcileRequest) checkNames(names ...string) error {
	for name := range r.parameters {
		if name == "callback" {
			return badRequest("JSONP is not supported, since it lets every page read the answers; " +
				"leave callback out, and tell the server which origins may read them")
		}
		if !slices.Contains(names, name) {
			field := strings.ToValidUTF8(name[:min(len(name), 60)], "\uFFFD")
			remedy := "use " + strings.Join(names, ", ") + ", or a condition of a lens"
			return graph.Invalid("UNKNOWN_PARAMETER", field, "there is no such parameter", remedy)
		}
	}
	return nil
}

// pageBounds says which of the suggestions are asked for: at most a hundred.
func (r *reconcileRequest) pageBounds() (from, to int, err error) {
	from, err = r.number("cursor", 0, 0)
	if err != nil {
		return 0, 0, err
	}
	limit, err := r.number("limit", 1, 10)
	return from, from + limit, err
}

// number is a parameter from least to a hundred; without it, the default.
func (r *reconcileRequest) number(name string, least, standard int) (int, error) {
	const most = 100
	text, err := r.parameter(name)
	if err != nil || text == "" {
		return standard, err
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		message := fmt.Sprintf("it is not a number from %d to %d", least, most)
		return 0, graph.Invalid("OUT_OF_RANGE", name, message, "leave it out, or ask for less")
	}
	return n, nil
}

// baseURL is the address of this server, as the client knows it.
func (r *reconcileRequest) baseURL() string {
	scheme := "http"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}
