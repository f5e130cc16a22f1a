package engine_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/engine"
)

// Scripts in testdata/*.txt make ideas and say what views of them give. Lines:
//
//	today 2026-11-23
//	person 11 Ann                  the first person is the viewer
//	field Impact rating            a field; select fields list their options
//	field Stage select Now=3,Next:blue=2,Later     with weights and colours
//	formula Score weighted {…}     a formula with fields by name
//	type Outcome root              a type of ideas, of the top of the tree or not
//	set Alpha | Impact=5           changes an idea; "remove Alpha" removes it
//	idea Alpha | Impact=5 | Stage=Now | Due="2026-11-30" | archived
//	comment Alpha
//	view {…}                       a query in JSON, with fields and options by name
//	colorby Stage                  before a view: its rows are coloured by a field
//	  ideas Alpha, Beta            expectations about the view above
//	  tree Alpha -(Beta) | Gamma   depth by hyphens, muted in brackets, orphans last
//	  groups Now 2, Next 1
//	  rollups 12, null             of the whole view; "rollups Now: 5" of a group
//	  cells Score: 100, null
//	  colors Alpha red             with "color red {…}" lines before the view
//	  error part of the message
type script struct {
	t      *testing.T
	w      *world
	file   string
	line   int
	fields map[string]cairn.Field
	ideas  map[string]cairn.ID
	types  map[string]cairn.ID
	env    engine.Env
	colors []cairn.ColorRule
	by     cairn.Ref
	query  cairn.Query
	res    *engine.Result
	err    error
}

func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			w := newWorld()
			w.nextID = 100
			w.names = &names{byID: map[cairn.ID]string{}}
			s := &script{t: t, w: w, file: file, fields: map[string]cairn.Field{}, ideas: map[string]cairn.ID{}, types: map[string]cairn.ID{}}
			s.env.People = w.names
			for i, line := range strings.Split(string(raw), "\n") {
				s.line = i + 1
				if text := strings.TrimSpace(line); text != "" && text[0] != '#' {
					s.run(text)
				}
			}
		})
	}
}

func (s *script) fail(format string, args ...any) {
	s.t.Helper()
	s.t.Errorf("%s:%d: %s", s.file, s.line, fmt.Sprintf(format, args...))
}

func (s *script) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("%s:%d: %v", s.file, s.line, err)
	}
}

func (s *script) run(text string) {
	word, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "today":
		day, ok := cairn.ParseDay(rest)
		if !ok {
			s.t.Fatalf("%s:%d: no day", s.file, s.line)
		}
		s.env.Today = day
	case "person":
		var id cairn.ID
		var name string
		_, err := fmt.Sscan(rest, &id, &name)
		s.must(err)
		s.w.names.byID[id] = name
		s.w.names.rev++
		if s.env.Viewer == 0 {
			s.env.Viewer = id
		}
	case "field", "formula":
		s.field(word, rest)
	case "type":
		name, root, _ := strings.Cut(rest, " ")
		id, c := s.w.create(cairn.KindIdeaType, 0, attrs(s.t, cairn.IdeaType{Name: name, Color: "red", Root: root == "root", Position: float64(len(s.types))}))
		s.types[name] = id
		s.w.commit(s.t, c)
	case "set":
		s.set(rest)
	case "remove":
		s.w.commit(s.t, s.w.remove(s.ideas[rest]))
	case "idea":
		s.idea(rest)
	case "comment":
		_, c := s.w.create(cairn.KindComment, s.ideas[rest], cairn.Attrs{})
		s.w.commit(s.t, c)
	case "color":
		color, when, _ := strings.Cut(rest, " ")
		rule := cairn.ColorRule{Color: color}
		s.must(json.Unmarshal([]byte(when), &rule.When))
		s.named(&rule.When)
		s.colors = append(s.colors, rule)
	case "colorby":
		s.by = s.ref(cairn.Ref(rest))
	case "view":
		s.view(rest)
	default:
		s.expect(word, rest)
	}
}

