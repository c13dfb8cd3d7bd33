package reply

import (
	"net/http"
	"testing"
)

func TestNegotiate(t *testing.T) {
	for _, tt := range []struct {
		accept []string
		want   Media // empty: refused
	}{
		{nil, JSON},
		{[]string{"*/*"}, JSON},
		{[]string{"application/*"}, JSON},
		{[]string{"application/graphql-response+json"}, GraphQL},
		{[]string{"application/json"}, JSON},
		{[]string{"application/graphql-response+json, application/json"}, GraphQL},
		{[]string{"application/json, application/graphql-response+json"}, JSON},
		{[]string{"application/graphql-response+json, application/json;q=0.9"}, GraphQL},
		{[]string{"application/graphql-response+json;q=0.5, application/json;q=0.9"}, JSON},
		{[]string{"application/json;q=0.5", "application/graphql-response+json"}, GraphQL},
		{[]string{"application/json, multipart/mixed"}, JSON},
		{[]string{"application/graphql-response+json, */*"}, GraphQL},
		{[]string{"*/*, application/graphql-response+json"}, GraphQL},
		{[]string{"application/graphql-response+json;q=0.1, */*;q=0.9"}, JSON},
		{[]string{"application/json;q=0, */*"}, GraphQL},
		{[]string{"APPLICATION/JSON"}, JSON},
		{[]string{"application/json; charset=utf-8"}, JSON},
		{[]string{"application/json; charset=latin1, application/graphql-response+json"}, GraphQL},
		{[]string{"application/json; charset=latin1"}, ""},
		{[]string{"application/json;q=0"}, ""},
		{[]string{"*/*;q=0"}, ""},
		{[]string{"text/html"}, ""},
		{[]string{"text/html, */*;q=0.1"}, JSON},
		{[]string{"application/json;q=2"}, ""},
		{[]string{"rubbish"}, ""},
		{[]string{""}, ""},
	} {
		got, ok := Negotiate(http.Header{"Accept": tt.accept})
		if len(tt.accept) == 0 {
			got, ok = Negotiate(http.Header{})
		}
		if ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("Accept %q: %s, %v; want %q", tt.accept, got, ok, tt.want)
		}
	}
}
