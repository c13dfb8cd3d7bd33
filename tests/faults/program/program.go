// Package program builds rabta, and starts it as its users do, for tests that do it harm.
package program

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a program may take to be ready.
const patience = time.Minute

// Build makes the program of this checkout, which is so many folders above.
func Build(t testing.TB, above string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "rabta")
	cmd := exec.Command("go", "build", "-o", binary, "./cmd/rabta")
	cmd.Dir = filepath.Join(strings.Split(above, "/")...)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return binary
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
	s := &Server{cmd: exec.Command(binary, append([]string{"serve", "--listen", "127.0.0.1:0"}, arguments...)...)}
	s.cmd.Stderr = &s.log
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
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
	if s.URL == "" || !s.ready() {
		s.Kill()
		t.Fatalf("the server does not get ready: %s", &s.log)
	}
	return s
}

func (s *Server) ready() bool {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if r, err := http.Get(s.URL + "/readyz"); err == nil {
			_ = r.Body.Close()
			if r.StatusCode == http.StatusOK {
				return true
			}
		}
	}
	return false
}

// Kill ends the server at once, wherever it is.
func (s *Server) Kill() {
	s.once.Do(func() {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
	})
}

// PID is the id of the server's process.
func (s *Server) PID() int { return s.cmd.Process.Pid }

// Ask sends a GraphQL document, and reads the data into out. It is an error when there is
// none, or an error beside it.
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
		Errors []struct{ Message string }
	}
	if err := json.NewDecoder(r.Body).Decode(&answer); err != nil {
		return err
	}
	if len(answer.Errors) > 0 {
		return fmt.Errorf("%d: %s", r.StatusCode, answer.Errors[0].Message)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(answer.Data, out)
}
