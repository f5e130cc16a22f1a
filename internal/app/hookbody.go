package app

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"time"

	"cairn"
)

// Bounds of a message: how large it is, how long one value is in it, and how
// many things of a change set are named.
const (
	maxHookBody    = 256 << 10
	maxHookValue   = 16 << 10
	maxHookChanges = 1000
	hookVersion    = 1
)

// The types of messages.
const (
	hookTypeChanges = "changes"
	hookTypeTest    = "test"
)

// hookPayload is what a webhook sends (HOOK-6).
type hookPayload struct {
	Type      string    `json:"type"`
	Version   int       `json:"version"`
	Timestamp time.Time `json:"timestamp"`
	Data      hookData  `json:"data"`
}

type hookData struct {
	Workspace hookThing  `json:"workspace"`
	Project   *hookThing `json:"project,omitempty"`
	Seq       int64      `json:"seq,omitempty"`
	Actor     *hookThing `json:"actor,omitempty"`
	Reason    string     `json:"reason,omitempty"`
	Origin    string     `json:"origin,omitempty"`
	Group     string     `json:"group,omitempty"`
	Text      string     `json:"text,omitempty"`
	Changes   []hookSaid `json:"changes,omitempty"`
	// Omitted counts the changes that the message has no room for.
	Omitted int `json:"omitted,omitempty"`
}

// hookThing is something by its id, with what people call it and where it is.
type hookThing struct {
	Kind cairn.Kind `json:"kind,omitempty"`
	ID   cairn.ID   `json:"id,omitempty"`
	Key  string     `json:"key,omitempty"`
	Name string     `json:"name,omitempty"`
	URL  string     `json:"url,omitempty"`
}

// hookSaid is one change.
type hookSaid struct {
	hookThing
	// On is the idea that it hangs on.
	On     *hookThing `json:"on,omitempty"`
	Change string     `json:"change"` // created, changed, deleted
	// Attr is absent of what was created or deleted; Field is what people call it.
	Attr  string `json:"attr,omitempty"`
	Field string `json:"field,omitempty"`
	// Old and New are the stored values, OldText and NewText as people read them.
	Old     json.RawMessage `json:"old,omitempty"`
	New     json.RawMessage `json:"new,omitempty"`
	OldText string          `json:"oldText,omitempty"`
	NewText string          `json:"newText,omitempty"`
	// Long says that values are left out since they are too long.
	Long bool `json:"long,omitempty"`
}

// hookBody puts a change set into a message, with the names of now.
func (a *App) hookBody(ctx context.Context, set *cairn.ChangeSet) ([]byte, error) {
	w := hookWriter{a: a, set: set, things: make(map[cairn.ID]hookThing), parents: make(map[cairn.ID]cairn.ID)}
	out := hookPayload{Type: hookTypeChanges, Version: hookVersion, Timestamp: set.At, Data: hookData{
		Workspace: a.hookWorkspace(), Seq: set.Seq, Reason: set.Reason, Origin: set.Origin, Group: set.Group,
	}}
	if p, ok := a.dir.Project(set.Project); ok {
		out.Data.Project = &hookThing{ID: p.ID, Key: p.Key, Name: p.Name, URL: a.base + "/p/" + p.Key}
	}
	if set.Actor != 0 {
		out.Data.Actor = &hookThing{ID: set.Actor, Name: a.dir.Name(set.Actor)}
	}
	size := 0
	for i, c := range set.Changes {
		if i >= maxHookChanges || size > maxHookBody {
			out.Data.Omitted = len(set.Changes) - i
			break
		}
		said, err := w.said(ctx, c)
		if err != nil {
			return nil, err
		}
		out.Data.Changes = append(out.Data.Changes, said)
		size += len(said.Old) + len(said.New) + len(said.OldText) + len(said.NewText) + 300
	}
	return plainJSON(out)
}

// hookTest is the message that an administrator sends to try a webhook.
func (a *App) hookTest(by Caller, h cairn.Hook) ([]byte, error) {
	out := hookPayload{Type: hookTypeTest, Version: hookVersion, Timestamp: a.now().UTC(), Data: hookData{
		Workspace: a.hookWorkspace(), Text: "A test of the webhook " + h.Name + ". Nothing was changed.",
	}}
	if p, ok := a.dir.Project(h.Project); ok {
		out.Data.Project = &hookThing{ID: p.ID, Key: p.Key, Name: p.Name, URL: a.base + "/p/" + p.Key}
	}
	if by.User != 0 {
		out.Data.Actor = &hookThing{ID: by.User, Name: a.dir.Name(by.User)}
	}
	return plainJSON(out)
}

func (a *App) hookWorkspace() hookThing {
	w := a.dir.Workspace()
	return hookThing{ID: w.ID, Name: w.Name, URL: a.base}
}

// plainJSON encodes without the escapes for HTML, on one line.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// hookWriter finds the names of what one change set speaks of, each once.
type hookWriter struct {
	a       *App
	set     *cairn.ChangeSet
	things  map[cairn.ID]hookThing
	parents map[cairn.ID]cairn.ID
}

