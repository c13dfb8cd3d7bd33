package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// TestProgressOnATerminal: an import that takes longer than two seconds shows on a terminal
// what it is doing, and nothing of that is left on the line when it is done. To what is no
// terminal nothing of it is written.
func TestProgressOnATerminal(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there are no terminals of this kind")
	}
	screen, terminal, err := pty.Open()
	if err != nil {
		t.Skip("there are no terminals here: ", err)
	}
	defer screen.Close()
	seen := make(chan string, 1)
	go func() { seen <- slowImport(t, terminal, watch(screen)) }()
	said := <-seen
	steps := strings.Split(said, "\r\x1b[K")
	last := len(steps) - 1
	if last < 2 || steps[0] != "" || !strings.HasPrefix(steps[1], "reading standard input") || steps[last] != "" {
		t.Errorf("the terminal shows %q", said)
	}
	plain, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	shown := make(chan []byte)
	close(shown)
	if said := slowImport(t, plain, shown); said != "" {
		t.Errorf("a file gets %q", said)
	}
	if text, err := os.ReadFile(plain.Name()); err != nil || len(text) > 0 {
		t.Errorf("a file gets %q, %v", text, err)
	}
}

// watch passes on what appears on a screen, until that is gone.
func watch(screen io.Reader) <-chan []byte {
	shown := make(chan []byte, 1000)
	go func() {
		defer close(shown)
		for {
			part := make([]byte, 1024)
			n, err := screen.Read(part)
			if n > 0 {
				shown <- part[:n]
			}
			if err != nil {
				return
			}
		}
	}()
	return shown
}

// slowImport imports a file from a pipe that ends once progress was shown, or where
// nothing is shown when it would have been. It returns what was shown.
func slowImport(t *testing.T, errs *os.File, shown <-chan []byte) string {
	cmd := exec.Command("rabta", "import", "ndjson", "-", "--store", "sqlite:"+filepath.Join(t.TempDir(), "a.db"))
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
	cmd.Stderr = errs
	in, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Error(err)
		return ""
	}
	_ = errs.Close() // the program has it; when it ends the screen is gone
	var said bytes.Buffer
	select {
	case part, ok := <-shown:
		if said.Write(part); !ok {
			time.Sleep(progressAfter + 2*progressEvery)
		}
	case <-time.After(patience):
		t.Error("nothing is shown")
	}
	_, _ = io.WriteString(in, `{"id":"s_report","kind":"REPORT","title":"A report","type":"source"}`+"\n")
	_ = in.Close()
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v: %s", err, &said)
	}
	for part := range shown {
		said.Write(part)
	}
	return said.String()
}
