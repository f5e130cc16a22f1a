package app

import (
	"context"
	"fmt"
	"strings"

	"cairn"
	"cairn/internal/importer"
	"cairn/internal/store"
)

// importTypes are the types of ideas that an import uses: those of the project,
// and those that the file names beside them.
type importTypes struct {
	known map[string]*importType
	fresh []*importType
}

// importType is a type of ideas, or one to be: then its id is 0.
type importType struct {
	id   cairn.ID
	name string
}

func (t *importTypes) load(have []cairn.IdeaType) {
	for _, each := range have {
		t.known[foldOption(each.Name)] = &importType{each.ID, each.Name}
	}
}

// find returns the type of that name, or plans it.
func (t *importTypes) find(name string) (*importType, error) {
	name = strings.TrimSpace(cleanText(name))
	if have := t.known[foldOption(name)]; have != nil {
		return have, nil
	}
	next := cairn.IdeaType{Name: strings.Clone(name), Color: cairn.Colors()[0]}
	if err := next.Validate(); err != nil {
		return nil, err
	}
	if len(t.known) >= MaxIdeaTypes {
		return nil, cairn.Errorf(cairn.CodeTooLarge, "A project has at most %d types of ideas. Import the column as a select field instead", MaxIdeaTypes)
	}
	out := &importType{name: next.Name}
	t.known[foldOption(name)] = out
	t.fresh = append(t.fresh, out)
	return out, nil
}

// ideaType takes the first cell of a column as the idea's type.
func (c *rowConverter) ideaType(i int, cells []string) {
	if len(cells) == 0 || strings.TrimSpace(cells[0]) == "" {
		return
	}
	found, err := c.plan.types.find(cells[0])
	if err != nil {
		c.note(ImportRefused, c.plan.survey.Columns[i].Name, importer.Problem{Code: "no_type", Value: importer.Shorten(cells[0]), Reason: err.Error() + "."})
		return
	}
	c.draft.typ = found
}

// makeTypes adds the types that a batch is the first to need.
func (w *importWriter) makeTypes() error {
	if len(w.batch.types) == 0 {
		return nil
	}
	have := w.job.state.IdeaTypes()
	position := 0.0
	for _, t := range have {
		position = max(position, t.Position)
	}
	for _, fresh := range w.batch.types {
		position++
		next := cairn.IdeaType{Project: w.job.run.Project, Name: fresh.name, Position: position, Color: cairn.Colors()[(len(have)+1)%len(cairn.Colors())]}
		known := false
		for _, t := range have {
			if known = strings.EqualFold(t.Name, fresh.name); known {
				fresh.id = t.ID // somebody made it meanwhile
				break
			}
		}
		if known {
			continue
		}
		id, err := createIdeaType(w.tx, have, &next)
		if err != nil {
			return fmt.Errorf("make the type %s: %w", fresh.name, err)
		}
		next.ID, fresh.id = id, id
		have = append(have, next)
	}
	return nil
}

// importKin is who stands below whom according to a file. It is known when the
// file is read to its end: a parent may come behind its children.
type importKin struct {
	rows []kinRow
	// names lead from each name of a row to its source id, titles from a title; ""
	// is the title of several rows.
	names, titles map[string]string
	// made are rows that make an idea, still those that leave theirs as it is, so
	// far.
	made, still map[string]bool
}

// kinRow is what a row says of its parent: names, best first; none is no parent.
type kinRow struct {
	number, line int
	sourceID     string
	column       string
	parents      []string
}

func newImportKin() *importKin {
	return &importKin{names: make(map[string]string), titles: make(map[string]string), made: make(map[string]bool), still: make(map[string]bool)}
}

// parent keeps the names by which the source knows the parent, best first.
func (c *rowConverter) parent(p *columnPlan, i int, cells []string) {
	d := c.draft
	switch {
	case p.native && len(c.row.Parent) > 0:
		d.parents = c.row.Parent
	case len(d.parents) == 0 && len(cells) > 0:
		d.parents = cells[:1]
	default:
		return
	}
	if d.parentColumn == "" {
		d.parentColumn = c.plan.survey.Columns[i].Name
	}
}

