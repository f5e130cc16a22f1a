package uncertainty_test

import (
	"fmt"
	"runtime"
	"testing"
)

// BenchmarkRank draws and ranks a formula of four inputs, all of them ranges.
func BenchmarkRank(b *testing.B) {
	for _, ideas := range []int{1000, 10_000} {
		for _, goroutines := range []int{1, 2} {
			b.Run(fmt.Sprintf("%d/%d", ideas, goroutines), func(b *testing.B) {
				log := newBacklog(ideas, "Reach", "Impact", "Confidence", "Effort")
				for i := range ideas {
					for k, name := range log.names {
						x := 10 + float64((i*7919+k*104729)%1000)
						log.set(name, i, x*0.7, x, x*1.6)
					}
				}
				m := log.expression(b, "{Reach} * {Impact} * {Confidence} / {Effort}")
				runtime.GC()
				b.ResetTimer()
				for range b.N {
					rank(m, goroutines)
				}
			})
		}
	}
}
