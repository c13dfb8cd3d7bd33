package reply

import "net/http"

// Recorder remembers the status and the size of an answer that is written to it.
type Recorder struct {
	http.ResponseWriter
	Status int // 200 until another is written
	Bytes  int64
}

// NewRecorder records what is written to w.
func NewRecorder(w http.ResponseWriter) *Recorder {
	return &Recorder{ResponseWriter: w, Status: http.StatusOK}
}

// WriteHeader is http.ResponseWriter's.
func (r *Recorder) WriteHeader(status int) {
	r.Status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *Recorder) Write(p []byte) (int, error) {
	n, err := r.ResponseWriter.Write(p)
	r.Bytes += int64(n)
	return n, err
}

// Unwrap gives http.ResponseController the writer below.
func (r *Recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
