package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"

	"cairn/internal/search/fold"
)

// maxWord bounds a word's length in bytes; longer ones (keys, encoded data) are
// cut, in the index and in the query alike.
const maxWord = 48

// paired reports letters of scripts that are written without spaces. Their
// words are not split; every pair of neighbours is a token instead.
func paired(r rune) bool {
	if r < 0xE00 {
		return false
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) || r == 'ー'
}

// EachWord calls yield for every word of a folded text, in order, split as a
// query is: of scripts without spaces, pairs of characters.
func EachWord(folded string, yield func(word string)) { eachToken(folded, false, yield) }

// eachToken calls yield for every token of a folded text, in order. Of paired
// scripts it yields single characters and pairs when indexing, pairs only
// (unless there is but one character) when not.
func eachToken(folded string, indexing bool, yield func(token string)) {
	for len(folded) > 0 {
		plain := leadingPlain(folded)
		eachWord(folded[:plain], yield)
		folded = folded[plain:]
		run := leadingPaired(folded)
		eachPair(folded[:run], indexing, yield)
		folded = folded[run:]
	}
}

// leadingPlain returns the length of the part before the first paired letter.
func leadingPlain(s string) int {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if paired(r) {
			return i
		}
		i += size
	}
	return len(s)
}

// leadingPaired returns the length of the run of paired letters at the start,
// with the marks that belong to them.
func leadingPaired(s string) int {
	for i, r := range s {
		if !paired(r) && (i == 0 || !unicode.Is(unicode.M, r)) {
			return i
		}
	}
	return len(s)
}

func eachPair(run string, indexing bool, yield func(string)) {
	first, second := 0, 0 // where the last two characters start
	count := 0
	for i, r := range run {
		if unicode.Is(unicode.M, r) {
			continue
		}
		switch {
		case count >= 2:
			yield(run[first:i])
		case count == 0:
			second = i
		}
		if indexing && count >= 1 {
			yield(run[second:i])
		}
		first, second = second, i
		count++
	}
	switch {
	case count >= 2:
		yield(run[first:])
		if indexing {
			yield(run[second:])
		}
	case count == 1:
		yield(run)
	}
}

// eachWord splits by Unicode's rules for words, and further where these keep
// names such as example.com or snake_case together.
func eachWord(s string, yield func(string)) {
	if s == "" {
		return
	}
	for segments := words.FromString(s); segments.Next(); {
		segment := segments.Value()
		if !hasLetter(segment) {
			continue
		}
		for segment != "" {
			cut := strings.IndexAny(segment, "._:")
			if cut < 0 || isNumber(segment) {
				yieldWord(segment, yield)
				break
			}
			yieldWord(segment[:cut], yield)
			segment = segment[cut+1:]
		}
	}
}

func yieldWord(w string, yield func(string)) {
	if strings.ContainsAny(w, "'’") {
		w = strings.TrimSuffix(strings.ReplaceAll(w, "’", "'"), "'s")
		w = strings.ReplaceAll(w, "'", "")
	}
	if len(w) > maxWord {
		w = w[:maxWord]
		for !utf8.ValidString(w) {
			w = w[:len(w)-1]
		}
	}
	if w != "" {
		yield(w)
	}
}

// hasLetter reports whether a segment is a word and not space or punctuation.
func hasLetter(s string) bool {
	for _, r := range s {
		if r < utf8.RuneSelf {
			if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' {
				return true
			}
		} else if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.So, r) {
			return true
		}
	}
	return false
}

func isNumber(s string) bool { return s[0] >= '0' && s[0] <= '9' }

// term is one word of a query.
type term struct {
	text string
	// prefix: the person may still be typing it.
	prefix bool
}

// parseQuery splits a query into different terms. The last one is a prefix
// unless something that is no word follows it.
func parseQuery(text string) []term {
	folded := fold.String(text)
	var terms []term
	eachToken(folded, false, func(t string) {
		for i := range terms {
			if terms[i].text == t {
				return
			}
		}
		if len(terms) < maxTerms {
			terms = append(terms, term{text: t})
		}
	})
	if n := len(terms); n > 0 && strings.HasSuffix(folded, terms[n-1].text) {
		terms[n-1].prefix = true
	}
	return terms
}

// maxTerms bounds how many words of a query count.
const maxTerms = 24
