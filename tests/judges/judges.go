// Package judges lets programs of others judge rabta: those that know a format or
// a protocol better than its own tests do. Each has a folder beside this file
// with what it needs, pinned, and a test that runs it.
package judges

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// Root is the folder of the checkout.
func Root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test's folder: run the test inside the checkout")
		}
		dir = up
	}
}

// Installed is the folder in which the judge of that name is ready to run. Where
// it cannot be installed the test is skipped, with what to install; in CI it
// fails.
func Installed(t *testing.T, name string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), filepath.Join(Root(t), "scripts", "judge"), name)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err == nil {
		return strings.TrimSuffix(string(out), "\n")
	}
	why := fmt.Sprintf("%v: %s", err, lastLine(said.String()))
	if os.Getenv("CI") == "true" {
		t.Fatal(why)
	}
	t.Skip(why)
	return ""
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// Output runs a command and returns what it prints. The test ends when it fails
// or takes longer than the limit.
func Output(t *testing.T, limit time.Duration, cmd *exec.Cmd) []byte {
	t.Helper()
	out, said, err := run(t, limit, cmd)
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", cmd, err, out, said)
	}
	return out
}

// Report runs a command and returns what it prints on both outputs, and whether
// it ended with 0.
func Report(t *testing.T, limit time.Duration, cmd *exec.Cmd) (text string, ok bool) {
	t.Helper()
	out, said, err := run(t, limit, cmd)
	return string(out) + string(said), err == nil
}

func run(t *testing.T, limit time.Duration, cmd *exec.Cmd) (out, said []byte, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatalf("%s: %v", cmd, err)
	}
	var late atomic.Bool
	timer := time.AfterFunc(limit, func() {
		late.Store(true)
		_ = cmd.Process.Kill()
	})
	defer timer.Stop()
	if err = cmd.Wait(); late.Load() {
		err = fmt.Errorf("it took longer than %s: %w", limit, err)
	}
	return stdout.Bytes(), stderr.Bytes(), err
}

// Serve builds the program, starts it on a store in memory with the seeds, and
// returns its address, without a slash at the end, and what it has said so far.
// It ends with the test.
func Serve(t *testing.T) (address string, said func() string) {
	t.Helper()
	program := filepath.Join(t.TempDir(), "rabta")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./cmd/rabta")
	build.Dir = Root(t)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build ./cmd/rabta: %v\n%s", err, out)
	}
	o := &output{address: make(chan string, 1)}
	server := exec.Command(program, "serve", "--listen", "127.0.0.1:0", "--store", "memory:")
	server.Dir, server.Stdout, server.Stderr = t.TempDir(), o, o
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Wait()
	}()
	t.Cleanup(func() {
		_ = server.Process.Signal(syscall.SIGTERM)
		<-ended
	})
	select {
	case address = <-o.address:
	case <-ended:
		t.Fatalf("the server ended before it gave its address:\n%s", o)
	}
	return address, o.String
}

var urls = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

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
	if found := urls.FindIndex(o.text); found != nil && found[1] < len(o.text) && !o.given {
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
