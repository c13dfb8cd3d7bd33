//go:build !linux

package machine

// DiskOf is the disk that a folder is on; false where that cannot be seen.
func DiskOf(string) (Disk, bool) { return Disk{}, false }

// MayWrite reports whether this user may write to a file or into a folder; true where
// that cannot be seen.
func MayWrite(string) bool { return true }

// OpenedBy are the processes that have a file open, as far as this user may see them.
func OpenedBy(string) []string { return nil }
