package older

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/rabta/rabta/graph"
)

// Difference is one place where an answer is not the one that was kept.
type Difference struct {
	World, Question string
	Clearance       graph.Marking
	// Path is where in the answer: "body.data.group.allies.nodes[lej].hedge".
	Path string
	// Kept and Now are the two values; "nothing" where there is none.
	Kept, Now string
	// More are the texts that are shown now and that no kept answer showed to readers
	// of the clearance.
	More []string
}

func (d *Difference) String() string {
	out := fmt.Sprintf("%s at %s (%s)\n  %s\n", d.Question, d.Clearance, d.World, d.Path)
	out += fmt.Sprintf("    kept: %s\n    now:  %s", d.Kept, d.Now)
	if len(d.More) > 0 {
		out += fmt.Sprintf("\n    MORE is shown at %s than any kept answer showed: %q", d.Clearance, d.More)
	}
	return out
}

// Compare asks a world the questions that select takes, at every clearance, and lists all
// that differs from what was kept of the world of the name.
func (v *Version) Compare(
	ctx context.Context, w *World, name string, selected func(*Question) bool,
) (out []Difference, answers int, err error) {
	same := map[graph.Marking]*identities{}
	for _, c := range graph.Markings {
		if same[c], err = identitiesOf(ctx, w.Store, c); err != nil {
			return nil, 0, err
		}
	}
	for i := range v.Questions {
		q := &v.Questions[i]
		if !selected(q) {
			continue
		}
		for _, c := range graph.Markings {
			kept, ok := v.kept(name, q, c)
			if !ok {
				return nil, 0, fmt.Errorf("%s: no answer to %s at %s is kept", v.folder, q.Name, c)
			}
			numbers, err := v.numbering(name, c)
			if err != nil {
				return nil, 0, err
			}
			now, err := w.answer(ctx, c, numbers.question(q))
			if err != nil {
				return nil, 0, fmt.Errorf("%s at %s: %w", q.Name, c, err)
			}
			answers++
			list, err := v.differences(asked{name, q.Name, c}, numbers, same[c], kept, now)
			if err != nil {
				return nil, 0, err
			}
			out = append(out, list...)
		}
	}
	return out, answers, nil
}

// differences compares one answer.
func (v *Version) differences(
	a asked, numbers numbering, same *identities, kept json.RawMessage, now any,
) ([]Difference, error) {
	text, err := encode(now)
	if err != nil || bytes.Equal(text, kept) {
		return nil, err
	}
	was, err := decode(kept)
	if err != nil {
		return nil, err
	}
	w := walk{same: same}
	w.values("", numbers.value(was, ""), now)
	out := make([]Difference, len(w.out))
	for i := range w.out {
		d := &w.out[i]
		d.World, d.Question, d.Clearance = a.world, a.question, a.clearance
		d.More = v.more(a.clearance, d.Path, d.now)
		out[i] = d.Difference
	}
	return out, nil
}

// found is a difference with the value that stands there now.
type found struct {
	Difference
	now any
}

// walk goes through two values side by side.
type walk struct {
	same *identities
	out  []found
}

func (w *walk) add(path string, kept, now any) {
	w.out = append(w.out, found{Difference{Path: path, Kept: told(kept), Now: told(now)}, now})
}

// told is a value as one line of JSON, cut where it is long.
func told(v any) string {
	if v == missing {
		return "nothing"
	}
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	const most = 400
	if len(text) > most {
		return string(text[:most]) + fmt.Sprintf(" ... (%d bytes)", len(text))
	}
	return string(text)
}

// missing is what stands where one of two answers has nothing.
var missing any = struct{}{}

func (w *walk) values(path string, kept, now any) {
	switch k := kept.(type) {
	case map[string]any:
		if n, ok := now.(map[string]any); ok {
			w.objects(path, k, n)
			return
		}
	case []any:
		if n, ok := now.([]any); ok {
			w.lists(path, k, n)
			return
		}
	case json.Number:
		if n, ok := now.(json.Number); ok && alike(k, n) {
			return
		}
	case string:
		if n, ok := now.(string); ok && (k == n || w.same.alike(path, k, n)) {
			return
		}
	default:
		if _, list := now.([]any); !list {
			if _, object := now.(map[string]any); !object && kept == now {
				return
			}
		}
	}
	w.add(path, kept, now)
}

