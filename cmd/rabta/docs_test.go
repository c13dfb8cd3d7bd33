package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/store"
)

// consoles are the sessions in a document: what is typed after "$ ", and what is printed.
var consoles = regexp.MustCompile("(?ms)^```console\n(.*?)^```$")

// changing is what a session prints otherwise each time.
var changing = regexp.MustCompile(`[0-9a-f]{64}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC`)

// TestSessionsInDocuments: what a document shows of a session is printed, one command
// after another, in a folder with a store of two commits.
func TestSessionsInDocuments(t *testing.T) {
	for _, name := range []string{"backup.md", "exchange.md", "redact.md"} {
		text, err := os.ReadFile(filepath.FromSlash("../../docs/" + name))
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { runSessions(t, text) })
	}
}

func runSessions(t *testing.T, text []byte) {
	t.Helper()
	alone(t)
	t.Chdir(t.TempDir())
	const first = `{"id":"s_report","kind":"REPORT","title":"A report","type":"source"}
{"id":"a-group","kind":"GROUP","names":[{"primary":true,"value":"A Group"}],"type":"entity"}
{"id":"b-group","kind":"GROUP","names":[{"primary":true,"value":"B Group"}],"type":"entity"}
{"hedge":"STATED","object":"b-group","predicate":"ALLIED_WITH","source":"s_report","subject":"a-group","type":"claim"}
`
	rabta(t, first, "import", "ndjson", "-", "--store", "sqlite:rabta.db")
	rabta(t, strings.Replace(strings.SplitAfter(first, "\n")[0], "A report", "A report, corrected", 1),
		"import", "ndjson", "-", "--store", "sqlite:rabta.db")
	sessions := consoles.FindAllSubmatch(text, -1)
	if len(sessions) == 0 {
		t.Fatal("there are no sessions: the test looks in the wrong place")
	}
	mask := func(s string) string { return changing.ReplaceAllString(s, "…") }
	for _, session := range sessions {
		for _, step := range strings.Split("\n"+string(session[1]), "\n$ ")[1:] {
			typed, want, _ := strings.Cut(step, "\n")
			typed, file, _ := strings.Cut(typed, " > ")
			var printed bytes.Buffer
			run(strings.Fields(typed)[1:], nil, &printed, &printed)
			if file != "" {
				if err := os.WriteFile(file, printed.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
				printed.Reset()
			}
			if d := cmp.Diff(mask(strings.TrimSpace(want)), mask(strings.TrimSpace(printed.String()))); d != "" {
				t.Errorf("%s (-document +printed):\n%s", typed, d)
			}
		}
	}
}

// What is left to do after a redaction is in the document as the command prints it.
func TestDocumentOfRedaction(t *testing.T) {
	text, err := os.ReadFile(filepath.FromSlash("../../docs/redact.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{"sqlite:rabta.db", "memory:", "neo4j://127.0.0.1:7687"} {
		lines := store.AfterRedaction(url)
		if len(lines) < 2 {
			t.Errorf("%s: only %q is left to do", url, lines)
		}
		for _, line := range lines {
			if !bytes.Contains(text, []byte("- "+line+"\n")) {
				t.Errorf("%s: the document does not say %q", url, line)
			}
		}
	}
}