// add remembers a row, once it is converted.
func (k *importKin) add(d *importDraft, aliases []string) {
	if d.refused {
		return
	}
	id := strings.Clone(d.sourceID)
	row := kinRow{number: d.number, line: d.line, sourceID: id, column: d.parentColumn}
	for _, p := range d.parents {
		row.parents = append(row.parents, strings.Clone(strings.TrimSpace(cleanText(p))))
	}
	k.rows = append(k.rows, row)
	k.names[id] = id
	for _, alias := range aliases {
		if _, taken := k.names[alias]; !taken {
			k.names[strings.Clone(alias)] = id
		}
	}
	title := strings.Clone(d.title)
	if _, taken := k.titles[title]; taken {
		id = ""
	}
	k.titles[title] = id
}

// saw notes what becomes of a row.
func (k *importKin) saw(s *importStep) {
	switch {
	case s.idea == 0:
		k.made[s.draft.sourceID] = true
	case s.unchanged():
		k.still[s.draft.sourceID] = true
	}
}

// find resolves the names of a parent: in the file first, then among the ideas
// that the source brought before, then by title.
func (k *importKin) find(names []string, ideas map[string]cairn.ID) (sourceID string, ok bool) {
	for _, name := range names {
		if id, ok := k.names[name]; ok {
			return id, true
		}
		if _, ok := ideas[name]; ok {
			return name, true
		}
	}
	for _, name := range names {
		if id := k.titles[name]; id != "" {
			return id, true
		}
	}
	return "", false
}

// kinStep puts an idea below another, or below none.
type kinStep struct {
	row          *kinRow
	idea, parent cairn.ID
	made         bool
	refused      error
}

// note says what is the matter with a row's parent.
func (r *kinRow) note(code, reason string) ImportProblem {
	p := ImportProblem{Level: ImportWarning, Row: r.number, Line: r.line, Column: r.column, Code: code, Reason: reason}
	if len(r.parents) > 0 {
		p.Value = importer.Shorten(r.parents[0])
	}
	return p
}

// kin compares the parents of a file with those that are there, and counts and
// reports what is not as it should be. Ideas that a trial would make have no ids:
// their steps are left out.
func (t *importTally) kin(ctx context.Context, m *importMatcher) ([]*kinStep, error) {
	k := m.plan.kin
	var steps []*kinStep
	for i := range k.rows {
		r := &k.rows[i]
		above, found := k.find(r.parents, m.ideas)
		if len(r.parents) > 0 && !found {
			err := t.problem(r.note("no_parent", fmt.Sprintf("Neither the file nor an earlier import has %q, so the idea's parent was left as it is. Import it as well, or choose the parent by hand.", importer.Shorten(r.parents[0]))))
			if err != nil {
				return nil, err
			}
			continue
		}
		s := &kinStep{row: r, idea: m.ideas[r.sourceID], parent: m.ideas[above], made: k.made[r.sourceID]}
		if s.made && len(r.parents) == 0 {
			continue
		}
		changes, err := t.kinChanges(ctx, m, s)
		if err != nil {
			return nil, err
		}
		if !changes {
			continue
		}
		if k.still[r.sourceID] {
			t.result.Counts.Unchanged--
			t.result.Counts.Updated++
		}
		if s.idea != 0 {
			steps = append(steps, s)
		}
	}
	return steps, nil
}

// kinChanges reports whether an idea stands elsewhere than its file says, and
// whether an import may move it.
func (t *importTally) kinChanges(ctx context.Context, m *importMatcher, s *kinStep) (bool, error) {
	if s.idea == 0 {
		return true, nil
	}
	e, err := m.store.Entity(ctx, s.idea)
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		return false, nil
	}
	// A parent that is still to be made has no id, and is none that the idea has.
	toBe := len(s.row.parents) > 0 && s.parent == 0
	if err != nil || !toBe && idOf(e.Attrs, string(cairn.RefParent)) == s.parent {
		return false, err
	}
	d := &rowDraft{number: s.row.number, line: s.row.line}
	attrs, err := m.mine(ctx, d, e, []string{string(cairn.RefParent)})
	for _, p := range d.problems {
		if err == nil {
			err = t.problem(p)
		}
	}
	return len(attrs) > 0, err
}

