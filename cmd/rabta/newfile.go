package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// checkNew reports a file that is there already, before any work is done for it.
func checkNew(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return usageError{fmt.Errorf("%s is there already, and is left as it is; choose another name", path)}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return usageError{err}
	}
	return nil
}

// writeNew writes a file that was not there, for its owner alone: it has its name once all
// of it is on the disk. If it cannot be written, or is there meanwhile, nothing is left.
func writeNew(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.part")
	if err != nil {
		return usageError{err}
	}
	defer func() { _ = os.Remove(f.Name()) }()
	if err := write(f); err != nil {
		_ = f.Close()
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := giveName(f.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// giveName names a file that is whole, and takes no other's name. Where a file cannot have
// two names it is renamed.
func giveName(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		if err != nil {
			return checkNew(to)
		}
		return nil
	}
	if err := checkNew(to); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// syncFolder waits until the names in a folder are on the disk, where the system can.
func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	_ = dir.Sync()
	return dir.Close()
}
