// Package exportertest has the table with which the export formats are tested.
package exportertest

import (
	"iter"
	"strings"
	"time"

	"cairn"
	"cairn/internal/exporter"
)

// Sample is a grouped table of three rows with a column of every shape of
// value, a formula that failed, texts that a spreadsheet would run, and two
// columns of the same name.
func Sample() exporter.Table {
	two := 2
	day, _ := cairn.ParseDay("2026-11-23")
	end, _ := cairn.ParseDay("2026-12-31")
	text := func(s string) exporter.Cell { return exporter.Cell{Value: cairn.Value{Kind: cairn.KindText, Text: s}} }
	number := func(x float64) exporter.Cell {
		return exporter.Cell{Value: cairn.Value{Kind: cairn.KindNumber, Num: x}}
	}
	names := func(k cairn.ValueKind, names ...string) exporter.Cell {
		c := exporter.Cell{Value: cairn.Value{Kind: k}, Names: names}
		for i := range names {
			c.Value.IDs = append(c.Value.IDs, cairn.ID(i+1))
		}
		return c
	}
	full := []exporter.Cell{
		text("=HYPERLINK(\"https://evil.example\")"), number(-5), number(12.5),
		{Value: cairn.Value{Kind: cairn.KindBool, Num: 1}}, {Value: cairn.Value{Kind: cairn.KindDate, Day: day}},
		{Value: cairn.Value{Kind: cairn.KindInterval, Interval: cairn.Interval{Start: day, End: end, Precision: cairn.PrecisionDay}}},
		names(cairn.KindRefID, "Now"), names(cairn.KindRefIDs, "Ana", "Bo, Jr."),
		{Value: cairn.Value{Kind: cairn.KindTexts, Texts: []string{"beta", "a|b"}}},
		{Value: cairn.Value{Kind: cairn.KindMoment, Time: time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)}},
		text("two\nlines <b>"),
	}
	empty := make([]exporter.Cell, len(full))
	empty[0] = text("日本語 \"quoted\"")
	empty[2] = exporter.Cell{Note: "No value: division by zero."}
	rows := []exporter.Row{
		{Group: []string{"Now", "High"}, Cells: full},
		{Group: []string{"Now", "Low"}, Cells: empty},
		{Group: []string{"Later", "Low"}, Cells: empty},
	}
	return exporter.Table{
		Title: "Road/map", Groups: []string{"Roadmap", "Impact"}, Rows: Rows(rows),
		Columns: []exporter.Column{
			{Ref: "title", Name: "Title", Type: cairn.TypeShortText}, {Ref: "f1", Name: "Change", Type: cairn.TypeNumber},
			{Ref: "f2", Name: "Score", Type: cairn.TypeFormula, Number: &cairn.NumberFormat{Decimals: &two}},
			{Ref: "f3", Name: "Done", Type: cairn.TypeCheckbox}, {Ref: "f4", Name: "Due", Type: cairn.TypeDate},
			{Ref: "f5", Name: "Plan", Type: cairn.TypeInterval}, {Ref: "f6", Name: "Status", Type: cairn.TypeSelect},
			{Ref: "f7", Name: "People", Type: cairn.TypePeople}, {Ref: "f8", Name: "Labels", Type: cairn.TypeLabels},
			{Ref: "createdAt", Name: "Created", Type: cairn.TypeTime}, {Ref: "f9", Name: "score", Type: cairn.TypeLongText},
		},
	}
}

// Rows yields the rows of a list.
func Rows(list []exporter.Row) iter.Seq2[exporter.Row, error] {
	return func(yield func(exporter.Row, error) bool) {
		for _, r := range list {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// Long is a table of n ideas with a number and a text of 400 characters.
func Long(n int) exporter.Table {
	body := strings.Repeat("lorem ipsum ", 34)
	return exporter.Table{
		Title: "Long",
		Columns: []exporter.Column{
			{Ref: "title", Name: "Title", Type: cairn.TypeShortText}, {Ref: "f1", Name: "Reach", Type: cairn.TypeNumber},
			{Ref: "description", Name: "Description", Type: cairn.TypeLongText},
		},
		Rows: func(yield func(exporter.Row, error) bool) {
			for i := range n {
				cells := []exporter.Cell{
					{Value: cairn.Value{Kind: cairn.KindText, Text: "An idea"}},
					{Value: cairn.Value{Kind: cairn.KindNumber, Num: float64(i)}},
					{Value: cairn.Value{Kind: cairn.KindText, Text: body}},
				}
				if !yield(exporter.Row{Cells: cells}, nil) {
					return
				}
			}
		},
	}
}
