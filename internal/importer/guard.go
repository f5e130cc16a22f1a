package importer

import "strings"

// Unguard takes away the apostrophe that Cairn and other programs write before a
// text that a spreadsheet would run as a formula, such as '=1+1 or '+49 30. All
// other texts stay as they are (IMP-18).
func Unguard(s string) string {
	if len(s) < 2 || s[0] != '\'' {
		return s
	}
	first := strings.TrimLeft(strings.TrimLeft(s[1:], "'"), " \u00a0\u3000\ufeff\u200b")
	if first != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(first)[0]) {
		return s[1:]
	}
	return s
}
