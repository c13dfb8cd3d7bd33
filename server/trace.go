package server

import (
	"context"
	"errors"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/server/internal/reply"
	"github.com/rabta/rabta/work"
)

// Spans say what was done and how long it took, and nothing of what was asked: no
// address, no query, no variable, no id of anything recorded.

// traceRequests makes a span of each request, but of those that ask how the server is.
// The trace goes on that the header traceparent names.
func (s *Server) traceRequests(next http.Handler) http.Handler {
	if s.config.Tracer == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/healthz", "/readyz", "/metrics":
			next.ServeHTTP(w, r)
			return
		}
		ctx, span := s.config.Tracer.Start(callersTrace(r), methodOf(r), trace.WithSpanKind(trace.SpanKindServer))
		recorder := reply.NewRecorder(w)
		r = r.WithContext(ctx)
		defer func() { endRequest(ctx, span, r, recorder.Status) }()
		next.ServeHTTP(recorder, r)
	})
}

// callersTrace is the request's context with the span that its caller names. What else the
// caller says of the trace is left out: it would be sent on unread.
func callersTrace(r *http.Request) context.Context {
	ctx := propagation.TraceContext{}.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
	caller := trace.SpanContextFromContext(ctx)
	if !caller.IsValid() {
		return r.Context()
	}
	return trace.ContextWithRemoteSpanContext(r.Context(), caller.WithTraceState(trace.TraceState{}))
}

func endRequest(ctx context.Context, span trace.Span, r *http.Request, status int) {
	_, info := withRequestInfo(ctx)
	span.SetName(methodOf(r) + " " + routeOf(r))
	span.SetAttributes(
		attribute.String("http.request.method", methodOf(r)),
		attribute.String("http.route", routeOf(r)),
		attribute.Int("http.response.status_code", status),
		attribute.String("rabta.request_id", info.id))
	if status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, "")
	}
	span.End()
}

// operationSpans makes a span of each GraphQL operation: an extension of the executor.
type operationSpans struct{ tracer trace.Tracer }

var _ graphql.ResponseInterceptor = operationSpans{}

// ExtensionName names the extension to the executor.
func (operationSpans) ExtensionName() string { return "Spans" }

// Validate accepts every schema.
func (operationSpans) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptResponse makes the span of an answer.
func (o operationSpans) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	kind := operationType(ctx)
	ctx, span := o.tracer.Start(ctx, "graphql "+kind)
	defer span.End()
	response := next(ctx)
	span.SetAttributes(attribute.String("graphql.operation.type", kind))
	if response != nil {
		result := outcome(response)
		span.SetAttributes(attribute.String("rabta.outcome", result))
		if result == CodeInternal {
			span.SetStatus(codes.Error, "")
		}
	}
	return response
}

// traceApply is apply with a span of each batch, in the traces that requests are in.
func traceApply(next apply) apply {
	return func(ctx context.Context, b graph.Batch) (graph.Commit, error) {
		ctx, span := startSpan(ctx, "store apply")
		defer span.End()
		commit, err := next(ctx, b)
		result := applied(commit, err)
		span.SetAttributes(
			attribute.String("rabta.outcome", result),
			attribute.Int("rabta.records", len(b.Sources)+len(b.Entities)+len(b.Claims)))
		return commit, err
	}
}

// traceWait makes a span of the time that a heavy request waited for its turn.
func traceWait(ctx context.Context, r *work.Request) {
	from, to, heavy := r.Waited()
	if !heavy {
		return
	}
	_, span := startSpan(ctx, "wait for turn", trace.WithTimestamp(from))
	if errors.Is(r.Err(), work.ErrBusy) {
		span.SetAttributes(attribute.String("rabta.outcome", CodeBusy))
	}
	span.End(trace.WithTimestamp(to))
}

// startSpan begins a span within the one that the context is in. Without one it is no
// span.
func startSpan(ctx context.Context, name string, o ...trace.SpanStartOption) (context.Context, trace.Span) {
	return trace.SpanFromContext(ctx).TracerProvider().Tracer("rabta").Start(ctx, name, o...)
}
