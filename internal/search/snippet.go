package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"

	"cairn/internal/search/fold"
)

// Piece is a part of an excerpt. Match marks what answers the query.
type Piece struct {
	Text  string `json:"text"`
	Match bool   `json:"match,omitempty"`
}

// excerptLength is how many characters an excerpt has, about.
const excerptLength = 160

// span is a stretch of bytes of the text.
type span struct{ from, to int }

// Snippet cuts the part of a text that answers a query best, in which the words
// that match are marked. Ellipses stand where text was cut; line breaks become
// spaces. Nothing matches: the text's beginning.
func (x *Index) Snippet(text, query string) []Piece {
	text = strings.ToValidUTF8(text, "\uFFFD")
	terms := parseQuery(query)
	var marks []span
	eachMatch(text, func(folded string, at span) {
		if x.answers(terms, folded) {
			marks = append(marks, at)
		}
	})
	marks = merge(append(marks, pairedMarks(text, terms)...))
	from, to := excerpt(text, marks)
	return pieces(text, span{from, to}, marks)
}

// answers reports whether a word of a text is what one of the terms looks for.
func (x *Index) answers(terms []term, word string) bool {
	for _, t := range terms {
		if word == t.text || (t.prefix && strings.HasPrefix(word, t.text)) {
			return true
		}
		if x.stem != nil && x.stem(word) == x.stem(t.text) {
			return true
		}
	}
	return false
}

// eachMatch calls yield for every word of a text that is not of a paired
// script, in its folded form and with its place.
func eachMatch(text string, yield func(folded string, at span)) {
	at := 0
	for segments := words.FromString(text); segments.Next(); {
		segment := segments.Value()
		start := at
		at += len(segment)
		if !hasLetter(segment) {
			continue
		}
		rest := segment
		for rest != "" {
			cut := strings.IndexAny(rest, "._:")
			if cut < 0 || isNumber(segment) {
				cut = len(rest)
			}
			place := span{start, start + cut}
			yieldWord(fold.String(rest[:cut]), func(w string) { yield(w, place) })
			step := min(cut+1, len(rest))
			start += step
			rest = rest[step:]
		}
	}
}

// pairedMarks finds the runs of paired letters that hold a term.
func pairedMarks(text string, terms []term) []span {
	var marks []span
	for _, t := range terms {
		if r, _ := utf8.DecodeRuneInString(t.text); !paired(r) {
			continue
		}
		want := []rune(t.text)
		var window []rune
		var starts []int
		for i, r := range text {
			for _, f := range fold.String(string(r)) {
				window, starts = append(window, f), append(starts, i)
			}
			if len(window) > len(want) {
				window, starts = window[len(window)-len(want):], starts[len(starts)-len(want):]
			}
			if slices.Equal(window, want) {
				marks = append(marks, span{starts[0], i + utf8.RuneLen(r)})
			}
		}
	}
	return marks
}

// merge sorts spans and joins those that touch.
func merge(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	var out []span
	for _, s := range spans {
		if n := len(out); n > 0 && s.from <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

// excerpt chooses the stretch with the most marks, begins it a little before
// the first of them, and cuts between words.
func excerpt(text string, marks []span) (from, to int) {
	if len(text) <= excerptLength {
		return 0, len(text)
	}
	best := 0
	for i, last := 0, 0; i < len(marks); i++ {
		count := 0
		for j := i; j < len(marks) && marks[j].to <= marks[i].from+excerptLength; j++ {
			count++
		}
		if count > last {
			best, last = marks[i].from, count
		}
	}
	if best > excerptLength/4 {
		from = wordStart(text, best-excerptLength/4)
	}
	if from+excerptLength >= len(text) {
		return from, len(text)
	}
	return from, max(wordStart(text, from+excerptLength), from+1)
}

// wordStart returns the end of the last white space before a place, or the
// start of the character there when none is near.
func wordStart(text string, at int) int {
	for at > 0 && !utf8.RuneStart(text[at]) {
		at--
	}
	if i := strings.LastIndexFunc(text[max(0, at-30):at], unicode.IsSpace); i >= 0 {
		return max(0, at-30) + i + 1
	}
	return at
}

func pieces(text string, window span, marks []span) []Piece {
	var out []Piece
	add := func(s string, match bool) {
		if s != "" {
			out = append(out, Piece{Text: oneLine(s), Match: match})
		}
	}
	if window.from > 0 {
		add("…", false)
	}
	at := window.from
	for _, m := range marks {
		if m.to <= at || m.from >= window.to {
			continue
		}
		start, end := max(m.from, at), min(m.to, window.to)
		add(text[at:start], false)
		add(text[start:end], true)
		at = end
	}
	rest := text[at:window.to]
	if window.to < len(text) {
		rest = strings.TrimRightFunc(rest, unicode.IsSpace) + "…"
	}
	add(rest, false)
	return out
}

// oneLine replaces line breaks and tabs by spaces.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}
