package fold_test

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"cairn/internal/search/fold"
)

func TestString(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"plain text 12", "plain text 12"},
		{"Mixed CASE", "mixed case"},
		{"Änderung", "anderung"},
		{"A\u0308nderung", "anderung"},
		{"Straße", "strasse"},
		{"ŁÓDŹ", "lodz"},
		{"Ærø Þór", "aero thor"},
		{"İstanbul ISPARTA ı", "istanbul isparta i"},
		{"ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ"},
		{"Ёлка Йод", "елка йод"},
		{"ＡＢＣ１２３", "abc123"},
		{"ﬁne ½", "fine 1⁄2"},
		{"ガギ がき", "ガギ がき"},
		{"שָׁלוֹם", "שלום"},
		{"مُحَمَّـد", "محمد"},
		{"ภาษาไทย", "ภาษาไทย"},
		{"हिन्दी", "हिन्दी"},
		{"👩‍💻", "👩💻"},
	} {
		if got := fold.String(c.in); got != c.want {
			t.Errorf("String(%q) = %q (%+q), want %q", c.in, got, got, c.want)
		}
	}
}

func TestFoldingTwiceIsFoldingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		once := fold.String(s)
		if twice := fold.String(once); twice != once {
			t.Fatalf("String(%+q) = %+q, and again %+q", s, once, twice)
		}
		if got := string(fold.Append([]byte("x"), s)); got != "x"+once {
			t.Fatalf("Append differs from String: %+q, %+q", got, once)
		}
		if !utf8.ValidString(once) {
			t.Fatalf("String(%+q) = %+q is not valid UTF-8", s, once)
		}
	})
}
