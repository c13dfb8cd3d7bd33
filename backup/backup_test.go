package backup

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/memory"
)

func apply(t *testing.T, s graph.Store, b graph.Batch) {
	t.Helper()
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

func claim(text string) graph.Claim {
	return graph.Claim{
		Subject: "g", Predicate: "STATUS", Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Text: text}, Marking: graph.Red,
	}
}

// small is a store of four commits: a source renamed, a claim that nobody may see, taken
// back and asserted anew.
func small(t *testing.T) *memory.Store {
	t.Helper()
	s := memory.New()
	apply(t, s, graph.Batch{
		ID: "first", Actor: "someone", Reason: "to \"begin\" <with> & more",
		Sources:  []graph.Source{{ID: "s_a", Kind: "BOOK", Title: "الف"}},
		Entities: []graph.Entity{{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "G"}}}},
		Claims:   []graph.Claim{claim("active")},
	})
	id := claim("active").Normalised().ID
	apply(t, s, graph.Batch{Claims: []graph.Claim{{Subject: id, Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated}}})
	apply(t, s, graph.Batch{Reassert: true, Claims: []graph.Claim{claim("active")}})
	apply(t, s, graph.Batch{Sources: []graph.Source{{ID: "s_a", Kind: "BOOK", Title: "B"}}})
	return s
}

func write(t *testing.T, s graph.Store, to graph.Sequence) ([]byte, Summary) {
	t.Helper()
	var b bytes.Buffer
	done, err := Write(t.Context(), &b, s, Options{Program: "test", Store: "memory", To: to})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), done
}

func unpacked(t *testing.T, file []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func feed(t *testing.T, s graph.Store) (out []graph.Change) {
	t.Helper()
	for c, err := range s.Changes(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

func restore(t *testing.T, file []byte, to graph.Sequence) (*memory.Store, Summary) {
	t.Helper()
	r, err := Open(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	s := memory.New()
	done, err := Restore(t.Context(), r, s, to)
	if err != nil {
		t.Fatal(err)
	}
	return s, done
}

func TestThereAndBack(t *testing.T) {
	s := small(t)
	file, done := write(t, s, 0)
	if want := (Summary{Last: 4, Sources: 2, Entities: 1, Claims: 3, Digest: done.Digest}); done != want || done.Digest == "" {
		t.Errorf("written: %+v", done)
	}
	if _, got, err := Verify(bytes.NewReader(file)); got != done || err != nil {
		t.Errorf("verified: %+v, %v, want %+v", got, err, done)
	}
	if _, got, err := Verify(bytes.NewReader(unpacked(t, file))); got != done || err != nil {
		t.Errorf("verified without the packing: %+v, %v", got, err)
	}
	back, got := restore(t, file, 0)
	if got != done {
		t.Errorf("restored: %+v", got)
	}
	if d := cmp.Diff(feed(t, s), feed(t, back), cmpopts.EquateEmpty()); d != "" {
		t.Errorf("the log (-was +is):\n%s", d)
	}
	again, _ := write(t, back, 0)
	_, lines, _ := bytes.Cut(unpacked(t, file), []byte("\n"))
	_, same, _ := bytes.Cut(unpacked(t, again), []byte("\n"))
	if !bytes.Equal(lines, same) {
		t.Errorf("a backup of what was restored is\n%s\nand not\n%s", same, lines)
	}
}

// Tombstones, the redaction that made them and a commit that says nothing of itself go there
// and back, and what was redacted is not taken by the store that it is restored to.
func TestTombstonesThereAndBack(t *testing.T) {
	s := small(t)
	id := claim("active").Normalised().ID
	ids := []graph.ID{id}
	for _, c := range feed(t, s) {
		for _, k := range c.Claims {
			if k.Subject == id {
				ids = append(ids, k.ID)
			}
		}
	}
	if _, err := s.Redact(t.Context(), graph.Redaction{Reason: "by order", Head: 4, IDs: ids, Said: []graph.Sequence{1}}); err != nil {
		t.Fatal(err)
	}
	file, done := write(t, s, 0)
	if want := (Summary{Last: 5, Sources: 2, Entities: 1, Redacted: 3, Digest: done.Digest}); done != want {
		t.Errorf("written: %+v", done)
	}
	if bytes.Contains(unpacked(t, file), []byte("begin")) || bytes.Contains(unpacked(t, file), []byte("active")) {
		t.Errorf("what was redacted is in it:\n%s", unpacked(t, file))
	}
	for _, to := range []graph.Sequence{0, 3} {
		back, _ := restore(t, file, to)
		want := feed(t, s)
		if to > 0 {
			want = want[:to]
		}
		if d := cmp.Diff(want, feed(t, back), cmpopts.EquateEmpty()); d != "" {
			t.Errorf("the log up to %d (-was +is):\n%s", to, d)
		}
		if _, err := back.Apply(t.Context(), graph.Batch{Claims: []graph.Claim{claim("active")}}); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("what was redacted gives %v", err)
		}
	}
	h := Header{Format: formatName, Version: formatVersion, Last: 1}
	first := commitOf(&feed(t, s)[0])
	first.Tombstones[0].Place = 7
	fault(t, sealed(t, h, first, end{1}))
}

// A backup up to a commit is the one that was made then, and so is a restore up to it.
func TestUpToACommit(t *testing.T) {
	s := small(t)
	whole, _ := write(t, s, 0)
	for n := graph.Sequence(1); n <= 4; n++ {
		file, done := write(t, s, n)
		short, restored := restore(t, whole, n)
		if done.Last != n || restored != done {
			t.Errorf("up to %d: written %+v, restored %+v", n, done, restored)
		}
		if got := feed(t, short); len(got) != int(n) {
			t.Errorf("up to %d there are %d commits", n, len(got))
		}
		if _, got, err := Verify(bytes.NewReader(file)); got != done || err != nil {
			t.Errorf("up to %d: verified %+v, %v", n, got, err)
		}
	}
	if _, err := Write(t.Context(), io.Discard, s, Options{To: 5}); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("beyond the end: %v", err)
	}
	r, err := Open(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), r, memory.New(), 5); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("beyond the end: %v", err)
	}
	if _, err := Write(t.Context(), io.Discard, memory.New(), Options{}); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("of a store that holds nothing: %v", err)
	}
}

