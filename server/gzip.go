package server

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

// compress sends text and JSON in gzip to clients that accept it. It leaves
// alone what is encoded already, partial or short.
func compress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if r.Method == http.MethodHead || !acceptsGzip(r.Header.Values("Accept-Encoding")) {
			next.ServeHTTP(w, r)
			return
		}
		c := &compressor{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(c, r)
		c.close() // not after a panic: the answer would look complete
	})
}

// acceptsGzip reports whether gzip is named, or covered by *, with a quality
// above zero.
func acceptsGzip(values []string) bool {
	star := false
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
			star = accepted
		}
	}
	return star
}

// compressor holds an answer's first bytes back until it knows whether the
// answer is worth compressing.
type compressor struct {
	http.ResponseWriter
	status  int
	held    []byte
	started bool
	gzip    *gzip.Writer
}

// WriteHeader remembers the status until the first bytes are out.
func (c *compressor) WriteHeader(status int) {
	if !c.started {
		c.status = status
	}
}

func (c *compressor) Write(p []byte) (int, error) {
	if !c.started {
		if len(c.held)+len(p) < minCompressed {
			c.held = append(c.held, p...)
			return len(p), nil
		}
		if err := c.start(c.compressible()); err != nil {
			return 0, err
		}
	}
	if c.gzip != nil {
		return c.gzip.Write(p)
	}
	return c.ResponseWriter.Write(p)
}

// start sends the header and what was held back.
func (c *compressor) start(zip bool) error {
	c.started = true
	if zip {
		c.Header().Set("Content-Encoding", "gzip")
		c.Header().Del("Content-Length")
		c.gzip = gzipWriters.Get().(*gzip.Writer)
		c.gzip.Reset(c.ResponseWriter)
	}
	c.ResponseWriter.WriteHeader(c.status)
	if len(c.held) == 0 {
		return nil
	}
	_, err := c.Write(c.held)
	c.held = nil
	return err
}

// Flush sends what there is, for answers that come bit by bit.
func (c *compressor) Flush() {
	if !c.started {
		_ = c.start(c.compressible())
	}
	if c.gzip != nil {
		_ = c.gzip.Flush()
	}
	_ = http.NewResponseController(c.ResponseWriter).Flush()
}

// Unwrap gives http.ResponseController the writer below.
func (c *compressor) Unwrap() http.ResponseWriter { return c.ResponseWriter }

func (c *compressor) close() {
	if !c.started {
		_ = c.start(false)
	}
	if c.gzip != nil {
		_ = c.gzip.Close()
		c.gzip.Reset(nil)
		gzipWriters.Put(c.gzip)
		c.gzip = nil
	}
}

func (c *compressor) compressible() bool {
	h := c.Header()
	switch {
	case c.status < http.StatusOK, c.status == http.StatusNoContent,
		c.status == http.StatusPartialContent, c.status == http.StatusNotModified:
		return false
	case h.Get("Content-Encoding") != "":
		return false
	}
	media, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && (strings.HasPrefix(media, "text/") || strings.HasSuffix(media, "json") ||
		strings.HasSuffix(media, "xml") || strings.HasSuffix(media, "javascript") || media == "application/graphql")
}
