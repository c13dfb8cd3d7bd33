package scripts_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestPythonSaysWhatToInstall runs scripts/python of a checkout of its own, whose
// folder has a space in its name, where there is no Python.
func TestPythonSaysWhatToInstall(t *testing.T) {
	checkout := filepath.Join(t.TempDir(), "a checkout")
	for _, name := range []string{"scripts/python", "clients/python/requirements.txt", "clients/python/requirements-uv.txt"} {
		content, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(checkout, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	bin := t.TempDir()
	for _, tool := range []string{"bash", "cat", "cksum", "dirname", "id", "tr"} {
		path, err := exec.LookPath(tool)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(path, filepath.Join(bin, tool)); err != nil {
			t.Fatal(err)
		}
	}
	for _, arguments := range [][]string{nil, {"check"}} {
		cmd := exec.Command(filepath.Join(checkout, "scripts", "python"), arguments...)
		cmd.Env = append(os.Environ(), "CI=", "PATH="+bin)
		var printed, said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &printed, &said
		_ = cmd.Run() // the code says it
		if code := cmd.ProcessState.ExitCode(); code != 3 || printed.Len() > 0 || strings.Count(said.String(), "\n") != 1 || !strings.Contains(said.String(), "python3-venv") {
			t.Errorf("%q: exit %d, printed %q, said %q; want 3, nothing, and one line that names python3-venv", arguments, code, &printed, &said)
		}
	}
	if left, err := filepath.Glob(filepath.Join(checkout, ".cache", "*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}
