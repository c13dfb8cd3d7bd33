package figures

// Item is an incident that is added up.
type Item struct {
	// Total is how many were harmed in it; nil where no claim gives a figure.
	Total *Range
	// Component is shared by incidents that may be the same.
	Component int
}

// TollSum is what incidents come to.
type TollSum struct {
	// Range adds up: Low takes incidents that may be the same once, with the least figure
	// that one of them has; Best and High take every incident, and are nil where one that
	// has a figure lacks it. All are nil where no incident has a figure.
	Range
	// WithoutFigure counts the incidents of which no claim gives a figure.
	WithoutFigure int
	// PossiblySame counts the incidents that may be the same as another of the sum.
	PossiblySame int
}

// SumOf adds incidents up, each of which is there once.
func SumOf(incidents []Item) (s TollSum) {
	var ranges []Range
	sizes, least := map[int]int{}, map[int]*int{}
	for _, i := range incidents {
		sizes[i.Component]++
		if i.Total == nil {
			s.WithoutFigure++
			continue
		}
		ranges = append(ranges, *i.Total)
		if low, seen := least[i.Component]; seen {
			least[i.Component] = known(low, i.Total.Low)
		} else {
			least[i.Component] = i.Total.Low
		}
	}
	if len(ranges) > 0 {
		s.Range = add(ranges)
		s.Low = nil
		for _, low := range least {
			s.Low = plus(s.Low, low)
		}
	}
	for _, n := range sizes {
		if n > 1 {
			s.PossiblySame += n
		}
	}
	return s
}

// known is the lesser of two least figures; nil where one of them is not known.
func known(a, b *int) *int {
	if a == nil || b == nil {
		return nil
	}
	return lesser(a, b)
}

// Components numbers things, of which pairs may be the same, so that what may be one thing
// has one number.
func Components(n int, pairs [][2]int) []int {
	of := make([]int, n)
	for i := range of {
		of[i] = i
	}
	root := func(i int) int {
		for of[i] != i {
			of[i] = of[of[i]]
			i = of[i]
		}
		return i
	}
	for _, p := range pairs {
		a, b := root(p[0]), root(p[1])
		of[max(a, b)] = min(a, b)
	}
	for i := range of {
		of[i] = root(i)
	}
	return of
}
