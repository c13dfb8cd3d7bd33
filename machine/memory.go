package machine

import (
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
)

// MemoryLimit is the least of what limits the memory of this process, and what that is; 0
// when nothing is known.
func MemoryLimit() (limit uint64, from string) {
	take := func(n uint64, what string) {
		if n > 0 && (limit == 0 || n < limit) {
			limit, from = n, what
		}
	}
	if total, err := os.ReadFile("/proc/meminfo"); err == nil {
		if words := strings.Fields(string(total)); len(words) > 1 {
			kib, _ := strconv.ParseUint(words[1], 10, 64)
			take(kib<<10, "all that this machine has")
		}
	}
	take(groupLimit(), "the limit of this process's control group")
	if set := debug.SetMemoryLimit(-1); set != math.MaxInt64 {
		take(uint64(set), "as GOMEMLIMIT says")
	}
	return limit, from
}

// groupLimit is the limit of the control group; 0 for none.
func groupLimit() uint64 {
	group, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return 0
	}
	_, path, _ := strings.Cut(string(group), "::")
	for _, folder := range []string{strings.TrimSpace(path), "/"} {
		text, err := os.ReadFile(filepath.Join("/sys/fs/cgroup", folder, "memory.max"))
		if err == nil {
			n, _ := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64) // "max" is none
			return n
		}
	}
	return 0
}
