package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"cairn"
	"cairn/internal/store"
)

// UndoImport takes a run back as a whole, newest change set first, each in a
// transaction of its own: ideas it made go with their comments, values it changed
// return unless somebody changed them since, and fields, options and people it
// made go when nothing else uses them. An undo that was interrupted goes on when
// it is asked for again. It returns when it is done.
func (a *App) UndoImport(ctx context.Context, by Caller, id cairn.ID) (cairn.Run, error) {
	run, err := a.importRun(ctx, by, id)
	if err != nil {
		return cairn.Run{}, err
	}
	switch {
	case run.State.Idle():
		return run.Run, cairn.Conflict("The import of %q has nothing in the project that could be undone", run.FileName)
	case (run.State == cairn.RunCommitting || run.State == cairn.RunUndoing) && !run.Interrupted:
		return run.Run, notIdle(run.Run)
	}
	// Whoever asked may leave: half an undo helps nobody.
	ctx = context.WithoutCancel(ctx)
	by.Group = undoOfImport + run.Group() + ":" + fmt.Sprint(run.Begun)
	by.Origin, by.Reason = "undo", "Undo of the import of "+run.FileName
	u := &importUndo{app: a, by: by, run: run.Run}
	if err := u.begin(ctx); err != nil {
		return run.Run, err
	}
	by.Once, u.by.Once = "", ""
	defer a.holdLease(ctx, id)()
	parts := []func(context.Context) error{u.sets, u.fields, u.types, u.people}
	switch {
	case run.Subject == cairn.RunInsights:
		parts = []func(context.Context) error{u.sets, u.customers}
	case run.Subject.Shared():
		parts = parts[:1]
	}
	for _, part := range parts {
		if err := part(ctx); err != nil {
			return u.run, err
		}
	}
	err = u.change(ctx, func(_ store.Tx, r *cairn.Run) error {
		r.State, r.Done, r.Error = cairn.RunUndone, 0, ""
		return nil
	})
	return u.run, err
}

// importUndo is the undo of one run under way.
type importUndo struct {
	app *App
	by  Caller
	run cairn.Run
}

func (u *importUndo) begin(ctx context.Context) error {
	seen := u.run
	_, err := u.app.write(ctx, u.by, seen.Project, func(tx store.Tx) error {
		err := changeRun(tx, seen.ID, func(r *cairn.Run) error {
			if r.Attempt != seen.Attempt || r.State != seen.State {
				return notIdle(*r)
			}
			r.State = cairn.RunUndoing
			r.Attempt++
			u.run = *r
			return nil
		})
		if err != nil {
			return err
		}
		return tx.PutPrivate(u.app.imports.lease(seen.ID, tx.Now()))
	})
	return err
}

// change is one transaction of the undo, which also moves the run on.
func (u *importUndo) change(ctx context.Context, fn func(store.Tx, *cairn.Run) error) error {
	now := u.run
	_, err := u.app.write(ctx, u.by, u.run.Project, func(tx store.Tx) error {
		return changeRun(tx, u.run.ID, func(r *cairn.Run) error {
			if r.Attempt != u.run.Attempt {
				return errSuperseded
			}
			if err := fn(tx, r); err != nil {
				return err
			}
			r.FinishedAt = tx.Now()
			now = *r
			return nil
		})
	})
	if err == nil {
		u.run = now
	}
	return err
}

// sets takes back the run's change sets. The run itself is part of each of
// them, so its own log lists them without reading everything else.
func (u *importUndo) sets(ctx context.Context) error {
	const page = 100
	before := u.run.Back
	for {
		sets, err := u.app.store.EntityLog(ctx, u.run.ID, before, page)
		if err != nil {
			return err
		}
		for i := range sets {
			before = sets[i].Seq
			if sets[i].Seq < u.run.Begun {
				return nil
			}
			if sets[i].Group == u.run.Group() {
				if err := u.set(ctx, sets[i].Seq); err != nil {
					return err
				}
			}
		}
		if len(sets) < page {
			return nil
		}
	}
}

