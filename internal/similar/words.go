package similar

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/german"

	"cairn/internal/search"
	"cairn/internal/search/fold"
	"slices"
	"unicode"
)

// eachWord calls yield for every word of a text that says something, folded and
// in order.
func eachWord(text string, yield func(word string)) {
	search.EachWord(fold.String(text), func(word string) {
		if len(word) > 1 && !empty[word] {
			yield(word)
		}
	})
}

// stem returns what a folded word shares with its other forms. The endings of
// both languages are taken away from every word, whatever language it is of:
// projects mix them, titles are too short to tell, and where that takes too much
// it takes it from all ideas alike.
func stem(word string) string {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return word
		}
	}
	env := snowballstem.NewEnv(bareVerb(plainVowels(word)))
	english.Stem(env)
	german.Stem(env)
	if out := env.Current(); len(out) > 1 {
		return out
	}
	return word
}

// bareVerb takes away what makes a German verb of a noun: exportieren, exportiert
// and Exportierung are Export.
func bareVerb(word string) string {
	for _, end := range []string{"ieren", "ierend", "iert", "ierte", "iertes", "ierten", "ierter", "ierung", "ierungen", "ierbar"} {
		if root, ok := strings.CutSuffix(word, end); ok && len(root) > 3 {
			return root
		}
	}
	return word
}

// plainVowels writes ae, oe and ue as one letter, so that a word typed without
// umlauts meets the one typed with them.
func plainVowels(word string) string {
	if !strings.Contains(word, "ae") && !strings.Contains(word, "oe") && !strings.Contains(word, "ue") {
		return word
	}
	out := make([]byte, 0, len(word))
	for i := range len(word) {
		c := word[i]
		if c == 'e' && i > 0 && i < len(word)-1 && umlaut(word, i-1) {
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

// umlaut reports whether the letter may be the first half of a written-out umlaut.
func umlaut(word string, i int) bool {
	if word[i] != 'a' && word[i] != 'o' && word[i] != 'u' {
		return false
	}
	return i == 0 || strings.IndexByte("aeiouq", word[i-1]) < 0
}

// empty are the words that say nothing about what a text is about.
var empty = wordSet(`
a about after all also am an and any are as at be because been before being but by can cannot could did do does
doing don done dont down each else even ever every few for from get gets getting give go goes had has have having he
her here him his how i if im in into is isnt it its just let like make makes many may me might more most much must my no
nor not now of off on once one only or other our out over own per please same see shall she should so some such than
that thats the their them then there these they this those through to too under until up us use very via want was way
we were what when where which while who why will with would you your
aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da damit dann das dass dein dem den
denn der des dich die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es
etwas euch euer fur hab habe haben hat hatte hatten hier ich ihm ihn ihr ihre ihrem ihren ihrer im in ins ist ja jede
jedem jeden jeder jedes jetzt kann kein keine keinem keinen keiner konnen konnte machen man mehr mein meine mich mir
mit mochte muss mussen nach nicht noch nun nur ob oder ohne sehr sein seine sich sie sind so soll sollte sollten uber um
und uns unser unter vom von vor wann war waren was weil weiter wenn wer werden wie wieder will wir wird wo wollen
wurde wurden zu zum zur zwischen
http https www com`)

func wordSet(list string) map[string]bool {
	out := make(map[string]bool)
	for word := range strings.FieldsSeq(list) {
		out[word] = true
	}
	return out
}

// OtherNumbers reports whether each of two texts names a number that the other does
// not: "part 1" and "part 2" read alike and are two things.
func OtherNumbers(a, b string) bool {
	x, y := numbersOf(a), numbersOf(b)
	lacks := func(in []string) func(string) bool {
		return func(n string) bool { return !slices.Contains(in, n) }
	}
	return slices.ContainsFunc(x, lacks(y)) && slices.ContainsFunc(y, lacks(x))
}

func numbersOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
}
