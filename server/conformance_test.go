package server

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

const (
	acceptJSON    = "application/json"
	acceptGraphQL = "application/graphql-response+json"
	typename      = `{"query":"{ __typename }"}`
)

// audit is one rule of GraphQL over HTTP, under the id that the graphql-http
// package gives it.
type audit struct {
	id     string
	call   call
	status []int  // any of them
	media  string // of the answer
	holds  string // "no errors" or "no data"
}

func between(low, high int) (all []int) {
	for status := low; status <= high; status++ {
		all = append(all, status)
	}
	return all
}

func accept(media string) map[string]string { return map[string]string{"Accept": media} }

func contentType(media string) map[string]string { return map[string]string{"Content-Type": media} }

func getCall(values url.Values, media string) call {
	return call{method: http.MethodGet, target: "/graphql?" + values.Encode(), header: accept(media)}
}

func audits() []audit {
	ok, bad := []int{200}, []int{400}
	typeQuery := `query Type($name: String!) { __type(name: $name) { name } }`
	typeVars := `{"query":"query Type($name: String!) { __type(name: $name) { name } }","variables":{"name":"sometype"}}`
	typeGet := url.Values{"query": {typeQuery}, "variables": {`{"name":"sometype"}`}}
	unknown := `{"query":"{ f31403dfe404bccbb0e835f2629c6a7 }"}`
	digits := `{"query":"{ 8f31403dfe404bccbb0e835f2629c6a7 }"}`
	running := `{"query":"{ __type(name: \"Run🏃Swim🏊\") { name } }"}`
	operation := `{"operationName":"Query","query":"query Query { __typename }"}`
	extensions := `{"query":"{ __typename }","extensions":{"some":"value"}}`
	notInformational := append(between(200, 299), between(400, 599)...)
	coerce := `{"query":"query CoerceFailure($id: ID!){ __typename }","variables":{"id":null}}`
	list := []audit{
		{"22EB", call{body: typename, header: accept(acceptGraphQL)}, ok, acceptGraphQL, ""},
		{"4655", call{body: typename, header: accept(acceptJSON)}, ok, acceptJSON, ""},
		{"47DE", call{body: typename, header: accept("*/*")}, ok, acceptJSON, ""},
		{"80D8", call{body: typename}, ok, acceptJSON, ""},
		{"82A3", call{body: typename}, ok, "charset=utf-8", ""},
		{"BF61", call{body: running, header: contentType("application/json; charset=utf-8")}, ok, "", ""},
		{"78D5", call{body: typename}, ok, "", ""},
		{"2C94", call{body: typename}, ok, "", ""},
		{"5A70", getCall(url.Values{"query": {"{ __typename }"}}, "*/*"), ok, "", ""},
		{"9C48", getCall(url.Values{"query": {"mutation { __typename }"}}, acceptGraphQL), between(400, 499), "", ""},
		{"9ABE", call{body: typename, header: map[string]string{"Content-Type": ""}}, between(400, 499), "", ""},
		{"03D4", call{body: typename}, ok, "", ""},
		{"A5BF", call{}, bad, "", ""},
		{"423L", call{body: `{"notquery":"{ __typename }"}`, header: accept(acceptGraphQL)}, bad, "", ""},
		{"34A2", call{body: typename, header: accept(acceptGraphQL)}, ok, "", ""},
		{"13EE", call{body: typename, header: accept(acceptJSON)}, ok, "", "no errors"},
		{"8161", call{body: operation, header: accept(acceptGraphQL)}, ok, "", ""},
		{"B8B3", call{body: operation, header: accept(acceptJSON)}, ok, "", "no errors"},
		{"2EA1", call{body: typeVars, header: accept(acceptGraphQL)}, ok, "", ""},
		{"28B9", call{body: typeVars, header: accept(acceptJSON)}, ok, "", "no errors"},
		{"D6D5", getCall(typeGet, acceptGraphQL), ok, "", "no errors"},
		{"6A70", getCall(typeGet, acceptJSON), ok, "", "no errors"},
		{"428F", call{body: extensions, header: accept(acceptGraphQL)}, ok, "", ""},
		{"1B7A", call{body: extensions, header: accept(acceptJSON)}, ok, "", "no errors"},
		{"B6DC", call{body: `{ "not a JSON`, header: accept(acceptJSON)}, notInformational, "", ""},
		{"BCF8", call{body: `{ "not a JSON`, header: accept(acceptJSON)}, bad, "", ""},
		{"B7N8", call{body: `{ "not a JSON`, header: accept(acceptGraphQL)}, bad, "", ""},
		{"8764", call{body: `{"qeury":"{ __typename }"}`}, between(400, 599), "", ""},
		{"3E3A", call{body: `{"qeury":"{ __typename }"}`}, bad, "", ""},
		{"572B", call{body: `{"query":"{"}`, header: accept(acceptJSON)}, ok, "", ""},
		{"FDE2", call{body: digits, header: accept(acceptJSON)}, ok, "", ""},
		{"FDE2 a field that parses", call{body: unknown, header: accept(acceptJSON)}, ok, acceptJSON, "no data"},
		{"7B9B", call{body: coerce, header: accept(acceptJSON)}, ok, "", ""},
		{"865D", call{body: `{"query":"{"}`, header: accept(acceptGraphQL)}, between(400, 599), "", ""},
		{"556A", call{body: `{"query":"{"}`, header: accept(acceptGraphQL)}, bad, "", ""},
		{"D586", call{body: `{"query":"{"}`, header: accept(acceptGraphQL)}, bad, "", "no data"},
		{"51FE", call{body: digits, header: accept(acceptGraphQL)}, between(400, 599), "", ""},
		{"74FF", call{body: digits, header: accept(acceptGraphQL)}, bad, "", ""},
		{"5E5B", call{body: digits, header: accept(acceptGraphQL)}, bad, "", "no data"},
		{"5E5B a field that parses", call{body: unknown, header: accept(acceptGraphQL)}, bad, acceptGraphQL, "no data"},
		{"86EE", call{body: coerce, header: accept(acceptGraphQL)}, bad, "", "no data"},
	}
	for i, wrong := range []string{`{"obj":"ect"}`, `0`, `false`, `["array"]`} {
		list = append(list,
			audit{fmt.Sprint("LKJ", i), call{body: `{"query":` + wrong + `}`}, bad, "", ""},
			audit{fmt.Sprint("6C0", i), call{body: `{"query":"{ __typename }","operationName":` + wrong + `}`}, bad, "", ""})
	}
	for i, wrong := range []string{`"string"`, `0`, `false`, `["array"]`} {
		list = append(list,
			audit{fmt.Sprint("476", i), call{body: `{"query":"{ __typename }","variables":` + wrong + `}`}, bad, "", ""},
			audit{fmt.Sprint("58B", i), call{body: `{"query":"{ __typename }","extensions":` + wrong + `}`}, bad, "", ""})
	}
	for i, name := range []string{"variables", "operationName", "extensions"} {
		body := `{"query":"{ __typename }","` + name + `":null}`
		list = append(list,
			audit{fmt.Sprint("94B", i), call{body: body, header: accept(acceptGraphQL)}, ok, "", "no errors"},
			audit{fmt.Sprint("022", i), call{body: body, header: accept(acceptJSON)}, ok, "", "no errors"})
	}
	return list
}