// set takes back one change set.
func (u *importUndo) set(ctx context.Context, seq int64) error {
	sets, err := u.app.store.Log(ctx, seq-1, 1)
	if err != nil {
		return err
	}
	if len(sets) == 0 || sets[0].Seq != seq {
		return cairn.Errorf(cairn.CodeInternal, "The change set %d of the import is not in the log", seq)
	}
	set := sets[0]
	// The run, fields and options of ideas are dealt with apart.
	set.Changes = slices.DeleteFunc(set.Changes, func(c cairn.Change) bool {
		switch c.Kind {
		case cairn.KindIdea, cairn.KindComment, cairn.KindInsight, cairn.KindEvidence:
			return false
		case cairn.KindCustomer, cairn.KindCustomerField:
			return !u.run.Subject.Shared()
		}
		return true
	})
	kept := 0
	if u.run.Subject.Shared() {
		kept = u.app.keepUsed(&set)
	}
	return u.change(ctx, func(tx store.Tx, r *cairn.Run) error {
		var out undoing
		if err := u.app.undoSet(tx, u.by, set, &out); err != nil {
			return err
		}
		r.Back = seq
		r.Reverted += out.Changes
		r.Kept += out.Kept + kept
		return tx.PutPrivate(u.app.imports.lease(r.ID, tx.Now()))
	})
}

// madeFields are what a run did to a field.
type madeField struct {
	id      cairn.ID
	whole   bool
	options []cairn.ID
}

