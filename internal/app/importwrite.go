package app

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"cairn"
	"cairn/internal/rank"
	"cairn/internal/store"
)

// importWriter writes one batch in one transaction.
type importWriter struct {
	job   *importJob
	plan  *importPlan
	batch *importBatchOf
	steps []*importStep
	tx    store.Tx
	// number is the next idea's.
	number int64
	// made are the ideas by their source id, new ones included.
	made map[string]cairn.ID
}

func (m *importMatcher) write(tx store.Tx, j *importJob, in importWriting) error {
	w := importWriter{job: j, plan: m.plan, batch: in.batch, tx: tx, made: m.ideas}
	for _, s := range in.steps {
		w.steps = append(w.steps, s.(*importStep)) // made by match
	}
	return w.write()
}

func (w *importWriter) write() error {
	if err := w.fields(); err != nil {
		return err
	}
	if err := w.makeTypes(); err != nil {
		return err
	}
	made := 0
	for _, s := range w.steps {
		if s.idea == 0 {
			made++
		}
	}
	var err error
	if w.number, err = w.tx.Numbers(w.job.run.Project, made); err != nil {
		return err
	}
	if err := w.prefetch(); err != nil {
		return err
	}
	for _, s := range w.steps {
		if s.unchanged() {
			continue
		}
		if err := w.step(s); err != nil {
			return fmt.Errorf("row %d: %w", s.draft.number, err)
		}
	}
	return nil
}

// prefetch has the store look in one go for who has the keys of what will be made.
func (w *importWriter) prefetch() error {
	var ideas, comments []string
	for _, s := range w.steps {
		if s.idea == 0 {
			ideas = append(ideas, s.draft.sourceID)
		}
		for _, c := range s.comments {
			if c.id == 0 {
				comments = append(comments, c.sourceID)
			}
		}
	}
	key := func(kind cairn.Kind) string {
		return cairn.SourceKey(w.job.run.Project, kind, w.plan.survey.SourceKey, "").Scope
	}
	if err := w.tx.Prefetch(key(cairn.KindIdea), ideas); err != nil {
		return err
	}
	return w.tx.Prefetch(key(cairn.KindComment), comments)
}

// fields makes sure that the fields are what the values were made for, and adds
// the options that the batch is the first to need.
func (w *importWriter) fields() error {
	for _, f := range w.plan.fields {
		e, err := w.tx.Entity(f.ID)
		if cairn.CodeOf(err) == cairn.CodeNotFound || err == nil && (string(e.Attrs["deleted"]) == "true" || e.Attrs.Text("type") != string(f.Type)) {
			return cairn.Conflict("The field %s was deleted or became another type while the import ran. Restore it and resume the import, or undo the import", f.Name)
		}
		if err != nil {
			return err
		}
		if err := w.options(f, e); err != nil {
			return err
		}
	}
	return nil
}

func (w *importWriter) options(f *importField, e cairn.Entity) error {
	var field cairn.Field
	for _, fresh := range w.batch.options {
		if fresh.field != f {
			continue
		}
		if field.Name == "" {
			if err := e.Attrs.Decode(&field); err != nil {
				return err
			}
		}
		if have, ok := field.OptionNamed(fresh.option.name); ok {
			fresh.option.id = have.ID
			continue
		}
		colors := cairn.Colors()
		o := cairn.Option{ID: w.tx.NewID(), Name: fresh.option.name, Color: colors[(len(field.Options)+1)%len(colors)]}
		field.Options = append(field.Options, o)
		fresh.option.id = o.ID
	}
	if field.Name == "" {
		return nil
	}
	if err := field.Validate(); err != nil {
		return err
	}
	return putAttrs(w.tx, e, field)
}

// step writes one idea and its comments.
func (w *importWriter) step(s *importStep) error {
	id, err := s.idea, error(nil)
	if id == 0 {
		id, err = w.create(s.draft)
		w.made[s.draft.sourceID] = id
	} else if len(s.attrs) > 0 {
		err = w.update(s)
	}
	if err != nil {
		return err
	}
	for _, c := range s.comments {
		if err := w.comment(id, c); err != nil {
			return err
		}
	}
	return nil
}

