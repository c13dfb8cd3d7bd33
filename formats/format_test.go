package formats_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/rabta/rabta/formats"
)

// The table is whole, and no name means two formats.
func TestFormatsAreNamed(t *testing.T) {
	names := map[string]string{}
	for _, f := range formats.All {
		if f.Name == "" || f.Extension == "" || f.Media == "" || f.Description == "" {
			t.Errorf("%+v lacks something", f)
		}
		if f.Read == nil && f.Write == nil || (f.Write != nil) != (f.Stem != "") {
			t.Errorf("%s is neither read nor written, or has no file", f.Name)
		}
		for _, name := range []string{f.Name, f.File()} {
			if of, ok := names[name]; ok && name != "" && of != f.Name {
				t.Errorf("%s means %s and %s", name, of, f.Name)
			}
			names[name] = f.Name
		}
	}
	for _, f := range formats.Exporters() {
		if formats.Exporter(f.File()) != f {
			t.Errorf("%s is not found by the name of its file", f.Name)
		}
	}
	for _, file := range []string{"", ".", "ndjson", "claims", "claims.csv"} {
		if f := formats.Exporter(file); f != nil {
			t.Errorf("%q is the file of %s", file, f.Name)
		}
	}
}

// ndjson is the format of canonical claims.
func ndjson(t *testing.T) *formats.Format {
	t.Helper()
	for _, f := range formats.Importers() {
		if f.Name == "ndjson" {
			return f
		}
	}
	t.Fatal("canonical claims cannot be read")
	return nil
}

// A record is there before the file has ended, and reading stops when nobody wants
// more.
func TestReadStreams(t *testing.T) {
	read, write := io.Pipe()
	go func() { _, _ = io.WriteString(write, lines(aSource, aGroup)) }() // and leaves it open
	for record, err := range ndjson(t).Read(read, "in") {
		if err != nil || record.Source == nil || record.At != (formats.Position{File: "in", Line: 1}) {
			t.Errorf("%+v, %v", record, err)
		}
		break
	}
	_ = read.Close()
}

// Reading goes on behind a record that is wrong, of which there is what could be read.
func TestReadGoesOn(t *testing.T) {
	text := lines("{", strings.Replace(status, `"active"`, `7`, 1), aGroup)
	var wrong, right int
	for record, err := range ndjson(t).Read(strings.NewReader(text), "in") {
		finding, ok := errors.AsType[*formats.Finding](err)
		switch {
		case ok && finding.Line == 2:
			if wrong++; record.Claim == nil || record.Claim.Label != "C2" {
				t.Errorf("nothing is left of the claim: %+v", record)
			}
		case ok && finding.Line == 1:
			wrong++
		case err == nil && record.Entity != nil && record.At.Line == 3:
			right++
		default:
			t.Errorf("%+v, %v", record, err)
		}
	}
	if wrong != 2 || right != 1 {
		t.Errorf("%d records are wrong and %d right", wrong, right)
	}
}
