package table

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"cairn/internal/importer"
	"cairn/internal/importer/text"
)

// topList is the sheet name of a list that is the whole document.
const topList = "."

// flattenDepth is how deep objects inside an element become columns of their
// own; what lies deeper is kept as JSON.
const flattenDepth = 4

// jsonGrid is a list in a JSON document, of objects, lists or plain values.
type jsonGrid struct {
	src    importer.Source
	path   string
	sheets []importer.Sheet
	keys   []string // of the objects; nil for lists and plain values
	index  map[string]int
	extra  int // objects with keys beyond MaxColumns
}

func openJSON(ctx context.Context, src importer.Source, opts importer.Options) (grid, error) {
	g := &jsonGrid{src: src, path: opts.Sheet, index: map[string]int{}}
	var fault *text.JSONError
	if err := g.lists(ctx); err != nil && !errors.As(err, &fault) {
		return nil, err
	}
	if len(g.sheets) == 0 {
		return nil, g.refuse(fault)
	}
	if g.path == "" {
		g.path = largest(g.sheets)
	}
	found := false
	for _, s := range g.sheets {
		found = found || s.Name == g.path
	}
	if !found {
		return nil, &importer.Refusal{Code: "no_such_sheet", Text: fmt.Sprintf("The file has no list “%s”. It has %s.", g.path, sheetNames(g.sheets))}
	}
	if err := g.findKeys(ctx); err != nil && !errors.As(err, &fault) {
		return nil, err
	}
	return g, nil
}

func (g *jsonGrid) refuse(fault *text.JSONError) error {
	if fault != nil {
		return &importer.Refusal{Code: "bad_json", Text: fmt.Sprintf("“%s” is not valid JSON: %v. Export it again.", g.src.Name(), fault)}
	}
	return &importer.Refusal{Code: "no_list", Text: fmt.Sprintf("“%s” holds no list of things to import. Lists are expected at the top or inside objects.", g.src.Name())}
}

// lists counts the elements of every list.
func (g *jsonGrid) lists(ctx context.Context) error {
	at := map[string]int{}
	return g.walk(ctx, func(e text.Element) error {
		if e.Index < 0 {
			return nil
		}
		name := e.Path
		if name == "" {
			name = topList
		}
		i, ok := at[name]
		if !ok {
			i = len(g.sheets)
			at[name] = i
			g.sheets = append(g.sheets, importer.Sheet{Name: name})
		}
		g.sheets[i].Rows++
		return nil
	})
}

func (g *jsonGrid) walk(ctx context.Context, yield func(text.Element) error) error {
	f, err := g.src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	n := 0
	return text.EachJSON(f, func(e text.Element) error {
		if n++; n%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		return yield(e)
	})
}

// elements yields the elements of the chosen list.
func (g *jsonGrid) elements(ctx context.Context, yield func(text.Element) error) error {
	want := g.path
	if want == topList {
		want = ""
	}
	return g.walk(ctx, func(e text.Element) error {
		if e.Index < 0 || e.Path != want {
			return nil
		}
		return yield(e)
	})
}

// findKeys gathers the columns of a list of objects.
func (g *jsonGrid) findKeys(ctx context.Context) error {
	return g.elements(ctx, func(e text.Element) error {
		switch bytes.TrimSpace(e.Raw)[0] {
		case '{':
		case '[':
			return nil
		default:
			// Plain values are a table of one column.
			if len(g.keys) == 0 {
				g.keys, g.index["value"] = []string{"value"}, 0
			}
			return nil
		}
		members, err := flatten(e.Raw)
		if err != nil {
			return nil // reported as a refused row when rows are read
		}
		for _, m := range members {
			if _, ok := g.index[m.key]; ok {
				continue
			}
			if len(g.keys) >= importer.MaxColumns {
				g.extra++
				continue
			}
			g.index[m.key] = len(g.keys)
			g.keys = append(g.keys, m.key)
		}
		return nil
	})
}

func (g *jsonGrid) title() string { return "Table (JSON)" }

func (g *jsonGrid) header() []string { return g.keys }

func (g *jsonGrid) resolve(s *importer.Survey) error {
	s.Options.Sheet, s.Sheets = g.path, g.sheets
	if g.path != topList {
		s.SourceKey += "#" + g.path
	}
	choices := []string{g.path}
	for _, sh := range g.sheets {
		if sh.Name != g.path && sh.Rows > 1 {
			choices = append(choices, sh.Name)
		}
	}
	if len(choices) > 1 {
		s.Notes = append(s.Notes, importer.Note{Level: importer.Question, Code: "sheet", Option: "sheet", Choices: choices,
			Text: fmt.Sprintf("The file has %d lists. “%s” was taken because it is the longest; choose another one if that is wrong.", len(choices), g.path)})
	}
	if g.extra > 0 {
		s.Notes = append(s.Notes, importer.Note{Level: importer.Warning, Code: "too_many_columns",
			Text: fmt.Sprintf("The objects have more than %d different members, which is the limit. The others are left out.", importer.MaxColumns)})
	}
	return nil
}

