package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// checkout makes a repository with one commit, and returns its folder and the commit.
func checkout(t *testing.T) (folder, head string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	for _, name := range []string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"} {
		t.Setenv(name, "")
		os.Unsetenv(name)
	}
	folder = t.TempDir()
	for _, args := range [][]string{
		{"init", "-q"},
		{"-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "--allow-empty", "-m", "first"},
	} {
		if out, ok := git(folder, args...); !ok {
			t.Fatalf("git %q: %s", args, out)
		}
	}
	head, _ = git(folder, "rev-parse", "HEAD")
	return folder, head
}

// TestCommitOfACheckout: go run builds what stands there now, so the commit is that of the
// checkout; a program that was built otherwise says so, and only while the checkout stays.
func TestCommitOfACheckout(t *testing.T) {
	folder, head := checkout(t)
	run := build{Commit: "unknown"}
	run.readCheckout(folder, "/tmp/go-build123/b001/exe/rabta")
	if run.Commit != head || len(head) != 40 || run.Modified || run.Unstamped || len(run.Time) != 20 {
		t.Errorf("got %+v, want %s", run, head)
	}
	exe := filepath.Join(folder, "rabta")
	if err := os.WriteFile(exe, nil, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		age  time.Duration // of the checkout, when the program was built
		want string
	}{
		{time.Hour, head + "+modified+unstamped"}, // the program itself is a new file
		{-time.Hour, "unknown"},
	} {
		at := time.Now().Add(tt.age)
		if err := os.Chtimes(exe, at, at); err != nil {
			t.Fatal(err)
		}
		built := build{Commit: "unknown"}
		if built.readCheckout(folder, exe); built.commit() != tt.want {
			t.Errorf("built %s after the checkout: %s, want %s", tt.age, built.commit(), tt.want)
		}
	}
	nowhere := build{Commit: "unknown"}
	if nowhere.readCheckout(filepath.Join(folder, "gone"), exe); nowhere.Commit != "unknown" {
		t.Errorf("a folder that is not there has the commit %s", nowhere.Commit)
	}
}

// TestVersionAnyhow: --version is answered whatever is wrong with the settings.
func TestVersionAnyhow(t *testing.T) {
	alone(t)
	t.Setenv("RABTA_QUERY_TIMEOUT", "soon")
	if said := rabta(t, "", "--version"); !strings.HasPrefix(said, "rabta ") || strings.Count(said, "\n") != 1 {
		t.Errorf("it says %q", said)
	}
}
