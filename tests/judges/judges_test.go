package judges_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rabta/rabta/tests/judges"
)

// checkout is a copy of scripts/judge in a checkout of its own, whose folder has a
// space in its name.
type checkout struct{ dir string }

func newCheckout(t *testing.T) checkout {
	t.Helper()
	c := checkout{filepath.Join(t.TempDir(), "a checkout")}
	script, err := os.ReadFile(filepath.Join(judges.Root(t), "scripts", "judge"))
	if err != nil {
		t.Fatal(err)
	}
	c.write(t, "scripts/judge", string(script), 0o700)
	return c
}

func (c checkout) write(t *testing.T, name, content string, mode os.FileMode) {
	t.Helper()
	path := filepath.Join(c.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
}

// run calls the script from another folder.
func (c checkout) run(t *testing.T, env []string, name string) (printed, said string, code int) {
	t.Helper()
	cmd := exec.Command(filepath.Join(c.dir, "scripts", "judge"), name)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), env...)
	var out, msg bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &msg
	_ = cmd.Run() // the code says it
	return strings.TrimSpace(out.String()), msg.String(), cmd.ProcessState.ExitCode()
}

func TestInstalledOnceForEachContent(t *testing.T) {
	c := newCheckout(t)
	c.write(t, "tests/judges/one/judge.txt", "one", 0o600)
	c.write(t, "tests/judges/one/judge_test.go", "package x", 0o600)
	first, said, code := c.run(t, nil, "one")
	if code != 0 || filepath.Dir(first) != filepath.Join(c.dir, ".cache", "judges") {
		t.Fatalf("exit %d, printed %q, said %q", code, first, said)
	}
	files, err := filepath.Glob(filepath.Join(first, "*"))
	if err != nil || len(files) != 1 || filepath.Base(files[0]) != "judge.txt" {
		t.Errorf("the folder holds %q, %v; want judge.txt alone", files, err)
	}
	c.write(t, "tests/judges/one/judge_test.go", "package y", 0o600)
	if again, _, _ := c.run(t, nil, "one"); again != first {
		t.Errorf("after a change of Go code: %s, want %s", again, first)
	}
	c.write(t, "tests/judges/one/judge.txt", "two", 0o600)
	if other, _, code := c.run(t, nil, "one"); code != 0 || other == first {
		t.Errorf("after a change: exit %d, %s, the same folder as before", code, other)
	}
}

// TestSaysWhatToInstall runs the script where neither Node nor Python is.
func TestSaysWhatToInstall(t *testing.T) {
	c := newCheckout(t)
	c.write(t, "tests/judges/node/package-lock.json", "{}", 0o600)
	c.write(t, "tests/judges/python/requirements.txt", "", 0o600)
	bin := t.TempDir()
	for _, tool := range []string{"bash", "cksum", "dirname", "find", "id", "mkdir", "mktemp", "mv", "rm", "sort", "tar", "tr"} {
		path, err := exec.LookPath(tool)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(path, filepath.Join(bin, tool)); err != nil {
			t.Fatal(err)
		}
	}
	for name, packages := range map[string]string{"node": "nodejs npm", "python": "python3-venv"} {
		printed, said, code := c.run(t, []string{"CI=", "PATH=" + bin}, name)
		if code != 3 || printed != "" || strings.Count(said, "\n") != 1 || !strings.Contains(said, packages) {
			t.Errorf("%s: exit %d, printed %q, said %q; want 3, nothing, and one line that names %s", name, code, printed, said, packages)
		}
	}
	left, err := filepath.Glob(filepath.Join(c.dir, ".cache", "judges", "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}

func TestRefusesOtherNames(t *testing.T) {
	c := newCheckout(t)
	for _, name := range []string{"", "../x", "a b", "-x", "none"} {
		if printed, said, code := c.run(t, nil, name); code != 2 || printed != "" || said == "" {
			t.Errorf("%q: exit %d, printed %q, said %q; want 2 and a reason", name, code, printed, said)
		}
	}
}
