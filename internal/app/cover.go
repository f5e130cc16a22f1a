package app

import (
	"cairn"
	"cairn/internal/store"
)

// cover sets the image that stands for an idea: one that is attached to it and
// that a page may show. nil leaves the cover as it is.
func (p patching) cover(e cairn.Entity, image *cairn.ID) error {
	if image == nil || *image == idOf(e.Attrs, string(cairn.RefCover)) {
		return nil
	}
	if *image != 0 {
		at, err := p.tx.Entity(*image)
		if err != nil || at.Kind != cairn.KindFile || at.Parent != e.ID {
			return cairn.Invalid(string(cairn.RefCover), "The cover is an image that is attached to the idea itself; attach it first")
		}
		f, err := cairn.FileOf(at)
		if err != nil {
			return err
		}
		if !f.Inline() {
			return cairn.Invalid(string(cairn.RefCover), "%q cannot be the cover: it is no image that a page can show. PNG, JPEG, GIF and WebP are", f.Name)
		}
	}
	setID(e.Attrs, string(cairn.RefCover), *image)
	return nil
}

// firstImage reports whether a file that is about to be attached is the first
// image of an idea that a page may show.
func firstImage(tx store.Tx, f *cairn.File) (bool, error) {
	if f.On != cairn.KindIdea || !f.Inline() {
		return false, nil
	}
	first := true
	err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindFile}, Project: f.Project, Parent: f.Parent}, func(e cairn.Entity) error {
		other, err := cairn.FileOf(e)
		first = first && !other.Inline()
		return err
	})
	return first, err
}

// coverWith makes an image the cover of its idea; 0 takes the cover away.
func coverWith(tx store.Tx, by Caller, idea cairn.Entity, image cairn.ID) error {
	idea.Attrs = cloneAttrs(idea.Attrs)
	setID(idea.Attrs, string(cairn.RefCover), image)
	touch(tx, by, idea.Attrs)
	return tx.Put(idea)
}

// uncover takes an image that is being deleted away as the cover of its idea.
func uncover(tx store.Tx, by Caller, f *cairn.File) error {
	if f.On != cairn.KindIdea {
		return nil
	}
	e, err := tx.Entity(f.Parent)
	if err != nil || idOf(e.Attrs, string(cairn.RefCover)) != f.ID {
		return err
	}
	return coverWith(tx, by, e, 0)
}
