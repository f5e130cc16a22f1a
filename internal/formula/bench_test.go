package formula_test

import (
	"math/rand/v2"
	"testing"

	"cairn"
	"cairn/internal/formula"
)

// direct hands out its columns without copying, as the engine does.
type direct struct {
	table
}

func (d *direct) Load(ref cairn.Ref, lo, hi int, dst *formula.Vec) {
	v := &d.find(ref).vec
	dst.Kind, dst.Num = v.Kind, v.Num[lo:hi]
	if v.Null != nil {
		dst.Null = v.Null[lo:hi]
	}
}

// numbersTable makes n rows of the columns reach, impact, confidence, effort;
// one value in twenty is missing when holes are wanted.
func numbersTable(n int, holes float64) *direct {
	rng := rand.New(rand.NewPCG(1, 2))
	d := &direct{}
	d.rows = n
	for i, name := range []string{"reach", "impact", "confidence", "effort"} {
		v := formula.Vec{Kind: formula.Number, Num: make([]float64, n)}
		if holes > 0 {
			v.Null = make([]bool, n)
		}
		for r := range n {
			v.Num[r] = float64(rng.IntN(20))
			if holes > 0 {
				v.Null[r] = rng.Float64() < holes
			}
		}
		d.columns = append(d.columns, column{ref: cairn.FieldRef(cairn.ID(i + 1)), name: name, vec: v})
	}
	return d
}

const rice = "if(effort > 0, reach * impact * confidence / effort, 0)"

func BenchmarkCompile(b *testing.B) {
	d := numbersTable(1, 0)
	for b.Loop() {
		if _, errs := formula.Compile(rice, d, formula.Number); errs != nil {
			b.Fatal(errs)
		}
	}
}

func BenchmarkEval100k(b *testing.B) {
	for _, c := range []struct {
		name  string
		holes float64
	}{{"complete", 0}, {"5%missing", 0.05}} {
		b.Run(c.name, func(b *testing.B) {
			d := numbersTable(100_000, c.holes)
			p, _ := formula.Compile(rice, d, formula.Number)
			var r formula.Result
			b.ReportAllocs()
			for b.Loop() {
				p.Eval(formula.Input{Rows: d, Hi: d.Len(), Env: formula.Env{Today: today}}, &r)
			}
		})
	}
}

func BenchmarkEvalOneRow(b *testing.B) {
	d := numbersTable(1000, 0.05)
	p, _ := formula.Compile(rice, d, formula.Number)
	var r formula.Result
	b.ReportAllocs()
	for b.Loop() {
		p.Eval(formula.Input{Rows: d, Lo: 500, Hi: 501, Env: formula.Env{Today: today}}, &r)
	}
}
