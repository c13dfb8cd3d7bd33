package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/rabta/rabta/tests/raced"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"rabta": main})
}

// patience is how long a script waits for what should happen soon.
const patience = time.Minute

// scripts are the scripts that are run; the race detector watches the commands that do
// several things at once.
func scripts() (files []string) {
	names := []string{"*"}
	if raced.Detector {
		names = []string{"down", "import", "serve"}
	}
	for _, name := range names {
		found, _ := filepath.Glob("testdata/script/" + name + ".txtar") // the pattern is not malformed
		files = append(files, found...)
	}
	return files
}

// TestScripts runs the program as its users do: one script for each subject.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Files:               scripts(),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
			e.Setenv("USER", "analyst")
			data, err := filepath.Abs("testdata")
			e.Setenv("TESTDATA", data)
			e.Values[serversKey{}] = map[string]*running{}
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"serve":   start,
			"end":     end,
			"get":     get,
			"ready":   ready,
			"settled": settled,
			"logged":  logged,
			"occupy":  occupy,
			"counted": counted,
			"garble":  garble,
		},
	})
}

// exits CODE ARG...: runs rabta and checks its exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec("rabta", args[1:]...)
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

type serversKey struct{}

// running is a server that a script started.
type running struct {
	cmd  *exec.Cmd
	done chan error
}

// serve NAME ARG...: starts rabta serve on a free port, sets $NAME to its URL and
// $NAME_ADDRESS to its address,
// as it prints them. What it prints goes to NAME.out and NAME.err.
func start(ts *testscript.TestScript, _ bool, args []string) {
	name := args[0]
	exe, err := os.Executable()
	ts.Check(err)
	cmd := exec.Command(exe, append([]string{"serve", "--listen", "127.0.0.1:0"}, args[1:]...)...)
	cmd.Args[0] = "rabta"
	cmd.Dir = ts.MkAbs(".")
	for _, key := range []string{"HOME", "PATH", "USER", "RABTA_STORE", "RABTA_SEEDS", "RABTA_NEO4J_PASSWORD"} {
		cmd.Env = append(cmd.Env, key+"="+ts.Getenv(key))
	}
	out, err := os.Create(ts.MkAbs(name + ".out"))
	ts.Check(err)
	errs, err := os.Create(ts.MkAbs(name + ".err"))
	ts.Check(err)
	cmd.Stdout, cmd.Stderr = out, errs
	ts.Check(cmd.Start())
	_, _ = out.Close(), errs.Close()
	r := &running{cmd, make(chan error, 1)}
	go func() { r.done <- cmd.Wait() }()
	ts.Value(serversKey{}).(map[string]*running)[name] = r
	ts.Defer(func() { _ = cmd.Process.Kill() })
	url := printedURL(ts, name, r)
	ts.Setenv(name, url)
	ts.Setenv(name+"_ADDRESS", strings.TrimPrefix(url, "http://"))
}

// printedURL waits until a server has printed where it is.
func printedURL(ts *testscript.TestScript, name string, r *running) string {
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		lines := bufio.NewScanner(strings.NewReader(ts.ReadFile(name + ".out")))
		for lines.Scan() {
			if f := strings.Fields(lines.Text()); len(f) == 2 && f[0] == "GraphQL" {
				return strings.TrimSuffix(f[1], "/graphql")
			}
		}
		select {
		case err := <-r.done:
			ts.Fatalf("%s ended: %v\n%s", name, err, ts.ReadFile(name+".err"))
		default:
		}
	}
	ts.Fatalf("%s does not say where it is", name)
	return ""
}

// end NAME: asks a server to end, and waits; it must say that all went well.
func end(ts *testscript.TestScript, _ bool, args []string) {
	r := ts.Value(serversKey{}).(map[string]*running)[args[0]]
	ts.Check(r.cmd.Process.Signal(syscall.SIGTERM))
	select {
	case err := <-r.done:
		ts.Check(err)
	case <-time.After(patience):
		ts.Fatalf("%s does not end", args[0])
	}
}

// get STATUS URL: fetches a page, checks its status and prints its body.
func get(ts *testscript.TestScript, _ bool, args []string) {
	status, body, err := fetch(args[1])
	ts.Check(err)
	fmt.Fprintf(ts.Stdout(), "%s\n", body)
	if strconv.Itoa(status) != args[0] {
		ts.Fatalf("status %d, want %s", status, args[0])
	}
}

// ready NAME: waits until a server says that it is ready.
func ready(ts *testscript.TestScript, _ bool, args []string) {
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		if status, _, err := fetch(ts.Getenv(args[0]) + "/readyz"); err == nil && status == http.StatusOK {
			return
		}
	}
	ts.Fatalf("%s is not ready:\n%s", args[0], ts.ReadFile(args[0]+".err"))
}

// settled NAME: waits until a server has either loaded its graph or says why it cannot.
func settled(ts *testscript.TestScript, _ bool, args []string) {
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		if _, body, err := fetch(ts.Getenv(args[0]) + "/readyz"); err == nil && !bytes.Contains(body, []byte(errLoading.Error())) {
			return
		}
	}
	ts.Fatalf("%s goes on loading:\n%s", args[0], ts.ReadFile(args[0]+".err"))
}

// logged NAME TEXT: waits until the log of a server holds a text.
func logged(ts *testscript.TestScript, _ bool, args []string) {
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		if strings.Contains(ts.ReadFile(args[0]+".err"), args[1]) {
			return
		}
	}
	ts.Fatalf("the log of %s does not hold %q", args[0], args[1])
}

func fetch(url string) (int, []byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, nil, err
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, body, err
}

// occupy NAME: listens on a port of loopback and sets $NAME to its address.
func occupy(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { _ = l.Close() })
	ts.Setenv(args[0], l.Addr().String())
}

// counted N FILE TEXT: FILE has exactly N lines that hold TEXT.
func counted(ts *testscript.TestScript, _ bool, args []string) {
	got := 0
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		if strings.Contains(line, args[2]) {
			got++
		}
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("%d lines of %s hold %q, want %s", got, args[1], args[2], args[0])
	}
}

// garble FILE: replaces what no script can hold: BYTE_FF by that byte,
// TWO_MEGABYTES and FIVE_THOUSAND by as many letters.
func garble(ts *testscript.TestScript, _ bool, args []string) {
	letters := strings.Repeat("x", 2<<20)
	replacer := strings.NewReplacer("BYTE_FF", "\xff", "TWO_MEGABYTES", letters, "FIVE_THOUSAND", letters[:5000])
	text := replacer.Replace(ts.ReadFile(args[0]))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}
