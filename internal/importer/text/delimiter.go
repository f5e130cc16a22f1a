package text

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// Delimiter is a guess at how a file's cells are divided.
type Delimiter struct {
	Dialect
	Columns      int    // cells of a typical record
	Confidence   int    // 0–100
	Why          string // one sentence fragment for people
	Alternatives []byte // other delimiters that would also give several columns
	SkipLine     bool   // the first line is a "sep=;" note to the spreadsheet, not data
}

// candidates in the order that breaks ties.
const candidates = ",\t;|"

// DetectDelimiter judges the dialect from the beginning of decoded text. A
// text in which no delimiter gives two columns is one column.
func DetectDelimiter(head []byte) Delimiter {
	loneCR := bytes.Count(head, []byte("\n")) == 0 && bytes.Count(head, []byte("\r")) > 1
	if c, ok := declared(head); ok {
		return Delimiter{Dialect: Dialect{Comma: c, LoneCR: loneCR}, Columns: 2, Confidence: 100, SkipLine: true,
			Why: "the first line says which delimiter is used"}
	}
	best := Delimiter{Dialect: Dialect{Comma: ',', LoneCR: loneCR}, Columns: 1, Confidence: 60,
		Why: "no delimiter was found; each line is one cell"}
	top := 0.0
	for _, c := range []byte(candidates) {
		d := Dialect{Comma: c, LoneCR: loneCR}
		columns, score := consistency(head, d)
		if columns < 2 || score <= 0 {
			continue
		}
		if score > top {
			if best.Columns > 1 && top > score*0.75 {
				best.Alternatives = append(best.Alternatives, best.Comma)
			}
			best = Delimiter{Dialect: d, Columns: columns, Alternatives: best.Alternatives,
				Confidence: min(99, int(55+45*score)), Why: "it divides most lines into the same number of cells"}
			top = score
		} else if score > top*0.75 {
			best.Alternatives = append(best.Alternatives, c)
		}
	}
	if len(best.Alternatives) > 0 {
		best.Confidence = min(best.Confidence, 75)
	}
	return best
}

// declared reads the line "sep=;" that Excel understands.
func declared(head []byte) (byte, bool) {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	line = bytes.TrimSpace(bytes.ToLower(bytes.Trim(bytes.TrimSpace(line), `"`)))
	if len(line) == 5 && bytes.HasPrefix(line, []byte("sep=")) && strings.IndexByte(candidates, line[4]) >= 0 {
		return line[4], true
	}
	return 0, false
}

// consistency is how far the records of a text agree on their number of
// cells when cut by d: 1 when all agree. More cells win over fewer.
func consistency(head []byte, d Dialect) (columns int, score float64) {
	r := NewCSV(bytes.NewReader(head), d)
	widths := map[int]int{}
	total, stray := 0, 0
	for total < 200 {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, 0
		}
		// The last record of a cut-off head is incomplete.
		if rec.OpenLine > 0 && total > 0 {
			break
		}
		widths[len(rec.Cells)]++
		stray += rec.Stray
		total++
	}
	most := 0
	for w, n := range widths {
		if w > 1 && (n > most || n == most && w > columns) {
			columns, most = w, n
		}
	}
	if total == 0 || columns < 2 {
		return 1, 0
	}
	agree := float64(most) / float64(total)
	messy := float64(stray) / float64(total)
	wide := 1 - 1/float64(columns+1)
	return columns, agree * wide / (1 + messy)
}
