package rabta_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/memory"
)

// TestWhatCanBeSaid records each line of docs/model.md that says how something is said, and finds
// each in its canonical form; those that it calls refused are, with the code that it names.
func TestWhatCanBeSaid(t *testing.T) {
	text := section(t, "docs/model.md", "## What can be said")
	said, refused := linesOf(text, "```json\n"), linesOf(text, "```json refused\n")
	if phrases := strings.Count(text, ":\n\n```json\n"); phrases < 62 || len(refused) < 5 {
		t.Errorf("%d things are said, and %d refused", phrases, len(refused))
	}
	batch := graph.Batch{Current: true}
	for _, line := range said {
		addLine(t, &batch, line)
	}
	s := memory.New()
	if _, err := s.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	for _, line := range refused {
		of := graph.Batch{Current: true}
		addLine(t, &of, line)
		var invalid *graph.InvalidError
		_, err := s.Apply(t.Context(), of)
		if !errors.As(err, &invalid) || len(invalid.Problems) != 1 {
			t.Errorf("%s gives %v", line, err)
			continue
		}
		before, _, _ := strings.Cut(text, line)
		if p := invalid.Problems[0]; !strings.Contains(lastParagraph(before), "`"+p.Code+"`") || p.Remedy == "" {
			t.Errorf("%s is refused as %s: %s", line, p.Code, p.Remedy)
		}
	}
}

// lastParagraph is the last paragraph of a text before the fence that it ends in.
func lastParagraph(text string) string {
	paragraphs := strings.Split(text, "\n\n")
	return paragraphs[len(paragraphs)-2]
}

// section is a part of a document, from its heading to the next of the same level.
func section(t *testing.T, file, heading string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, text, found := strings.Cut(string(content), heading+"\n")
	if !found {
		t.Fatalf("%s has no %q", file, heading)
	}
	text, _, _ = strings.Cut(text, "\n## ")
	return text
}

// linesOf are the lines in the fences of a text that begin so.
func linesOf(text, fence string) (out []string) {
	for _, block := range strings.Split(text, fence)[1:] {
		block, _, _ = strings.Cut(block, "```")
		out = append(out, strings.Split(strings.TrimSpace(block), "\n")...)
	}
	return out
}

// addLine adds the record of a line to a batch; the line is as the record is written.
func addLine(t *testing.T, b *graph.Batch, line string) {
	t.Helper()
	var of struct{ Type string }
	if err := json.Unmarshal([]byte(line), &of); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	var again []byte
	var err error
	switch of.Type {
	case "source":
		var s graph.Source
		s, err = graph.Decode[graph.Source]([]byte(line))
		b.Sources, again = append(b.Sources, s), graph.Encode(&s)
	case "entity":
		var e graph.Entity
		e, err = graph.Decode[graph.Entity]([]byte(line))
		b.Entities, again = append(b.Entities, e), graph.Encode(&e)
	default:
		var c graph.Claim
		c, err = graph.Decode[graph.Claim]([]byte(line))
		b.Claims, again = append(b.Claims, c), graph.Encode(&c)
	}
	if err != nil || string(again) != line {
		t.Errorf("%s is written %s, %v", line, again, err)
	}
}
