package server

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rabta/rabta/server/internal/reply"
)

// graphQLResponse is an answer of GraphQL. Its data is JSON already and goes out as it is;
// no data means that the request was refused and the key is left out.
type graphQLResponse struct {
	errors     gqlerror.List
	data       json.RawMessage
	extensions map[string]any
}

// sortErrors puts the errors in the order of the query's text, then of their
// paths. Fields run side by side: in the order in which they fail, the same
// request would not give the same bytes.
func (a *graphQLResponse) sortErrors() {
	slices.SortStableFunc(a.errors, func(x, y *gqlerror.Error) int {
		xl, yl := firstLocation(x), firstLocation(y)
		return cmp.Or(cmp.Compare(xl.Line, yl.Line), cmp.Compare(xl.Column, yl.Column),
			cmp.Compare(x.Path.String(), y.Path.String()))
	})
}

// firstLocation is where in the query an error arose; the zero Location when it says none.
func firstLocation(e *gqlerror.Error) gqlerror.Location {
	if len(e.Locations) == 0 {
		return gqlerror.Location{}
	}
	return e.Locations[0]
}

// limitErrors keeps the first limit errors and says so in the extensions.
func (a *graphQLResponse) limitErrors(limit int) {
	if limit < 0 || len(a.errors) <= limit {
		return
	}
	a.errors = a.errors[:limit]
	extensions := map[string]any{"moreErrors": true}
	for key, value := range a.extensions {
		extensions[key] = value
	}
	a.extensions = extensions
}

// writeGraphQL writes the response in one JSON object without encoding the data
// again.
func writeGraphQL(w http.ResponseWriter, media reply.Media, status int, a graphQLResponse) {
	before, after := []byte("{"), []byte("}")
	if len(a.errors) > 0 {
		before = append(append(before, `"errors":`...), marshalErrors(a.errors)...)
	}
	if a.data != nil {
		if len(a.errors) > 0 {
			before = append(before, ',')
		}
		before = append(before, `"data":`...)
	}
	if extensions, err := json.Marshal(a.extensions); err == nil && len(a.extensions) > 0 {
		after = append(append([]byte(`,"extensions":`), extensions...), '}')
	}
	h := w.Header()
	h.Set("Content-Type", media.ContentType())
	h.Set("Content-Length", strconv.Itoa(len(before)+len(a.data)+len(after)))
	w.WriteHeader(status)
	for _, part := range [][]byte{before, a.data, after} {
		_, _ = w.Write(part)
	}
}

// marshalErrors encodes the errors; should an extension not be encodable, all
// extensions but the codes are left out.
func marshalErrors(errs gqlerror.List) []byte {
	if body, err := json.Marshal(errs); err == nil {
		return body
	}
	plain := make(gqlerror.List, len(errs))
	for i, e := range errs {
		code, _ := e.Extensions["code"].(string)
		plain[i] = &gqlerror.Error{
			Message: e.Message, Path: e.Path, Locations: e.Locations,
			Extensions: map[string]any{"code": code},
		}
	}
	body, _ := json.Marshal(plain) // holds only strings and numbers
	return body
}