// create makes an idea. Its attributes are written straight into their stored
// form: going through cairn.Idea takes a third of the time of an import.
func (w *importWriter) create(d *importDraft) (cairn.ID, error) {
	now, by := rawJSON(w.tx.Now()), json.RawMessage(nil)
	if id := w.job.by.User; id != 0 {
		by = rawID(id)
	}
	attrs := make(cairn.Attrs, 10+len(w.plan.fields))
	attrs["number"] = strconv.AppendInt(nil, w.number, 10)
	attrs["title"] = cairn.AppendJSONString(nil, d.title)
	attrs["createdAt"], attrs["updatedAt"] = now, now
	attrs.Set("createdBy", by)
	attrs.Set("updatedBy", by)
	attrs["rank"] = cairn.AppendJSONString(nil, w.rank(d))
	attrs["source"] = cairn.AppendJSONString(nil, w.plan.survey.SourceKey)
	attrs["sourceId"] = cairn.AppendJSONString(nil, d.sourceID)
	w.number++
	setFlag(attrs, "archived", d.archived)
	if d.typ != nil {
		attrs[string(cairn.RefType)] = rawID(d.typ.id)
	}
	if !d.created.IsZero() {
		attrs["createdAt"] = rawJSON(d.created)
	}
	if d.creator != nil {
		attrs["createdBy"] = rawID(d.creator.id)
	}
	if !d.updated.IsZero() { // by whom, files do not say
		attrs["updatedAt"] = rawJSON(d.updated)
		delete(attrs, "updatedBy")
	}
	for i, f := range w.plan.fields {
		if raw, _ := d.values[i].render(f.Type); raw != nil {
			attrs[string(f.Ref())] = raw
		}
	}
	return w.tx.Create(cairn.Entity{Kind: cairn.KindIdea, Project: w.job.run.Project, Attrs: attrs, Text: d.description})
}

func rawID(id cairn.ID) json.RawMessage { return strconv.AppendInt(nil, int64(id), 10) }

// rank is the idea's place in the manual order: behind what was there before,
// by the source's own order where the file has one.
func (w *importWriter) rank(d *importDraft) string {
	if d.order == "" {
		return rank.Nth(w.number)
	}
	// The row's number keeps equal places apart, and the 1 the end from being 0.
	return rank.Nth(w.job.run.First) + strings.TrimRight(d.order, "0") + fmt.Sprintf("0%07d1", d.number)
}

func (w *importWriter) update(s *importStep) error {
	e, err := w.tx.Entity(s.idea)
	if err != nil {
		return err
	}
	if e.Version != s.version { // somebody was here since the comparison
		m := &importMatcher{store: w.job.app.store, plan: w.plan, project: w.job.run.Project}
		if s.attrs, err = m.mine(context.Background(), &s.draft.rowDraft, e, m.differing(s.draft, e)); err != nil || len(s.attrs) == 0 {
			return err
		}
	}
	d := s.draft
	e.Attrs = cloneAttrs(e.Attrs)
	for _, attr := range s.attrs {
		switch attr {
		case "title":
			e.Attrs.Set(attr, cairn.AppendJSONString(nil, d.title))
		case "description":
			e.Text = d.description
		case "archived":
			setFlag(e.Attrs, attr, d.archived)
		case "createdAt":
			e.Attrs.Set(attr, rawJSON(d.created))
		case string(cairn.RefType):
			setID(e.Attrs, attr, d.typ.id)
		case "createdBy":
			e.Attrs.Set(attr, rawJSON(d.creator.id))
		}
	}
	for i, f := range w.plan.fields {
		for _, attr := range s.attrs {
			if attr == string(f.Ref()) {
				raw, _ := d.values[i].render(f.Type)
				e.Attrs.Set(attr, raw)
			}
		}
	}
	touch(w.tx, w.job.by, e.Attrs)
	return w.tx.Put(e)
}

func (w *importWriter) comment(idea cairn.ID, s commentStep) error {
	if s.id != 0 {
		e, err := w.tx.Entity(s.id)
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			return nil // deleted since the comparison
		}
		if err != nil {
			return err
		}
		e.Text = s.body
		return w.tx.Put(e)
	}
	c := cairn.Comment{
		Parent: idea, Project: w.job.run.Project, Body: s.body, CreatedAt: w.tx.Now(), AuthorName: s.name,
		Source: w.plan.survey.SourceKey, SourceID: s.sourceID,
	}
	if !s.at.IsZero() {
		c.CreatedAt = s.at
	}
	if s.author != nil {
		c.Author = s.author.id
	}
	e, err := c.Entity()
	if err != nil {
		return err
	}
	_, err = w.tx.Create(e)
	return err
}