func (s *script) field(word, rest string) {
	parts := strings.SplitN(rest, " ", 3)
	f := cairn.Field{Name: parts[0], Type: cairn.FieldType(parts[1]), Position: float64(len(s.fields))}
	if word == "formula" {
		f.Type = cairn.TypeFormula
		f.Formula = &cairn.Formula{}
		s.must(json.Unmarshal([]byte(parts[2]), f.Formula))
		f.Formula.Kind = cairn.FormulaKind(parts[1])
		for i, in := range f.Formula.Inputs {
			f.Formula.Inputs[i].Field = s.ref(in.Field)
		}
	} else if len(parts) == 3 {
		for i, option := range strings.Split(parts[2], ",") {
			name, weight, weighted := strings.Cut(option, "=")
			name, color, colored := strings.Cut(name, ":")
			if !colored {
				color = "red"
			}
			o := cairn.Option{ID: s.w.nextID*100 + cairn.ID(i), Name: name, Color: color}
			if weighted {
				o.Weight = new(int64)
				_, err := fmt.Sscan(weight, o.Weight)
				s.must(err)
			}
			f.Options = append(f.Options, o)
		}
	}
	s.must(f.Validate())
	id, c := s.w.create(cairn.KindField, 0, attrs(s.t, f))
	f.ID = id
	s.fields[f.Name] = f
	s.w.commit(s.t, c)
	if f.Formula != nil {
		s.must(s.w.state.CheckFormula(f))
	}
}

func (s *script) idea(rest string) {
	parts := strings.Split(rest, " | ")
	title := strings.TrimSpace(parts[0])
	n := len(s.ideas) + 1
	a := attrs(s.t, map[string]any{
		"title": title, "number": n, "rank": fmt.Sprintf("a%03d", n), "createdAt": "2026-11-20T12:00:00Z", "updatedAt": "2026-11-20T12:00:00Z",
	})
	for _, part := range parts[1:] {
		a.Set(s.attr(part))
	}
	id, c := s.w.create(cairn.KindIdea, 0, a)
	s.ideas[title] = id
	s.w.commit(s.t, c)
}

// attr reads Impact=5, archived, parent=Alpha or type=Outcome.
func (s *script) attr(part string) (name string, value json.RawMessage) {
	name, text, _ := strings.Cut(strings.TrimSpace(part), "=")
	f, ok := s.fields[name]
	switch {
	case name == "archived" && text == "":
		return name, json.RawMessage("true")
	case name == "parent":
		return name, json.RawMessage(s.ideas[text].String())
	case name == "type":
		return name, json.RawMessage(s.types[text].String())
	case ok:
		return string(f.Ref()), s.valueOf(f, json.RawMessage(text))
	}
	return name, json.RawMessage(text)
}

func (s *script) set(rest string) {
	parts := strings.Split(rest, " | ")
	var changes []cairn.Change
	for _, part := range parts[1:] {
		name, value := s.attr(part)
		changes = append(changes, s.w.set(s.ideas[strings.TrimSpace(parts[0])], name, value))
	}
	s.w.commit(s.t, changes...)
}

// tree writes the shape of a tree.
func (s *script) tree() string {
	t := s.res.Tree
	if t == nil {
		return "no tree"
	}
	var out []string
	for at, id := range t.IDs {
		if at == len(t.IDs)-t.Orphans {
			out = append(out, "|")
		}
		title, _, _ := s.w.state.Title(id)
		if slices.Contains(t.Muted, int32(at)) {
			title = "(" + title + ")"
		}
		out = append(out, strings.Repeat("-", int(t.Depths[at]))+title)
	}
	return strings.Join(out, " ")
}

// valueOf replaces names of options by their ids, and checks the value.
func (s *script) valueOf(f cairn.Field, raw json.RawMessage) json.RawMessage {
	var v any
	if json.Unmarshal(raw, &v) == nil && len(f.Options) > 0 {
		raw, _ = json.Marshal(byName(f, v))
	} else if o, ok := f.OptionNamed(string(raw)); ok {
		raw = json.RawMessage(o.ID.String())
	}
	value, err := cairn.ParseValue(&f, raw)
	s.must(err)
	return value.AppendJSON(nil)
}

func byName(f cairn.Field, v any) any {
	switch v := v.(type) {
	case string:
		if o, ok := f.OptionNamed(v); ok {
			return o.ID
		}
	case []any:
		for i := range v {
			v[i] = byName(f, v[i])
		}
	}
	return v
}

// ref turns a field's name into its reference; others stay.
func (s *script) ref(name cairn.Ref) cairn.Ref {
	if f, ok := s.fields[string(name)]; ok {
		return f.Ref()
	}
	return name
}

// named replaces names of fields and options in a filter.
func (s *script) named(f *cairn.Filter) {
	for i := range f.All {
		s.named(&f.All[i])
	}
	for i := range f.Any {
		s.named(&f.Any[i])
	}
	if f.Not != nil {
		s.named(f.Not)
	}
	if field, ok := s.fields[string(f.Field)]; ok && len(field.Options) > 0 && f.Value != nil {
		var v any
		s.must(json.Unmarshal(f.Value, &v))
		f.Value, _ = json.Marshal(byName(field, v))
	}
	f.Field = s.ref(f.Field)
}

