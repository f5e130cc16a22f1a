package app

import (
	"context"
	"encoding/json"
	"strings"

	"cairn"
	"cairn/internal/engine"
)

// ChangeWords is one change of a notice as people read it.
type ChangeWords struct {
	Attr, Name string
	// Old and New are "" for nothing. With both nothing, Name says all.
	Old, New string
	// Long changes have values that do not fit a notice.
	Long bool
}

// ChangeWords puts the changes of a notice into words, with the names that
// fields, options and people have now.
func (a *App) ChangeWords(ctx context.Context, n *cairn.Notice) ([]ChangeWords, error) {
	if len(n.Changes) == 0 {
		return nil, nil
	}
	if n.On == cairn.KindInsight || n.Kind == cairn.NoticeEvidence {
		return a.insightWords(n.Changes), nil
	}
	if n.On != cairn.KindIdea {
		return plainWords(n.Changes), nil
	}
	st, err := a.states.get(ctx, n.Project)
	if err != nil {
		return nil, err
	}
	w := wording{a.dir, st.state}
	p, _ := a.dir.Project(n.Project)
	var out []ChangeWords
	for _, c := range n.Changes {
		if c.Attr == cairn.AttrParts || c.Attr == cairn.AttrMergedInto {
			out = append(out, w.mergeWords(p.Key, c)...)
			continue
		}
		one := ChangeWords{Attr: c.Attr, Name: "A deleted field"}
		f, ok := builtinField(c.Attr)
		if !ok {
			f, ok = st.state.Field(cairn.Ref(c.Attr))
		}
		if ok {
			one.Name = f.Name
			one.Old, one.New = w.value(&f, c.Old), w.value(&f, c.New)
		}
		out = append(out, one.fitting(c))
	}
	return out, nil
}

// fitting leaves out values that were not kept with the change or have several
// lines.
func (w ChangeWords) fitting(c cairn.Change) ChangeWords {
	w.Long = cairn.IsNull(c.Old) && cairn.IsNull(c.New) || strings.Contains(w.Old+w.New, "\n")
	if w.Long {
		w.Old, w.New = "", ""
	}
	return w
}

// builtinField is what people call an attribute that every idea has.
func builtinField(attr string) (f cairn.Field, ok bool) {
	switch cairn.Ref(attr) {
	case cairn.RefTitle:
		return cairn.Field{Name: "Title", Type: cairn.TypeShortText}, true
	case cairn.RefDescription:
		return cairn.Field{Name: "Description", Type: cairn.TypeLongText}, true
	case cairn.RefArchived:
		return cairn.Field{Name: "Archived", Type: cairn.TypeCheckbox}, true
	case cairn.RefType:
		return cairn.Field{Name: "Type"}, true
	case cairn.RefParent:
		return cairn.Field{Name: "Parent", Type: cairn.TypeParent}, true
	}
	return f, false
}

// plainWords are the changes of a view or a project: what it is called with its
// values, the rest by name only and each once.
func plainWords(changes []cairn.Change) []ChangeWords {
	var out []ChangeWords
	known := make(map[string]bool)
	for _, c := range changes {
		one := ChangeWords{Attr: c.Attr, Long: true}
		switch c.Attr {
		case "name":
			one.Name, one.Long = "Name", false
			_ = json.Unmarshal(c.Old, &one.Old) // none: it had no name
			_ = json.Unmarshal(c.New, &one.New)
		case "description":
			one.Name = "Description"
		case "query":
			one.Name = "What it shows"
		case "archived", "access", "key", "icon", "locked":
			one.Name = strings.ToUpper(c.Attr[:1]) + c.Attr[1:]
		default:
			one.Attr, one.Name = "look", "How it looks"
		}
		if !known[one.Name] {
			known[one.Name] = true
			out = append(out, one)
		}
	}
	return out
}

// wording puts values of ideas into words.
type wording struct {
	dir   *Directory
	state *engine.State
}

// value returns a stored value as text. What it points at and is gone is a dash.
func (w wording) value(f *cairn.Field, raw json.RawMessage) string {
	if cairn.IsNull(raw) {
		return ""
	}
	if f.Type != "" {
		if v, err := cairn.ParseValue(f, raw); err == nil {
			return w.parsed(f, v, raw)
		}
	}
	return w.loose(f, raw)
}

func (w wording) parsed(f *cairn.Field, v cairn.Value, raw json.RawMessage) string {
	switch v.Kind {
	case cairn.KindText:
		return v.Text
	case cairn.KindNumber:
		if r, ok := v.Range(); ok {
			return number(r.Low) + " to " + number(r.High) + ", likely " + number(v.Num)
		}
		return number(v.Num)
	case cairn.KindBool:
		return yesNo(v.Num != 0)
	case cairn.KindDate:
		return v.Day.String()
	case cairn.KindInterval:
		return v.Interval.Start.String() + " to " + v.Interval.End.String()
	case cairn.KindRefID, cairn.KindRefIDs:
		return w.names(f, v.IDs)
	case cairn.KindTexts:
		return strings.Join(v.Texts, ", ")
	}
	return w.loose(f, raw)
}

// loose words what its field would no longer take, such as an option that is gone.
func (w wording) loose(f *cairn.Field, raw json.RawMessage) string {
	var id cairn.ID
	var ids []cairn.ID
	var text string
	var yes bool
	switch {
	case json.Unmarshal(raw, &yes) == nil:
		return yesNo(yes)
	case json.Unmarshal(raw, &text) == nil:
		return text
	case json.Unmarshal(raw, &id) == nil:
		return w.names(f, []cairn.ID{id})
	case json.Unmarshal(raw, &ids) == nil:
		return w.names(f, ids)
	}
	return "—"
}

func (w wording) names(f *cairn.Field, ids []cairn.ID) string {
	var names []string
	for _, id := range ids {
		name := ""
		switch f.Type {
		case cairn.TypePerson, cairn.TypePeople:
			name = w.dir.Name(id)
		case cairn.TypeConnection, cairn.TypeParent:
			name, _, _ = w.state.Title(id)
		default:
			for i := range f.Options {
				if f.Options[i].ID == id {
					name = f.Options[i].Name
				}
			}
			if t, ok := w.state.IdeaType(id); ok && f.Type == "" {
				name = t.Name
			}
		}
		if name == "" {
			name = "—"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

func number(n float64) string { return string(cairn.AppendJSONNumber(nil, n)) }

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
