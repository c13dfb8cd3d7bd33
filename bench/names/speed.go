package main

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/rabta/rabta/names"
)

// nameMaker makes names: of few first names and titles that very many bear, and many
// rarer words, spelt in several ways.
type nameMaker struct {
	r      *rand.Rand
	common []string
	rare   []string
}

const commonWords = `
	Muhammad Mohammed Mohammad Ahmad Ahmed Ali Khan Abdul Abdullah Hussain Hassan Shah Ullah Rahman Rehman Gul Noor
	Din Haji Mullah Maulana Hafiz Qari Mufti Sheikh Said Sayed Bin Abu Al Ur Lashkar Jamaat Tehrik Harakat Madrassa
	Darul Uloom Jamia Islamic Group
`

func newNameMaker(seed uint64, words int) *nameMaker {
	p := &nameMaker{r: rand.New(rand.NewPCG(seed, 1)), common: strings.Fields(commonWords)}
	for range words {
		p.rare = append(p.rare, p.word())
	}
	return p
}

// word is a word of two to four syllables.
func (p *nameMaker) word() string {
	const starts = "b p t d j k g q s z sh kh gh ch f m n r l h w y th"
	const vowels = "a a a i i u u o e aa ee oo ai"
	const ends = "n r l m d t k b s z sh f h q"
	pick := func(list string) string {
		of := strings.Fields(list)
		return of[p.r.IntN(len(of))]
	}
	var b strings.Builder
	for range 2 + p.r.IntN(3) {
		b.WriteString(pick(starts) + pick(vowels))
		if p.r.IntN(3) == 0 {
			b.WriteString(pick(ends))
		}
	}
	w := b.String()
	return strings.ToUpper(w[:1]) + w[1:]
}

// name is two to five words; a rarer word the less often the later it stands.
func (p *nameMaker) name() string {
	out := make([]string, 2+p.r.IntN(4))
	for i := range out {
		if p.r.IntN(5) < 2 {
			out[i] = p.common[p.r.IntN(len(p.common))]
			continue
		}
		skew := p.r.Float64()
		out[i] = p.rare[int(skew*skew*skew*float64(len(p.rare)))]
	}
	return strings.Join(out, " ")
}

// misspelt is a name with a letter wrong.
func (p *nameMaker) misspelt(name string) string {
	b := []byte(name)
	i := 1 + p.r.IntN(len(b)-1)
	switch p.r.IntN(3) {
	case 0:
		return string(slices.Delete(b, i, i+1))
	case 1:
		return string(slices.Insert(b, i, byte('a'+p.r.IntN(26))))
	}
	b[i], b[i-1] = b[i-1], b[i]
	return string(b)
}

// speed builds an index of so many names, and looks for misspelt ones of them.
func speed(count int) {
	p := newNameMaker(7, count/8)
	all := make([]string, count)
	for i := range all {
		all[i] = p.name()
	}
	before := heap()
	start := time.Now()
	x := names.NewIndex()
	for i, n := range all {
		x.Add(uint32(i), n)
	}
	built := time.Since(start)
	size := float64(heap()-before) / float64(count)
	fmt.Printf("index: %d names in %.1f s, %.0f bytes a name\n", count, built.Seconds(), size)
	lookups(x, p, all, "misspelt", p.misspelt)
	lookups(x, p, all, "one word of it", func(n string) string {
		words := strings.Fields(n)
		return words[p.r.IntN(len(words))]
	})
	runtime.KeepAlive(x)
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func lookups(x *names.Index, p *nameMaker, all []string, what string, ask func(string) string) {
	const rounds = 500
	took := make([]time.Duration, rounds)
	found := 0
	for i := range took {
		own := p.r.IntN(len(all))
		q := ask(all[own])
		start := time.Now()
		got := lookUp(x, q, func(uint32, uint64) bool { return false })
		took[i] = time.Since(start)
		if slices.Contains(got, uint32(own)) {
			found++
		}
	}
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	fmt.Printf("  %s: found %.3f; %.1f ms in the middle, %.1f ms at the 99th percentile, %.1f ms at most\n",
		what, share(found, rounds), ms(took[rounds/2]), ms(took[rounds*99/100]), ms(took[rounds-1]))
}
