package table

import (
	"net/mail"
	"strings"

	"cairn/internal/importer"
	"cairn/internal/importer/text"
)

// window is how many records are looked at to find the header.
const window = 40

// findHeader gives the index of the header among the first records, or −1 when
// the first record is data already. The header is the first record among ten
// that is as wide as the table, unless it reads like data.
func findHeader(first []record) int {
	width := 0
	for _, r := range first {
		width = max(width, filled(r))
	}
	limit := min(len(first), importer.MaxHeaderRow)
	best := -1
	for i := 0; i < limit; i++ {
		if knownNames(first[i]) >= 2 {
			return i
		}
		n := filled(first[i])
		// Two thirds of the widest row: headers may leave cells empty, titles
		// and units above them fill one or two.
		if best < 0 && n > 0 && n*3 >= width*2 {
			best = i
		}
	}
	if best < 0 {
		best = 0
	}
	if len(first) == 0 || readsLikeData(first[best], first[best+1:]) {
		return -1
	}
	return best
}

func filled(r record) int {
	n := 0
	for _, c := range r.cells {
		if value(c) != "" {
			n++
		}
	}
	return n
}

func value(cell []string) string {
	for _, v := range cell {
		if v = strings.TrimSpace(v); v != "" {
			return v
		}
	}
	return ""
}

// knownNames counts the cells that are usual names of columns.
func knownNames(r record) int {
	n := 0
	for _, c := range r.cells {
		if importer.KnownName(value(c)) {
			n++
		}
	}
	return n
}

// readsLikeData says whether a would-be header looks like the rows below it: it
// holds web addresses, HTML, e-mail or dates, or nothing but numbers.
func readsLikeData(r record, below []record) bool {
	numbers, n := 0, 0
	for _, c := range r.cells {
		v := value(c)
		if v == "" {
			continue
		}
		n++
		low := strings.ToLower(v)
		if strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://") || text.LooksHTML(v) {
			return true
		}
		if a, err := mail.ParseAddress(v); err == nil && a.Address == v {
			return true
		}
		if _, ok := text.ParseDate(v, ""); ok {
			return true
		}
		if _, ok := text.ReadNumber(v); ok {
			numbers++
		}
	}
	if n == 0 || len(below) == 0 {
		return false
	}
	// A single text column repeats or is long when it has no header.
	return numbers == n || len(r.cells) == 1 && importer.NormalName(value(r.cells[0])) != "" && len(value(r.cells[0])) > 60
}
