package sqlite

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/rabta/rabta/graph"
)

// headSuffix is what the name of the head record adds to that of the store's file.
const headSuffix = "-head"

// headRecord says which commit of which store was the last that somebody was told of.
// It lies beside the store, so that a log that lost its end, or a file in the place of
// another, does not pass for whole.
//
// It is written after the commit is on disk and before it is acknowledged, so it never
// names a commit that was not durable. It may lag: when the power went before the
// system had written it, or when another process that has the store open wrote later.
type headRecord struct {
	store    string // the random id of the store
	sequence graph.Sequence
	digest   []byte // of that commit, which is over all before it
}

// All records have one length, within one sector, so that one is overwritten in place.
const (
	headFormat = "rabta head 1\nstore %s\nsequence %020d\ndigest %s\n"
	headSum    = "check "
)

// encode is the text of the record: the lines, and a hash of them as the last.
func (h headRecord) encode() []byte {
	text := fmt.Sprintf(headFormat, h.store, h.sequence, hex.EncodeToString(h.digest))
	sum := sha256.Sum256([]byte(text))
	return []byte(text + headSum + hex.EncodeToString(sum[:]) + "\n")
}

// decodeHead reads what encode wrote; ok is false for anything else.
func decodeHead(text []byte) (h headRecord, ok bool) {
	var digest string
	if n, err := fmt.Fscanf(bytes.NewReader(text), headFormat, &h.store, &h.sequence, &digest); n != 3 || err != nil {
		return h, false
	}
	var err error
	h.digest, err = hex.DecodeString(digest)
	return h, err == nil && bytes.Equal(text, h.encode())
}

// errHeadUnreadable is a head record that is there and holds something else.
var errHeadUnreadable = errors.New("it is not what a store writes")

// readHead reads the head record of the store at path. found is false when there is
// none, also when its file was made and the power went before it was written.
func readHead(path string) (h headRecord, found bool, err error) {
	for range 5 { // while another process writes, half of it may be seen
		var text []byte
		text, err = os.ReadFile(path + headSuffix)
		if errors.Is(err, fs.ErrNotExist) || err == nil && len(bytes.Trim(text, "\x00")) == 0 {
			return h, false, nil
		}
		if err != nil {
			return h, false, err
		}
		if h, found = decodeHead(text); found {
			return h, true, nil
		}
		err = errHeadUnreadable
	}
	return headRecord{}, false, err
}

// headFile writes the head record of a store. Its methods may be called at once.
type headFile struct {
	path string // of the store

	mu   sync.Mutex
	file *os.File    // kept open from one write to the next; nil before the first
	info os.FileInfo // of file
	last graph.Sequence
}

// write overwrites the record, unless a later commit was written here meanwhile.
func (f *headFile) write(h headRecord) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if h.sequence < f.last {
		return nil
	}
	text := h.encode()
	err := f.open()
	if errors.Is(err, fs.ErrNotExist) || err == nil && f.info.Size() != int64(len(text)) { // none, or spoilt
		f.close()
		return f.create(h)
	}
	if err == nil {
		_, err = f.file.WriteAt(text, 0)
	}
	if err == nil {
		f.last = h.sequence
	}
	return err
}

// open opens the file, unless it is open and still the one of that name.
func (f *headFile) open() error {
	if f.file != nil {
		if now, err := os.Stat(f.path + headSuffix); err == nil && os.SameFile(f.info, now) {
			return nil
		}
		f.close()
	}
	file, err := os.OpenFile(f.path+headSuffix, os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	f.file = file
	if f.info, err = file.Stat(); err != nil {
		f.close()
	}
	return err
}

func (f *headFile) close() {
	if f.file != nil {
		_ = f.file.Close()
		f.file = nil
	}
}

// create makes the file with the record in it, all or nothing, and waits for the disk.
func (f *headFile) create(h headRecord) error {
	file, err := os.CreateTemp(filepath.Dir(f.path), filepath.Base(f.path)+headSuffix+"-*")
	if err != nil {
		return err
	}
	_, err = file.Write(h.encode())
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), f.path+headSuffix)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	f.last = h.sequence
	return syncFolder(f.path)
}

// keep waits until the record is on the disk, and closes it; it is no error that there
// is none.
func (f *headFile) keep() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.open(); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	defer f.close()
	return f.file.Sync()
}

// syncFolder waits until the names in the folder of a file are on the disk. Not every
// system can: there the name comes when it comes.
func syncFolder(path string) error {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	_ = dir.Sync()
	return dir.Close()
}

// lost says what of the head record the store does not hold; nil when it holds all.
func (s *Store) lost(ctx context.Context, q queryer, h headRecord) (*graph.UnavailableError, error) {
	if h.store != s.id {
		return &graph.UnavailableError{
			What:   fmt.Sprintf("the file is not the store that was here, whose last commit was %d", h.sequence),
			Remedy: "put back the file that was here" + orGoOn,
		}, nil
	}
	var digest []byte
	err := q.QueryRowContext(ctx, digestSQL, h.sequence).Scan(&digest)
	if err == nil {
		if bytes.Equal(digest, h.digest) {
			return nil, nil
		}
		return &graph.UnavailableError{
			What:   fmt.Sprintf("commit %d is not the one that was acknowledged under this number", h.sequence),
			Remedy: restore + orGoOn,
		}, nil
	}
	if !errors.Is(err, sql.ErrNoRows) || h.sequence == 0 {
		return nil, ignoreNoRows(err)
	}
	var last graph.Sequence
	if err := q.QueryRowContext(ctx, headSQL).Scan(&last); err != nil {
		return nil, err
	}
	return missing(last, h.sequence), nil
}

// restore and orGoOn are what to do about commits that are missing.
const (
	restore = "restore a newer backup into a new file"
	orGoOn  = ", or, to go on with what is there, remove the file named like the store with -head behind it"
)

// missing says that of the commits up to want those after last are not there.
func missing(last, want graph.Sequence) *graph.UnavailableError {
	what := fmt.Sprintf("%d commits that were acknowledged are missing, from commit %d on", want-last, last+1)
	if last+1 == want {
		what = fmt.Sprintf("commit %d was acknowledged and is missing", want)
	}
	return &graph.UnavailableError{What: what, Remedy: restore + orGoOn}
}

func ignoreNoRows(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}
