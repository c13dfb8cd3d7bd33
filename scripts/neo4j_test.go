// Package scripts_test runs the scripts as a developer or CI would.
package scripts_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// checkout is a copy of the script in a checkout of its own, whose folder has a space in its name.
type checkout struct{ dir string }

func newCheckout(t *testing.T) checkout {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "a checkout")
	if err := os.MkdirAll(filepath.Join(dir, "scripts"), 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("cp", "-R", "neo4j", "neo4j.d", filepath.Join(dir, "scripts")).CombinedOutput(); err != nil {
		t.Fatalf("copy the script: %v: %s", err, out)
	}
	return checkout{dir}
}

func (c checkout) cache() string { return filepath.Join(c.dir, ".cache", "neo4j") }

// run calls the script from another folder and returns its output, its messages and its exit code.
func (c checkout) run(t *testing.T, env []string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := exec.Command(filepath.Join(c.dir, "scripts", "neo4j"), args...)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), env...)
	var out, msg bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &msg
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Errorf("neo4j %v: %v", args, err)
	}
	return out.String(), msg.String(), cmd.ProcessState.ExitCode()
}

// must calls the script and stops the test if it fails; without a JDK it skips, except in CI.
func (c checkout) must(t *testing.T, args ...string) string {
	t.Helper()
	stdout, stderr, code := c.run(t, nil, args...)
	if code == 3 && os.Getenv("CI") != "true" {
		t.Skip(strings.TrimSpace(stderr))
	}
	if code != 0 {
		t.Fatalf("neo4j %v: exit %d: %s", args, code, stderr)
	}
	return stdout
}

// server is what start printed.
type server struct{ uri, username, password string }

func parse(t *testing.T, printed string) server {
	t.Helper()
	lines := strings.Split(printed, "\n")
	if len(lines) != 4 || lines[3] != "" {
		t.Fatalf("start printed %q, want three lines", printed)
	}
	value := func(i int, key string) string {
		v, ok := strings.CutPrefix(lines[i], key+"=")
		if !ok || v == "" {
			t.Fatalf("line %d is %q, want %s=...", i+1, lines[i], key)
		}
		return v
	}
	return server{value(0, "NEO4J_URI"), value(1, "NEO4J_USERNAME"), value(2, "NEO4J_PASSWORD")}
}

