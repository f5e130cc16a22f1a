package text

import (
	"html"
	"strings"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// LooksHTML says whether a cell is written in HTML: it holds a closing tag or
// a line break tag that people do not type by accident.
func LooksHTML(s string) bool {
	low := strings.ToLower(s)
	if !strings.Contains(low, "<") {
		return false
	}
	for _, tag := range []string{"</a>", "</p>", "</div>", "</span>", "</li>", "</b>", "</strong>", "</em>", "<br>", "<br/>", "<br />"} {
		if strings.Contains(low, tag) {
			return true
		}
	}
	return false
}

// Unescape turns HTML entities into characters.
func Unescape(s string) string { return html.UnescapeString(s) }

// HTMLToText gives the visible text of s: tags go, entities become
// characters, blocks end a line. Links holds the addresses in order.
func HTMLToText(s string) (visible string, links []string) {
	w := htmlWriter{}
	w.run(s)
	return w.done(), w.links
}

// HTMLToMarkdown gives s as Markdown: headings, emphasis, links, images,
// lists, code and quotes; other tags go, their text stays.
func HTMLToMarkdown(s string) string {
	w := htmlWriter{markdown: true}
	w.run(s)
	return w.done()
}

type htmlWriter struct {
	out      strings.Builder
	markdown bool
	links    []string
	lists    []int // one per open list: 0 for bullets, else the next number
	href     []string
	pre      int
	hidden   int
}

func (w *htmlWriter) run(s string) {
	z := xhtml.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(MaxCell)
	for {
		switch z.Next() {
		case xhtml.ErrorToken:
			return
		case xhtml.TextToken:
			w.text(z.Token().Data)
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			w.open(z.Token())
		case xhtml.EndTagToken:
			w.close(z.Token().DataAtom)
		}
	}
}

func (w *htmlWriter) text(s string) {
	if w.hidden > 0 {
		return
	}
	if w.pre == 0 {
		fields := strings.Join(strings.Fields(s), " ")
		if fields == "" {
			if s != "" {
				w.space()
			}
			return
		}
		if isBlank(s[0]) {
			w.space()
		}
		if isBlank(s[len(s)-1]) {
			fields += " "
		}
		s = fields
	}
	w.out.WriteString(s)
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func (w *htmlWriter) space() {
	if t := w.out.String(); t != "" && !isBlank(t[len(t)-1]) {
		w.out.WriteByte(' ')
	}
}

// line starts a new line unless the text is at one; blank asks for n breaks.
func (w *htmlWriter) breaks(n int) {
	t := strings.TrimRight(w.out.String(), " ")
	if t == "" {
		return
	}
	have := len(t) - len(strings.TrimRight(t, "\n"))
	for ; have < n; have++ {
		w.out.WriteByte('\n')
	}
}

func (w *htmlWriter) mark(s string) {
	if w.markdown && w.pre == 0 {
		w.out.WriteString(s)
	}
}

func (w *htmlWriter) open(t xhtml.Token) {
	switch t.DataAtom {
	case atom.Script, atom.Style:
		if t.Type == xhtml.StartTagToken {
			w.hidden++
		}
	case atom.Br:
		w.out.WriteByte('\n')
	case atom.P, atom.Div, atom.Blockquote, atom.Table:
		w.breaks(2)
		if t.DataAtom == atom.Blockquote {
			w.mark("> ")
		}
	case atom.Tr:
		w.breaks(1)
	case atom.Td, atom.Th:
		w.space()
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.breaks(2)
		w.mark(strings.Repeat("#", int(t.Data[1]-'0')) + " ")
	case atom.B, atom.Strong:
		w.mark("**")
	case atom.I, atom.Em:
		w.mark("*")
	case atom.S, atom.Del, atom.Strike:
		w.mark("~~")
	case atom.Code:
		w.mark("`")
	case atom.Pre:
		w.breaks(2)
		w.mark("```\n")
		w.pre++
	case atom.Ul:
		w.lists = append(w.lists, 0)
	case atom.Ol:
		w.lists = append(w.lists, 1)
	case atom.Li:
		w.item()
	case atom.A:
		w.href = append(w.href, attr(t, "href"))
		w.mark("[")
	case atom.Img:
		w.image(t)
	}
}

func (w *htmlWriter) item() {
	w.breaks(1)
	n := len(w.lists)
	if n == 0 {
		w.mark("- ")
		return
	}
	w.mark(strings.Repeat("  ", n-1))
	if w.lists[n-1] == 0 {
		w.mark("- ")
		return
	}
	w.mark(itoa(w.lists[n-1]) + ". ")
	w.lists[n-1]++
}

func (w *htmlWriter) image(t xhtml.Token) {
	src := attr(t, "src")
	if w.markdown && src != "" {
		w.mark("![" + attr(t, "alt") + "](" + src + ")")
		return
	}
	w.out.WriteString(attr(t, "alt"))
}

func (w *htmlWriter) close(a atom.Atom) {
	switch a {
	case atom.Script, atom.Style:
		w.hidden = max(0, w.hidden-1)
	case atom.P, atom.Div, atom.Blockquote, atom.Table, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.breaks(2)
	case atom.B, atom.Strong:
		w.mark("**")
	case atom.I, atom.Em:
		w.mark("*")
	case atom.S, atom.Del, atom.Strike:
		w.mark("~~")
	case atom.Code:
		w.mark("`")
	case atom.Pre:
		w.pre = max(0, w.pre-1)
		w.breaks(1)
		w.mark("```\n")
	case atom.Ul, atom.Ol:
		w.lists = w.lists[:max(0, len(w.lists)-1)]
		w.breaks(1)
	case atom.A:
		w.endLink()
	}
}

func (w *htmlWriter) endLink() {
	if len(w.href) == 0 {
		return
	}
	href := w.href[len(w.href)-1]
	w.href = w.href[:len(w.href)-1]
	if href != "" {
		w.links = append(w.links, href)
	}
	w.mark("](" + href + ")")
}

func (w *htmlWriter) done() string { return strings.TrimSpace(w.out.String()) }

func attr(t xhtml.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
