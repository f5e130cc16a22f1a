package cairn

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Idea is the unit of a backlog: an opportunity, a problem, a solution, a
// request.
type Idea struct {
	ID          ID
	Project     ID
	Version     int64
	Number      int64
	Title       string
	Description string // Markdown
	CreatedAt   time.Time
	CreatedBy   ID
	UpdatedAt   time.Time
	UpdatedBy   ID
	// Rank is the manual order: a fractional index, compared byte by byte.
	Rank     string
	Archived bool
	// Type is the idea's type, 0 for none.
	Type ID
	// ParentIdea is the idea it stands under, of the same project; 0 for none.
	ParentIdea ID
	// Cover is the attached image that stands for the idea on boards, 0 for none.
	Cover ID
	// Source and SourceID say where an imported idea came from.
	Source   string
	SourceID string
	// Values are the custom fields' values in their JSON form, by Ref.
	Values map[Ref]json.RawMessage
}

type ideaAttrs struct {
	Number    int64     `json:"number"`
	Title     string    `json:"title"`
	CreatedAt time.Time `json:"createdAt"`
	CreatedBy ID        `json:"createdBy,omitempty"`
	UpdatedAt time.Time `json:"updatedAt"`
	UpdatedBy ID        `json:"updatedBy,omitempty"`
	Rank      string    `json:"rank"`
	Archived  bool      `json:"archived,omitempty"`
	Type      ID        `json:"type,omitempty"`
	Parent    ID        `json:"parent,omitempty"`
	Cover     ID        `json:"coverImage,omitempty"`
	Source    string    `json:"source,omitempty"`
	SourceID  string    `json:"sourceId,omitempty"`
}

// Entity returns the idea's stored form.
func (i *Idea) Entity() (Entity, error) {
	attrs := make(Attrs, 12+len(i.Values))
	attrs["number"] = strconv.AppendInt(nil, i.Number, 10)
	attrs["title"] = AppendJSONString(nil, i.Title)
	attrs["rank"] = AppendJSONString(nil, i.Rank)
	for _, at := range [...]struct {
		name string
		t    time.Time
	}{{"createdAt", i.CreatedAt}, {"updatedAt", i.UpdatedAt}} {
		raw, err := TimeJSON(at.t)
		if err != nil {
			return Entity{}, err
		}
		attrs[at.name] = raw
	}
	for _, ref := range [...]struct {
		name string
		id   ID
	}{{"createdBy", i.CreatedBy}, {"updatedBy", i.UpdatedBy}, {"type", i.Type}, {"parent", i.ParentIdea}, {string(RefCover), i.Cover}} {
		if ref.id != 0 {
			attrs[ref.name] = strconv.AppendInt(nil, int64(ref.id), 10)
		}
	}
	for _, from := range [...]struct{ name, text string }{{"source", i.Source}, {"sourceId", i.SourceID}} {
		if from.text != "" {
			attrs[from.name] = AppendJSONString(nil, from.text)
		}
	}
	if i.Archived {
		attrs["archived"] = json.RawMessage("true")
	}
	for ref, v := range i.Values {
		attrs.Set(string(ref), v)
	}
	return Entity{
		ID: i.ID, Kind: KindIdea, Project: i.Project, Version: i.Version,
		Attrs: attrs, Text: i.Description,
	}, nil
}

// TimeJSON is a moment in UTC as a JSON text, as encoding/json writes it.
func TimeJSON(t time.Time) (json.RawMessage, error) {
	if y := t.UTC().Year(); y < 0 || y > 9999 {
		return t.UTC().MarshalJSON() // says why not
	}
	raw := make([]byte, 1, len(time.RFC3339Nano)+2)
	raw[0] = '"'
	return append(t.UTC().AppendFormat(raw, time.RFC3339Nano), '"'), nil
}

// read reads one attribute in the form in which it is stored; ok is false for
// any other form.
func (a *ideaAttrs) read(name string, v json.RawMessage) (ok bool) {
	switch name {
	case "number":
		a.Number, ok = digits(v)
	case "title":
		a.Title, ok = quoted(v)
	case "createdAt":
		ok = a.CreatedAt.UnmarshalJSON(v) == nil
	case "createdBy":
		n, digits := digits(v)
		a.CreatedBy, ok = ID(n), digits
	case "updatedAt":
		ok = a.UpdatedAt.UnmarshalJSON(v) == nil
	case "updatedBy":
		n, digits := digits(v)
		a.UpdatedBy, ok = ID(n), digits
	case "rank":
		a.Rank, ok = quoted(v)
	case "archived":
		a.Archived, ok = true, string(v) == "true"
	case "type":
		n, digits := digits(v)
		a.Type, ok = ID(n), digits
	case "parent":
		n, digits := digits(v)
		a.Parent, ok = ID(n), digits
	case string(RefCover):
		n, digits := digits(v)
		a.Cover, ok = ID(n), digits
	case "source":
		a.Source, ok = quoted(v)
	case "sourceId":
		a.SourceID, ok = quoted(v)
	default:
		ok = true
	}
	return ok
}

func digits(v []byte) (int64, bool) {
	n, err := strconv.ParseInt(string(v), 10, 64)
	return n, err == nil
}

// quoted reads a JSON string that is known to be valid.
func quoted(v []byte) (string, bool) {
	if len(v) < 2 || v[0] != '"' || v[len(v)-1] != '"' {
		return "", false
	}
	return UnquoteJSON(v[1 : len(v)-1]), true
}

// builtIn is how many attributes of an idea are no values of fields, mostly.
const builtIn = 7

// IdeaOf reads an idea from its stored form.
func IdeaOf(e Entity) (Idea, error) {
	var a ideaAttrs
	values := make(map[Ref]json.RawMessage, max(0, len(e.Attrs)-builtIn))
	plain := true
	for name, v := range e.Attrs {
		if _, ok := Ref(name).FieldID(); ok {
			values[Ref(name)] = v
			continue
		}
		plain = plain && a.read(name, v)
	}
	if !plain { // encoding/json knows every form, and names what is wrong
		a = ideaAttrs{}
		if err := e.Attrs.Decode(&a); err != nil {
			return Idea{}, err
		}
	}
	return Idea{
		ID: e.ID, Project: e.Project, Version: e.Version, Number: a.Number,
		Title: a.Title, Description: e.Text, CreatedAt: a.CreatedAt, CreatedBy: a.CreatedBy,
		UpdatedAt: a.UpdatedAt, UpdatedBy: a.UpdatedBy, Rank: a.Rank, Archived: a.Archived, Type: a.Type, ParentIdea: a.Parent, Cover: a.Cover,
		Source: a.Source, SourceID: a.SourceID, Values: values,
	}, nil
}

// CleanTitle trims a title and folds line breaks; it refuses an empty or
// overlong one.
func CleanTitle(s string) (string, error) {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), " ")
	s = strings.TrimSpace(s)
	switch n := utf8.RuneCountInString(s); {
	case s == "":
		return "", Invalid("title", "An idea needs a title")
	case !utf8.ValidString(s):
		return "", Invalid("title", "The title is not valid UTF-8")
	case n > MaxTitle:
		return "", Invalid("title", "The title has %d characters; at most %d fit. Put the rest into the description", n, MaxTitle)
	}
	return s, nil
}

// CheckDescription refuses a description that is too long or not text.
func CheckDescription(s string) error {
	switch {
	case !utf8.ValidString(s):
		return Invalid("description", "The description is not valid UTF-8")
	case len(s) > MaxLongText:
		return Invalid("description", "The description has %d bytes; at most %d fit", len(s), MaxLongText)
	}
	return CheckMentions("description", s)
}