// query runs one statement, once, and returns its only value.
func (s server) query(t *testing.T, cypher string) (any, error) {
	t.Helper()
	driver, err := neo4j.NewDriverWithContext(s.uri, neo4j.BasicAuth(s.username, s.password, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer driver.Close(t.Context())
	session := driver.NewSession(t.Context(), neo4j.SessionConfig{DatabaseName: "neo4j"})
	defer session.Close(t.Context())
	result, err := session.Run(t.Context(), cypher, nil)
	if err != nil {
		return nil, err
	}
	record, err := result.Single(t.Context())
	if err != nil {
		return nil, err
	}
	return record.Values[0], nil
}

func (s server) want(t *testing.T, cypher string, want any) {
	t.Helper()
	got, err := s.query(t, cypher)
	if err != nil {
		t.Fatalf("%s: %v", cypher, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", cypher, diff)
	}
}

const (
	create = "CREATE (n:Kept {name: 'kept'}) RETURN n.name"
	read   = "MATCH (n:Kept) RETURN collect(n.name)"
)

func TestNeo4jLifecycle(t *testing.T) {
	c := newCheckout(t)
	stopAll(t, c)
	owner := exec.Command("sleep", "1000")
	if err := owner.Start(); err != nil {
		t.Fatal(err)
	}
	endOwner := sync.OnceFunc(func() { _ = owner.Process.Kill(); _ = owner.Wait() })
	t.Cleanup(endOwner)
	one, two := c.startTogether(t, "--owner", strconv.Itoa(owner.Process.Pid))
	if one.password == two.password || one.uri == two.uri {
		t.Errorf("two servers share an address or a password: %v, %v", one, two)
	}
	one.want(t, create, "kept")
	two.want(t, read, []any{})
	c.envIsPrivate(t)

	c.must(t, "kill", "one")
	if _, err := one.query(t, read); !neo4j.IsConnectivityError(err) {
		t.Errorf("a query to a killed server: %v, want a connectivity error", err)
	}
	two.want(t, read, []any{})
	if got := c.states(t); !slices.Equal(got, []string{"one killed", "two running"}) {
		t.Errorf("status after kill: %q", got)
	}
	if _, stderr, code := c.run(t, nil, "start", "one"); code != 1 || !strings.Contains(stderr, "restart") {
		t.Errorf("start over a killed server: exit %d, %q; want a refusal that names restart", code, stderr)
	}
	if again := parse(t, c.must(t, "restart", "one")); again != one {
		t.Errorf("restart printed %v, want %v", again, one)
	}
	one.want(t, read, []any{"kept"})
	if again := parse(t, c.must(t, "start", "one")); again != one {
		t.Errorf("start of a running server printed %v, want %v", again, one)
	}

	c.must(t, "stop", "two")
	c.must(t, "stop", "two")
	one.want(t, read, []any{"kept"})
	endOwner()
	c.endsWithItsOwner(t, "one")
	c.nothingLeft(t)
}

// endsWithItsOwner waits until a server whose owner has ended is gone, as all others are.
func (c checkout) endsWithItsOwner(t *testing.T, name string) {
	t.Helper()
	for c.exists(name) || len(c.processes(t)) > 0 {
		if t.Context().Err() != nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func TestNeo4jSaysWhatToInstall(t *testing.T) {
	c := newCheckout(t)
	stdout, stderr, code := c.run(t, []string{"CI=", "JAVA_HOME=/nonexistent"}, "start")
	if code != 3 || stdout != "" {
		t.Errorf("start without Java: exit %d, printed %q; want 3 and nothing", code, stdout)
	}
	if strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "openjdk-17-jdk-headless maven") {
		t.Errorf("start without Java said %q, want one line naming the packages", stderr)
	}
	c.nothingLeft(t)
}

func TestNeo4jRefusesOtherNames(t *testing.T) {
	c := newCheckout(t)
	for _, name := range []string{"../x", "lib", "a b", "-x", ""} {
		for _, verb := range []string{"start", "stop", "kill", "restart"} {
			if _, _, code := c.run(t, nil, verb, name); code != 2 {
				t.Errorf("%s %q: exit %d, want 2", verb, name, code)
			}
		}
	}
}

// startTogether starts two servers at once in a checkout that has no jars yet, the first with further arguments, and
// checks that they are fetched once.
func (c checkout) startTogether(t *testing.T, first ...string) (one, two server) {
	t.Helper()
	names := []string{"one", "two"}
	printed, messages, codes := make([]string, 2), make([]string, 2), make([]int, 2)
	var wg sync.WaitGroup
	for i, name := range names {
		arguments := []string{"start", name}
		if i == 0 {
			arguments = append(arguments, first...)
		}
		wg.Go(func() { printed[i], messages[i], codes[i] = c.run(t, nil, arguments...) })
	}
	wg.Wait()
	for i, code := range codes {
		if code == 3 && os.Getenv("CI") != "true" {
			t.Skip(strings.TrimSpace(messages[i]))
		}
		if code != 0 {
			t.Fatalf("start %s: exit %d: %s", names[i], code, messages[i])
		}
	}
	if n := strings.Count(messages[0]+messages[1], "fetching"); n != 1 {
		t.Errorf("two starts at once fetched the jars %d times, want 1", n)
	}
	return parse(t, printed[0]), parse(t, printed[1])
}

func (c checkout) envIsPrivate(t *testing.T) {
	t.Helper()
	info, err := os.Stat(filepath.Join(c.cache(), "one", "env"))
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 {
		t.Errorf("the file with the password has mode %o, want 600", mode)
	}
}

// states returns "NAME STATE" of every server that status lists.
func (c checkout) states(t *testing.T) []string {
	t.Helper()
	var states []string
	for line := range strings.Lines(c.must(t, "status")) {
		states = append(states, strings.Join(strings.Split(line, "\t")[:2], " "))
	}
	return states
}

func (c checkout) exists(name string) bool {
	_, err := os.Stat(filepath.Join(c.cache(), name))
	return !errors.Is(err, fs.ErrNotExist)
}

// processes returns the command lines that name this checkout.
func (c checkout) processes(t *testing.T) []string {
	t.Helper()
	out, err := exec.Command("ps", "-eww", "-o", "args=").Output()
	if err != nil {
		t.Fatalf("ps: %v", err)
	}
	var found []string
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, c.dir) {
			found = append(found, line)
		}
	}
	return found
}

// nothingLeft fails the test if anything but the jars and their lock is in the cache, or a process runs.
func (c checkout) nothingLeft(t *testing.T) {
	t.Helper()
	entries, err := os.ReadDir(c.cache())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "lib" && e.Name() != "lib.lock" {
			t.Errorf("left behind: %s", e.Name())
		}
	}
	if found := c.processes(t); len(found) > 0 {
		t.Errorf("still running: %q", found)
	}
}

// stopAll ends what a failed test left running, before its folder goes.
func stopAll(t *testing.T, c checkout) {
	t.Cleanup(func() {
		for _, name := range []string{"one", "two", "owned"} {
			cmd := exec.CommandContext(context.Background(), filepath.Join(c.dir, "scripts", "neo4j"), "stop", name)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("stop %s: %v: %s", name, err, out)
			}
		}
	})
}
