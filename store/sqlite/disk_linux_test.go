package sqlite

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rabta/rabta/graph"
)

// disk is a small file system of its own, where the system lets the test make one.
func disk(t *testing.T, options string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("only root can make a file system: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// bulky is a batch of some size.
func bulky(id string, bytes int) graph.Batch {
	b := batch(id)
	for i := 0; i < bytes; i += 4000 {
		s := batch(fmt.Sprint(id, i)).Sources[0]
		s.Note = strings.Repeat("x", 3800)
		b.Sources = append(b.Sources, s)
	}
	return b
}

// A disk that is full is told, and writing goes on when there is room, without opening
// the store again.
func TestADiskThatIsFull(t *testing.T) {
	dir := disk(t, "size=6m")
	f := file(filepath.Join(dir, "rabta.db"))
	s := f.open(t)
	apply(t, s, batch("a"))
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 5<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		_, err := s.Apply(t.Context(), bulky("big", 2<<20))
		wantStopped(t, "a big batch", err, "the disk is full; make room")
		wantStopped(t, "looking", s.Trouble(t.Context()), "the disk is full; make room")
	}
	if got, err := feed(t, s, 0); err != nil || len(got) != 1 {
		t.Errorf("while it is full the feed gives %v, %v", got, err)
	}
	wantWhole(t, f)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	eventually(t, "there is room", func() bool { return s.Trouble(t.Context()) == nil })
	if c := apply(t, s, bulky("big", 2<<20)); c.Sequence != 2 {
		t.Errorf("with room again it gives %+v", c)
	}
	wantWhole(t, f)
	if list, _ := filepath.Glob(string(f) + "-room*"); len(list) > 0 {
		t.Errorf("looking for room left %q", list)
	}
}

// limited are what the child process of TestAFailingDisk is told by.
const limited = "RABTA_TEST_LIMITED"

// A disk that refuses a write for another reason stops all writing: also when it would
// take the next one.
func TestAFailingDisk(t *testing.T) {
	if path := os.Getenv(limited); path != "" {
		failing(t, file(path))
		return
	}
	f := newFile(t)
	cmd := exec.Command(os.Args[0], "-test.run=^TestAFailingDisk$", "-test.v")
	cmd.Env = append(os.Environ(), limited+"="+string(f))
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "PASS") {
		t.Fatalf("%v: %s", err, out)
	}
	if h, err := f.open(t).Head(t.Context()); h != 1 || err != nil {
		t.Errorf("opened again, the head is %d, %v", h, err)
	}
	wantWhole(t, f)
}

// failing limits how long this process may make a file, which SQLite takes for an error
// of the disk.
func failing(t *testing.T, f file) {
	s := f.open(t)
	apply(t, s, batch("a"))
	signal.Ignore(syscall.SIGXFSZ)
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 256 << 10, Max: was.Max}); err != nil {
		t.Fatal(err)
	}
	const want = "the disk does not answer as it should"
	_, err := s.Apply(t.Context(), bulky("big", 1<<20))
	wantStopped(t, "a big batch", err, want)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	_, err = s.Apply(t.Context(), batch("b"))
	wantStopped(t, "a small batch after that", err, want)
	wantStopped(t, "looking", s.Trouble(t.Context()), "verify the store with rabta check --store")
	if got, err := feed(t, s, 0); err != nil || len(got) != 1 {
		t.Errorf("the feed gives %v, %v", got, err)
	}
}

// A file that nobody may write, in a folder that nobody may write, is read.
func TestAFileThatIsReadOnly(t *testing.T) {
	var f file
	if os.Getuid() == 0 {
		dir := disk(t, "size=6m")
		f = file(filepath.Join(dir, "rabta.db"))
		copyFile(t, string(written(t)), string(f))
		live := newFile(t)
		many(t, live, 20)
		for _, suffix := range []string{"", walSuffix, headSuffix} {
			copyFile(t, string(live)+suffix, filepath.Join(dir, "live.db")+suffix)
		}
		if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
		_, err := OpenReadOnly(t.Context(), filepath.Join(dir, "live.db"), nil)
		wantStopped(t, "a log that is not folded", err, "(-wal) holds commits that are not in the file")
	} else { // whom permissions bind
		f = written(t)
		dir := filepath.Dir(string(f))
		if err := errors.Join(os.Chmod(string(f), 0o400), os.Chmod(dir, 0o500)); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	}
	_, err := Open(t.Context(), string(f), nil)
	wantStopped(t, "opening to write", err, "cannot be opened or written; look at its permissions and its folder's, or read it with --read-only")
	wantWhole(t, f)
	s, err := OpenReadOnly(t.Context(), string(f), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if got, err := feed(t, s, 0); err != nil || len(got) != 6 {
		t.Errorf("the feed gives %v, %v", got, err)
	}
}
