// Package machine tells what the machine offers that a program runs on: disks, memory, and
// who else has a file open. What a system does not tell is left out.
package machine

// Disk is the file system that a folder is on.
type Disk struct {
	Free    uint64 // bytes that this user may still write
	Warning string // why a store should not be there; empty where it may
}