// alike reports whether two numbers are one, but for how the last digits are rounded on
// another processor.
func alike(a, b json.Number) bool {
	if a == b {
		return true
	}
	x, errX := strconv.ParseFloat(string(a), 64)
	y, errY := strconv.ParseFloat(string(b), 64)
	whole := x == math.Trunc(x) && y == math.Trunc(y)
	return errX == nil && errY == nil && !whole && math.Abs(x-y) <= 1e-9*max(math.Abs(x), math.Abs(y))
}

func (w *walk) objects(path string, kept, now map[string]any) {
	names := slices.Collect(maps.Keys(kept))
	for name := range now {
		if _, ok := kept[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		w.values(joined(path, name), or(kept, name), or(now, name))
	}
}

func joined(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func or(m map[string]any, name string) any {
	if v, ok := m[name]; ok {
		return v
	}
	return missing
}

// lists compares two lists: by what names the elements, if that is unique, else one by
// one.
func (w *walk) lists(path string, kept, now []any) {
	if strings.HasSuffix(path, ".sameIds") && w.same.sameSet(kept, now) {
		return
	}
	keptKeys, ok := keysOf(kept)
	nowKeys, too := keysOf(now)
	if !ok || !too {
		w.oneByOne(path, kept, now)
		return
	}
	keptKeys = w.same.matched(path, keptKeys, nowKeys)
	if w.same.tied(kept, now, keptKeys, nowKeys) {
		for i, key := range keptKeys {
			if at := slices.Index(nowKeys, key); at >= 0 {
				w.values(path+"["+key+"]", kept[i], now[at])
			}
		}
		return
	}
	at := map[string]any{}
	for i, key := range nowKeys {
		at[key] = now[i]
	}
	was := map[string]bool{}
	var stayed []string
	for i, key := range keptKeys {
		was[key] = true
		v, ok := at[key]
		if !ok {
			v = missing
		} else {
			stayed = append(stayed, key)
		}
		w.values(path+"["+key+"]", kept[i], v)
	}
	var order []string
	for i, key := range nowKeys {
		if was[key] {
			order = append(order, key)
			continue
		}
		w.add(path+"["+key+"]", missing, now[i])
	}
	if !slices.Equal(stayed, order) { // the elements were compared by themselves
		w.out = append(w.out, found{Difference{Path: path + " (order)", Kept: told(stayed), Now: told(order)}, nil})
	}
}

func (w *walk) oneByOne(path string, kept, now []any) {
	for i := range max(len(kept), len(now)) {
		k, n := missing, missing
		if i < len(kept) {
			k = kept[i]
		}
		if i < len(now) {
			n = now[i]
		}
		w.values(fmt.Sprintf("%s[%d]", path, i), k, n)
	}
}

// keysOf names the elements of a list; false when two have one name, or one has none.
func keysOf(list []any) (keys []string, ok bool) {
	seen := map[string]bool{}
	for _, v := range list {
		key := keyOf(v)
		if key == "" || seen[key] {
			return nil, false
		}
		seen[key] = true
		keys = append(keys, key)
	}
	return keys, true
}

// keyOf is what a person would call an element by.
func keyOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		if hops, ok := v["hops"].([]any); ok {
			return keyOfPath(hops)
		}
		for _, name := range []string{"id", "nodeId", "label", "name", "title", "value", "code", "year"} {
			switch inner := v[name].(type) {
			case string:
				return inner
			case json.Number:
				return inner.String()
			}
		}
		for _, name := range []string{"node", "entity", "other"} {
			if key := keyOf(v[name]); key != "" {
				return cmp.Or(text(v["kind"])+" ", "") + key
			}
		}
	}
	return ""
}

// keyOfPath is what a path is called: its stations.
func keyOfPath(hops []any) string {
	var out []string
	for _, h := range hops {
		hop, _ := h.(map[string]any)
		for _, name := range []string{"from", "link", "to"} {
			if key := keyOf(hop[name]); key != "" {
				out = append(out, key)
			}
		}
	}
	return strings.Join(out, " ")
}

func text(v any) string {
	s, _ := v.(string)
	return s
}
