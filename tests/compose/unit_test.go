package compose

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The unit in the documents sets what rabta knows, and systemd finds nothing wrong
// with it.
func TestUnit(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "deploy.md"))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?s)```ini\n(.*?)```").FindStringSubmatch(string(text))
	if found == nil {
		t.Fatal("docs/deploy.md holds no unit")
	}
	help := serveHelp(t)
	settings := regexp.MustCompile(`RABTA_[A-Z0-9_]+`).FindAllString(found[1], -1)
	if len(settings) < 4 {
		t.Errorf("only %d settings", len(settings))
	}
	for _, name := range settings {
		flag := "--" + strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, "RABTA_"), "_", "-"))
		if !strings.Contains(help, flag+" ") {
			t.Errorf("%s: there is no %s", name, flag)
		}
	}
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("there is no systemd-analyze here; apt-get install systemd")
	}
	self, err := os.Executable() // verify wants the program to be there
	if err != nil {
		t.Fatal(err)
	}
	unit := filepath.Join(t.TempDir(), "rabta.service")
	if err := os.WriteFile(unit, []byte(strings.ReplaceAll(found[1], "/usr/local/bin/rabta", self)), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command(analyze, "verify", "--man=no", unit).CombinedOutput(); err != nil || strings.Contains(string(said), "rabta.service") {
		t.Errorf("%v: %s", err, said)
	}
}
