package page_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/page"
)

// numbers is a list of 0 to n-1, the greatest first.
func numbers(n int) *page.List[int] {
	shuffled := func(yield func(int) bool) {
		for i := range n {
			if !yield(i * 7 % n) { // in no order; n is no multiple of 7
				return
			}
		}
	}
	l := &page.List[int]{
		Name: "numbers", Items: shuffled, ID: func(i int) graph.ID { return graph.ID(fmt.Sprint("n", i)) },
		Keys: func(i int) []page.Key { return []page.Key{page.NumberKey(float64(i))} },
	}
	l.OrderBy("SIZE", page.Descending)
	return l
}

func read(t *testing.T, l *page.List[int], args page.Args) *page.Connection[int] {
	t.Helper()
	c, err := l.Page(args)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestWhole reads a list page by page, in both directions, with pages of all sizes.
func TestWhole(t *testing.T) {
	const n = 20
	want := make([]int, n)
	for i := range want {
		want[i] = n - 1 - i
	}
	for size := 1; size <= n+1; size++ {
		var forward, backward []int
		for args := (page.Args{First: &size}); ; {
			c := read(t, numbers(n), args)
			forward = append(forward, c.Nodes()...)
			if args.After = c.PageInfo.EndCursor; !c.PageInfo.HasNextPage {
				break
			}
		}
		for args := (page.Args{Last: &size}); ; {
			c := read(t, numbers(n), args)
			backward = append(c.Nodes(), backward...)
			if args.Before = c.PageInfo.StartCursor; !c.PageInfo.HasPreviousPage {
				break
			}
		}
		if diff := cmp.Diff(want, forward); diff != "" {
			t.Errorf("first %d: %s", size, diff)
		}
		if diff := cmp.Diff(want, backward); diff != "" {
			t.Errorf("last %d: %s", size, diff)
		}
	}
}

// TestCursorOfWhatIsGone: what lies beyond a cursor is found when its item is gone.
func TestCursorOfWhatIsGone(t *testing.T) {
	one := 1
	end := read(t, numbers(20), page.Args{First: &one}).PageInfo.EndCursor // of 19
	c := read(t, numbers(10), page.Args{After: end})
	if c.TotalCount() != 10 || !slices.Equal(c.Nodes(), []int{9, 8, 7, 6, 5, 4, 3, 2, 1, 0}) {
		t.Errorf("after 19 of ten numbers come %v of %d", c.Nodes(), c.TotalCount())
	}
}

func TestEmpty(t *testing.T) {
	c := page.Empty[int]()
	if len(c.Nodes()) != 0 || c.TotalCount() != 0 || c.PageInfo.HasNextPage || c.PageInfo.HasPreviousPage {
		t.Errorf("the empty page is %+v", c)
	}
}
