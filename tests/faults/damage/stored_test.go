package damage_test

import (
	"io"
	"os"
	"path/filepath"
	"testing"
)

// What the names of the files beside a store's add to its own.
const (
	walSuffix  = "-wal"
	headSuffix = "-head"
)

// stored is a store in a folder of its own.
type stored struct{ name string }

func (s stored) path() string {
	if filepath.IsAbs(s.name) {
		return s.name
	}
	return filepath.Join(folder, s.name, "rabta.db")
}

func (s stored) url() string { return "sqlite:" + s.path() }

func (s stored) has(suffix string) bool { return s.size(suffix) > 0 }

// size is the length of one of its files; 0 where there is none.
func (s stored) size(suffix string) int64 {
	info, err := os.Stat(s.path() + suffix)
	if err != nil {
		return 0
	}
	return info.Size()
}

// copied is a copy of its files for one test.
func (s stored) copied(t *testing.T) stored {
	t.Helper()
	dir, err := os.MkdirTemp(folder, "copy")
	if err != nil {
		t.Fatal(err)
	}
	to := stored{name: filepath.Join(dir, "rabta.db")}
	s.copy(t, to)
	return to
}

// done removes a copy.
func (s stored) done() { _ = os.RemoveAll(filepath.Dir(s.path())) }

// copy copies the files that are there.
func (s stored) copy(t *testing.T, to stored) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(to.path()), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", walSuffix, headSuffix} {
		if s.has(suffix) {
			s.put(t, suffix, to)
		}
	}
}

// put puts one of its files in the place of another store's: over what is there, as cp
// does.
func (s stored) put(t *testing.T, suffix string, to stored) {
	t.Helper()
	from, err := os.Open(s.path() + suffix)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = from.Close() }()
	file, err := os.OpenFile(to.path()+suffix, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err == nil {
		_, err = io.Copy(file, from)
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// remove removes one of its files.
func (s stored) remove(t *testing.T, suffix string) {
	t.Helper()
	if err := os.Remove(s.path() + suffix); err != nil {
		t.Fatal(err)
	}
}

// change has f change the bytes of one of its files.
func (s stored) change(t *testing.T, suffix string, f func(text []byte)) {
	t.Helper()
	text, err := os.ReadFile(s.path() + suffix)
	if err == nil {
		f(text)
		err = os.WriteFile(s.path()+suffix, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
