package app

import (
	"context"

	"cairn"
	"cairn/internal/importer"
	"cairn/internal/store"
)

// tryImport reads a whole file through the same code as a commit and counts what
// a commit would do.
func (a *App) tryImport(ctx context.Context, reading *importReading, project cairn.ID, t *importTally) error {
	t.result.DryRun = true
	m, err := a.matcher(ctx, project, reading.plan)
	if err != nil {
		return err
	}
	t.begin(reading.plan)
	err = reading.each(ctx, func(b *importBatchOf) error {
		t.batch(b)
		_, err := t.match(ctx, m, b)
		return err
	})
	if err == nil && reading.plan.kin != nil {
		_, err = t.kin(ctx, m)
	}
	if err == nil {
		t.finish(reading.plan)
	}
	return err
}

// match compares a batch with what is stored and counts and reports the
// outcome.
func (t *importTally) match(ctx context.Context, m *importMatcher, b *importBatchOf) ([]*importStep, error) {
	for _, d := range b.past {
		for _, p := range d.problems {
			if err := t.again(p); err != nil {
				return nil, err
			}
		}
	}
	steps := make([]*importStep, 0, len(b.drafts))
	for _, d := range b.drafts {
		if !d.refused {
			step, err := m.match(ctx, d)
			if err != nil {
				return nil, err
			}
			steps = append(steps, step)
			t.step(step)
			if m.plan.kin != nil {
				m.plan.kin.saw(step)
			}
		} else {
			t.result.Counts.RefusedRows++
		}
		for _, p := range d.problems {
			if err := t.problem(p); err != nil {
				return nil, err
			}
		}
	}
	return steps, nil
}

// step counts what becomes of one draft.
func (t *importTally) step(s *importStep) {
	c := &t.result.Counts
	c.Comments += len(s.comments)
	switch {
	case s.idea == 0:
		c.Created++
	case s.unchanged():
		c.Unchanged++
	default:
		c.Updated++
	}
}

// DryRunImport reads a run's whole file and says what a commit would do. Nothing
// is changed in the project.
func (a *App) DryRunImport(ctx context.Context, by Caller, id cairn.ID) (ImportDetail, error) {
	run, err := a.importRun(ctx, by, id)
	if err != nil {
		return ImportDetail{}, err
	}
	if !run.State.Idle() {
		return ImportDetail{}, notIdle(run.Run)
	}
	stored, reading, err := a.prepareImport(ctx, by, run.Run)
	if err != nil {
		return ImportDetail{}, err
	}
	t, err := a.reported(ctx, id, func(t *importTally) error {
		return a.tryImport(ctx, reading, run.Project, t)
	})
	if err != nil {
		return ImportDetail{}, importError(err)
	}
	if err := a.putImportPart(ctx, id, importResult, t.result); err != nil {
		return ImportDetail{}, err
	}
	_, err = a.write(ctx, by, run.Project, func(tx store.Tx) error {
		return changeRun(tx, id, func(r *cairn.Run) error {
			if !r.State.Idle() {
				return notIdle(*r)
			}
			r.State, r.Counts = cairn.RunMapped, t.result.Counts
			run.Run = *r
			return nil
		})
	})
	d := stored.detail(run)
	d.Result = &t.result
	return d, err
}

// reported runs an import, or the trial of one, with a report of its own.
func (a *App) reported(ctx context.Context, id cairn.ID, fn func(*importTally) error) (*importTally, error) {
	report := a.newReport(ctx, id)
	t := newImportTally(report.write)
	err := report.begin()
	if err == nil {
		err = fn(t)
	}
	return t, report.end(err)
}

// prepareImport checks a run's mapping against the project as it is now.
func (a *App) prepareImport(ctx context.Context, by Caller, run cairn.Run) (*storedPlan, *importReading, error) {
	stored, err := a.storedPlan(ctx, run.ID)
	if err != nil {
		return nil, nil, err
	}
	fields, err := a.FieldRefs(ctx, by, run.Project)
	if err != nil {
		return nil, nil, err
	}
	plan, err := newImportPlan(stored, fields)
	if err != nil {
		return nil, nil, err
	}
	src := a.importSource(ctx, run.ID, run.FileName, run.Size)
	if f, err := src.Open(); err != nil {
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			err = cairn.Conflict("The file of this import is no longer kept. Upload %q again", run.FileName)
		}
		return nil, nil, err
	} else if err := f.Close(); err != nil {
		return nil, nil, err
	}
	reading, err := a.importReadingOf(src, plan)
	return stored, reading, err
}

