// Package rank makes the strings that keep ideas in a manual order: between two
// of them there is always another one, so moving an idea changes that idea only.
//
// Start at Between. Ranks are compared byte by byte. A rank is a whole number
// of variable length, whose first letter says how long it is, and digits of a
// fraction; all digits are base 62 in the order of ASCII. Adding at an end
// counts the whole number on, so ranks grow with the logarithm of their count;
// adding in between makes the fraction longer.
package rank

import (
	"errors"
	"fmt"
	"strings"
)

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// Base is the number of digits.
const Base = len(digits)

const (
	minDigit = '0'
	maxDigit = 'z'
	// zero is the whole number in the middle of all.
	zero = "a0"
	// maxWhole is the length of the longest whole number.
	maxWhole = 27
)

// ErrOrder says that there is nothing between two ranks because the first does
// not come before the second. Two equal ranks need Even for their neighbourhood.
var ErrOrder = errors.New("the first rank does not come before the second")

// Between returns a rank after a and before b, always the same one. An empty a
// stands for the beginning and an empty b for the end. It returns ErrOrder, or
// an error that names the rank that is none.
func Between(a, b string) (string, error) {
	if err := check(a, b); err != nil {
		return "", err
	}
	switch {
	case a == "" && b == "":
		return zero, nil
	case a == "":
		return before(b), nil
	case b == "":
		return after(a), nil
	}
	wa, fa := split(a)
	wb, fb := split(b)
	if wa == wb {
		return wa + middle(fa, fb), nil
	}
	if next, ok := increment(wa); ok && next < b {
		return next, nil
	}
	return wa + middle(fa, ""), nil
}

// First returns the rank of the only idea of a list.
func First() string { return zero }

// Append returns a rank after last; an empty last is an empty list.
func Append(last string) (string, error) { return Between(last, "") }

// Nth returns the rank of the n-th of a list that only grows at its end, as
// Append would from First, which is the rank of number 0, without knowing the
// one before. Numbers below 0 count as 0.
func Nth(n int64) string {
	n = max(n, 0)
	// Whole numbers with k digits begin with the k-th letter and count all
	// numbers with fewer digits before them.
	size, length := int64(Base), 2
	const most = 12 // eleven digits hold every int64
	for length < most && n >= size {
		n -= size
		size *= int64(Base)
		length++
	}
	b := []byte(strings.Repeat(string(minDigit), length))
	b[0] = byte('a' + length - 2)
	for i := length - 1; n > 0; i-- {
		b[i] = digits[n%int64(Base)]
		n /= int64(Base)
	}
	return string(b)
}

// N returns n ranks in order after a and before b, spread so that they stay
// short. Empty ends are as in Between.
func N(a, b string, n int) ([]string, error) {
	if n < 0 {
		return nil, fmt.Errorf("%d ranks cannot be made", n)
	}
	if err := check(a, b); err != nil {
		return nil, err
	}
	out := make([]string, n)
	switch {
	case b == "":
		for i := range out {
			a, _ = Between(a, "") // the end was checked
			out[i] = a
		}
	case a == "":
		for i := n - 1; i >= 0; i-- {
			b, _ = Between("", b)
			out[i] = b
		}
	default:
		fill(out, a, b)
	}
	return out, nil
}

// fill puts the middle one in the middle and halves what remains.
func fill(out []string, a, b string) {
	if len(out) == 0 {
		return
	}
	mid := len(out) / 2
	out[mid], _ = Between(a, b) // the ends were checked, and what is between is right
	fill(out[:mid], a, out[mid])
	fill(out[mid+1:], out[mid], b)
}

// Even returns n short ranks in order, as for a new list. It is the remedy when
// ranks of an old list have become long or equal.
func Even(n int) []string {
	out, err := N("", "", n)
	if err != nil {
		return nil
	}
	return out
}

