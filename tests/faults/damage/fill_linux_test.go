package damage_test

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rabta/rabta/tests/faults/program"
)

// fullDisk is what is said of a disk that is full, wherever somebody asks.
const fullDisk = "the disk is full; make room; then writing goes on by itself. " +
	"Reads go on from memory, writes are refused until then"

// disk is a small file system of its own, where the system lets the test make one.
func disk(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(folder, "disk")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	room := fmt.Sprintf("size=%dk", 12<<10+128**fills) // the store grows
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, room); err != nil {
		t.Skipf("a full disk is not tested: only root may make a file system: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// filled is a server whose disk is filled, and emptied again.
type filled struct {
	*testing.T
	*program.Server
	log     program.Log
	ballast string
	sent    int
	longest time.Duration // from when there was room until a write was taken
}

// TestFullDisk: with a full disk writes are refused with what helps, /readyz and storeTrouble
// say the same, and reads go on; with room again, the same process writes on, first what
// it had refused. Nothing that it acknowledged is lost.
func TestFullDisk(t *testing.T) {
	dir := disk(t)
	url := "sqlite:" + filepath.Join(dir, "rabta.db")
	f := &filled{T: t, ballast: filepath.Join(dir, "ballast")}
	f.Server = program.Serve(t, binary, "--store", url, "--seeds=false")
	for range *fills {
		if err := f.write(); err != nil {
			t.Fatalf("with room, write %d: %v", f.sent, err)
		}
		f.fill()
		f.untilRefused()
		f.wantTold(fullDisk)
		f.makeRoom()
		f.wantTold("")
	}
	f.log.Check(t, f.Server)
	f.Kill()
	if check := program.Run(t, binary, "check", "--store", url); check.Code != 0 {
		t.Errorf("the check ends with %d: %s", check.Code, check.Said())
	}
	f.log.Check(t, program.Serve(t, binary, "--store", url, "--seeds=false"))
	t.Logf("filled %d times: %d commits acknowledged, the first write at most %v after there was room", *fills, f.log.Len(), f.longest)
}

// write sends a batch; one that was refused is sent again.
func (f *filled) write() error {
	_, err := f.log.Send(f.Server, http.DefaultClient, fmt.Sprint("n", f.sent), strings.Repeat("x", 3000))
	if err == nil {
		f.sent++
	}
	return err
}

// fill leaves no room on the disk.
func (f *filled) fill() {
	f.Helper()
	file, err := os.Create(f.ballast)
	for block := make([]byte, 64<<10); err == nil; {
		_, err = file.Write(block)
	}
	_ = file.Close()
	if !errors.Is(err, syscall.ENOSPC) {
		f.Fatal(err)
	}
}

// untilRefused writes until the log has no room left, either.
func (f *filled) untilRefused() {
	f.Helper()
	for range 2000 {
		if err := f.write(); err != nil {
			wantUnavailable(f.T, err)
			if !strings.Contains(err.Error(), fullDisk) {
				f.Errorf("it is refused with %v", err)
			}
			return
		}
	}
	f.Fatal("the disk is full, and all is written")
}

// wantTold looks for the words wherever they are told; empty are they when all is well.
func (f *filled) wantTold(words string) {
	f.Helper()
	var told struct {
		Revision struct {
			StoreAnswers bool
			StoreTrouble string
		}
	}
	if err := f.Ask(http.DefaultClient, `{ revision { storeAnswers storeTrouble } }`, nil, &told); err != nil {
		f.Fatal(err)
	}
	if got := told.Revision; got.StoreAnswers != (words == "") || got.StoreTrouble != words {
		f.Errorf("the revision says %+v, want %q", got, words)
	}
	if got, err := f.Unready(); got != words || err != nil {
		f.Errorf("/readyz says %q, %v, want %q", got, err, words)
	}
}

// makeRoom has room on the disk again, and waits until the server writes.
func (f *filled) makeRoom() {
	f.Helper()
	if err := os.Remove(f.ballast); err != nil {
		f.Fatal(err)
	}
	began := time.Now()
	if !program.Eventually(func() bool { return f.write() == nil }) {
		f.Fatal("with room again, nothing is written")
	}
	f.longest = max(f.longest, time.Since(began))
}
