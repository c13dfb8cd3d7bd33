package main

import (
	"maps"
	"testing"
)

// TestReceiver: spans go where the environment says, by OpenTelemetry's names, and nowhere
// when it says nothing.
func TestReceiver(t *testing.T) {
	type env = map[string]string
	for _, tt := range []struct {
		env      env
		url      string // empty: nowhere
		headers  map[string]string
		service  string
		mistaken bool
	}{
		{env{}, "", nil, "", false},
		{env{"OTEL_SERVICE_NAME": "x"}, "", nil, "", false},
		{env{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://a:4318"}, "http://a:4318/v1/traces", nil, "rabta", false},
		{
			env{"OTEL_EXPORTER_OTLP_ENDPOINT": "https://a/base/", "OTEL_SERVICE_NAME": "x"},
			"https://a/base/v1/traces", nil, "x", false,
		},
		{
			env{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://a", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://b/in"},
			"http://b/in", nil, "rabta", false,
		},
		{env{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://a", "OTEL_SDK_DISABLED": "true"}, "", nil, "", false},
		{env{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://a", "OTEL_TRACES_EXPORTER": "none"}, "", nil, "", false},
		{
			env{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://a", "OTEL_EXPORTER_OTLP_HEADERS": "k=a%20b, l = 2"},
			"http://a/v1/traces",
			map[string]string{"k": "a b", "l": "2"},
			"rabta", false,
		},
		{env{"OTEL_EXPORTER_OTLP_ENDPOINT": "a:4318"}, "", nil, "", true},
		{env{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://a", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, "", nil, "", true},
		{env{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://a", "OTEL_EXPORTER_OTLP_HEADERS": "k"}, "", nil, "", true},
	} {
		r, ok, err := receiver(func(name string) string { return tt.env[name] })
		if ok != (tt.url != "") || (err != nil) != tt.mistaken {
			t.Errorf("%v: %v, %v", tt.env, ok, err)
			continue
		}
		if ok && (r.URL != tt.url || r.Service != tt.service || !maps.Equal(r.Headers, tt.headers)) {
			t.Errorf("%v: %+v", tt.env, r)
		}
	}
}
