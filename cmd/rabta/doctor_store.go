package main

import (
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/machine"
	"github.com/rabta/rabta/store"
)

// What a store is warned about.
const (
	largeWAL  = 256 << 20        // four times what the journal is cut down to
	littleGB  = 1 << 30          // of free room on the disk
	clockSkew = 10 * time.Second // by which the last commit may lie ahead
)

// checkStore looks at the store that is set, and at its files.
func (d *doctor) checkStore(c *cobra.Command) {
	address, err := d.settings.storeURL()
	if err != nil {
		d.add(levelProblem, "settings", "", "%v", err)
		return
	}
	switch store.Kind(address) {
	case "memory":
		d.add(levelNote, "store", "name a file with --store sqlite:PATH to keep it", "memory: keeps nothing that is recorded")
		return
	case "sqlite":
		path := strings.TrimPrefix(address, "sqlite:")
		if missing(path) {
			d.checkNoFile(path)
			return
		}
		d.checkFile(path)
	default:
		d.checkEncryption(address)
	}
	d.inspect(c, address)
}

// checkNoFile says what is to be expected of a store that has no file yet.
func (d *doctor) checkNoFile(path string) {
	d.add(levelNote, "store", "rabta serve or rabta import makes it", "there is no file %s yet", path)
	folder := filepath.Dir(path)
	for missing(folder) && folder != filepath.Dir(folder) {
		folder = filepath.Dir(folder)
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() || !machine.MayWrite(folder) {
		d.add(levelProblem, "store", "choose another path with --store, or correct the rights",
			"%s is no folder that can be written to", folder)
		return
	}
	d.checkDisk(folder)
}

// checkFile looks at the file of a store, its folder, its journal and its disk.
func (d *doctor) checkFile(path string) {
	info, err := os.Stat(path)
	if err != nil {
		d.add(levelProblem, "store", "correct the path or its rights", "%s", plainPathError(err))
		return
	}
	d.add(levelOK, "store", "", "%s has %s", path, bytesText(uint64(info.Size())))
	if othersMay(info, 0o077) {
		d.add(levelWarning, "store", "chmod 600 "+path,
			"others on this machine may read it, whatever their clearance (%v)", info.Mode().Perm())
	}
	folder := filepath.Dir(path)
	if dir, err := os.Stat(folder); err == nil && othersMay(dir, 0o022) && dir.Mode()&fs.ModeSticky == 0 {
		d.add(levelWarning, "store", "chmod go-w "+folder,
			"others may replace the files in %s (%v)", folder, dir.Mode().Perm())
	}
	for _, name := range []string{path, folder} {
		if !d.settings.readOnly && !machine.MayWrite(name) {
			d.add(levelWarning, "store", "correct the rights, or open it with --read-only",
				"%s cannot be written by this user", name)
		}
	}
	if wal, err := os.Stat(path + "-wal"); err == nil && wal.Size() > largeWAL {
		d.add(levelWarning, "store", "end programs that keep it open for long; it shrinks when the last one closes it",
			"the journal %s-wal has %s", path, bytesText(uint64(wal.Size())))
	}
	for _, p := range machine.OpenedBy(path) {
		d.add(levelNote, "store", "", "process %s has it open", p)
	}
	d.checkDisk(folder)
}

// checkDisk looks at the room and the kind of a file system.
func (d *doctor) checkDisk(folder string) {
	disk, ok := machine.DiskOf(folder)
	if !ok {
		d.add(levelNote, "disk", "", "how much room there is cannot be seen on this system")
		return
	}
	level, remedy := levelOK, ""
	if disk.Free < littleGB {
		level, remedy = levelWarning, "make room: a store on a full disk takes no more writes"
	}
	d.add(level, "disk", remedy, "%s are free at %s", bytesText(disk.Free), folder)
	if disk.Warning != "" {
		d.add(levelWarning, "disk", "keep the store on a disk of this machine", "%s is %s", folder, disk.Warning)
	}
}

// inspect asks the store itself, once.
func (d *doctor) inspect(c *cobra.Command, address string) {
	o := store.Options{}
	var err error
	if o.Logger, err = d.settings.logger(c.ErrOrStderr()); err == nil {
		err = d.settings.fillOptions(&o)
	}
	if err != nil {
		d.add(levelProblem, "settings", "correct it", "%v", err)
		return
	}
	i, err := store.Inspect(c.Context(), address, o)
	if err != nil {
		d.add(levelProblem, "store", "", "%v", err)
		return
	}
	if i.Server != "" {
		d.add(levelOK, "store", "", "%s is %s and takes the password", address, i.Server)
	}
	d.checkHead(i)
	d.add(levelNote, "store", "", "rabta check --store %s compares what it holds with itself", address)
}

// checkHead tells the newest commit, and whether it lies in the future.
func (d *doctor) checkHead(i store.Inspection) {
	if i.Head == 0 {
		d.add(levelNote, "store", "", "nothing is recorded in it yet")
		return
	}
	d.add(levelOK, "store", "", "it can be read; commit %d is the newest, of %s", i.Head, i.Recorded.Format(time.RFC3339))
	if ahead := time.Until(i.Recorded); ahead > clockSkew {
		d.add(levelWarning, "clock", "set the clock: what is recorded meanwhile bears the time of that commit",
			"the newest commit is %s ahead of this machine's clock", ahead.Round(time.Second))
	}
}

// checkEncryption warns of a password that goes over a network as it is.
func (d *doctor) checkEncryption(address string) {
	u, err := url.Parse(address)
	if err != nil || strings.Contains(u.Scheme, "+s") || isLoopbackHost(u.Hostname()) {
		return
	}
	d.add(levelWarning, "store", "use "+u.Scheme+"+s:// if the server has a certificate",
		"the password and the claims go to %s unencrypted", u.Hostname())
}

func isLoopbackHost(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}
