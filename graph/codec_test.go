package graph

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// keysOf lists the keys of the JSON object in b, in order, and those of the
// objects within it.
func keysOf(t *testing.T, b []byte) [][]string {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(b))
	var objects [][]string
	var read func()
	read = func() {
		tok, err := dec.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch tok {
		case json.Delim('{'):
			at := len(objects)
			objects = append(objects, nil)
			for dec.More() {
				key, _ := dec.Token()
				objects[at] = append(objects[at], key.(string))
				read()
			}
			_, _ = dec.Token()
		case json.Delim('['):
			for dec.More() {
				read()
			}
			_, _ = dec.Token()
		}
	}
	read()
	return objects
}

// jsonFields counts the fields of a record that its canonical form has.
func jsonFields(t reflect.Type) int {
	n := 0
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("json") != "-" {
			n++
		}
	}
	return n
}

func checkCanonical[T any](t *testing.T, encode func(*T) []byte) {
	t.Helper()
	r := full[T]()
	line := encode(&r)
	if bytes.ContainsAny(line, "\n\r") || !bytes.Contains(line, []byte("<x & ü>")) {
		t.Errorf("the line is %q", line)
	}
	objects := keysOf(t, line)
	if got, want := len(objects[0]), jsonFields(reflect.TypeFor[T]()); got != want {
		t.Errorf("%d of %d fields are written: %q", got, want, objects[0])
	}
	for _, keys := range objects {
		if !slices.IsSorted(keys) {
			t.Errorf("the keys are not in order: %q", keys)
		}
	}
	again, err := Decode[T](line)
	if err != nil {
		t.Fatal(err)
	}
	if c, ok := any(&r).(*Claim); ok {
		c.Sequence, c.RecordedAt = 0, time.Time{} // the store's, not the record's
	}
	same(t, "the record that is read back", r, again)
	if !bytes.Equal(encode(&again), line) {
		t.Error("written again, the line differs")
	}
}

func TestCanonicalForm(t *testing.T) {
	t.Run("source", func(t *testing.T) { checkCanonical(t, Encode[*Source]) })
	t.Run("entity", func(t *testing.T) { checkCanonical(t, Encode[*Entity]) })
	t.Run("claim", func(t *testing.T) { checkCanonical(t, Encode[*Claim]) })
}

func TestCanonicalFormIsBare(t *testing.T) {
	for want, got := range map[string][]byte{
		`{"hedge":"","predicate":"","source":"","subject":"","type":"claim"}`: Encode(&Claim{Modes: []Mode{}}),
		`{"id":"","kind":"","names":null,"type":"entity"}`:                    Encode(&Entity{}),
		`{"id":"","kind":"","title":"","type":"source"}`:                      Encode(&Source{Authors: []string{}}),
	} {
		if string(got) != want {
			t.Errorf("an empty record is written as %s, want %s", got, want)
		}
	}
	five := 5.0
	c := Claim{Value: &Value{Best: &five}}
	if !strings.Contains(string(Encode(&c)), `"value":{"best":5}`) {
		t.Errorf("a figure is written in %s", Encode(&c))
	}
}

func TestDecodeRefuses(t *testing.T) {
	for name, line := range map[string]string{
		"another type":           `{"type":"entity"}`,
		"a type of another case": `{"type":"Claim"}`,
		"a type that is no text": `{"type":1}`,
		"an unknown key":         `{"type":"claim","colour":"red"}`,
		"an unknown key within":  `{"type":"claim","value":{"colour":"red"}}`,
		"no object":              `[]`,
		"half an object":         `{"type":"claim"`,
		"a second object":        `{"type":"claim"}{"type":"claim"}`,
		"text after it":          `{"type":"claim"} x`,
		"a bad date":             `{"type":"claim","validFrom":"soon"}`,
		"a figure too large":     `{"type":"claim","value":{"best":1e999}}`,
		"nothing":                ``,
	} {
		if c, err := Decode[Claim]([]byte(line)); err == nil {
			t.Errorf("%s is taken: %+v", name, c)
		}
	}
	if _, err := Decode[Claim]([]byte("  {\"type\":\"claim\"} \r\n")); err != nil {
		t.Errorf("white space about a record: %v", err)
	}
}

func FuzzDecodeClaim(f *testing.F) {
	c := full[Claim]()
	f.Add(Encode(&c))
	f.Add([]byte(`{"type":"claim","value":{"low":1e300,"best":-0.0},"modes":[],"validTo":"../.."}`))
	f.Add([]byte(`{"type":"claim","subject":"\ud800","excerpt":"\u2028\u0000"}`))
	f.Add([]byte(`{"TYPE":"claim","Subject":"a"} {`))
	f.Fuzz(func(t *testing.T, line []byte) {
		c, err := Decode[Claim](line)
		if err != nil {
			return
		}
		canonical := Encode(&c)
		again, err := Decode[Claim](canonical)
		if err != nil {
			t.Fatalf("%s was written and cannot be read: %v", canonical, err)
		}
		if !bytes.Equal(Encode(&again), canonical) {
			t.Errorf("%s is read and written as %s", canonical, Encode(&again))
		}
		n := c.Normalised()
		if again := n.Normalised(); again.ID != n.ID {
			t.Errorf("%s has the ids %s and %s", canonical, n.ID, again.ID)
		}
		_ = Batch{Claims: []Claim{c}}.Check() // whatever was read can be checked
	})
}

func TestDigest(t *testing.T) {
	e := full[Entity]()
	for _, v := range varied(e) {
		if v.field != "Type" && Digest(&v.value) == Digest(&e) {
			t.Errorf("a change of %s does not change the digest", v.field)
		}
	}
	s := full[Source]()
	for _, v := range varied(s) {
		if v.field != "Type" && Digest(&v.value) == Digest(&s) {
			t.Errorf("a change of %s does not change the digest", v.field)
		}
	}
}