func (g *jsonGrid) each(ctx context.Context, yield func(record) error) error {
	n, line := 0, 0
	err := g.elements(ctx, func(e text.Element) error {
		n++
		line = e.Line
		return yield(g.record(n, e))
	})
	var fault *text.JSONError
	if !errors.As(err, &fault) {
		return err
	}
	// A file that ends early or breaks off: what came before counts.
	r := record{number: n + 1, line: max(line, fault.Line), refused: true}
	code, reason := "bad_json", fmt.Sprintf("The file is not valid JSON from line %d on (%v). Export it again.", fault.Line, fault.Err)
	if errors.Is(fault.Err, text.ErrCutOff) {
		code, reason = "cut_off", fmt.Sprintf("The file ends in the middle of the list, on line %d. It looks cut off: export it again.", fault.Line)
	}
	r.problems = []importer.Problem{{Line: r.line, Code: code, Reason: reason}}
	return yield(r)
}

func (g *jsonGrid) record(n int, e text.Element) record {
	r := record{number: n, line: e.Line}
	refuse := func(code, reason string) record {
		r.refused = true
		r.problems = []importer.Problem{{Line: r.line, Code: code, Reason: reason}}
		return r
	}
	if text.Depth(e.Raw) > importer.MaxDepth {
		return refuse("too_deep", fmt.Sprintf("The element is nested deeper than %d levels, which is the limit.", importer.MaxDepth))
	}
	raw := bytes.TrimSpace(e.Raw)
	switch {
	case raw[0] == '{':
		members, err := flatten(raw)
		if err != nil {
			return refuse("bad_json", fmt.Sprintf("The element cannot be read: %v.", err))
		}
		r.cells = make([][]string, len(g.keys))
		for _, m := range members {
			if i, ok := g.index[m.key]; ok {
				r.cells[i] = m.values
			}
		}
	case raw[0] == '[':
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil {
			return refuse("bad_json", fmt.Sprintf("The element cannot be read: %v.", err))
		}
		for _, v := range list[:min(len(list), importer.MaxColumns)] {
			r.cells = append(r.cells, plainValues(v))
		}
	default:
		r.cells = [][]string{plainValues(raw)}
	}
	g.limit(&r)
	return r
}

// limit empties cells that are too long.
func (g *jsonGrid) limit(r *record) {
	for i, c := range r.cells {
		for _, v := range c {
			if len(v) > importer.MaxCell {
				r.cells[i] = nil
				r.problems = append(r.problems, importer.Problem{Line: r.line, Column: fmt.Sprintf("Column %d", i+1), Code: "cell_too_long",
					Reason: fmt.Sprintf("The value is longer than %d bytes, which is the limit for one cell. It was left empty.", importer.MaxCell)})
				break
			}
		}
	}
}

// member is one value of an object, named by its path.
type member struct {
	key    string
	values []string
}

// flatten gives the members of an object in file order, those of objects inside
// it as "outer.inner".
func flatten(raw []byte) ([]member, error) {
	var out []member
	err := flattenInto(&out, "", raw, 1)
	return out, err
}

func flattenInto(out *[]member, prefix string, raw []byte, depth int) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if _, err := dec.Token(); err != nil {
		return err
	}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return err
		}
		name, _ := tok.(string)
		var v json.RawMessage
		if err := dec.Decode(&v); err != nil {
			return err
		}
		key := prefix + name
		if v[0] == '{' && depth < flattenDepth {
			if err := flattenInto(out, key+".", v, depth+1); err != nil {
				return err
			}
			continue
		}
		*out = append(*out, member{key, plainValues(v)})
	}
	return nil
}

// plainValues turns a JSON value into cell values: a text, number or truth is
// one, null none, a list one for each member. Objects in lists are known by
// their name; what has none is kept as JSON.
func plainValues(raw json.RawMessage) []string {
	raw = bytes.TrimSpace(raw)
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return nil
	case raw[0] == '"':
		var s string
		if json.Unmarshal(raw, &s) != nil || s == "" {
			return nil
		}
		return []string{s}
	case raw[0] == '[':
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil {
			return []string{string(raw)}
		}
		var out []string
		for _, v := range list {
			out = append(out, listed(v))
		}
		return out
	case raw[0] == '{' && len(raw) == 2:
		return nil
	}
	return []string{string(raw)}
}

// listed is one member of a list as a cell value.
func listed(raw json.RawMessage) string {
	raw = bytes.TrimSpace(raw)
	if len(raw) > 0 && raw[0] == '{' {
		var o map[string]json.RawMessage
		if json.Unmarshal(raw, &o) == nil {
			for _, k := range []string{"name", "title", "label", "login", "value", "text", "email", "id"} {
				if v := plainValues(o[k]); len(v) == 1 && o[k][0] != '{' && o[k][0] != '[' {
					return v[0]
				}
			}
		}
	}
	if len(raw) > 0 && (raw[0] == '[' || raw[0] == '{') {
		return string(raw)
	}
	return strings.Join(plainValues(raw), "")
}
