package program

import (
	"bytes"
	"errors"
	"os/exec"
	"testing"
)

// Result is what came of a command.
type Result struct {
	Code   int // that it ended with
	Stdout []byte
	Stderr string
}

// Said is all that it printed.
func (r Result) Said() string { return string(r.Stdout) + r.Stderr }

// Run runs a command of the program to its end.
func Run(t testing.TB, binary string, arguments ...string) Result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(binary, arguments...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		t.Fatal(err)
	}
	return Result{Code: cmd.ProcessState.ExitCode(), Stdout: stdout.Bytes(), Stderr: stderr.String()}
}