// fields removes the fields and options that the run made and nothing uses.
func (u *importUndo) fields(ctx context.Context) error {
	made, err := u.made(ctx)
	if err != nil || len(made) == 0 {
		return err
	}
	used, err := u.used(ctx, made)
	if err != nil {
		return err
	}
	st, err := u.app.states.get(ctx, u.run.Project)
	if err != nil {
		return err
	}
	views := u.app.dir.Views(u.run.Project)
	return u.change(ctx, func(tx store.Tx, r *cairn.Run) error {
		for _, f := range made {
			ref := cairn.FieldRef(f.id)
			inUse := used[f.id] != nil || len(st.state.FormulasUsing(ref)) > 0 || slices.ContainsFunc(views, func(v cairn.View) bool { return viewUses(v, ref) })
			switch {
			case f.whole && !inUse:
				if err := tx.Delete(f.id); err != nil {
					return err
				}
				r.Reverted++
			case f.whole:
				r.Kept++
			default:
				if err := dropOptions(tx, f, used[f.id]); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// viewUses reports whether a view names a field anywhere, its conditions
// included.
func viewUses(v cairn.View, ref cairn.Ref) bool {
	raw, err := json.Marshal(v)
	return err != nil || bytes.Contains(raw, []byte(`"`+ref+`"`)) || bytes.Contains(raw, []byte("{"+ref+"}"))
}

// dropOptions takes the run's unused options out of a field that was there
// before.
func dropOptions(tx store.Tx, f madeField, used map[cairn.ID]bool) error {
	e, err := tx.Entity(f.id)
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	var field cairn.Field
	if err := e.Attrs.Decode(&field); err != nil {
		return err
	}
	field.Options = slices.DeleteFunc(field.Options, func(o cairn.Option) bool {
		return slices.Contains(f.options, o.ID) && !used[o.ID]
	})
	return putAttrs(tx, e, field)
}

// made reads from the fields' own logs what the run did to them.
func (u *importUndo) made(ctx context.Context) ([]madeField, error) {
	var ids []cairn.ID
	_, err := u.app.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindField}, Project: u.run.Project}, func(e cairn.Entity) error {
		ids = append(ids, e.ID)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []madeField
	for _, id := range ids {
		f := madeField{id: id}
		if err := u.madeOf(ctx, &f); err != nil {
			return nil, err
		}
		if f.whole || len(f.options) > 0 {
			out = append(out, f)
		}
	}
	return out, nil
}

func (u *importUndo) madeOf(ctx context.Context, f *madeField) error {
	const page = 100
	for before := int64(0); ; {
		sets, err := u.app.store.EntityLog(ctx, f.id, before, page)
		if err != nil {
			return err
		}
		for i := range sets {
			before = sets[i].Seq
			if before < u.run.Begun {
				return nil
			}
			if sets[i].Group != u.run.Group() {
				continue
			}
			for _, c := range sets[i].Changes {
				f.whole = f.whole || c.Created()
				if c.Attr == "options" {
					f.options = append(f.options, newOptions(c)...)
				}
			}
		}
		if len(sets) < page {
			return nil
		}
	}
}

func newOptions(c cairn.Change) []cairn.ID {
	var was, is []cairn.Option
	if !cairn.IsNull(c.Old) && json.Unmarshal(c.Old, &was) != nil || json.Unmarshal(c.New, &is) != nil {
		return nil
	}
	var out []cairn.ID
	for _, o := range is {
		if !slices.ContainsFunc(was, func(w cairn.Option) bool { return w.ID == o.ID }) {
			out = append(out, o.ID)
		}
	}
	return out
}

// used finds which of those fields and options ideas still have; a field without
// an entry has no value anywhere.
func (u *importUndo) used(ctx context.Context, made []madeField) (map[cairn.ID]map[cairn.ID]bool, error) {
	out := make(map[cairn.ID]map[cairn.ID]bool)
	_, err := u.app.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindIdea}, Project: u.run.Project}, func(e cairn.Entity) error {
		for _, f := range made {
			raw := e.Attrs[string(cairn.FieldRef(f.id))]
			if cairn.IsNull(raw) {
				continue
			}
			if out[f.id] == nil {
				out[f.id] = make(map[cairn.ID]bool)
			}
			for _, id := range idsIn(raw) {
				out[f.id][id] = true
			}
		}
		return nil
	})
	return out, err
}

// idsIn reads one id or a list of them; other values have none.
func idsIn(raw json.RawMessage) []cairn.ID {
	var many []cairn.ID
	if json.Unmarshal(raw, &many) == nil {
		return many
	}
	var one cairn.ID
	if json.Unmarshal(raw, &one) == nil {
		return []cairn.ID{one}
	}
	return nil
}

// people removes the people that the run made, as far as they have no account
// and nothing in the workspace names them.
func (u *importUndo) people(ctx context.Context) error {
	sets, err := u.app.store.GroupLog(ctx, importPeopleGroup(u.run.ID))
	if err != nil {
		return err
	}
	gone := make(map[cairn.ID]bool)
	for _, set := range sets {
		for _, c := range set.Changes {
			if who, ok := u.app.dir.User(c.ID); ok && c.Created() && set.Seq >= u.run.Begun && who.Placeholder {
				gone[c.ID] = true
			}
		}
	}
	if len(gone) == 0 {
		return nil
	}
	if err := u.named(ctx, gone); err != nil {
		return err
	}
	by := u.by
	by.Group = importPeopleGroup(u.run.ID)
	_, err = u.app.write(ctx, by, 0, func(tx store.Tx) error {
		for _, id := range slices.Sorted(maps.Keys(gone)) {
			_, who, err := userIn(tx, id)
			if err != nil || !who.Placeholder {
				continue // gone already, or come with an account meanwhile
			}
			if err := tx.Delete(id); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// named takes out of a set of people those whom anything names.
func (u *importUndo) named(ctx context.Context, people map[cairn.ID]bool) error {
	holds := make(map[string]bool) // fields of people
	_, err := u.app.store.Scan(ctx, store.Query{
		Kinds: []cairn.Kind{cairn.KindField, cairn.KindMember, cairn.KindComment, cairn.KindIdea, cairn.KindLink},
	}, func(e cairn.Entity) error {
		if e.Kind == cairn.KindField {
			switch cairn.FieldType(e.Attrs.Text("type")) {
			case cairn.TypePerson, cairn.TypePeople:
				holds[string(cairn.FieldRef(e.ID))] = true
			}
			return nil
		}
		for name, raw := range e.Attrs {
			switch name {
			case "createdBy", "updatedBy", "author", "user":
			default:
				if !holds[name] {
					continue
				}
			}
			for _, id := range idsIn(raw) {
				delete(people, id)
			}
		}
		return nil
	})
	return err
}
