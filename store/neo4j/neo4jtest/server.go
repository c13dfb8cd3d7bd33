// Package neo4jtest has the Neo4j server that the tests of a package share. It knows
// nothing of the store.
package neo4jtest

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
)

// Server is a Neo4j server.
type Server struct {
	URI, Username, Password string
	// Name is the server's among those of scripts/neo4j; empty when it is none of them.
	Name string
	// Missing is why there is none, which in CI is an error; else it is empty.
	Missing string

	connect sync.Once
	driver  driver.DriverWithContext
	err     error
}

// Start gives the server that NEO4J_URI names, or starts one and names it there, for
// the processes that tests start. stop ends what was started.
func Start() (s *Server, stop func(), err error) {
	nothing := func() {}
	if s = named(); s.URI != "" {
		s.Name = nameOf(s.URI)
		return s, nothing, nil
	}
	pid := strconv.Itoa(os.Getpid())
	name := "test-" + pid
	printed, missing, err := Script("start", name, "--owner", pid)
	if missing != "" || err != nil {
		return &Server{Missing: missing}, nothing, err
	}
	for line := range strings.Lines(printed) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		if err := os.Setenv(key, value); err != nil {
			return nil, nothing, err
		}
	}
	s = named()
	s.Name = name
	return s, func() {
		if _, _, err := Script("stop", name); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}, nil
}

// named is the server that the environment names.
func named() *Server {
	return &Server{URI: os.Getenv("NEO4J_URI"), Username: os.Getenv("NEO4J_USERNAME"), Password: os.Getenv("NEO4J_PASSWORD")}
}

// nameOf is the name of a server that scripts/neo4j started; empty for others.
func nameOf(uri string) string {
	list, _, err := Script("status")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(list) {
		if f := strings.Fields(line); len(f) == 4 && f[3] == uri {
			return f[0]
		}
	}
	return ""
}

// Kill ends the server as a crash would; it must have a name.
func (s *Server) Kill() error {
	_, _, err := Script("kill", s.Name)
	return err
}

// Restart starts the server again over its data, and waits until it has answered.
func (s *Server) Restart() error {
	_, _, err := Script("restart", s.Name)
	return err
}

// Script runs scripts/neo4j. missing is what it says when a tool is not there, which
// in CI is an error.
func Script(args ...string) (printed, missing string, err error) {
	script, err := path()
	if err != nil {
		return "", "", err
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(script, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err = cmd.Run(); err == nil {
		return stdout.String(), "", nil
	}
	if cmd.ProcessState != nil && cmd.ProcessState.ExitCode() == 3 && os.Getenv("CI") != "true" {
		return "", strings.TrimSpace(stderr.String()), nil
	}
	return "", "", fmt.Errorf("scripts/neo4j %v: %w: %s", args, err, stderr.String())
}

// path is where scripts/neo4j is, in the module that the test runs in.
func path() (string, error) {
	folder, err := os.Getwd()
	for err == nil {
		script := filepath.Join(folder, "scripts", "neo4j")
		if _, missing := os.Stat(script); missing == nil {
			return script, nil
		}
		if folder == filepath.Dir(folder) {
			err = errors.New("there is no scripts/neo4j above the folder of the test")
		}
		folder = filepath.Dir(folder)
	}
	return "", err
}

// Empty wipes the database for a test; it skips the test where there is no server.
func (s *Server) Empty(t *testing.T) {
	t.Helper()
	if s.Missing != "" {
		t.Skip(s.Missing)
	}
	s.Query(t, "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS", nil)
}

// Query runs a statement beside any store, as a person with the password would,
// and returns the values of its rows.
func (s *Server) Query(t *testing.T, cypher string, p map[string]any) [][]any {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	s.connect.Do(func() {
		s.driver, s.err = driver.NewDriverWithContext(s.URI, driver.BasicAuth(s.Username, s.Password, ""), func(c *config.Config) {
			c.ConnectionLivenessCheckTimeout = 0 // the server may have been started again since
		})
	})
	if s.err != nil {
		t.Fatal(s.err)
	}
	session := s.driver.NewSession(ctx, driver.SessionConfig{DatabaseName: "neo4j"})
	defer session.Close(ctx)
	result, err := session.Run(ctx, cypher, p)
	if err != nil {
		t.Fatalf("%s: %v", cypher, err)
	}
	records, err := result.Collect(ctx)
	if err != nil {
		t.Fatalf("%s: %v", cypher, err)
	}
	rows := make([][]any, len(records))
	for i, r := range records {
		rows[i] = r.Values
	}
	return rows
}

// Draws has rapid draw n cases in this test, each of which takes the server a while, unless
// -rapid.checks says how many.
func Draws(t *testing.T, n int) {
	t.Helper()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if asked {
		return
	}
	f := flag.Lookup("rapid.checks")
	before := f.Value.String()
	t.Cleanup(func() { _ = f.Value.Set(before) })
	if err := f.Value.Set(strconv.Itoa(n)); err != nil {
		t.Fatal(err)
	}
}
