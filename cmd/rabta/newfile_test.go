package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// A new file is for its owner, has its name once it is whole, and takes no other's.
func TestWriteNew(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "new")
	text := func(s string) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := io.WriteString(w, s)
			return err
		}
	}
	broken := errors.New("broken")
	err := writeNew(path, func(w io.Writer) error { return errors.Join(text("half")(w), broken) })
	if !errors.Is(err, broken) {
		t.Errorf("what cannot be written gives %v", err)
	}
	left(t, dir)
	if err := writeNew(path, text("whole")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("the file is %v, %v", info, err)
	}
	if err := writeNew(path, text("another")); exitCode(err) != exitUsage {
		t.Errorf("a name that is taken gives %v", err)
	}
	err = writeNew(filepath.Join(dir, "second"), func(io.Writer) error {
		return os.WriteFile(filepath.Join(dir, "second"), []byte("theirs"), 0o600)
	})
	if exitCode(err) != exitUsage {
		t.Errorf("a name that is taken meanwhile gives %v", err)
	}
	left(t, dir, "new", "second")
	for name, want := range map[string]string{"new": "whole", "second": "theirs"} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); string(got) != want || err != nil {
			t.Errorf("%s holds %q, %v", name, got, err)
		}
	}
}

// left checks what is in a folder.
func left(t *testing.T, dir string, want ...string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil || len(list) != len(want) {
		t.Fatalf("the folder holds %v, %v", list, err)
	}
	for i := range list {
		if list[i].Name() != want[i] {
			t.Errorf("the folder holds %v", list)
		}
	}
}
