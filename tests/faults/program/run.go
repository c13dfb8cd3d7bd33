package program

import (
	"bytes"
	"context"
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

// Run runs a command of the program to its end. One that does not come to it is killed, and
// has the code -1.
func Run(t testing.TB, binary string, arguments ...string) Result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, arguments...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		t.Fatal(err)
	}
	return Result{Code: cmd.ProcessState.ExitCode(), Stdout: stdout.Bytes(), Stderr: stderr.String()}
}
