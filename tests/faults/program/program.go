// Package program builds rabta, and starts it as its users do, for tests that do it harm.
package program

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a program may take over what must come: also on a machine that
// has much else to do.
const patience = 3 * time.Minute

// Build makes the program of this checkout, which is so many folders above.
func Build(t testing.TB, above string) string {
	t.Helper()
	binary, err := BuildIn(t.TempDir(), above)
	if err != nil {
		t.Fatal(err)
	}
	return binary
}

// BuildIn makes the program in a folder, for all tests of a package.
func BuildIn(folder, above string) (binary string, err error) {
	binary = filepath.Join(folder, "rabta")
	cmd := exec.Command("go", "build", "-o", binary, "./cmd/rabta")
	cmd.Dir = filepath.Join(strings.Split(above, "/")...)
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, said)
	}
	return binary, nil
}

// Server is a server that runs.
type Server struct {
	URL  string
	cmd  *exec.Cmd
	once sync.Once
	log  bytes.Buffer
}

// Serve starts a server on a free port, and waits until it is ready.
func Serve(t testing.TB, binary string, arguments ...string) *Server {
	t.Helper()
	s, err := Start(t, binary, arguments...)
	if err != nil {
		t.Fatal(err)
	}
	if !s.ready() {
		s.Kill()
		t.Fatalf("the server does not get ready: %s", &s.log)
	}
	return s
}

// Start starts a server on a free port, and waits until it listens. The error is what it
// said when it ended before.
func Start(t testing.TB, binary string, arguments ...string) (*Server, error) {
	t.Helper()
	s := &Server{cmd: exec.Command(binary, append([]string{"serve", "--listen", "127.0.0.1:0"}, arguments...)...)}
	s.cmd.Stderr = &s.log
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	t.Cleanup(s.Kill)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if fields := strings.Fields(lines.Text()); len(fields) == 2 && fields[0] == "GraphQL" {
			s.URL = strings.TrimSuffix(fields[1], "/graphql")
			break
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	if s.URL == "" {
		s.Kill()
		return nil, fmt.Errorf("the server does not listen: %s", &s.log)
	}
	return s, nil
}

func (s *Server) ready() bool {
	return Eventually(func() bool { reason, err := s.Unready(); return reason == "" && err == nil })
}

// Eventually waits until something is so; it reports whether it ever was.
func Eventually(is func() bool) bool {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if is() {
			return true
		}
	}
	return false
}

// Unready is the reason why /readyz says that the server is not ready; empty when it is.
func (s *Server) Unready() (reason string, err error) {
	r, err := http.Get(s.URL + "/readyz")
	if err != nil {
		return "", err
	}
	defer func() { _ = r.Body.Close() }()
	var status struct{ Reason string }
	if err := json.NewDecoder(r.Body).Decode(&status); err != nil {
		return "", err
	}
	if (r.StatusCode == http.StatusOK) != (status.Reason == "") {
		return "", fmt.Errorf("/readyz answers %s and the reason %q", r.Status, status.Reason)
	}
	return status.Reason, nil
}

// Kill ends the server at once, wherever it is.
func (s *Server) Kill() {
	s.once.Do(func() {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
	})
}

// Stop ends the server as its operator does, and waits until it has.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	s.once.Do(func() {
		if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		if err := s.cmd.Wait(); err != nil {
			t.Fatalf("the server ends with %v: %s", err, &s.log)
		}
	})
}

// PID is the id of the server's process.
func (s *Server) PID() int { return s.cmd.Process.Pid }

// AnswerError is an error that an answer holds.
type AnswerError struct {
	Status        int
	Code, Message string
}

func (e *AnswerError) Error() string { return fmt.Sprintf("%d %s: %s", e.Status, e.Code, e.Message) }

// Ask sends a GraphQL document, and reads the data into out. An error in the answer is an
// *AnswerError; any other means that there was no answer.
func (s *Server) Ask(client *http.Client, document string, variables map[string]any, out any) error {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return err
	}
	r, err := client.Post(s.URL+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer func() { _ = r.Body.Close() }()
	var answer struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&answer); err != nil {
		return err
	}
	if len(answer.Errors) > 0 {
		return &AnswerError{Status: r.StatusCode, Code: answer.Errors[0].Extensions.Code, Message: answer.Errors[0].Message}
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(answer.Data, out)
}