// busy is a store that others write to between any two calls.
type busy struct {
	*memory.Store
	n int
}

func (b *busy) Head(ctx context.Context) (graph.Sequence, error) {
	head, err := b.Store.Head(ctx)
	b.n++
	_, failed := b.Apply(ctx, graph.Batch{Claims: []graph.Claim{claim(fmt.Sprint("since ", b.n))}})
	return head, errors.Join(err, failed)
}

// What is committed while a backup is made is not in it, and does not harm it.
func TestWhileOthersWrite(t *testing.T) {
	s := &busy{Store: small(t)}
	for want := graph.Sequence(4); want < 8; want++ {
		file, done := write(t, s, 0)
		if _, got, err := Verify(bytes.NewReader(file)); got != done || done.Last != want || err != nil {
			t.Errorf("with %d commits at the start it holds %+v, %v", want, got, err)
		}
	}
}

// broken is a store whose log cannot be read to its end.
type broken struct{ *memory.Store }

func (b broken) Changes(ctx context.Context, since graph.Sequence) iter.Seq2[graph.Change, error] {
	return func(yield func(graph.Change, error) bool) {
		for c := range b.Store.Changes(ctx, since) {
			if c.Sequence == 3 {
				yield(graph.Change{}, fmt.Errorf("commit 3: %w", graph.ErrUnavailable))
				return
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

// A log that cannot be read gives no file that passes for whole.
func TestOfALogThatIsBroken(t *testing.T) {
	var file bytes.Buffer
	done, err := Write(t.Context(), &file, broken{small(t)}, Options{})
	if !errors.Is(err, graph.ErrUnavailable) || done != (Summary{}) {
		t.Errorf("it gives %+v, %v", done, err)
	}
	if _, _, err := Verify(&file); err == nil {
		t.Error("what was written passes for whole")
	}
}

// fault is what is wrong with a file; a restore of it leaves no store that looks whole.
func fault(t *testing.T, file []byte) *FaultError {
	t.Helper()
	_, _, err := Verify(bytes.NewReader(file))
	bad, ok := errors.AsType[*FaultError](err)
	if !ok || !errors.Is(err, graph.ErrInvalid) || bad.Line == 0 || bad.Message == "" || bad.Remedy == "" {
		t.Fatalf("the error is %v", err)
	}
	s := memory.New()
	if r, err := Open(bytes.NewReader(file)); err == nil {
		if _, err := Restore(t.Context(), r, s, 0); err == nil {
			t.Errorf("it was restored")
		}
	}
	if n, err := s.Head(t.Context()); n != 0 || err != nil && !errors.Is(err, graph.ErrUnavailable) {
		t.Errorf("the store that was begun has the head %d, %v", n, err)
	}
	return bad
}

// Each byte of the text counts.
func TestEveryFlippedByteIsNoticed(t *testing.T) {
	file, _ := write(t, small(t), 0)
	text := unpacked(t, file)
	line := 1
	for i, b := range text {
		bad := slices.Clone(text)
		for _, bit := range []byte{1, 1 << 5} {
			bad[i] = b ^ bit
			got := fault(t, bad)
			if b != '\n' && bad[i] != '\n' && got.Line != line {
				t.Fatalf("byte %d of line %d: %v", i, line, got)
			}
			if want := graph.Sequence(line - 1); b != '\n' && bad[i] != '\n' && line < 6 && got.Commit != want {
				t.Fatalf("byte %d of commit %d: %v", i, want, got)
			}
		}
		if b == '\n' {
			line++
		}
	}
	if line != 7 {
		t.Errorf("there are %d lines", line-1)
	}
}

// A byte of the packed file is noticed, or the text is what it was.
func TestEveryFlippedByteOfThePackingIsNoticed(t *testing.T) {
	file, done := write(t, small(t), 0)
	harmless := 0
	for i := range file {
		bad := slices.Clone(file)
		bad[i] ^= 0xff
		if _, got, err := Verify(bytes.NewReader(bad)); err == nil && got == done {
			harmless++
		} else if err == nil {
			t.Errorf("byte %d: %+v", i, got)
		}
	}
	if harmless > 6 { // the time, the speed and the system in the header of gzip
		t.Errorf("%d bytes are passed over", harmless)
	}
}

func TestEveryCutIsNoticed(t *testing.T) {
	file, _ := write(t, small(t), 0)
	for _, whole := range [][]byte{file, unpacked(t, file)} {
		for n := range whole {
			fault(t, whole[:n])
		}
		fault(t, append(slices.Clone(whole), '\n'))
		fault(t, append(slices.Clone(whole), whole...))
	}
}

// sealed makes a file of lines that were put together by hand.
func sealed(t *testing.T, values ...any) []byte {
	t.Helper()
	var out []byte
	before := ""
	for i, v := range values {
		line, digest, err := seal(before, v)
		if err != nil {
			t.Fatal(err)
		}
		if out = append(out, line...); i > 0 {
			before = digest
		}
	}
	return out
}

// Lines are left out, exchanged and repeated, also by someone who can seal them anew.
func TestLinesThatDoNotFollowAreNoticed(t *testing.T) {
	file, _ := write(t, small(t), 0)
	lines := bytes.SplitAfter(unpacked(t, file), []byte("\n"))
	lines = lines[:len(lines)-1]
	for i := range lines {
		fault(t, bytes.Join(slices.Delete(slices.Clone(lines), i, i+1), nil))
		fault(t, bytes.Join(slices.Insert(slices.Clone(lines), i, lines[i]), nil))
		for j := range i {
			other := slices.Clone(lines)
			other[i], other[j] = other[j], other[i]
			fault(t, bytes.Join(other, nil))
		}
	}
	h := Header{Format: formatName, Version: formatVersion, Last: 2}
	all := feed(t, small(t))
	one, two := commitOf(&all[0]), commitOf(&all[1])
	gap, same, early := two, two, two
	gap.Sequence, same.Batch, early.Recorded = 3, one.Batch, one.Recorded.Add(-1)
	if _, _, err := Verify(bytes.NewReader(sealed(t, h, one, two, end{2}))); err != nil {
		t.Fatalf("a file that was put together as it should be: %v", err)
	}
	for name, values := range map[string][]any{
		"a gap": {h, one, gap, end{2}}, "an id twice": {h, one, same, end{2}}, "time that runs back": {h, one, early, end{2}},
		"an end too early": {h, one, end{1}}, "a wrong count": {h, one, two, end{3}},
		"what is not known": {h, one, map[string]any{"sequence": 2, "more": true}, end{2}},
	} {
		if got := fault(t, sealed(t, values...)); got.Line < 3 {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestWhatIsNoBackup(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "text": "a note", "another file": `{"id":"s_a","kind":"BOOK","title":"T","type":"source"}` + "\n",
		"another packed file": "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00",
		"a broken packed one": "\x1f\x8b and more",
	} {
		if got := fault(t, []byte(text)); !strings.Contains(got.Message, "beginning of a backup") {
			t.Errorf("%s: %v", name, got)
		}
	}
	newer := fault(t, []byte(fmt.Sprintf(`{"format":%q,"version":4,"other":1}`+"\n", formatName)))
	if !strings.Contains(newer.Message, "version 4") {
		t.Errorf("a newer version: %v", newer)
	}
}