// parents puts the ideas of a file below each other, when all are there. What is
// refused is tried again once others have moved: two may change places.
func (j *importJob) parents(ctx context.Context, t *importTally, m *importMatcher) error {
	steps, err := t.kin(ctx, m)
	for err == nil && len(steps) > 0 {
		var refused []*kinStep
		for from := 0; from < len(steps) && err == nil; from += importBatch {
			part := steps[from:min(from+importBatch, len(steps))]
			_, err = j.app.write(ctx, j.by, j.run.Project, func(tx store.Tx) error { return j.putParents(tx, t, part) })
			for _, s := range part {
				if s.refused != nil {
					refused = append(refused, s)
				}
			}
		}
		if len(refused) == len(steps) {
			break
		}
		steps = refused
	}
	for _, s := range steps {
		if err == nil && s.refused != nil {
			err = t.problem(s.row.note("parent_refused", s.refused.Error()+". The idea's parent was left as it is."))
		}
	}
	return err
}

// rest puts the ideas below each other, or says what would be.
func (m *importMatcher) rest(ctx context.Context, t *importTally, j *importJob) error {
	switch {
	case m.plan.kin == nil:
		return nil
	case j == nil:
		_, err := t.kin(ctx, m)
		return err
	}
	return j.parents(ctx, t, m)
}

// putParents writes a part of the steps. The run is part of the change set, so
// that its undo finds it.
func (j *importJob) putParents(tx store.Tx, t *importTally, steps []*kinStep) error {
	err := changeRun(tx, j.run.ID, func(r *cairn.Run) error {
		if r.Attempt != j.run.Attempt || r.State != cairn.RunCommitting {
			return errSuperseded
		}
		r.Counts, r.FinishedAt = t.result.Counts, tx.Now()
		return nil
	})
	if err != nil {
		return err
	}
	kin := kinship{app: j.app, tx: tx, by: j.by, project: j.run.Project}
	for _, s := range steps {
		if s.refused = kin.check(s.idea, s.parent); s.refused != nil {
			continue
		}
		e, err := tx.Entity(s.idea)
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			continue // deleted since the comparison
		}
		if err != nil {
			return err
		}
		e.Attrs = cloneAttrs(e.Attrs)
		setID(e.Attrs, string(cairn.RefParent), s.parent)
		if !s.made { // one that was just made keeps the times of its file
			touch(tx, j.by, e.Attrs)
		}
		if err := tx.Put(e); err != nil {
			return err
		}
	}
	return tx.PutPrivate(j.app.imports.lease(j.run.ID, tx.Now()))
}

// types removes the types of ideas that the run made and no idea has.
func (u *importUndo) types(ctx context.Context) error {
	var made []cairn.ID
	_, err := u.app.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindIdeaType}, Project: u.run.Project}, func(e cairn.Entity) error {
		made = append(made, e.ID)
		return nil
	})
	if err != nil {
		return err
	}
	kept := made[:0]
	for _, id := range made {
		sets, err := u.app.store.EntityLog(ctx, id, 0, 1000)
		if err != nil {
			return err
		}
		for _, set := range sets {
			for _, c := range set.Changes {
				if c.Created() && set.Group == u.run.Group() && set.Seq >= u.run.Begun {
					kept = append(kept, id)
				}
			}
		}
	}
	if len(kept) == 0 {
		return nil
	}
	used := make(map[cairn.ID]bool)
	_, err = u.app.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindIdea}, Project: u.run.Project}, func(e cairn.Entity) error {
		used[idOf(e.Attrs, string(cairn.RefType))] = true
		return nil
	})
	if err != nil {
		return err
	}
	return u.change(ctx, func(tx store.Tx, r *cairn.Run) error {
		for _, id := range kept {
			if used[id] {
				r.Kept++
				continue
			}
			if err := tx.Delete(id); err != nil {
				return err
			}
			r.Reverted++
		}
		return nil
	})
}
