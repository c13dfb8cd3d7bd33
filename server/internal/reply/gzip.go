package reply

import (
	"compress/gzip"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// minCompressed is the size below which an answer is sent as it is.
const minCompressed = 1 << 10

var gzipWriters = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is valid
	return w
}}

// Compress sends text and JSON in gzip to clients that accept it. It leaves
// alone what is encoded already, partial or short.
func Compress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if r.Method == http.MethodHead || !acceptsGzip(r.Header.Values("Accept-Encoding")) {
			next.ServeHTTP(w, r)
			return
		}
		gz := &gzipResponseWriter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(gz, r)
		gz.close() // not after a panic: the answer would look complete
	})
}

// acceptsGzip reports whether gzip is named, or covered by *, with a quality
// above zero.
func acceptsGzip(values []string) bool {
	anyEncoding := false
	for part := range strings.SplitSeq(strings.Join(values, ","), ",") {
		name, parameter, _ := strings.Cut(part, ";")
		accepted := true
		if q, given := strings.CutPrefix(strings.TrimSpace(parameter), "q="); given {
			quality, err := strconv.ParseFloat(q, 64)
			accepted = err == nil && quality > 0
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "gzip", "x-gzip":
			return accepted
		case "*":
			anyEncoding = accepted
		}
	}
	return anyEncoding
}

// gzipResponseWriter holds an answer's first bytes back until it knows whether the
// answer is worth compressing.
type gzipResponseWriter struct {
	http.ResponseWriter
	status   int
	buffered []byte
	started  bool
	gzip     *gzip.Writer
}

// WriteHeader remembers the status until the first bytes are out.
func (g *gzipResponseWriter) WriteHeader(status int) {
	if !g.started {
		g.status = status
	}
}

func (g *gzipResponseWriter) Write(p []byte) (int, error) {
	if !g.started {
		if len(g.buffered)+len(p) < minCompressed {
			g.buffered = append(g.buffered, p...)
			return len(p), nil
		}
		if err := g.start(g.compressible()); err != nil {
			return 0, err
		}
	}
	if g.gzip != nil {
		return g.gzip.Write(p)
	}
	return g.ResponseWriter.Write(p)
}

// start sends the header and what was held back.
func (g *gzipResponseWriter) start(zip bool) error {
	g.started = true
	if zip {
		g.Header().Set("Content-Encoding", "gzip")
		g.Header().Del("Content-Length")
		g.gzip = gzipWriters.Get().(*gzip.Writer)
		g.gzip.Reset(g.ResponseWriter)
	}
	g.ResponseWriter.WriteHeader(g.status)
	if len(g.buffered) == 0 {
		return nil
	}
	_, err := g.Write(g.buffered)
	g.buffered = nil
	return err
}

// Flush sends what there is, for answers that come bit by bit.
func (g *gzipResponseWriter) Flush() {
	if !g.started {
		_ = g.start(g.compressible())
	}
	if g.gzip != nil {
		_ = g.gzip.Flush()
	}
	_ = http.NewResponseController(g.ResponseWriter).Flush()
}

// Unwrap gives http.ResponseController the writer below.
func (g *gzipResponseWriter) Unwrap() http.ResponseWriter { return g.ResponseWriter }

func (g *gzipResponseWriter) close() {
	if !g.started {
		_ = g.start(false)
	}
	if g.gzip != nil {
		_ = g.gzip.Close()
		g.gzip.Reset(nil)
		gzipWriters.Put(g.gzip)
		g.gzip = nil
	}
}

func (g *gzipResponseWriter) compressible() bool {
	h := g.Header()
	switch {
	case g.status < http.StatusOK, g.status == http.StatusNoContent,
		g.status == http.StatusPartialContent, g.status == http.StatusNotModified:
		return false
	case h.Get("Content-Encoding") != "":
		return false
	}
	media, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && (strings.HasPrefix(media, "text/") || strings.HasSuffix(media, "json") ||
		strings.HasSuffix(media, "xml") || strings.HasSuffix(media, "javascript") || media == "application/graphql")
}
