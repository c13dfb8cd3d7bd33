package compose

import (
	"bufio"
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The Dockerfile's own build command makes a static binary that serves, as a user
// without rights and from a folder that it cannot write to.
func TestImageByHand(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"USER 65532", "HEALTHCHECK", "FROM scratch"} {
		if !strings.Contains(string(text), line) {
			t.Errorf("the Dockerfile has no %s", line)
		}
	}
	build := regexp.MustCompile(`RUN (CGO_ENABLED=0 go build .*?) -o /out/rabta (\S+)`).FindStringSubmatch(string(text))
	if build == nil {
		t.Fatal("the Dockerfile builds nothing")
	}
	folder := t.TempDir()
	binary := filepath.Join(folder, "rabta")
	cmd := inRoot("sh", "-c", build[1]+` -o "$OUT" `+build[2])
	const commit = "0123456789abcdef0123456789abcdef01234567"
	cmd.Env = append(os.Environ(), "OUT="+binary, "COMMIT="+commit, "GOFLAGS=-buildvcs=false") // no checkout is there
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	f, err := elf.Open(binary)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			t.Error("the binary is not static")
		}
	}
	if said, err := exec.Command(binary, "--version").Output(); err != nil || !strings.Contains(string(said), " "+commit+" ") {
		t.Errorf("it says %q of itself, %v", said, err)
	}
	serveAsNobody(t, binary)
}

func serveAsNobody(t *testing.T, binary string) {
	t.Helper()
	for dir := filepath.Dir(binary); dir != os.TempDir() && dir != "/"; dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(binary, "serve")
	cmd.Dir = filepath.Dir(binary)
	cmd.Env = []string{"RABTA_LISTEN=127.0.0.1:0", "RABTA_STORE=memory:"}
	cmd.Stderr = os.Stderr
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stuck := time.AfterFunc(2*time.Minute, func() { _ = cmd.Process.Kill() })
	defer stuck.Stop()
	var said strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), "claims") { // the last line, once the graph is there
			_ = cmd.Process.Signal(syscall.SIGTERM)
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v: %s", err, said.String())
	}
	if !strings.Contains(said.String(), "/playground") || !strings.Contains(said.String(), "claims") {
		t.Errorf("it said: %s", said.String())
	}
}
