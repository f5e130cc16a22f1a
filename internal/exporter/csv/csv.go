// Package csv exports a table as comma-separated values (RFC 4180, UTF-8).
package csv

import (
	"bufio"
	"encoding/csv"
	"io"

	"cairn"
	"cairn/internal/exporter"
)

// Leaf returns the format.
func Leaf() exporter.Format {
	return exporter.Format{
		Name: "csv", Label: "CSV", Extension: ".csv", MediaType: "text/csv; charset=utf-8", Write: write,
	}
}

// write writes a header line and a line per row; group labels come first. Texts
// that a spreadsheet would run are guarded, numbers stay numbers.
func write(w io.Writer, t exporter.Table, o exporter.Options) error {
	buffered := bufio.NewWriterSize(w, 64<<10)
	if o.BOM {
		if _, err := buffered.WriteString("\ufeff"); err != nil {
			return err
		}
	}
	out := csv.NewWriter(buffered)
	out.UseCRLF = true
	if o.Delimiter != 0 {
		out.Comma = o.Delimiter
	}
	record := t.Headers()
	for i, name := range record {
		record[i] = exporter.Guard(name)
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		record = record[:0]
		for _, label := range row.Group {
			record = append(record, exporter.Guard(label))
		}
		for i := range row.Cells {
			c := &row.Cells[i]
			text := c.Text()
			if c.Value.Kind != cairn.KindNumber {
				text = exporter.Guard(text)
			}
			record = append(record, text)
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	return buffered.Flush()
}