func (w *hookWriter) said(ctx context.Context, c cairn.Change) (hookSaid, error) {
	out := hookSaid{Change: "changed", Attr: c.Attr, Old: c.Old, New: c.New}
	switch {
	case c.Created():
		out.Change = "created"
	case c.Deleted():
		out.Change = "deleted"
	}
	var err error
	if out.hookThing, err = w.thing(ctx, c); err != nil {
		return out, err
	}
	if parent := w.parents[c.ID]; parent != 0 && c.Kind != cairn.KindIdea {
		if on, ok, err := w.idea(ctx, parent); err != nil {
			return out, err
		} else if ok {
			out.On = &on
		}
	}
	if c.Attr != "" {
		if err := w.words(ctx, c, &out); err != nil {
			return out, err
		}
	}
	if len(out.Old) > maxHookValue || len(out.New) > maxHookValue {
		out.Old, out.New, out.OldText, out.NewText, out.Long = nil, nil, "", "", true
	}
	if cairn.IsNull(out.Old) {
		out.Old = nil
	}
	if cairn.IsNull(out.New) {
		out.New = nil
	}
	return out, nil
}

// words name the field of a change and its values.
func (w *hookWriter) words(ctx context.Context, c cairn.Change, out *hookSaid) error {
	if c.Kind != cairn.KindIdea {
		return nil
	}
	st, err := w.a.states.get(ctx, w.set.Project)
	if err != nil {
		return ignoreGone(err)
	}
	f, ok := builtinField(c.Attr)
	if !ok {
		f, ok = st.state.Field(cairn.Ref(c.Attr))
	}
	if !ok {
		return nil
	}
	in := wording{w.a.dir, st.state}
	out.Field, out.OldText, out.NewText = f.Name, in.value(&f, c.Old), in.value(&f, c.New)
	return nil
}

// ignoreGone passes over what was deleted since: it has no names any more.
func ignoreGone(err error) error {
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		return nil
	}
	return err
}

// thing is what a change is about.
func (w *hookWriter) thing(ctx context.Context, c cairn.Change) (hookThing, error) {
	if known, ok := w.things[c.ID]; ok {
		return known, nil
	}
	out := hookThing{Kind: c.Kind, ID: c.ID}
	if c.Kind == cairn.KindIdea {
		idea, ok, err := w.idea(ctx, c.ID)
		if err != nil {
			return out, err
		}
		if ok && !c.Deleted() {
			w.things[c.ID] = idea
			return idea, nil
		}
	}
	attrs, err := w.attrs(ctx, c)
	if err != nil {
		return out, err
	}
	for _, name := range []string{"name", "title"} {
		if out.Name == "" {
			out.Name = attrs.Text(name)
		}
	}
	p, _ := w.a.dir.Project(w.set.Project)
	switch c.Kind {
	case cairn.KindIdea:
		var number int64
		if json.Unmarshal(attrs["number"], &number) == nil && p.Key != "" {
			out.Key = cairn.IdeaKey(p.Key, number)
		}
	case cairn.KindProject:
		out.Key = attrs.Text("key")
		out.URL = w.a.base + "/p/" + out.Key
	case cairn.KindView:
		out.URL = w.a.base + "/p/" + p.Key + "/v/" + c.ID.String()
	case cairn.KindInsight:
		out.URL = w.a.base + insightPath(p, c.ID)
	}
	if c.Deleted() {
		out.URL = ""
	}
	w.things[c.ID] = out
	return out, nil
}

// attrs are those of a thing, from the change itself where it is whole.
func (w *hookWriter) attrs(ctx context.Context, c cairn.Change) (cairn.Attrs, error) {
	whole := c.New
	if c.Deleted() {
		whole = c.Old
	}
	if c.Attr == "" {
		s, err := cairn.ParseSnapshot(whole)
		w.parents[c.ID] = s.Parent
		return s.Attrs, err
	}
	e, err := w.a.store.Entity(ctx, c.ID)
	if err != nil {
		return nil, ignoreGone(err)
	}
	w.parents[c.ID] = e.Parent
	return e.Attrs, nil
}

// idea is an idea of the change set's project; ok is false for anything else.
func (w *hookWriter) idea(ctx context.Context, id cairn.ID) (hookThing, bool, error) {
	p, ok := w.a.dir.Project(w.set.Project)
	if !ok {
		return hookThing{}, false, nil
	}
	st, err := w.a.states.get(ctx, p.ID)
	if err != nil {
		return hookThing{}, false, ignoreGone(err)
	}
	title, number, ok := st.state.Title(id)
	if !ok {
		return hookThing{}, false, nil
	}
	key := cairn.IdeaKey(p.Key, number)
	return hookThing{Kind: cairn.KindIdea, ID: id, Key: key, Name: strings.TrimSpace(title), URL: w.a.base + "/i/" + key}, true, nil
}
