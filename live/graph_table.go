package live

import (
	"hash/maphash"
	"slices"
	"sync"
	"sync/atomic"
)

// none stands for "no row", of whatever table.
const none = 1<<32 - 1

const pageRows = 4096

// table is an append-only table of rows in pages. One goroutine appends; any
// number read the rows that a snapshot counts.
type table[R ~uint32, T any] struct {
	pages atomic.Pointer[[]*[pageRows]T]
	n     R // the writer's
}

// at is the row i. Rows hold atomic fields: use the pointer, never a copy.
func (t *table[R, T]) at(i R) *T { return &(*t.pages.Load())[i/pageRows][i%pageRows] }

// grow makes room for one row more and returns it with its number.
func (t *table[R, T]) grow() (*T, R) {
	i := t.n
	if i%pageRows == 0 {
		var pages []*[pageRows]T
		if old := t.pages.Load(); old != nil {
			pages = append(pages, *old...)
		}
		pages = append(pages, new([pageRows]T))
		t.pages.Store(&pages)
	}
	t.n++
	return t.at(i), i
}

// atomicRow is the number of a row that one goroutine writes and others read.
type atomicRow[R ~uint32] struct{ n atomic.Uint32 }

func (a *atomicRow[R]) Load() R { return R(a.n.Load()) }

func (a *atomicRow[R]) Store(row R) { a.n.Store(uint32(row)) }

// list is an append-only list with one writer and any number of readers.
type list[T any] struct {
	n    atomic.Uint32
	data atomic.Pointer[[]T]
}

func (l *list[T]) add(v T) {
	n := int(l.n.Load())
	var data []T
	if p := l.data.Load(); p != nil {
		data = *p
	}
	if n == len(data) {
		grown := make([]T, max(2, 2*n))
		copy(grown, data)
		data = grown
		l.data.Store(&grown)
	}
	data[n] = v
	l.n.Store(uint32(n + 1))
}

// all is the list as it stands.
func (l *list[T]) all() []T {
	n := l.n.Load()
	if n == 0 {
		return nil
	}
	return (*l.data.Load())[:n]
}

// textRef says where a string lies in texts: page, place in it and length.
type textRef uint64

// texts is an append-only heap of byte strings in pages without pointers.
type texts struct {
	pages atomic.Pointer[[][]byte]
	used  int
}

const textPage = 1 << 20

// add keeps a copy of b and returns where it is.
func (t *texts) add(b []byte) textRef {
	var pages [][]byte
	if p := t.pages.Load(); p != nil {
		pages = *p
	}
	if len(pages) == 0 || t.used+len(b) > len(pages[len(pages)-1]) {
		pages = append(append([][]byte(nil), pages...), make([]byte, max(textPage, len(b))))
		t.pages.Store(&pages)
		t.used = 0
	}
	last := len(pages) - 1
	copy(pages[last][t.used:], b)
	at := textRef(last)<<44 | textRef(t.used)<<22 | textRef(len(b))
	t.used += len(b)
	return at
}

// get is the string that add put at ref. It must not be changed.
func (t *texts) get(ref textRef) []byte {
	page := (*t.pages.Load())[ref>>44]
	from, n := ref>>22&(1<<22-1), ref&(1<<22-1)
	return page[from : from+n]
}

// index finds rows by key. It is split so that its growth stops nobody for long.
type index[K comparable, R ~uint32] struct {
	shards [64]struct {
		sync.RWMutex
		rows map[K]R
	}
}

var indexSeed = maphash.MakeSeed()

func (x *index[K, R]) get(k K) (R, bool) {
	s := &x.shards[maphash.Comparable(indexSeed, k)%uint64(len(x.shards))]
	s.RLock()
	defer s.RUnlock()
	row, ok := s.rows[k]
	return row, ok
}

func (x *index[K, R]) put(k K, row R) {
	s := &x.shards[maphash.Comparable(indexSeed, k)%uint64(len(x.shards))]
	s.Lock()
	defer s.Unlock()
	if s.rows == nil {
		s.rows = map[K]R{}
	}
	s.rows[k] = row
}

// lacks reports whether a key that is given stands neither in the index nor among
// others.
func (x *index[K, R]) lacks(k K, others map[K]bool) bool {
	var zero K
	if k == zero || others[k] {
		return false
	}
	_, ok := x.get(k)
	return !ok
}

// bitset is a set of rows, a bit each. none is in no set.
type bitset[R ~uint32] []uint64

func newBitset[R ~uint32](rows R) bitset[R] { return make(bitset[R], rows/64+1) }

func (b bitset[R]) set(row R) {
	if row != none {
		b[row/64] |= 1 << (row % 64)
	}
}

func (b bitset[R]) unset(row R) { b[row/64] &^= 1 << (row % 64) }

func (b bitset[R]) has(row R) bool { return b[row/64]&(1<<(row%64)) != 0 }

// externals are the entities of ids under which others know them, whenever that was
// recorded.
type externals struct {
	mu sync.RWMutex
	of map[string][]EntityRow
}

func (x *externals) add(id string, row EntityRow) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.of == nil {
		x.of = map[string][]EntityRow{}
	}
	if !slices.Contains(x.of[id], row) {
		x.of[id] = append(x.of[id], row)
	}
}

func (x *externals) get(id string) []EntityRow {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return slices.Clone(x.of[id])
}
