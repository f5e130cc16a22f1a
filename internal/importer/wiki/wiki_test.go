package wiki

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestConvert(t *testing.T) {
	mention := Options{Mention: func(id string) string {
		if id == "712020:ab" {
			return "Ada Lovelace"
		}
		return ""
	}}
	tests := []struct{ name, in, want string }{
		{"heading", "h2. Why", "## Why"},
		{"not a heading", "h2.Why", "h2.Why"},
		{"bold", "a *b c* d", "a **b c** d"},
		{"italic", "_a b_", "*a b*"},
		{"struck", "x -old- y", "x ~~old~~ y"},
		{"underlined", "+new+ text", "new text"},
		{"citation", "??Book??", "*Book*"},
		{"nested emphasis", "*a _b_ c*", "**a *b* c**"},
		{"code span", "call {{a_b*c}} now", "call `a_b*c` now"},
		{"code span with backtick", "{{a`b}}", "``a`b``"},
		{"no emphasis in words", "snake_case_name a*b*c 3-4-5", `snake_case_name a\*b\*c 3-4-5`},
		{"lone marks", "2 * 3 * 4 and _x", `2 \* 3 \* 4 and \_x`},
		{"bullets", "* a\n** b\n* c", "- a\n  - b\n- c"},
		{"numbers", "# a\n# b\n## c", "1. a\n1. b\n   1. c"},
		{"mixed lists", "# a\n#* b\n#* c\n# d", "1. a\n   - b\n   - c\n1. d"},
		{"dashes", "- a\n- b", "- a\n- b"},
		{"indented bullets", "Use cases:\n * one\n * two", "Use cases:\n\n- one\n- two"},
		{"text under an item", "* a\nmore", "- a  \n  more"},
		{"line ends", "one\ntwo\n\nthree", "one  \ntwo\n\nthree"},
		{"forced break", `one\\two`, "one  \ntwo"},
		{"rule", "a\n----\nb", "a\n\n---\n\nb"},
		{"no heading by underline", "a\n---", "a  \n\\---"},
		{"no quote or heading by chance", "> a\n# \n#1 b", "\\> a  \n\\#  \n\\#1 b"},
		{"one-line quote", "bq. wise *words*", "> wise **words**"},
		{"quote", "{quote}a\n\nb{quote}", "> a\n>\n> b"},
		{"panel", "{panel:title=Note|bgColor=#fff}take care{panel}", "> **Note**\n>\n> take care"},
		{"code", "{code:java}\nint a = b*c;\n{code}", "```java\nint a = b*c;\n```"},
		{"code with title", "{code:title=Main.java|borderStyle=solid}x{code}", "**Main.java**\n\n```\nx\n```"},
		{"code that never ends", "a {code}b\nc", "a\n\n```\nb\nc\n```"},
		{"code with fence", "{code}```{code}", "````\n```\n````"},
		{"noformat inside a line", "see {noformat}a *b*{noformat} there", "see\n\n```\na *b*\n```\n\nthere"},
		{"quote that never ends", "{quote}a", "a"},
		{"table", "||h1||h2||\n|a|*b*|\n|c|[d|https://x.example]|", "| h1 | h2 |\n| --- | --- |\n| a | **b** |\n| c | [d](https://x.example) |"},
		{"table without head", "|a|b|", "|  |  |\n| --- | --- |\n| a | b |"},
		{"link", "see [the page|https://x.example/a_b]", "see [the page](https://x.example/a_b)"},
		{"smart link", "[https://x.example|https://x.example|smart-link]", "<https://x.example>"},
		{"bare link", "[https://x.example/a]", "<https://x.example/a>"},
		{"address in text", "at https://x.example/a_b_c.", "at <https://x.example/a_b_c>."},
		{"mail", "[mailto:a@x.example]", "[a@x.example](mailto:a@x.example)"},
		{"brackets", "[MODIFIER] does", `\[MODIFIER\] does`},
		{"file", "[^report.pdf]", "`report.pdf`"},
		{"mention", "[~accountid:712020:ab] and [~fred]", "@Ada Lovelace and @fred"},
		{"image", "!shot.png|width=300!", "![shot.png](shot.png)"},
		{"image by address", "!https://x.example/a.png!", "![https://x.example/a.png](https://x.example/a.png)"},
		{"exclamations", "wow! really! yes.", "wow! really! yes."},
		{"colour", "{color:red}warm{color} text", "warm text"},
		{"anchor", "{anchor:top}Text", "Text"},
		{"other braces", "${name} and {unknown}", "${name} and {unknown}"},
		{"emoticons", "good (/) bad (x) :)", "good ✅ bad ❌ 🙂"},
		{"no emoticon in words", "f(x) and a:D", "f(x) and a:D"},
		{"angle brackets", "List<String> & <b>", `List\<String> & \<b>`},
		{"escaped", `\*not bold\* \{code}`, `\*not bold\* {code}`},
		{"windows path", `C:\temp\new`, `C:\\temp\\new`},
		{"line ends of Windows", "a\r\nb", "a  \nb"},
		{"empty", " \n ", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Convert(tt.in, mention); got != tt.want {
				t.Errorf("Convert(%q)\n got %q\nwant %q", tt.in, got, tt.want)
			}
		})
	}
}

