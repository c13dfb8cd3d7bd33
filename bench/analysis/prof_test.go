package main

import (
	"testing"

	"github.com/rabta/rabta/analysis"
)

func BenchmarkAll(b *testing.B) {
	for _, shape := range []string{"rmat", "militant"} {
		for _, m := range []int{10000, 100000} {
			list := generate(shape, m)
			list = ranked(nodes(list), list)
			g := analysis.FromEdges(nodes(list), list, false, false)
			for _, a := range algorithms {
				if m > 10000 && a.name == "betweenness" {
					continue
				}
				b.Run(shape+"/"+map[int]string{10000: "10k", 100000: "100k"}[m]+"/"+a.name, func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						a.run(g)
					}
				})
			}
		}
	}
}
