package app

import (
	"context"
	"encoding/json"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/store"
)

// IdeaPatch changes what is not nil.
type IdeaPatch struct {
	Title       *string
	Description *string
	Archived    *bool
	Values      map[cairn.Ref]json.RawMessage
	Move        *Move
	// Type and Parent are 0 for none.
	Type, Parent *cairn.ID
	// Cover is an image attached to the idea, 0 for none.
	Cover *cairn.ID
	// Version, when not 0, is what the caller last saw of the idea.
	Version int64
}

// authorise checks every right that the patch needs and cleans its values.
func (a *App) authorisePatch(by Caller, p cairn.Project, st *engine.State, in *IdeaPatch) error {
	target := a.target(by, p)
	need := func(verb cairn.Verb) error {
		if !cairn.Can(by.Actor, verb, target) {
			return refusal(by, verb, target)
		}
		return nil
	}
	if in.Title != nil || in.Description != nil || in.Move != nil || in.Type != nil || in.Parent != nil || in.Cover != nil {
		if err := need(cairn.EditIdea); err != nil {
			return err
		}
	}
	if in.Move != nil {
		if err := a.authoriseMove(by, p, in.Move); err != nil {
			return err
		}
	}
	if in.Archived != nil {
		if err := need(cairn.ArchiveIdea); err != nil {
			return err
		}
	}
	if in.Title != nil {
		clean, err := cairn.CleanTitle(*in.Title)
		if err != nil {
			return err
		}
		in.Title = &clean
	}
	if in.Description != nil {
		if err := cairn.CheckDescription(*in.Description); err != nil {
			return err
		}
	}
	if in.Type != nil {
		if err := checkType(st, *in.Type); err != nil {
			return err
		}
	}
	values, err := a.checkValues(by, p, st, in.Values)
	in.Values = values
	return err
}

// UpdateIdea changes one idea and returns it as it is now.
func (a *App) UpdateIdea(ctx context.Context, by Caller, id cairn.ID, in IdeaPatch) (cairn.Idea, error) {
	p, err := a.readableIdea(ctx, by, id, cairn.ReadProject)
	if err != nil {
		return cairn.Idea{}, err
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return cairn.Idea{}, err
	}
	if err := a.authorisePatch(by, p, st.state, &in); err != nil {
		return cairn.Idea{}, err
	}
	var now cairn.Entity
	outside := a.findStrangers(ctx, by, st.state, in.Values)
	fields := st.state.Fields() // here, since writers wait for each other
	_, err = a.write(ctx, by, p.ID, func(tx store.Tx) error {
		place, err := placeIdeas(tx, st.state, in.Move, []cairn.ID{id})
		if err != nil {
			return err
		}
		now, err = patching{a, tx, by, place, outside, fields, asked(by, p)}.idea(id, &in)
		return err
	}, id)
	if err != nil {
		return cairn.Idea{}, err
	}
	return cairn.IdeaOf(now) // here, since writers wait for each other
}

// patching applies checked patches inside one transaction.
type patching struct {
	app *App
	tx  store.Tx
	by  Caller
	// place is where ideas go that the patches move.
	place placement
	// outside are the ideas that may not be added to connection fields.
	outside strangers
	// fields of the project, for the rules between them.
	fields []cairn.Field
	// asked are the changes that need a reason and came without one.
	asked []cairn.ReasonRule
}

// idea applies a patch to one idea and returns it as it is then.
func (p patching) idea(id cairn.ID, in *IdeaPatch) (cairn.Entity, error) {
	e, err := p.tx.Entity(id)
	if err != nil {
		return e, err
	}
	if err := checkVersion(e, in.Version); err != nil {
		return e, err
	}
	if err := p.app.mergedAway(p.tx, p.by, e); err != nil {
		return e, err
	}
	before := e.Attrs
	e.Attrs = cloneAttrs(before)
	text := e.Text
	if in.Title != nil {
		e.Attrs.Set("title", cairn.AppendJSONString(nil, *in.Title))
	}
	if in.Description != nil {
		if err := p.mentioned(e, *in.Description); err != nil {
			return e, err
		}
		e.Text = *in.Description
	}
	if in.Archived != nil {
		setFlag(e.Attrs, "archived", *in.Archived)
	}
	for ref, v := range in.Values {
		e.Attrs.Set(string(ref), v)
	}
	if err := p.outside.admit(id, before, e.Attrs); err != nil {
		return e, err
	}
	if in.Type != nil {
		setID(e.Attrs, string(cairn.RefType), *in.Type)
	}
	if in.Parent != nil && *in.Parent != idOf(before, string(cairn.RefParent)) {
		if err := (kinship{p.app, p.tx, p.by, e.Project}).check(id, *in.Parent); err != nil {
			return e, err
		}
		setID(e.Attrs, string(cairn.RefParent), *in.Parent)
	}
	if err := p.cover(e, in.Cover); err != nil {
		return e, err
	}
	if err := p.entered(e.Attrs, in.Values); err != nil {
		return e, err
	}
	p.place.put(e.Attrs, id)
	if err := cairn.CheckReason(p.asked, p.fields, before, e.Attrs); err != nil {
		return e, err
	}
	if e.Text != text || !sameAttrs(before, e.Attrs) {
		touch(p.tx, p.by, e.Attrs)
		if err := p.tx.Put(e); err != nil {
			return e, err
		}
		e.Version = p.tx.Seq()
	}
	return e, nil
}

// mentioned refuses a description that newly mentions people who do not see the
// project.
func (p patching) mentioned(e cairn.Entity, text string) error {
	project, _ := p.app.dir.Project(e.Project) // there: the caller was let in
	fresh := cairn.Mentions(text).Without(cairn.Mentions(e.Text))
	return p.app.mentioningPeople(project, "description", fresh.People)
}

// touch records who changed an idea last, and when.
func touch(tx store.Tx, by Caller, attrs cairn.Attrs) {
	at, _ := cairn.TimeJSON(tx.Now()) // the clock's year has four digits
	attrs.Set("updatedAt", at)
	attrs.Set("updatedBy", nil)
	if by.User != 0 {
		attrs.Set("updatedBy", rawID(by.User))
	}
}

func setFlag(attrs cairn.Attrs, name string, on bool) {
	attrs.Set(name, nil)
	if on {
		attrs.Set(name, json.RawMessage("true"))
	}
}

func cloneAttrs(a cairn.Attrs) cairn.Attrs {
	out := make(cairn.Attrs, len(a)+2)
	for k, v := range a {
		out[k] = v
	}
	return out
}

func sameAttrs(a, b cairn.Attrs) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if w, ok := b[k]; !ok || string(v) != string(w) {
			return false
		}
	}
	return true
}
