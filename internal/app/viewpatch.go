package app

import (
	"context"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/store"
)

// ViewPatch changes what is not nil.
type ViewPatch struct {
	Name, Icon, Description *string
	Kind                    *cairn.ViewKind
	Query                   *cairn.Query
	Columns                 *[]cairn.Column
	Colors                  *[]cairn.ColorRule
	ColorBy                 *cairn.ColorBy
	RowHeight               *string
	Layout                  *cairn.Layout
	Locked, Autosave        *bool
	// Section puts the view at the end of a section, unless a neighbour is named.
	Section *cairn.ID
	// After and Before put it next to another view, into the section of that.
	After, Before cairn.ID
	// Version, when not 0, is what the caller last saw: the patch is refused when
	// somebody changed the same part since.
	Version int64
}

// content are the attributes that a patch sets, beside the place in the sidebar.
func (in *ViewPatch) content() []string {
	var out []string
	for _, part := range []struct {
		attr string
		set  bool
	}{
		{"name", in.Name != nil}, {"icon", in.Icon != nil}, {"description", in.Description != nil},
		{"kind", in.Kind != nil}, {"query", in.Query != nil}, {"columns", in.Columns != nil},
		{"colors", in.Colors != nil}, {"colorBy", in.ColorBy != nil}, {"rowHeight", in.RowHeight != nil},
		{"layout", in.Layout != nil}, {"locked", in.Locked != nil}, {"autosave", in.Autosave != nil},
	} {
		if part.set {
			out = append(out, part.attr)
		}
	}
	return out
}

func (in *ViewPatch) apply(v *cairn.View) {
	set(&v.Name, in.Name)
	set(&v.Icon, in.Icon)
	set(&v.Description, in.Description)
	set(&v.Kind, in.Kind)
	set(&v.Query, in.Query)
	set(&v.Columns, in.Columns)
	set(&v.Colors, in.Colors)
	set(&v.ColorBy, in.ColorBy)
	set(&v.RowHeight, in.RowHeight)
	set(&v.Layout, in.Layout)
	set(&v.Locked, in.Locked)
	set(&v.Autosave, in.Autosave)
	v.Name = strings.TrimSpace(v.Name)
}

// PatchView changes parts of a view, or its place in the sidebar.
func (a *App) PatchView(ctx context.Context, by Caller, id cairn.ID, in ViewPatch) (cairn.View, error) {
	old, err := a.View(by, id)
	if err != nil {
		return old, err
	}
	content := in.content()
	if err := a.mayPatchView(by, old, &in); err != nil {
		return old, err
	}
	st, err := a.states.get(ctx, old.Project)
	if err != nil {
		return old, err
	}
	checked := old
	in.apply(&checked)
	if err := a.checkView(by, st, &checked); err != nil {
		return old, err
	}
	upTo, err := a.viewUnchanged(ctx, id, in.Version, content)
	if err != nil {
		return old, err
	}
	var v cairn.View
	_, err = a.write(ctx, by, old.Project, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		if upTo != 0 && e.Version > upTo {
			return checkVersion(e, upTo) // somebody was quicker between the look and the write
		}
		v = cairn.View{ID: id, Project: e.Project}
		if err := e.Attrs.Decode(&v); err != nil {
			return err
		}
		if err := a.mayPatchView(by, v, &in); err != nil {
			return err // locked meanwhile
		}
		in.apply(&v)
		if err := placeView(tx, &v, in); err != nil {
			return err
		}
		v.Version = tx.Seq()
		return putAttrs(tx, e, v)
	})
	return v, err
}

// mayPatchView authorises a patch: whoever arranges the sidebar may move locked
// views too, but not change them.
func (a *App) mayPatchView(by Caller, v cairn.View, in *ViewPatch) error {
	if in.Locked != nil && *in.Locked != v.Locked {
		_, err := a.mayIn(by, v.Project, cairn.ChangeLocked)
		return err
	}
	if len(in.content()) == 0 {
		_, err := a.mayIn(by, v.Project, cairn.ChangeViews)
		return err
	}
	return a.mayChangeView(by, v)
}

// mayChangeView authorises a change of what a view shows.
func (a *App) mayChangeView(by Caller, v cairn.View) error {
	verb := cairn.ChangeViews
	if v.Locked {
		verb = cairn.ChangeLocked
	}
	_, err := a.mayIn(by, v.Project, verb)
	return err
}

// viewUnchanged refuses when one of those attributes changed after the version
// that the caller saw. It returns the version up to which that is known, 0 when
// the caller saw none.
func (a *App) viewUnchanged(ctx context.Context, id cairn.ID, seen int64, attrs []string) (upTo int64, err error) {
	if seen == 0 || len(attrs) == 0 {
		return 0, nil
	}
	const most = 200
	sets, err := a.store.EntityLog(ctx, id, 0, most)
	if err != nil {
		return 0, err
	}
	for _, set := range sets {
		if set.Seq <= seen {
			break
		}
		for _, c := range set.Changes {
			if slices.Contains(attrs, c.Attr) {
				who := a.dir.Name(set.Actor)
				if who == "" {
					who = "Somebody"
				}
				return 0, cairn.Conflict("%s changed this view meanwhile (%s). Look at it, then save yours over it or discard yours", who, viewPart(c.Attr))
			}
		}
	}
	if len(sets) == 0 {
		return seen, nil
	}
	return max(seen, sets[0].Seq), nil
}

// viewPart is what people call an attribute of a view.
func viewPart(attr string) string {
	switch attr {
	case "query":
		return "its filter, groups or order"
	case "columns":
		return "its fields"
	case "colors", "colorBy":
		return "its colours"
	case "layout", "rowHeight", "kind":
		return "its layout"
	}
	return "its " + attr
}

// needsLock reports whether a change of that attribute of the view is only for
// those who may change locked views.
func needsLock(v cairn.View, attr string) bool {
	if attr == "section" || attr == "position" {
		return false
	}
	return v.Locked || attr == "locked"
}
