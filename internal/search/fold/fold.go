// Package fold maps text to the form in which it is compared: without letter
// case, without the accents of Latin, Greek and Cyrillic letters, without
// Hebrew and Arabic vowel points, and with compatibility forms (full width,
// ligatures) replaced. Search finds by it and lists sort by it.
//
// Start at String.
package fold

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// String returns the folded form of s. Text that is its own folded form, such
// as small ASCII letters, is returned as it is, without a copy.
func String(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf {
			return string(appendFolded(make([]byte, 0, len(s)), s))
		} else if 'A' <= c && c <= 'Z' {
			return ascii(s, i)
		}
	}
	return s
}

// Append appends the folded form of s to dst.
func Append(dst []byte, s string) []byte {
	start := len(dst)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return appendFolded(dst[:start], s)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// ascii folds s, whose bytes before i need no change; it starts over when it
// meets a letter beyond ASCII.
func ascii(s string, i int) string {
	buf := make([]byte, len(s))
	copy(buf, s[:i])
	for ; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return string(appendFolded(buf[:0], s))
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	return string(buf)
}

func appendFolded(dst []byte, s string) []byte {
	var decomposed [256]byte
	d := norm.NFKD.AppendString(decomposed[:0], s)
	start := len(dst)
	recompose := false
	base := rune(0)
	for i := 0; i < len(d); {
		r, size := utf8.DecodeRune(d[i:])
		i += size
		if isMark(r) && !keepsMark(base, r) {
			continue
		}
		if r >= 0x300 {
			recompose = true
		}
		if !unicode.Is(unicode.Mn, r) {
			base = r
		}
		dst = appendLower(dst, r)
	}
	if recompose && !norm.NFC.IsNormal(dst[start:]) {
		composed := norm.NFC.Bytes(dst[start:])
		dst = append(dst[:start], composed...)
	}
	return dst
}

// isMark reports accents and vowel points that readers and writers leave out.
// The marks of scripts in which they are letters (Thai, Devanagari, kana …) stay.
func isMark(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36F, r >= 0x1AB0 && r <= 0x1AFF, r >= 0x1DC0 && r <= 0x1DFF, r >= 0x20D0 && r <= 0x20FF, r >= 0xFE20 && r <= 0xFE2F:
		return true // combining marks of Latin, Greek and Cyrillic
	case r >= 0x591 && r <= 0x5C7:
		return unicode.Is(unicode.Mn, r) // Hebrew points
	case r == 0x640, r >= 0x64B && r <= 0x65F, r == 0x670, r >= 0x6D6 && r <= 0x6ED:
		return r == 0x640 || unicode.Is(unicode.Mn, r) // Arabic vowels and tatweel
	}
	return r == 0x200C || r == 0x200D || r == 0xFE0F || r == 0xFEFF // joiners and selectors
}

// keepsMark keeps the short sign of й and ў, which are letters of their own.
func keepsMark(base, mark rune) bool {
	return mark == 0x306 && (base == 'и' || base == 'И' || base == 'у' || base == 'У')
}

func appendLower(dst []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(dst, byte(r))
	}
	switch r = unicode.ToLower(r); r {
	case 'ß':
		return append(dst, "ss"...)
	case 'æ':
		return append(dst, "ae"...)
	case 'œ':
		return append(dst, "oe"...)
	case 'þ':
		return append(dst, "th"...)
	case 'ø':
		return append(dst, 'o')
	case 'đ', 'ð':
		return append(dst, 'd')
	case 'ł':
		return append(dst, 'l')
	case 'ħ':
		return append(dst, 'h')
	case 'ı':
		return append(dst, 'i')
	case 'ς':
		r = 'σ'
	}
	return utf8.AppendRune(dst, r)
}
