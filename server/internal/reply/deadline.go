package reply

import (
	"io"
	"net/http"
	"time"
)

// WithDeadlines gives each part that is written to w a deadline of its own, for downloads
// that take longer than any answer may.
func WithDeadlines(w http.ResponseWriter, each time.Duration) io.Writer {
	return &deadlineWriter{w, http.NewResponseController(w), each}
}

type deadlineWriter struct {
	io.Writer
	control *http.ResponseController
	each    time.Duration
}

func (d *deadlineWriter) Write(b []byte) (int, error) {
	_ = d.control.SetWriteDeadline(time.Now().Add(d.each)) // a test's writer has none
	return d.Writer.Write(b)
}