func (s *script) view(text string) {
	s.query = cairn.Query{}
	s.must(json.Unmarshal([]byte(text), &s.query))
	q := &s.query
	s.named(&q.Filter)
	for i := range q.Sort {
		q.Sort[i].Field = s.ref(q.Sort[i].Field)
	}
	for i := range q.Group {
		if f, ok := s.fields[string(q.Group[i].Field)]; ok && len(f.Options) > 0 {
			s.optionKeys(f, q.Group[i].Order)
			s.optionKeys(f, q.Group[i].Hidden)
		}
		q.Group[i].Field = s.ref(q.Group[i].Field)
	}
	for i := range q.Rollups {
		q.Rollups[i].Field = s.ref(q.Rollups[i].Field)
	}
	columns := []cairn.Ref{cairn.RefTitle, cairn.RefComments}
	for _, f := range s.w.state.Fields() {
		columns = append(columns, f.Ref())
	}
	s.res, s.err = s.w.state.Eval(engine.Request{Query: *q, Columns: columns, Limit: -1, Colors: s.colors, ColorBy: s.by, Env: s.env})
	s.colors, s.by = nil, ""
	if wrong := shownWrongly(s.w.state, *q, s.env, s.w.of(cairn.KindIdea)); wrong != "" {
		s.t.Errorf("%s:%d: %s", s.file, s.line, wrong)
	}
}

// optionKeys replaces names of options among the keys of groups.
func (s *script) optionKeys(f cairn.Field, keys []json.RawMessage) {
	for i, raw := range keys {
		var v any
		s.must(json.Unmarshal(raw, &v))
		keys[i], _ = json.Marshal(byName(f, v))
	}
}

func (s *script) expect(word, rest string) {
	if word == "error" {
		if s.err == nil || !strings.Contains(s.err.Error(), rest) {
			s.fail("the error is %v, want %q", s.err, rest)
		} else if cairn.CodeOf(s.err) != cairn.CodeInvalid {
			s.fail("the error's code is %q", cairn.CodeOf(s.err))
		}
		return
	}
	if s.err != nil {
		s.fail("unexpected error: %v", s.err)
		return
	}
	var got string
	switch word {
	case "ideas":
		got = s.titles()
	case "tree":
		got = s.tree()
	case "total":
		got = fmt.Sprint(s.res.Total)
	case "groups":
		got = groupText(s.res.Groups)
	case "rollups":
		rollups := s.res.Rollups
		if label, _, ok := strings.Cut(rest, ": "); ok {
			i := slices.IndexFunc(s.res.Groups, func(g engine.Group) bool { return g.Label == label })
			if i < 0 {
				s.fail("there is no group %q in %s", label, groupText(s.res.Groups))
				return
			}
			rollups = s.res.Groups[i].Rollups
			got = label + ": "
		}
		got += rollupText(rollups)
	case "cells":
		name, _, _ := strings.Cut(rest, ":")
		got = name + ": " + s.cells(s.ref(cairn.Ref(name)))
	case "colors":
		for i := range s.res.Len() {
			got += ", " + orDash(s.res.Color(i))
		}
		got = strings.TrimPrefix(got, ", ")
	case "warning":
		got = strings.Join(s.res.Warnings, "; ")
	default:
		s.t.Fatalf("%s:%d: unknown line %q", s.file, s.line, word)
	}
	if got != rest {
		s.fail("%s %s\nwant %s", word, got, rest)
	}
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func (s *script) titles() string {
	var out []string
	for i := range s.res.Len() {
		out = append(out, s.res.Cell(i, 0).Value.Text)
	}
	return strings.Join(out, ", ")
}

func groupText(groups []engine.Group) string {
	var out []string
	for _, g := range groups {
		text := fmt.Sprintf("%s %d", g.Label, g.Count)
		if g.Groups != nil {
			text += " (" + groupText(g.Groups) + ")"
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

func rollupText(rollups []engine.RollupValue) string {
	var out []string
	for _, r := range rollups {
		out = append(out, string(r.Value.AppendJSON(nil)))
	}
	return strings.Join(out, ", ")
}

// cells writes a column as it goes over the wire, ids of options as names.
func (s *script) cells(ref cairn.Ref) string {
	var answer struct {
		Columns []cairn.Ref
		Rows    [][]json.RawMessage
	}
	s.must(json.Unmarshal(s.res.AppendJSON(nil), &answer))
	at := slices.Index(answer.Columns, ref)
	if at < 0 {
		s.t.Fatalf("%s:%d: no column %q", s.file, s.line, ref)
	}
	var out []string
	for _, row := range answer.Rows {
		text := string(row[5+at])
		for _, f := range s.fields {
			text = strings.ReplaceAll(text, `"`+string(f.Ref())+`"`, f.Name)
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}
