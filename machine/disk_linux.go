package machine

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// unfit are kinds of file systems, by the numbers that Linux gives them, on which locks
// or what was written may be lost.
var unfit = map[int64]string{
	0x6969:     "on a network (NFS), where locks may fail and writes may be lost",
	0x517B:     "on a network (SMB), where locks may fail and writes may be lost",
	0xFF534D42: "on a network (CIFS), where locks may fail and writes may be lost",
	0xFE534D42: "on a network (SMB), where locks may fail and writes may be lost",
	0x00C36400: "on a network (Ceph), where locks may fail",
	0x5346414F: "on a network (AFS), where locks may fail and writes may be lost",
	0x01021997: "shared with another system (9p), where locks may fail and writes may be lost",
	0x65735546: "mounted by a program (FUSE), where locks may fail and writes may be lost",
	0x01021994: "in memory (tmpfs): all is lost when this machine restarts",
	0x858458F6: "in memory (ramfs): all is lost when this machine restarts",
}

// DiskOf is the disk that a folder is on; false where that cannot be seen.
func DiskOf(folder string) (Disk, bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return Disk{}, false
	}
	return Disk{Free: s.Bavail * uint64(s.Bsize), Warning: unfit[int64(uint32(s.Type))]}, true
}

// MayWrite reports whether this user may write to a file or into a folder.
func MayWrite(path string) bool {
	const write = 2
	return syscall.Access(path, write) == nil
}

// OpenedBy are the processes that have a file open, as far as this user may see them.
func OpenedBy(path string) (processes []string) {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil
	}
	if real, err = filepath.Abs(real); err != nil {
		return nil
	}
	links, _ := filepath.Glob("/proc/[0-9]*/fd/*")
	last := ""
	for _, link := range links {
		pid := strings.Split(link, "/")[2]
		if target, err := os.Readlink(link); err != nil || target != real || pid == last {
			continue
		}
		last = pid
		name, _ := os.ReadFile("/proc/" + pid + "/comm")
		processes = append(processes, fmt.Sprintf("%s (%s)", pid, strings.TrimSpace(string(name))))
	}
	return processes
}
