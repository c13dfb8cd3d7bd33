package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
)

// TestImportBeyondOneBatch: a file that is too large for one commit is recorded in
// several, and not at all when its last line is refused.
func TestImportBeyondOneBatch(t *testing.T) {
	raced.Alone(t)
	if testing.Short() {
		t.Skip("it records more than a hundred thousand entities")
	}
	alone(t)
	var file bytes.Buffer
	for i := range graph.MaxBatch {
		fmt.Fprintf(&file, `{"id":"g-%d","kind":"GROUP","names":[{"primary":true,"value":"Group %d"}],`, i, i)
		file.WriteString(`"type":"entity"}` + "\n")
	}
	file.WriteString(`{"id":"s_report","kind":"REPORT","title":"A report","type":"source"}` + "\n")
	claim := `{"hedge":"STATED","object":"%s","predicate":"ALLIED_WITH",` +
		`"source":"s_report","subject":"g-0","type":"claim"}` + "\n"
	path := filepath.Join(t.TempDir(), "large.db")

	var out, errs bytes.Buffer
	wrong := file.String() + fmt.Sprintf(claim, "nobody")
	code := run([]string{"import", "ndjson", "-", "--store", "sqlite:" + path}, strings.NewReader(wrong), &out, &errs)
	prefix := fmt.Sprintf("-:%d: object: ", graph.MaxBatch+2)
	if code != exitInput || !strings.HasPrefix(errs.String(), prefix) {
		t.Errorf("exit code %d, %s", code, &errs)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was written: %v", err)
	}

	right := file.String() + fmt.Sprintf(claim, "g-1")
	said := rabta(t, right, "import", "ndjson", "-", "--store", "sqlite:"+path)
	want := "recorded 1 sources, 99999 entities, 0 claims at sequence 1\n" +
		"recorded 0 sources, 1 entities, 1 claims at sequence 2\n"
	if said != want {
		t.Errorf("got  %swant %s", said, want)
	}
}
