// Package traces sends spans to a receiver of OpenTelemetry that the operator names, by
// OTLP over HTTP, and to nobody else. Without one there are no spans.
//
// What the spans say is up to those who make them; of this machine they say only the name
// and the version of the service.
package traces
