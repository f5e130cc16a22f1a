package sqlstore

import (
	"bytes"
	"encoding/json"

	"cairn"
)

func (t *tx) Apply(c cairn.Change) error {
	r, err := t.load(c.ID)
	if err != nil {
		return err
	}
	switch {
	case c.Created():
		return t.applyCreate(r, c)
	case r == nil || !r.exists:
		return cairn.Conflict("The %s %d no longer exists, so the change of it cannot be made", noun(c.Kind), c.ID)
	case r.kind != c.Kind:
		return cairn.Conflict("The entity %d is a %s, not a %s", c.ID, noun(r.kind), noun(c.Kind))
	case c.Deleted():
		return t.applyDelete(r, c)
	case c.Attr == "":
		return cairn.Errorf(cairn.CodeInternal, "A change of the whole %s %d must create or delete it", noun(c.Kind), c.ID)
	case c.Attr == long(c.Kind):
		return t.applyText(r, c)
	}
	return t.applyAttr(r, c)
}

func (t *tx) applyCreate(r *record, c cairn.Change) error {
	if r != nil && r.exists {
		return cairn.Conflict("The %s %d exists already, so it cannot be brought back", noun(r.kind), c.ID)
	}
	var s cairn.Snapshot
	if err := json.Unmarshal(c.New, &s); err != nil {
		return cairn.Invalid("new", "The recorded form of the %s %d cannot be read", noun(c.Kind), c.ID)
	}
	ms, err := t.b.w.sorted(c.Kind, s.Attrs)
	if err != nil {
		return err
	}
	e := cairn.Entity{ID: c.ID, Kind: c.Kind, Project: t.meta.Project, Parent: s.Parent, Attrs: s.Attrs, Text: s.Text}
	if c.Kind == cairn.KindProject {
		e.Project = 0
	}
	return t.create(e, ms)
}

func (t *tx) applyDelete(r *record, c cairn.Change) error {
	now, err := snapshotOf(r, t.b)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, c.Old) && !sameSnapshot(now, c.Old) {
		return cairn.Conflict("This %s was changed since, so it cannot be removed", noun(c.Kind))
	}
	return t.remove(r)
}

func (t *tx) applyText(r *record, c cairn.Change) error {
	var before, after string
	if !cairn.IsNull(c.Old) && json.Unmarshal(c.Old, &before) != nil || !cairn.IsNull(c.New) && json.Unmarshal(c.New, &after) != nil {
		return cairn.Invalid(c.Attr, "The recorded %s is not text", c.Attr)
	}
	if r.text != before {
		return changedSince(c)
	}
	e, err := t.b.w.entity(r)
	if err != nil {
		return err
	}
	e.Text = after
	return t.Put(e)
}

func (t *tx) applyAttr(r *record, c cairn.Change) error {
	e, err := t.b.w.entity(r)
	if err != nil {
		return err
	}
	if !sameValue(e.Attrs[c.Attr], c.Old) {
		return changedSince(c)
	}
	e.Attrs.Set(c.Attr, c.New)
	return t.Put(e)
}

func changedSince(c cairn.Change) error {
	err := cairn.Conflict("The attribute %s of this %s was changed since; reload and decide again", c.Attr, noun(c.Kind))
	err.Details = []cairn.Detail{{Field: c.Attr, Message: err.Message}}
	return err
}

// sameSnapshot compares two snapshots by meaning, for those not written here.
func sameSnapshot(a, b []byte) bool {
	var x, y cairn.Snapshot
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil || x.Parent != y.Parent || x.Text != y.Text {
		return false
	}
	for name, v := range x.Attrs {
		if !sameValue(v, y.Attrs[name]) {
			return false
		}
	}
	for name, v := range y.Attrs {
		if !sameValue(v, x.Attrs[name]) {
			return false
		}
	}
	return true
}

// sameValue compares two values of an attribute; absent and null are the same.
func sameValue(a, b json.RawMessage) bool {
	if cairn.IsNull(a) || cairn.IsNull(b) {
		return cairn.IsNull(a) && cairn.IsNull(b)
	}
	if bytes.Equal(a, b) {
		return true
	}
	x, ok1 := compact(a)
	y, ok2 := compact(b)
	return ok1 && ok2 && bytes.Equal(x, y)
}
