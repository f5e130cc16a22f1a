package app

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"cairn"
	"cairn/internal/store"
)

// customers takes back what the run did for its insights among the customers:
// those that it added go unless something else names them by now.
func (u *importUndo) customers(ctx context.Context) error {
	sets, err := u.app.store.GroupLog(ctx, importPeopleGroup(u.run.ID))
	if err != nil {
		return err
	}
	by := u.by
	by.Group = undoOfImport + importPeopleGroup(u.run.ID)
	slices.SortFunc(sets, func(a, b cairn.ChangeSet) int { return cmp.Compare(b.Seq, a.Seq) })
	for _, set := range sets {
		if set.Seq < u.run.Begun {
			continue
		}
		kept := u.app.keepUsed(&set)
		var out undoing
		_, err := u.app.write(ctx, by, 0, func(tx store.Tx) error {
			out = undoing{}
			return u.app.undoSet(tx, by, set, &out)
		})
		if err != nil {
			return err
		}
		err = u.change(ctx, func(_ store.Tx, r *cairn.Run) error {
			r.Reverted += out.Changes
			r.Kept += out.Kept + kept
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// keepUsed takes out of a change set the making of customers whom an insight or
// a person of others names, and of fields and options that a customer has a
// value of. It counts them.
func (a *App) keepUsed(set *cairn.ChangeSet) (kept int) {
	made := make(map[cairn.ID]bool)
	for _, c := range set.Changes {
		if c.Created() {
			made[c.ID] = true
		}
	}
	var all []cairn.Customer
	used := func(c cairn.Change) bool {
		switch {
		case c.Kind == cairn.KindCustomer && c.Created():
			return len(a.evidence.saidBy(c.ID)) > 0 ||
				slices.ContainsFunc(a.evidence.people(c.ID), func(p cairn.Customer) bool { return !made[p.ID] })
		case c.Kind == cairn.KindCustomerField:
			if all == nil {
				all = a.evidence.allCustomers()
			}
			ref := cairn.FieldRef(c.ID)
			return slices.ContainsFunc(all, func(o cairn.Customer) bool {
				return !cairn.IsNull(o.Values[ref]) && (c.Created() || c.Attr == "options" && !bytes.Contains(c.Old, o.Values[ref]))
			})
		}
		return false
	}
	set.Changes = slices.DeleteFunc(set.Changes, func(c cairn.Change) bool {
		stays := used(c)
		if stays {
			kept++
		}
		return stays
	})
	return kept
}
