package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const (
	judge      = "../tests/judges/graphql-http"
	judgeCache = "../.cache/judges"
)

// TestJudgeGraphQLHTTP has the graphql-http package audit a running server. It
// needs Node; without it CI fails and others are told what to install.
func TestJudgeGraphQLHTTP(t *testing.T) {
	if testing.Short() {
		t.Skip("-short leaves out the judge that runs in Node")
	}
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			missing(t, tool+" is not installed: install Node 20 or later, with npm, to run the graphql-http audits")
		}
	}
	dir := installJudge(t)
	srv := httptest.NewServer(newTestServer(t, nil))
	defer srv.Close()
	var report struct {
		Audits []struct{ ID, Name, Status, Reason string }
		Errors []answerError
		Schema string
	}
	if err := json.Unmarshal(runTool(t, dir, "node", "audit.mjs", srv.URL+"/graphql"), &report); err != nil {
		t.Fatalf("the judge's report is not JSON: %v", err)
	}
	if len(report.Audits) != 61 {
		t.Errorf("%d audits were run, want 61", len(report.Audits))
	}
	for _, a := range report.Audits {
		if a.Status != "ok" {
			t.Errorf("%s %s %s: %s", a.Status, a.ID, a.Name, a.Reason)
		}
	}
	if len(report.Errors) > 0 || !strings.Contains(report.Schema, "input TextFilter @oneOf") {
		t.Errorf("the introspection query of graphql-js: errors %v, schema %.200s", report.Errors, report.Schema)
	}
}

// missing skips the test, or fails it in CI.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// installJudge installs the judge's locked packages outside the source tree,
// once for each lock file, and returns the folder.
func installJudge(t *testing.T) string {
	t.Helper()
	files := map[string][]byte{}
	sum := sha256.New()
	for _, name := range []string{".npmrc", "audit.mjs", "package-lock.json", "package.json"} {
		content, err := os.ReadFile(filepath.Join(judge, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = content
		fmt.Fprintf(sum, "%s %d\n%s", name, len(content), content)
	}
	dir := filepath.Join(judgeCache, "graphql-http-"+hex.EncodeToString(sum.Sum(nil))[:16])
	if _, err := os.Stat(dir); err == nil {
		return dir
	}
	if err := os.MkdirAll(judgeCache, 0o755); err != nil {
		t.Fatal(err)
	}
	fresh, err := os.MkdirTemp(judgeCache, "installing-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(fresh)
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(fresh, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	runTool(t, fresh, "npm", "ci")
	if err := os.Rename(fresh, dir); err != nil && !os.IsExist(err) {
		if _, there := os.Stat(dir); there != nil { // not installed by another run meanwhile, either
			t.Fatal(err)
		}
	}
	return dir
}

// runTool runs a command in dir and returns what it prints.
func runTool(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, name, args...)
	command.Dir = dir
	out, err := command.Output()
	if err == nil {
		return out
	}
	what := fmt.Sprintf("%s %s: %v", name, strings.Join(args, " "), err)
	if failed, ok := err.(*exec.ExitError); ok {
		what += "\n" + string(failed.Stderr)
	}
	if name == "npm" {
		missing(t, "cannot install the judge's packages (is the registry reachable?): "+what)
	}
	t.Fatal(what)
	return nil
}
