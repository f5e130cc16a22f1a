package app

import (
	"context"
	"errors"
	"slices"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/store"
)

// Unmerged says what taking parts out of their whole did.
type Unmerged struct {
	// Changes is how much was written.
	Changes int
	// Kept counts what stays as it is since it no longer fits (MRG-14).
	Kept int
	// Group undoes it, which merges again.
	Group string
}

// Unmerge takes a part out of its whole (MRG-10).
func (a *App) Unmerge(ctx context.Context, by Caller, whole, part cairn.ID) (Unmerged, error) {
	p, err := a.readableIdea(ctx, by, part, cairn.MergeIdeas)
	if err != nil {
		return Unmerged{}, err
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return Unmerged{}, err
	}
	if into := st.state.MergedInto(part); into == 0 || into != whole {
		return Unmerged{}, cairn.NotFound("Such a part of the idea")
	}
	return a.unmerge(ctx, by, st.state, []cairn.ID{part})
}

// errMoved says that what a transaction was prepared for is not so any more.
var errMoved = errors.New("changed meanwhile")

// unmerge takes parts out of their wholes, in one step. What it needs of the log
// is read before the transaction; when somebody writes in between, it is read
// again.
func (a *App) unmerge(ctx context.Context, by Caller, st *engine.State, parts []cairn.ID) (Unmerged, error) {
	for {
		seen, err := a.store.Seq(ctx)
		if err != nil {
			return Unmerged{}, err
		}
		pasts := make([]*mergePast, len(parts))
		for i, part := range parts {
			if pasts[i], err = a.mergePast(ctx, st, part); err != nil {
				return Unmerged{}, err
			}
		}
		out := Unmerged{Group: by.Group}
		set, err := a.write(ctx, by, st.Project(), func(tx store.Tx) error {
			out.Kept = 0
			links := a.links.within(st.Project()) // here, since writers wait for each other
			taken := map[cairn.ID]bool{}
			for _, past := range pasts {
				u := &unmerging{merging: a.newMerging(tx, by, st, past.whole), past: past, seen: seen, taken: taken}
				u.links = links
				if err := u.part(); err != nil {
					return err
				}
				links = u.links
				out.Kept += u.kept
				taken[past.part] = true
			}
			return a.reconnectTaken(tx, by, st, pasts)
		})
		if !errors.Is(err, errMoved) {
			out.Changes = len(set.Changes)
			return out, err
		}
	}
}

// unmerging takes one part out inside a transaction.
type unmerging struct {
	*merging
	past *mergePast
	// seen is the sequence number up to which past is known.
	seen int64
	// taken are the parts taken out before in this transaction.
	taken map[cairn.ID]bool
	kept  int
}

