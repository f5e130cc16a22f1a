package similar

import (
	"strings"
	"unicode/utf8"
)

// neighbours finds, among the known terms, those that share a part with a word:
// the halves of a compound, a compound of it, a word that it begins, a word that
// is spelt almost so. It keeps which terms have which three letters in a row.
type neighbours struct {
	grams map[gram][]int32
}

// gram is three letters in a row; the first of a word begins with a mark.
type gram uint32

func newNeighbours() neighbours { return neighbours{make(map[gram][]int32)} }

// Bounds of neighbourhood, in letters.
const (
	// leastPart is the shortest word that may be half of a compound, and sure
	// the shortest that is taken for one whatever the other half.
	leastPart, surePart = 4, 5
	leastRest           = 3
	// Words from oneTypo letters on may differ in one letter, from twoTypos in two.
	oneTypo, twoTypos = 6, 10
	// leastStart is the shortest beginning of a word that is still being typed.
	leastStart = 3
)

// How much a neighbour counts of what the word itself would.
const (
	weightHalf  = 0.5
	weightTypo  = 0.7
	weightStart = 0.6
)

// gramsOf calls yield for each gram of a term.
func gramsOf(term string, yield func(gram)) {
	g := gram('^')
	for i := range len(term) {
		g = (g<<8 | gram(term[i])) & 0xFFFFFF
		if i > 0 {
			yield(g)
		}
	}
}

// splits reports whether a term is of a script and length that has parts.
func splits(term string) bool {
	if len(term) < leastStart {
		return false
	}
	for i := range len(term) {
		if c := term[i]; c >= utf8.RuneSelf && !latin(term) || '0' <= c && c <= '9' {
			return false
		}
	}
	return true
}

// latin reports letters of two bytes: Latin, Greek, Cyrillic.
func latin(term string) bool {
	for _, r := range term {
		if r > 0x7FF {
			return false
		}
	}
	return true
}

func (n neighbours) add(term string, at int32) {
	if !splits(term) {
		return
	}
	last := gram(0)
	gramsOf(term, func(g gram) {
		list := n.grams[g]
		if g != last && (len(list) == 0 || list[len(list)-1] != at) {
			n.grams[g] = append(list, at)
		}
		last = g
	})
}

// neighbour is a term beside a word, and what it counts of it.
type neighbour struct {
	term   int32
	weight float32
}

// scan is one question for neighbours.
type scan struct {
	x *Index
	// shared counts the grams that a term shares with the word, for the terms met.
	shared []uint8
	met    []int32
}

// of returns the neighbours of a term; typing says that it may go on.
func (s *scan) of(term string, typing bool) []neighbour {
	if !splits(term) {
		return nil
	}
	grams := 0
	gramsOf(term, func(g gram) {
		grams++
		for _, at := range s.x.near.grams[g] {
			if s.shared[at] == 0 {
				s.met = append(s.met, at)
			}
			if s.shared[at] < 255 {
				s.shared[at]++
			}
		}
	})
	var out []neighbour
	for _, at := range s.met {
		other := s.x.names[at]
		// A part shares all grams but the one at its beginning; a typo costs three.
		if shared := int(s.shared[at]); other != term && len(s.x.postings[at]) > 0 && shared+4 >= min(grams, len(other)-1) {
			if w := s.x.kinship(term, other, typing); w > 0 {
				out = append(out, neighbour{at, w})
			}
		}
		s.shared[at] = 0
	}
	s.met = s.met[:0]
	return out
}

// kinship is how much another term counts as the word: 0 not at all.
func (x *Index) kinship(term, other string, typing bool) float32 {
	if typing && strings.HasPrefix(other, term) {
		return weightStart
	}
	short, long := term, other
	if len(short) > len(long) {
		short, long = long, short
	}
	switch {
	case x.isHalf(short, long):
		return weightHalf
	case len(short) >= surePart && len(long)-len(short) < leastRest && strings.HasPrefix(long, short):
		return weightHalf // an ending that was not taken away
	case len(short) >= oneTypo && len(long)-len(short) <= 1 && apart(short, long) == 1:
		return weightTypo
	case len(short) >= twoTypos && len(long)-len(short) <= 2 && apart(short, long) == 2:
		return weightTypo
	}
	return 0
}

// isHalf reports whether a long word is a compound that begins or ends with a
// short one. A very short one counts only where the rest is a word too.
func (x *Index) isHalf(short, long string) bool {
	if len(short) < leastPart || len(long)-len(short) < leastRest {
		return false
	}
	if rest, ok := strings.CutSuffix(long, short); ok {
		return len(short) >= surePart || x.knownHalf(rest)
	}
	if rest, ok := strings.CutPrefix(long, short); ok {
		return len(short) >= surePart || x.knownHalf(rest)
	}
	return false
}

// knownHalf reports whether a part of a compound is a word of its own, perhaps
// without the sound that joins it to the next.
func (x *Index) knownHalf(part string) bool {
	if _, ok := x.terms[part]; ok {
		return true
	}
	for _, joint := range []string{"s", "n", "e", "en", "er", "es"} {
		if bare, ok := strings.CutSuffix(part, joint); ok && len(bare) >= leastRest {
			if _, ok := x.terms[bare]; ok {
				return true
			}
		}
	}
	return false
}

// apart is how many letters must be put in, left out, exchanged or swapped with
// the next to make one word the other. It gives up behind 2.
func apart(a, b string) int {
	const most = 48
	if len(a) > most || len(b) > most {
		return most
	}
	var rows [3][most + 1]uint8
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		now[0] = uint8(i)
		least := now[0]
		for j := 1; j <= len(b); j++ {
			d := last[j-1]
			if a[i-1] != b[j-1] {
				d = 1 + min(d, last[j], now[j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			now[j] = d
			least = min(least, d)
		}
		if least > 2 {
			return int(least)
		}
		before, last, now = last, now, before
	}
	return int(last[len(b)])
}
