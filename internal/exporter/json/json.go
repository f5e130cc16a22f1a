// Package json exports a table as one JSON document.
//
//	{"title": "Roadmap", "groups": ["Status"],
//	 "columns": [{"name": "Title", "field": "title", "type": "short_text"}, …],
//	 "rows": [{"group": ["Now"], "values": {"Title": "…", "Score": 12.5}, "notes": {"Score": "…"}}, …]}
//
// Options and people are their names; group and notes are left out where empty.
package json

import (
	"bufio"
	"io"

	"cairn"
	"cairn/internal/exporter"
)

// Leaf returns the format.
func Leaf() exporter.Format {
	return exporter.Format{
		Name: "json", Label: "JSON", Extension: ".json", MediaType: "application/json", Write: write,
	}
}

func write(w io.Writer, t exporter.Table, _ exporter.Options) error {
	out := bufio.NewWriterSize(w, 64<<10)
	names := t.Headers()[len(t.Groups):]
	buf := append([]byte(nil), `{"title":`...)
	buf = cairn.AppendJSONString(buf, t.Title)
	if len(t.Groups) > 0 {
		buf = append(buf, `,"groups":`...)
		buf = appendStrings(buf, t.Groups)
	}
	buf = append(buf, `,"columns":[`...)
	for i, c := range t.Columns {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = append(buf, `{"name":`...)
		buf = cairn.AppendJSONString(buf, names[i])
		buf = append(buf, `,"field":`...)
		buf = cairn.AppendJSONString(buf, string(c.Ref))
		buf = append(buf, `,"type":`...)
		buf = cairn.AppendJSONString(buf, string(c.Type))
		buf = append(buf, '}')
	}
	buf = append(buf, `],"rows":[`...)
	separator := "\n"
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		buf = append(buf, separator...)
		buf = appendRow(buf, names, row)
		separator = ",\n"
		if _, err := out.Write(buf); err != nil {
			return err
		}
		buf = buf[:0]
	}
	if _, err := out.Write(append(buf, "\n]}\n"...)); err != nil {
		return err
	}
	return out.Flush()
}

func appendRow(buf []byte, names []string, row exporter.Row) []byte {
	buf = append(buf, '{')
	if len(row.Group) > 0 {
		buf = append(buf, `"group":`...)
		buf = appendStrings(buf, row.Group)
		buf = append(buf, ',')
	}
	buf = append(buf, `"values":{`...)
	for i := range row.Cells {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = cairn.AppendJSONString(buf, names[i])
		buf = append(buf, ':')
		buf = appendCell(buf, &row.Cells[i])
	}
	buf = append(buf, '}')
	open := `,"notes":{`
	for i := range row.Cells {
		if note := row.Cells[i].Note; note != "" {
			buf = append(buf, open...)
			buf = cairn.AppendJSONString(buf, names[i])
			buf = append(buf, ':')
			buf = cairn.AppendJSONString(buf, note)
			open = ","
		}
	}
	if open == "," {
		buf = append(buf, '}')
	}
	return append(buf, '}')
}

// appendCell writes names in the place of ids.
func appendCell(buf []byte, c *exporter.Cell) []byte {
	switch c.Value.Kind {
	case cairn.KindRefID:
		if len(c.Names) > 0 {
			return cairn.AppendJSONString(buf, c.Names[0])
		}
		return append(buf, "null"...)
	case cairn.KindRefIDs:
		return appendStrings(buf, c.Names)
	}
	return c.Value.AppendJSON(buf)
}

func appendStrings(buf []byte, list []string) []byte {
	buf = append(buf, '[')
	for i, s := range list {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = cairn.AppendJSONString(buf, s)
	}
	return append(buf, ']')
}
