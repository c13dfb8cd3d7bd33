package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// commit is the commit of a build that Go did not see the checkout of: set by the
// linker, with -X main.commit=.
var commit string

// build says which rabta this is.
type build struct {
	// Commit is "unknown" where nothing tells.
	Commit string `json:"commit"`
	Go     string `json:"go"`
	// Modified is set when files differed from the commit, Time is when that was made;
	// both are left out where nothing tells.
	Modified bool   `json:"modified,omitempty"`
	Time     string `json:"time,omitempty"`
	// Unstamped is set when the build does not know its commit: it is then where the
	// checkout that it was built in stands now, and has stood since.
	Unstamped bool   `json:"unstamped,omitempty"`
	System    string `json:"system"`
	Version   string `json:"version"`
}

// String is one line for people: the version, the commit and the Go.
func (b build) String() string { return fmt.Sprintf("rabta %s %s %s", b.Version, b.commit(), b.Go) }

// commit is the commit with what there is to be said of it.
func (b build) commit() string {
	at := b.Commit
	if b.Modified {
		at += "+modified"
	}
	if b.Unstamped {
		at += "+unstamped"
	}
	return at
}

// readBuild reads what Go and the linker put into the program, and where they put
// nothing, what the checkout says.
func readBuild() build {
	b := build{
		Version: "devel", Commit: "unknown", Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH,
	}
	info, ok := debug.ReadBuildInfo()
	if ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		b.Version = info.Main.Version
	}
	b.readSettings(info)
	if b.Commit == "unknown" && commit != "" {
		b.Commit = commit
	}
	if exe, err := os.Executable(); b.Commit == "unknown" && err == nil {
		_, file, _, _ := runtime.Caller(0)
		b.readCheckout(filepath.Dir(file), exe)
	}
	return b
}

func (b *build) readSettings(info *debug.BuildInfo) {
	if info == nil {
		return
	}
	for _, set := range info.Settings {
		switch set.Key {
		case "vcs.revision":
			b.Commit = set.Value
		case "vcs.time":
			b.Time = set.Value
		case "vcs.modified":
			b.Modified = set.Value == "true"
		}
	}
}

// fromGoRun reports whether a program was built by go run, which builds what stands in
// the checkout now, and leaves the commit out.
func fromGoRun(exe string) bool {
	return strings.Contains(filepath.ToSlash(exe), "/go-build")
}

// readCheckout asks git for the commit of the folder that a program was built in. Of one
// that go run did not build, only if the checkout has not moved since.
func (b *build) readCheckout(folder, exe string) {
	head, ok := git(folder, "show", "-s", "--no-show-signature",
		"--format=%H %cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "HEAD")
	if !ok {
		return
	}
	if !fromGoRun(exe) {
		if !builtSince(folder, exe) {
			return
		}
		b.Unstamped = true
	}
	b.Commit, b.Time, _ = strings.Cut(head, " ")
	changed, ok := git(folder, "status", "--porcelain")
	b.Modified = ok && changed != ""
}

// builtSince reports whether a program is younger than the last move of a checkout from
// one commit to another.
func builtSince(folder, exe string) bool {
	info, err := os.Stat(exe)
	moved, ok := git(folder, "reflog", "-1", "--date=unix", "--format=%gd", "HEAD")
	var at int64
	if _, e := fmt.Sscanf(moved, "HEAD@{%d}", &at); err != nil || !ok || e != nil {
		return false
	}
	return info.ModTime().After(time.Unix(at, 0))
}

// git runs git in a folder and returns what it prints.
func git(folder string, args ...string) (string, bool) {
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env = folder, append(os.Environ(), "TZ=UTC")
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err == nil
}

// printVersion prints which rabta this is.
func printVersion(out io.Writer, asJSON bool) error {
	b := readBuild()
	if asJSON {
		return json.NewEncoder(out).Encode(b)
	}
	_, err := fmt.Fprintln(out, b)
	return err
}

func versionCommand(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, the commit it was built from, and the Go that built it",
		Example: exampleLines(
			"rabta version",
			"rabta version --json",
			"rabta --version"),
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return printVersion(c.OutOrStdout(), s.json)
		},
	}
}