// part takes the part out.
func (u *unmerging) part() error {
	e, err := u.tx.Entity(u.past.part)
	if err != nil {
		return err
	}
	whole, err := u.tx.Entity(u.whole)
	if err != nil {
		return err
	}
	if idOf(e.Attrs, cairn.AttrMergedInto) != u.whole || !u.known(e) || !u.known(whole) {
		return errMoved
	}
	if into := idOf(whole.Attrs, cairn.AttrMergedInto); into != 0 {
		return cairn.Conflict("%s is itself part of %s; take that out first", u.key(u.whole), u.key(into))
	}
	e.Attrs = cloneAttrs(e.Attrs)
	e.Attrs.Set(cairn.AttrMergedInto, nil)
	for _, c := range u.past.set.Changes {
		if c.ID == u.past.part && c.Attr == "archived" {
			e.Attrs.Set("archived", c.Old)
		}
	}
	touch(u.tx, u.by, e.Attrs)
	if err := u.tx.Put(e); err != nil {
		return err
	}
	named := slices.DeleteFunc(partsOf(whole.Attrs), func(p cairn.Part) bool { return p.ID == u.past.part })
	if err := u.note(named); err != nil {
		return err
	}
	for _, step := range []func() error{u.restoreChildren, u.restoreLinks, u.restoreVotes} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// known reports whether an entity is as it was when the log was read, or was
// only changed in this transaction.
func (u *unmerging) known(e cairn.Entity) bool { return e.Version <= u.seen || e.Version == u.tx.Seq() }

// restoreChildren puts back the children that nobody moved since.
func (u *unmerging) restoreChildren() error {
	for child, unmoved := range u.past.unmoved {
		e, err := u.tx.Entity(child)
		switch {
		case cairn.CodeOf(err) == cairn.CodeNotFound:
			continue
		case err != nil:
			return err
		case !u.known(e):
			return errMoved
		case !unmoved || idOf(e.Attrs, string(cairn.RefParent)) != u.whole:
			continue
		}
		if err := (kinship{u.app, u.tx, u.by, e.Project}).check(child, u.past.part); err != nil {
			u.kept++
			continue
		}
		if err := u.edit(child, func(attrs cairn.Attrs) error {
			setID(attrs, string(cairn.RefParent), u.past.part)
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// restoreLinks brings the part's links back, and takes what stood for them from
// the whole.
func (u *unmerging) restoreLinks() error {
	for _, c := range u.past.lost {
		l, err := linkIn(c)
		if err != nil {
			return err
		}
		l.Project = u.st.Project()
		if err := u.dropImages(l.ID); err != nil {
			return err
		}
		if err := u.restoreLink(l, c); err != nil {
			return err
		}
	}
	return nil
}

// dropImages lets no link stand for a link any more.
func (u *unmerging) dropImages(id cairn.ID) error {
	for _, l := range slices.Clone(u.links) {
		if !slices.Contains(l.Via, id) {
			continue
		}
		e, err := u.tx.Entity(l.ID)
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			continue // removed since
		}
		if err != nil {
			return err
		}
		if l, err = cairn.LinkOf(e); err != nil {
			return err
		}
		rest := slices.DeleteFunc(slices.Clone(l.Via), func(via cairn.ID) bool { return via == id })
		if len(rest) == 0 {
			if _, err := u.dropLink(l); err != nil {
				return err
			}
			continue
		}
		l.Via = rest
		if err := u.putLink(l); err != nil {
			return err
		}
		u.links[slices.IndexFunc(u.links, func(other cairn.Link) bool { return other.ID == l.ID })] = l
	}
	return nil
}

// restoreLink brings a link back; where the idea at its other end is part of
// something by now, that gets a link that stands for it.
func (u *unmerging) restoreLink(l cairn.Link, c cairn.Change) error {
	if _, err := u.tx.Entity(l.ID); err == nil {
		return nil // back already
	}
	image := l
	image.From, image.To = u.wholeOf(l.From), u.wholeOf(l.To)
	if image.From == image.To {
		return nil
	}
	if image.From == l.From && image.To == l.To {
		if err := u.app.checkLink(u.tx, u.by, l); err != nil {
			return u.keep(err)
		}
		if err := u.tx.Apply(cairn.Change{Kind: cairn.KindLink, ID: l.ID, New: c.Old}); err != nil {
			return u.keep(err)
		}
		u.links = append(u.links, l)
		return touchEnds(u.tx, u.by, l)
	}
	for _, end := range []cairn.ID{image.From, image.To} {
		if _, err := u.tx.Entity(end); err != nil {
			return u.keep(err)
		}
	}
	image.Via = []cairn.ID{l.ID}
	return u.keep(u.putImage(image))
}

// keep counts what no longer fits, and hands on what went wrong otherwise.
func (u *unmerging) keep(err error) error {
	switch cairn.CodeOf(err) {
	case "":
		return nil
	case cairn.CodeConflict, cairn.CodeNotFound, cairn.CodeInvalid, cairn.CodeTooLarge:
		u.kept++
		return nil
	}
	return err
}

// wholeOf is what an idea is part of, once the parts that are being taken out are
// none any more.
func (u *unmerging) wholeOf(id cairn.ID) cairn.ID {
	for range cairn.MaxTreeDepth {
		into := u.st.MergedInto(id)
		if into == 0 || id == u.past.part || u.taken[id] {
			break
		}
		id = into
	}
	return id
}