// words are the parts of a text that must be seen in the result whatever the
// markup around them. Parameters of macros, links and images are not shown.
func words(s string) []string {
	s = regexp.MustCompile(`\{[^}\n]*\}|\[[^\]\n]*\]|\|[^|!\]\n]*!|!`).ReplaceAllString(s, " ")
	return regexp.MustCompile(`[a-zA-Z]{4,}`).FindAllString(s, -1)
}

func checkWords(t interface{ Fatalf(string, ...any) }, in, out string) {
	if !utf8.ValidString(out) {
		t.Fatalf("%q gives invalid UTF-8 %q", in, out)
	}
	rest := out
	for _, w := range words(in) {
		i := strings.Index(rest, w)
		if i < 0 {
			t.Fatalf("%q\nlost %q in\n%q", in, w, out)
		}
		rest = rest[i+len(w):]
	}
}

// No visible word is lost or moved, however the markup is put together.
func TestNoTextIsLost(t *testing.T) {
	piece := rapid.SampledFrom([]string{"alpha", "beta_gamma", "delta", "*", "_", "-", "+", "{code}", "{code:java}", "{noformat}", "{quote}", "{panel:title=x}", "{panel}",
		"{{", "}}", "{color:red}", "{color}", "[", "]", "|", "||", "!", "* ", "# ", "#* ", "h1. ", "bq. ", "\n", "\n\n", " ", "\\", "\\\\", "----", "[~", "https://x.example/path", "^", "~", "??", "(x)", ":)", "`", "<", ">", "é日"})
	rapid.Check(t, func(t *rapid.T) {
		in := strings.Join(rapid.SliceOfN(piece, 0, 40).Draw(t, "pieces"), "")
		checkWords(t, in, Convert(in, Options{}))
	})
}

func FuzzConvert(f *testing.F) {
	for _, s := range []string{"*a* _b_", "{code}x{code}", "||a||\n|b|", "[a|http://b]", "* a\n** b", "!x.png!", "{quote}{panel}{quote}{panel}", "\\\\", "{{a}}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 5000 {
			return
		}
		out := Convert(s, Options{})
		if !utf8.ValidString(out) {
			t.Fatalf("%q gives invalid UTF-8", s)
		}
		if len(out) > 60*len(s)+60 {
			t.Fatalf("%d bytes became %d", len(s), len(out))
		}
	})
}

// Text without any pairs must not take quadratic time.
func TestLongInput(t *testing.T) {
	for _, unit := range []string{"*a ", "{quote", "{panel:x}", "[a|", "!a.", "{{a ", "{code:", "_a_", "|", "\\", "{color:red}"} {
		in := strings.Repeat(unit, 200_000/len(unit))
		if out := Convert(in, Options{}); len(out) == 0 && strings.Contains(unit, "a ") {
			t.Errorf("%q vanished", unit)
		}
	}
}
