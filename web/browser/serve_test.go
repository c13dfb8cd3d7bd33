package browser_test

import (
	"net/http"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"testing"
	"time"
)

// serve builds the program, starts it on a store in memory with the seeds, and
// returns its address without a slash at the end. It ends with the test.
func serve(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "rabta")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./cmd/rabta")
	build.Dir = projectRoot
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build ./cmd/rabta: %v\n%s", err, out)
	}

	said := &output{address: make(chan string, 1)}
	server := exec.Command(program, "serve", "--listen", "127.0.0.1:0", "--store", "memory:")
	server.Dir = t.TempDir()
	server.Stdout, server.Stderr = said, said
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		ended <- server.Wait()
		close(ended)
	}()
	t.Cleanup(func() {
		_ = server.Process.Signal(syscall.SIGTERM)
		<-ended
		if t.Failed() {
			t.Logf("the server said:\n%s", said)
		}
	})

	select {
	case address := <-said.address:
		awaitGraph(t, address)
		return address
	case err := <-ended:
		t.Fatalf("the server ended before it gave its address: %v", err)
		return ""
	}
}

// awaitGraph waits until the server says that its graph is loaded.
func awaitGraph(t *testing.T, address string) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		answer, err := http.Get(address + "/readyz")
		if err != nil {
			continue
		}
		_ = answer.Body.Close()
		if answer.StatusCode == http.StatusOK {
			return
		}
	}
	t.Fatalf("%s/readyz did not answer 200 within a minute", address)
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// output keeps what a server prints and gives the first address in it.
type output struct {
	mu      sync.Mutex
	text    []byte
	given   bool
	address chan string
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text = append(o.text, p...)
	if found := address.FindIndex(o.text); found != nil && found[1] < len(o.text) && !o.given {
		o.given = true
		o.address <- string(o.text[found[0]:found[1]])
	}
	return len(p), nil
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return string(o.text)
}