// TestGraphQLOverHTTP runs the 61 rules that graphql-http audits, without Node.
func TestGraphQLOverHTTP(t *testing.T) {
	h := newTestServer(t, nil)
	ids := map[string]bool{}
	for _, a := range audits() {
		ids[strings.Fields(a.id)[0]] = true
		t.Run(a.id, func(t *testing.T) { checkAudit(t, a, a.call.do(h)) })
	}
	if len(ids) != 61 {
		t.Errorf("%d rules, want 61", len(ids))
	}
}

func checkAudit(t *testing.T, a audit, r *answer) {
	found := false
	for _, status := range a.status {
		found = found || r.Code == status
	}
	if !found {
		t.Errorf("status %d, want one of %v: %s", r.Code, a.status, r.Body)
	}
	if media := r.Header().Get("Content-Type"); !strings.Contains(media, a.media) {
		t.Errorf("Content-Type %q does not hold %q", media, a.media)
	}
	if !utf8.Valid(r.Body.Bytes()) {
		t.Error("the answer is not UTF-8")
	}
	members := r.members(t)
	if _, has := members["errors"]; has && a.holds == "no errors" {
		t.Errorf("errors in %s", r.Body)
	}
	if _, has := members["data"]; has && a.holds == "no data" {
		t.Errorf("data in %s", r.Body)
	}
}