// Check refuses a string that is not a rank.
func Check(s string) error {
	bad := func(why string) error { return fmt.Errorf("%q is not a rank: %s", s, why) }
	if s == "" {
		return bad("it is empty")
	}
	n := wholeLength(s[0])
	if n == 0 || len(s) < n {
		return bad("its whole number is cut off")
	}
	for i := 1; i < len(s); i++ {
		if strings.IndexByte(digits, s[i]) < 0 {
			return bad("it has a character that is not a letter or digit of ASCII")
		}
	}
	if len(s) > n && s[len(s)-1] == minDigit {
		return bad("its fraction ends with 0")
	}
	if s == smallest() {
		return bad("nothing could come before it")
	}
	return nil
}

func check(a, b string) error {
	for _, s := range []string{a, b} {
		if s != "" {
			if err := Check(s); err != nil {
				return err
			}
		}
	}
	if a != "" && b != "" && a >= b {
		return fmt.Errorf("%w: %q and %q", ErrOrder, a, b)
	}
	return nil
}

// wholeLength is the length of a whole number that begins with c: a to z are
// the numbers from zero up, Z to A those below, both from short to long.
func wholeLength(c byte) int {
	switch {
	case c >= 'a' && c <= 'z':
		return int(c-'a') + 2
	case c >= 'A' && c <= 'Z':
		return int('Z'-c) + 2
	}
	return 0
}

// split cuts a rank into its whole number and its fraction.
func split(s string) (whole, fraction string) {
	n := wholeLength(s[0])
	return s[:n], s[n:]
}

func before(b string) string {
	whole, fraction := split(b)
	if fraction != "" && whole != smallest() {
		return whole
	}
	if prev, ok := decrement(whole); ok {
		return prev
	}
	return whole + middle("", fraction)
}

func after(a string) string {
	whole, fraction := split(a)
	if next, ok := increment(whole); ok {
		return next
	}
	return whole + middle(fraction, "")
}

// smallest is the whole number below which there is none. It is no rank itself:
// nothing comes before it.
func smallest() string { return "A" + strings.Repeat(string(minDigit), maxWhole-1) }

// increment returns the next whole number; false after the largest.
func increment(whole string) (string, bool) {
	b := []byte(whole)
	for i := len(b) - 1; i > 0; i-- {
		if b[i] != maxDigit {
			b[i] = digits[strings.IndexByte(digits, b[i])+1]
			return string(b), true
		}
		b[i] = minDigit
	}
	switch {
	case b[0] == 'z':
		return "", false
	case b[0] == 'Z':
		return zero, true
	}
	b[0]++
	return resize(b, minDigit), true
}

// decrement returns the whole number before; false when that would be the
// smallest, which is kept free.
func decrement(whole string) (string, bool) {
	b := []byte(whole)
	for i := len(b) - 1; i > 0; i-- {
		if b[i] != minDigit {
			b[i] = digits[strings.IndexByte(digits, b[i])-1]
			return string(b), string(b) != smallest()
		}
		b[i] = maxDigit
	}
	switch {
	case b[0] == 'A':
		return "", false
	case b[0] == 'a':
		return "Z" + string(maxDigit), true
	}
	b[0]--
	return resize(b, maxDigit), true
}

// resize gives a whole number the length that its first letter says.
func resize(b []byte, fill byte) string {
	n := wholeLength(b[0])
	for len(b) < n {
		b = append(b, fill)
	}
	return string(b[:n])
}

// middle returns a short fraction after a and before b, where an empty b is one.
// Neither ends with 0, and neither does the result.
func middle(a, b string) string {
	// What both begin with, a counting as followed by zeros, is kept.
	n := 0
	for n < len(b) && digitAt(a, n) == strings.IndexByte(digits, b[n]) {
		n++
	}
	if n > 0 {
		return b[:n] + middle(a[min(n, len(a)):], b[n:])
	}
	low, high := digitAt(a, 0), Base
	if b != "" {
		high = strings.IndexByte(digits, b[0])
	}
	switch {
	case high-low > 1:
		return digits[(low+high)/2 : (low+high)/2+1]
	case len(b) > 1:
		return b[:1]
	}
	return digits[low:low+1] + middle(a[min(1, len(a)):], "")
}

// digitAt is the value of a fraction's digit; beyond its end there are zeros.
func digitAt(s string, i int) int {
	if i >= len(s) {
		return 0
	}
	return strings.IndexByte(digits, s[i])
}
