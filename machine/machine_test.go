package machine

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// onLinux leaves a test out on systems that tell nothing.
func onLinux(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("other systems than Linux are not asked")
	}
}

func TestDisk(t *testing.T) {
	onLinux(t)
	if d, ok := DiskOf(t.TempDir()); !ok || d.Free == 0 {
		t.Errorf("%+v, %v", d, ok)
	}
	if d, ok := DiskOf(filepath.Join(t.TempDir(), "gone")); ok {
		t.Errorf("a folder that is not there is on %+v", d)
	}
	if text, err := os.ReadFile("/proc/mounts"); err == nil && strings.Contains(string(text), " /dev/shm tmpfs ") {
		if d, _ := DiskOf("/dev/shm"); !strings.Contains(d.Warning, "tmpfs") {
			t.Errorf("/dev/shm is %+v", d)
		}
	}
}

func TestMayWrite(t *testing.T) {
	onLinux(t)
	if !MayWrite(t.TempDir()) || MayWrite(filepath.Join(t.TempDir(), "gone")) {
		t.Error("a folder of one's own cannot be written to, or one that is not there can")
	}
}

// TestOpenedBy: this process is found by the file that it has open, through a link too,
// and not by another.
func TestOpenedBy(t *testing.T) {
	onLinux(t)
	folder := t.TempDir()
	name, link := filepath.Join(folder, "a"), filepath.Join(folder, "b")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := os.Symlink(name, link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{name, link} {
		if got := OpenedBy(path); len(got) != 1 || !strings.HasPrefix(got[0], strconv.Itoa(os.Getpid())+" (") {
			t.Errorf("%s is opened by %q", path, got)
		}
	}
	if got := OpenedBy(filepath.Join(folder, "c")); len(got) > 0 {
		t.Errorf("a file that is not there is opened by %q", got)
	}
}

func TestMemoryLimit(t *testing.T) {
	onLinux(t)
	if limit, from := MemoryLimit(); limit < 1<<20 || from == "" {
		t.Errorf("%d %q", limit, from)
	}
}
