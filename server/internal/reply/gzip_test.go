package reply

import (
	"bufio"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestGzipBitByBit(t *testing.T) {
	step := make(chan struct{})
	lineByLine := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-ndjson")
		for _, line := range []string{"one\n", "two\n"} {
			_, _ = io.WriteString(w, line)
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
			<-step
		}
	})
	debugLog := slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelDebug}))
	srv := httptest.NewServer(AccessLog(debugLog, Compress(lineByLine)))
	defer srv.Close()
	res, err := http.Get(srv.URL) // the client asks for gzip and unpacks it
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewReader(res.Body)
	for _, want := range []string{"one\n", "two\n"} {
		if got, err := lines.ReadString('\n'); got != want || err != nil {
			t.Errorf("read %q, %v before the next line was written", got, err)
		}
		step <- struct{}{}
	}
	if !res.Uncompressed {
		t.Error("not compressed")
	}
}

func TestGzipDoesNotFinishABrokenAnswer(t *testing.T) {
	h := Compress(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "half of")
		panic(http.ErrAbortHandler)
	}))
	w := httptest.NewRecorder()
	func() {
		defer func() { _ = recover() }()
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", "gzip")
		h.ServeHTTP(w, r)
	}()
	if w.Body.Len() > 0 {
		t.Errorf("sent %q", w.Body)
	}
}
