package names

// AllScore is the score of two lists of names.
type AllScore struct {
	Score
	A, B int // the names of each that are most alike
}

// Values that rules for lists of names give.
const (
	oneShared     = 0.79 // at most, when only names beside the main ones are alike
	contradiction = 0.6  // of a short form that stands for something else
)

// CompareAll scores two lists of names, each of one thing and its main name first. A
// name that both share is not enough when it is beside the main ones, or only
// translated, and no other two are alike; a short form counts for nothing when the
// names that it stands for are not alike. It is symmetric.
func CompareAll(class Class, a, b []Name) AllScore {
	l := lists{class: class, a: a, b: b}
	best := l.best()
	if best.c == nil {
		return AllScore{Score: Score{Features: []Feature{}}}
	}
	out := AllScore{best.c.score(), best.i, best.j}
	switch {
	case best.value < best.c.value:
		out.cap(best.value, "short-form-of-another", "The short form stands for names that are not alike.")
	case len(a)+len(b) > 2 && best.value > oneShared && !l.firm(&best):
		out.cap(oneShared, "main-names-differ", "No two names but these are alike, and they are not the main names of both.")
	}
	return out
}

func (s *AllScore) cap(value float64, name, text string) {
	s.tell(name, value-s.Value, "%s", text)
	s.Value = value
}

type lists struct {
	class Class
	a, b  []Name
}

// twoNames is one name of each list.
type twoNames struct {
	i, j  int
	c     *comparison
	value float64
}

func (l *lists) compare(i, j int) twoNames {
	c := compare(l.class, &l.a[i], &l.b[j])
	t := twoNames{i, j, c, c.value}
	if t.value > contradiction && (l.stands(l.a, i, l.b, j) || l.stands(l.b, j, l.a, i)) {
		t.value = contradiction
	}
	return t
}

// stands reports whether a name is a short form of another of its list that is not
// like what the other list has.
func (l *lists) stands(own []Name, i int, others []Name, j int) bool {
	if !own[i].isShort() {
		return false
	}
	long := false
	for k := range own {
		if k == i || !own[i].abbreviates(own[k]).whole {
			continue
		}
		long = true
		for o := range others {
			if !others[o].isShort() && compare(l.class, &own[k], &others[o]).value >= Suggested {
				return false
			}
		}
	}
	return long && (!others[j].isShort() || l.expands(others, j))
}

// expands reports whether a list has a name of which another is a short form.
func (l *lists) expands(list []Name, short int) bool {
	for k := range list {
		if k != short && list[short].abbreviates(list[k]).whole {
			return true
		}
	}
	return false
}

// best is the two names that are most alike: the first of equal ones.
func (l *lists) best() (best twoNames) {
	for i := range l.a {
		for j := range l.b {
			if t := l.compare(i, j); best.c == nil || t.value > best.value {
				best = t
			}
		}
	}
	return best
}

// firm reports whether two names that are alike are enough: they are the main names,
// one of them is and neither is translated, or two more are alike.
func (l *lists) firm(best *twoNames) bool {
	if main := best.i == 0 && best.j == 0 || (best.i == 0 || best.j == 0) && !best.c.translated(); main {
		return true
	}
	for i := range l.a {
		for j := range l.b {
			if i != best.i && j != best.j && l.compare(i, j).value >= Suggested {
				return true
			}
		}
	}
	return false
}

// translated reports whether words are alike only in what they mean.
func (c *comparison) translated() bool {
	if c.by != byWords {
		return false
	}
	for _, p := range c.pairs {
		if c.n.tokens[p.i].text != c.m.tokens[p.j].text && c.n.tokens[p.i].means.translates(c.m.tokens[p.j].means) {
			return true
		}
	}
	return false
}
