package workbook

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// unescape makes _x000D_ the character that it stands for, in place. What XML
// cannot hold and what it would fold is written so.
func unescape(s []byte) []byte {
	out := s[:0]
	for i := 0; i < len(s); i++ {
		if c, ok := escaped(s[i:]); ok {
			// Never longer than the seven bytes that stood there.
			out = utf8.AppendRune(out, c)
			i += 6
			continue
		}
		out = append(out, s[i])
	}
	return out
}

func escaped[T string | []byte](s T) (rune, bool) {
	if len(s) < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(s[2:6]), 16, 16)
	if err != nil {
		return 0, false
	}
	return rune(n), true
}

// appendText writes a text into XML so that a spreadsheet and unescape give it
// back: with references for what is markup, the format's own for the rest.
func appendText(b []byte, s string) []byte {
	for i, c := range s {
		switch {
		case c == '&':
			b = append(b, "&amp;"...)
		case c == '<':
			b = append(b, "&lt;"...)
		case c == '>':
			b = append(b, "&gt;"...)
		case c == '"':
			b = append(b, "&quot;"...)
		case c < 0x20 && c != '\t' && c != '\n', c == 0xfffe, c == 0xffff:
			b = append(b, "_x"...)
			hex := strings.ToUpper(strconv.FormatUint(uint64(c), 16))
			b = append(append(b, "0000"[len(hex):]...), hex...)
			b = append(b, '_')
		case c == '_':
			if _, ok := escaped(s[i:]); ok {
				b = append(b, "_x005F_"...)
			} else {
				b = append(b, '_')
			}
		default:
			b = utf8.AppendRune(b, c)
		}
	}
	return b
}
