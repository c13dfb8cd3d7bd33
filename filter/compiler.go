package filter

import (
	"errors"
	"fmt"
	"strings"

	"github.com/rabta/rabta/graph"
)

// The limits of a filter. What it costs within them is counted while it is used.
const (
	// MaxDepth is how many conditions may lie within each other, the outermost
	// counted.
	MaxDepth = 5
	// MaxLeaves is how many values may be tested.
	MaxLeaves = 50
	// MaxValues is how many values a list of texts, numbers or words may hold.
	MaxValues = 1_000
	// MaxIDs is how many a list of ids may hold.
	MaxIDs = 10_000
)

// Compiler makes one filter, and notes where it goes beyond the limits.
type Compiler struct {
	// LookUp is the id of an entity for what a condition on its id says; nil takes all as ids.
	LookUp   func(path string, id graph.ID) (graph.ID, error)
	path     []string
	depth    int
	leaves   int
	problems []graph.Problem
	missing  error // the first entity that was not found
	deep     bool  // told already
}

// New makes a compiler of a filter that stands at a path, as errors name it.
func New(path string) *Compiler { return &Compiler{path: []string{path}} }

func item(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }

// At makes what stands at a place below.
func (f *Compiler) At(place string, make func()) {
	f.path = append(f.path, place)
	make()
	f.path = f.path[:len(f.path)-1]
}

// Level makes a condition within others. What lies too deep is not made.
func (f *Compiler) Level(make func()) {
	f.depth++
	defer func() { f.depth-- }()
	if f.depth <= MaxDepth {
		before := f.leaves
		if make(); f.leaves == before {
			f.Leaf("") // one that asks for nothing is looked at all the same
		}
		return
	}
	if !f.deep {
		f.deep = true
		f.refuse("TOO_DEEP", fmt.Sprintf("%d conditions lie within each other, at most %d may", f.depth, MaxDepth),
			"ask in steps: get the ids of the inner ones first, then filter by id")
	}
}

// Leaf counts a value that is tested, or a condition that asks for nothing.
func (f *Compiler) Leaf(name string) {
	f.leaves++
	if f.leaves == MaxLeaves+1 {
		f.At(name, func() {
			f.refuse("TOO_MANY", fmt.Sprintf("it is test %d, at most %d are taken", f.leaves, MaxLeaves),
				"write values of one field as a list under in, or ask in parts")
		})
	}
}

// Flag counts a test for yes or no.
func (f *Compiler) Flag(want *bool, name string) *bool {
	if want != nil {
		f.Leaf(name)
	}
	return want
}

// list checks how long a list is.
func (f *Compiler) list(name string, n, most int) {
	if n > most {
		f.At(name+".in", func() {
			f.refuse("TOO_MANY", fmt.Sprintf("there are %d values, at most %d are taken", n, most), "ask in parts")
		})
	}
}

// lookUp is the ids that a condition on the ids of entities means.
func (f *Compiler) lookUp(w *IDFilter) *IDFilter {
	if w == nil || f.LookUp == nil || len(w.In) > MaxIDs {
		return w
	}
	out := *w
	if w.Eq != nil {
		id := f.meant("eq", *w.Eq)
		out.Eq = &id
	}
	if w.In != nil {
		out.In = make([]graph.ID, len(w.In))
		for i, id := range w.In {
			out.In[i] = f.meant(item("in", i), id)
		}
	}
	return &out
}

func (f *Compiler) meant(place string, id graph.ID) graph.ID {
	if f.missing != nil {
		return id
	}
	f.At(place, func() { id, f.missing = f.LookUp(f.place(), id) })
	return id
}

// place is where what is being made stands.
func (f *Compiler) place() string { return strings.TrimSuffix(strings.Join(f.path, "."), ".") }

func (f *Compiler) refuse(code, message, remedy string) {
	f.problems = append(f.problems, graph.Problem{
		Code: code, Record: -1, Path: f.place(), Message: message, Remedy: remedy,
	})
}

// check notes what is wrong with an argument, which the error names from the filter on.
func (f *Compiler) check(err error) {
	if invalid, wrong := errors.AsType[*graph.InvalidError](err); wrong {
		for _, p := range invalid.Problems {
			f.At(p.Path, func() { f.refuse(p.Code, p.Message, p.Remedy) })
		}
	}
}

// Leaves is how many values were tested so far.
func (f *Compiler) Leaves() int { return f.leaves }

// Err is a graph.ErrInvalid that names all that goes beyond the limits, or what came of looking
// up an entity that is not there, or nil.
func (f *Compiler) Err() error {
	if len(f.problems) == 0 {
		return f.missing
	}
	return &graph.InvalidError{Problems: f.problems}
}