// Trial is a file that is tried without being kept.
type Trial struct {
	Source importer.Source
	Format string
	// Mapping is applied over the proposal.
	Mapping cairn.Mapping
	// Template is what the project would be made from, when there is none yet.
	Template string
	// Each is told of every problem.
	Each func(ImportProblem) error
}

// LookAtImport reads a whole file for a project that does not exist yet, checks
// that it can be imported and the mapping applied, and keeps nothing. It does not
// say what would become of each row: that is TryImport.
func (a *App) LookAtImport(ctx context.Context, by Caller, in Trial) (*Look, error) {
	fields, err := a.trialFields(ctx, by, 0, in.Template)
	if err != nil {
		return nil, err
	}
	found, err := a.inspect(ctx, in.Source, inspection{format: in.Format})
	if err != nil {
		return nil, err
	}
	mapped := *found
	mapped.Mapping = proposeMapping(found.Survey, fields)
	stored, err := a.remap(ctx, in.Source, &mapped, remapping{in.Mapping, fields})
	if err != nil {
		return nil, err
	}
	if _, err := newImportPlan(stored, fields); err != nil {
		return nil, err
	}
	return &Look{plan: found, size: in.Source.Size()}, nil
}

// TryImport says what importing a file would do, and keeps nothing. Project 0 is
// one that does not exist yet.
func (a *App) TryImport(ctx context.Context, by Caller, project cairn.ID, in Trial) (ImportDetail, error) {
	fields, err := a.trialFields(ctx, by, project, in.Template)
	if err != nil {
		return ImportDetail{}, err
	}
	stored, err := a.inspect(ctx, in.Source, inspection{in.Format, in.Mapping.Options})
	if err != nil {
		return ImportDetail{}, err
	}
	stored.Mapping = proposeMapping(stored.Survey, fields)
	if project != 0 {
		if err := a.applySaved(ctx, project, in.Source, stored, fields); err != nil {
			return ImportDetail{}, err
		}
	}
	if stored, err = a.remap(ctx, in.Source, stored, remapping{in.Mapping, fields}); err != nil {
		return ImportDetail{}, err
	}
	plan, err := newImportPlan(stored, fields)
	if err != nil {
		return ImportDetail{}, err
	}
	reading, err := a.importReadingOf(in.Source, plan)
	if err != nil {
		return ImportDetail{}, err
	}
	t := newImportTally(in.Each)
	if err := a.tryImport(ctx, reading, project, t); err != nil {
		return ImportDetail{}, importError(err)
	}
	run := cairn.Run{
		Project: project, State: cairn.RunMapped, FileName: in.Source.Name(), Size: in.Source.Size(),
		Format: stored.Survey.Format, Title: stored.Survey.Title, Rows: stored.Survey.Rows, Counts: t.result.Counts,
	}
	d := stored.detail(ImportRun{Run: run})
	d.Result = &t.result
	return d, nil
}

// trialFields are the fields that a trial maps columns to: those of the project,
// or of the template that it would be made from.
func (a *App) trialFields(ctx context.Context, by Caller, project cairn.ID, name string) ([]cairn.Field, error) {
	if project != 0 {
		if _, err := a.mayIn(by, project, cairn.ImportIdeas); err != nil {
			return nil, err
		}
		return a.FieldRefs(ctx, by, project)
	}
	if err := a.may(by, cairn.CreateProject); err != nil {
		return nil, err
	}
	from, err := a.originNamed(ctx, name)
	if err != nil {
		return nil, err
	}
	// Ids below 0 tell the fields apart and are nobody's.
	last := cairn.ID(0)
	next := func() cairn.ID { last--; return last }
	var out []cairn.Field
	if from.saved != nil {
		for _, f := range from.saved.Anew(0, next).Fields {
			f.Def.ID = f.ID
			out = append(out, f.Def)
		}
	}
	for _, f := range from.builtin.Fields {
		f.ID = next()
		for i := range f.Options {
			f.Options[i].ID = next()
		}
		out = append(out, f.Field)
	}
	return out, nil
}
