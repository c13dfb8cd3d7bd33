package names

// AllScore is the score of two lists of names.
type AllScore struct {
	Score
	A, B int // which name of each is most similar to one of the other
}

// Values that rules for lists of names give.
const (
	oneShared     = 0.79 // at most, when only names beside the main ones are similar
	contradiction = 0.6  // of a short form that stands for something else
)

// CompareAll scores two lists of names, each of one thing and its main name first. A
// name that both share is not enough when it is beside the main ones, or only
// translated, and no other two are similar; a short form counts for nothing when the
// names that it stands for are not similar. It is symmetric.
func CompareAll(class Class, a, b []Name) AllScore {
	l := nameLists{class: class, a: a, b: b}
	best := l.best()
	if best.c == nil {
		return AllScore{Score: Score{Reasons: []Reason{}}}
	}
	out := AllScore{best.c.score(), best.i, best.j}
	switch {
	case best.value < best.c.value:
		out.cap(best.value, "short-form-of-another", "The short form stands for names that are not alike.")
	case len(a)+len(b) > 2 && best.value > oneShared && !l.corroborated(&best):
		out.cap(oneShared, "main-names-differ",
			"No two names but these are alike, and they are not the main names of both.")
	}
	return out
}

func (s *AllScore) cap(value float64, name, text string) {
	s.add(name, value-s.Value, "%s", text)
	s.Value = value
}

// nameLists are two lists that are compared.
type nameLists struct {
	class Class
	a, b  []Name
}

// namePair is one name of each list.
type namePair struct {
	i, j  int
	c     *comparison
	value float64
}

func (l *nameLists) compare(i, j int) namePair {
	c := compare(l.class, &l.a[i], &l.b[j])
	t := namePair{i, j, c, c.value}
	if t.value > contradiction && (l.contradicts(l.a, i, l.b, j) || l.contradicts(l.b, j, l.a, i)) {
		t.value = contradiction
	}
	return t
}

// contradicts reports whether a name is a short form of another of its list that is not
// like what the other list has.
func (l *nameLists) contradicts(own []Name, i int, others []Name, j int) bool {
	if !own[i].mayBeAcronym() {
		return false
	}
	long := false
	for k := range own {
		if k == i || !own[i].abbreviates(own[k]).whole {
			continue
		}
		long = true
		for o := range others {
			if !others[o].mayBeAcronym() && compare(l.class, &own[k], &others[o]).value >= Suggested {
				return false
			}
		}
	}
	return long && (!others[j].mayBeAcronym() || l.expands(others, j))
}

// expands reports whether a list has a name of which another is a short form.
func (l *nameLists) expands(list []Name, short int) bool {
	for k := range list {
		if k != short && list[short].abbreviates(list[k]).whole {
			return true
		}
	}
	return false
}

// best is the two names that are most similar: the first of equal ones.
func (l *nameLists) best() (best namePair) {
	for i := range l.a {
		for j := range l.b {
			if t := l.compare(i, j); best.c == nil || t.value > best.value {
				best = t
			}
		}
	}
	return best
}

// corroborated reports whether two names that are similar are enough: they are the main
// names, one of them is and neither is translated, or two more are similar.
func (l *nameLists) corroborated(best *namePair) bool {
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

// translated reports whether words are similar only in what they mean.
func (c *comparison) translated() bool {
	if c.by != byWords {
		return false
	}
	for _, p := range c.pairs {
		if c.n.tokens[p.i].text != c.m.tokens[p.j].text && c.n.tokens[p.i].gloss.translates(c.m.tokens[p.j].gloss) {
			return true
		}
	}
	return false
}
