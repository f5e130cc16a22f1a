package rank

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestBetween(t *testing.T) {
	largest := "z" + strings.Repeat("z", 26)
	for _, test := range []struct{ a, b, want string }{
		{"", "", "a0"},
		{"a0", "", "a1"},
		{"az", "", "b00"},
		{"bzz", "", "c000"},
		{"Zz", "", "a0"},
		{"Yzz", "", "Z0"},
		{"a0V", "", "a1"},
		{largest, "", largest + "V"},
		{largest + "z", "", largest + "zV"},
		{"", "a0", "Zz"},
		{"", "a0V", "a0"},
		{"", "Z0", "Yzz"},
		{"", "Y00", "Xzzz"},
		{"", smallest() + "1", smallest() + "0V"},
		{"", smallest() + "V", smallest() + "F"},
		{"a0", "a1", "a0V"},
		{"a0", "a2", "a1"},
		{"a0", "a0V", "a0F"},
		{"a0V", "a1", "a0k"},
		{"a0z", "a1", "a0zV"},
		{"a0", "a01", "a00V"},
		{"a01", "a02", "a01V"},
		{"a01", "a02V", "a02"},
		{"a0", "b00", "a1"},
		{"Zz", "a0", "ZzV"},
		{"Zz", "a01", "a0"},
	} {
		got, err := Between(test.a, test.b)
		if got != test.want || err != nil {
			t.Errorf("between %q and %q: %q, %v; want %q", test.a, test.b, got, err, test.want)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, test := range []struct{ a, b string }{
		{"a1", "a0"}, {"a0", "a0"}, {"a0V", "a0"},
	} {
		if _, err := Between(test.a, test.b); !errors.Is(err, ErrOrder) {
			t.Errorf("between %q and %q: %v", test.a, test.b, err)
		}
	}
	for _, bad := range []string{"a", "b0", "0", "a00", "a0 ", "a-", "é", "aé", "!0", "A0", smallest(), "\x00\x00", "a0\xff"} {
		if Check(bad) == nil {
			t.Errorf("%q is taken for a rank", bad)
		}
		for _, ends := range [][2]string{{bad, ""}, {"", bad}} {
			if got, err := Between(ends[0], ends[1]); err == nil || errors.Is(err, ErrOrder) {
				t.Errorf("between %q and %q: %q, %v", ends[0], ends[1], got, err)
			}
		}
		if _, err := N(bad, "", 2); err == nil {
			t.Errorf("ranks after %q are made", bad)
		}
	}
	if _, err := N("", "", -1); err == nil {
		t.Error("a negative number of ranks is made")
	}
	if Check("") == nil {
		t.Error("the empty string is taken for a rank")
	}
}

// TestOrder moves ideas about at random, as people do, and checks that the order
// of the ranks is the order of the list.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []string
		for range rapid.IntRange(1, 200).Draw(t, "moves") {
			at := rapid.IntRange(0, len(list)).Draw(t, "at")
			a, b := "", ""
			if at > 0 {
				a = list[at-1]
			}
			if at < len(list) {
				b = list[at]
			}
			n := rapid.IntRange(1, 5).Draw(t, "n")
			got, err := N(a, b, n)
			if err != nil || len(got) != n {
				t.Fatalf("%d ranks between %q and %q: %v, %v", n, a, b, got, err)
			}
			if one, err := Between(a, b); err != nil || Check(one) != nil || one <= a || b != "" && one >= b {
				t.Fatalf("between %q and %q: %q, %v", a, b, one, err)
			}
			for _, r := range got {
				if err := Check(r); err != nil {
					t.Fatal(err)
				}
			}
			list = slices.Insert(list, at, got...)
			if !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
				t.Fatalf("the ranks are %v", list)
			}
		}
	})
}

// TestAnyRank takes ends that nobody made by Between, too.
func TestAnyRank(t *testing.T) {
	any := rapid.Custom(func(t *rapid.T) string {
		head := rapid.SampledFrom([]byte("AXYZabcz")).Draw(t, "head")
		digit := rapid.SampledFrom([]byte("01Vyz"))
		s := []byte{head}
		for range wholeLength(head) - 1 + rapid.IntRange(0, 4).Draw(t, "fraction") {
			s = append(s, digit.Draw(t, "digit"))
		}
		return string(s)
	}).Filter(func(s string) bool { return Check(s) == nil })
	rapid.Check(t, func(t *rapid.T) {
		a, b := any.Draw(t, "a"), any.Draw(t, "b")
		if a > b {
			a, b = b, a
		}
		if a == b {
			t.Skip()
		}
		for _, ends := range [][2]string{{a, b}, {a, ""}, {"", b}} {
			got, err := Between(ends[0], ends[1])
			if err != nil || Check(got) != nil || got <= ends[0] || ends[1] != "" && got >= ends[1] {
				t.Fatalf("between %q and %q: %q, %v", ends[0], ends[1], got, err)
			}
		}
	})
}

// TestGrowth: adding at the ends grows the ranks with the logarithm of their
// count only, adding at one place in between by a digit for each five or so.
func TestGrowth(t *testing.T) {
	const n = 100_000
	bound := int(math.Log(n)/math.Log(float64(Base))) + 3
	last, first := First(), First()
	for range n {
		next, err := Append(last)
		if err != nil || next <= last || len(next) > bound {
			t.Fatalf("after %q: %q, %v", last, next, err)
		}
		prev, err := Between("", first)
		if err != nil || prev >= first || len(prev) > bound {
			t.Fatalf("before %q: %q, %v", first, prev, err)
		}
		last, first = next, prev
	}
	low, high := "a0", "a1"
	for range 1000 {
		mid, err := Between(low, high)
		if err != nil {
			t.Fatal(err)
		}
		high = mid
	}
	if len(high) > 1000/5+4 {
		t.Errorf("after 1000 insertions at one place a rank has %d characters", len(high))
	}
}

// TestNth: the n-th rank is what n times Append leads to.
func TestNth(t *testing.T) {
	r := First()
	for n := range int64(70_000) {
		if got := Nth(n); got != r {
			t.Fatalf("the rank %d is %q, want %q", n, got, r)
		}
		r, _ = Append(r)
	}
	if Nth(-5) != First() {
		t.Errorf("a negative number gives %q", Nth(-5))
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, math.MaxInt64-1).Draw(t, "n")
		a, b := Nth(n), Nth(n+1)
		if Check(a) != nil || Check(b) != nil || a >= b {
			t.Fatalf("the ranks %d and %d are %q and %q", n, n+1, a, b)
		}
		if next, err := Append(a); err != nil || next != b {
			t.Fatalf("after the rank %d comes %q, %v; want %q", n, next, err, b)
		}
	})
}

func TestEven(t *testing.T) {
	for _, n := range []int{0, 1, 2, 62, 63, 5000} {
		list := Even(n)
		if len(list) != n || !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != n {
			t.Errorf("%d ranks: %d, sorted %v", n, len(list), slices.IsSorted(list))
		}
		for _, r := range list {
			if Check(r) != nil || len(r) > 4 {
				t.Errorf("rank %q", r)
			}
		}
	}
	many, err := N("a0", "a1", 5000)
	if err != nil || !slices.IsSorted(many) {
		t.Fatal(err)
	}
	for _, r := range many {
		if len(r) > 6 {
			t.Errorf("one of 5000 between two neighbours is %q", r)
		}
	}
}
