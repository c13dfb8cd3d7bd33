package compose

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What .dockerignore keeps from the engine is nothing that the program is made of.
func TestNothingIsMissing(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", ".dockerignore"))
	if err != nil {
		t.Fatal(err)
	}
	ignored := strings.Fields(string(text))
	for _, secret := range []string{".git", "secrets"} {
		if !leftOut(ignored, secret+"/x") {
			t.Errorf("%s goes to the engine", secret)
		}
	}
	const form = `{{if .Module}}{{if .Module.Main}}{{$at := .Dir}}{{range .GoFiles}}{{$at}}/{{.}}
{{end}}{{range .EmbedFiles}}{{$at}}/{{.}}
{{end}}{{end}}{{end}}`
	list, err := inRoot("go", "list", "-deps", "-f", form, "./cmd/rabta").Output()
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	// A line a file: the folder of the checkout may have a space in its name.
	files := strings.FieldsFunc(string(list), func(r rune) bool { return r == '\n' })
	if len(files) < 100 {
		t.Fatalf("the program is made of only %d files", len(files))
	}
	for _, file := range files {
		name, err := filepath.Rel(root, file)
		if err != nil {
			t.Fatal(err)
		}
		if leftOut(ignored, filepath.ToSlash(name)) {
			t.Errorf("%s does not go to the engine", name)
		}
	}
}

// leftOut reports whether a pattern is the name of a folder at the root, or with
// **/ in front of one at any depth, in which a file stands.
func leftOut(patterns []string, file string) bool {
	for _, p := range patterns {
		deep, anywhere := strings.CutPrefix(p, "**/")
		if file == p || strings.HasPrefix(file, p+"/") || anywhere && strings.Contains("/"+file, "/"+deep+"/") {
			return true
		}
	}
	return false
}
