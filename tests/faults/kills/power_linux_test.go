package kills_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"unsafe"

	"github.com/rabta/rabta/tests/faults/program"
)

// TestPowerCut: what was heard to be acknowledged before the power went is there when it is back. The
// store is on a file system of its own, which is shut down as it stands: what was not
// flushed to it is gone.
func TestPowerCut(t *testing.T) {
	if *cuts == 0 {
		t.Skip("ask for it with -cuts, as root")
	}
	dir := t.TempDir()
	disk := fileSystem{T: t, image: filepath.Join(dir, "image"), dir: filepath.Join(dir, "disk")}
	disk.make()
	disk.mount()
	trial := newTrial(t, filepath.Join(disk.dir, "rabta.db"))
	for round := range *cuts {
		trial.round(round, func(s *program.Server) {
			trial.log.Close()
			disk.cut()
			s.Kill()
		})
		trial.log.Open()
		disk.unmount()
		disk.mount()
	}
	trial.finish(*cuts)
	disk.unmount()
}

// fileSystem is an ext4 in a file.
type fileSystem struct {
	*testing.T
	image, dir string
}

func (f fileSystem) make() {
	f.Helper()
	if err := os.Mkdir(f.dir, 0o700); err != nil {
		f.Fatal(err)
	}
	if err := os.WriteFile(f.image, nil, 0o600); err != nil {
		f.Fatal(err)
	}
	if err := os.Truncate(f.image, 128<<20); err != nil {
		f.Fatal(err)
	}
	f.run("mkfs.ext4", "-q", "-F", f.image)
}

func (f fileSystem) mount() {
	f.Helper()
	f.run("mount", "-o", "loop", f.image, f.dir)
	f.Cleanup(func() { _ = exec.Command("umount", "-l", f.dir).Run() })
}

func (f fileSystem) unmount() {
	f.Helper()
	f.run("umount", f.dir)
}

func (f fileSystem) run(name string, arguments ...string) {
	f.Helper()
	if said, err := exec.Command(name, arguments...).CombinedOutput(); err != nil {
		f.Fatalf("%s: %v\n%s", name, err, said)
	}
}

// Linux's request to shut a file system down, without flushing its log.
const (
	shutdown   = 0x8004587d
	noLogFlush = uint32(2)
)

// cut takes the file system away, with all that was not flushed.
func (f fileSystem) cut() {
	f.Helper()
	d, err := os.Open(f.dir)
	if err != nil {
		f.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	how := noLogFlush
	if _, _, err := syscall.Syscall(syscall.SYS_IOCTL, d.Fd(), shutdown, uintptr(unsafe.Pointer(&how))); err != 0 {
		f.Fatal(err)
	}
}
