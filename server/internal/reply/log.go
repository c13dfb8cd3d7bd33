package reply

import (
	"log/slog"
	"net/http"
	"time"
)

// AccessLog writes a line a request at debug level. It leaves out the query
// string, the body and the client's address: they say who looked for what.
func AccessLog(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !log.Enabled(r.Context(), slog.LevelDebug) {
			next.ServeHTTP(w, r)
			return
		}
		start := time.Now()
		recorder := NewRecorder(w)
		next.ServeHTTP(recorder, r)
		log.LogAttrs(r.Context(), slog.LevelDebug, "request",
			slog.String("method", r.Method),
			slog.String("path", r.URL.Path),
			slog.Int("status", recorder.Status),
			slog.Int64("bytes", recorder.Bytes),
			slog.Duration("took", time.Since(start)))
	})
}
