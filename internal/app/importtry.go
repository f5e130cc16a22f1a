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
	m, err := reading.work.meet(ctx, a, project)
	if err != nil {
		return err
	}
	reading.work.begin(&t.result.Counts)
	err = reading.each(ctx, func(b *importBatchOf) error {
		t.batch(b)
		_, err := t.match(ctx, m, b)
		return err
	})
	if err == nil {
		err = m.rest(ctx, t, nil)
	}
	if err == nil {
		reading.work.list(&t.result)
	}
	return err
}

// match compares a batch with what is stored and counts and reports the
// outcome.
func (t *importTally) match(ctx context.Context, m importMatching, b *importBatchOf) ([]stepped, error) {
	for _, d := range b.past {
		for _, p := range d.base().problems {
			if err := t.again(p); err != nil {
				return nil, err
			}
		}
	}
	steps := make([]stepped, 0, len(b.drafts))
	for _, d := range b.drafts {
		if !d.base().refused {
			step, err := m.match(ctx, d)
			if err != nil {
				return nil, err
			}
			if !d.base().refused { // it may turn out that it cannot be
				steps = append(steps, step)
				t.step(step.outcome())
			}
		}
		if d.base().refused {
			t.result.Counts.RefusedRows++
		}
		for _, p := range d.base().problems {
			if err := t.problem(p); err != nil {
				return nil, err
			}
		}
	}
	return steps, nil
}

// step counts what becomes of one draft.
func (t *importTally) step(s importOutcome) {
	c := &t.result.Counts
	c.Comments += s.comments
	c.Links += s.links
	switch {
	case s.created:
		c.Created++
	case s.unchanged:
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
	subject, err := a.subjectOf(ctx, by, run.Subject, run.Project)
	if err != nil {
		return nil, nil, err
	}
	work, err := subject.work(stored)
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
	reading, err := a.importReadingOf(src, work)
	return stored, reading, err
}

// Trial is a file that is tried without being kept.
type Trial struct {
	Source importer.Source
	Format string
	// Subject is what its rows would become.
	Subject cairn.RunSubject
	// Mapping is applied over the proposal.
	Mapping cairn.Mapping
	// Columns, if set, says where the columns of the file go, instead of Mapping.
	Columns func(*importer.Survey) ([]cairn.MappedColumn, error)
	// Template is what the project would be made from, when there is none yet.
	Template string
	// Each is told of every problem.
	Each func(ImportProblem) error
}

// LookAtImport reads a whole file for a project that does not exist yet, checks
// that it can be imported and the mapping applied, and keeps nothing. It does not
// say what would become of each row: that is TryImport.
func (a *App) LookAtImport(ctx context.Context, by Caller, in Trial) (*Look, error) {
	subject, err := a.trialSubject(ctx, by, 0, in)
	if err != nil {
		return nil, err
	}
	found, err := a.inspect(ctx, in.Source, inspection{format: in.Format})
	if err != nil {
		return nil, err
	}
	mapped := *found
	mapped.Mapping = proposed(in.Subject, subject, found.Survey)
	if _, err := a.remap(ctx, in.Source, &mapped, remapping{in.Mapping, subject}); err != nil {
		return nil, err
	}
	return &Look{plan: found, size: in.Source.Size()}, nil
}

// TryImport says what importing a file would do, and keeps nothing. Project 0 is
// one that does not exist yet.
func (a *App) TryImport(ctx context.Context, by Caller, project cairn.ID, in Trial) (ImportDetail, error) {
	subject, err := a.trialSubject(ctx, by, project, in)
	if err != nil {
		return ImportDetail{}, err
	}
	stored, err := a.inspect(ctx, in.Source, inspection{in.Format, in.Mapping.Options})
	if err != nil {
		return ImportDetail{}, err
	}
	stored.Mapping = proposed(in.Subject, subject, stored.Survey)
	if in.Columns != nil {
		if in.Mapping.Columns, err = in.Columns(stored.Survey); err != nil {
			return ImportDetail{}, err
		}
	}
	if project != 0 || in.Subject.Shared() {
		if err := a.applySaved(ctx, project, in.Source, stored, subject); err != nil {
			return ImportDetail{}, err
		}
	}
	if stored, err = a.remap(ctx, in.Source, stored, remapping{in.Mapping, subject}); err != nil {
		return ImportDetail{}, err
	}
	work, err := subject.work(stored)
	if err != nil {
		return ImportDetail{}, err
	}
	reading, err := a.importReadingOf(in.Source, work)
	if err != nil {
		return ImportDetail{}, err
	}
	t := newImportTally(in.Each)
	if err := a.tryImport(ctx, reading, project, t); err != nil {
		return ImportDetail{}, importError(err)
	}
	run := cairn.Run{
		Project: project, Subject: in.Subject, State: cairn.RunMapped, FileName: in.Source.Name(), Size: in.Source.Size(),
		Format: stored.Survey.Format, Title: stored.Survey.Title, Rows: stored.Survey.Rows, Counts: t.result.Counts,
	}
	d := stored.detail(ImportRun{Run: run})
	d.Result = &t.result
	return d, nil
}

// trialSubject is what the rows of a trial become. Ideas may be those of a
// project that does not exist yet.
func (a *App) trialSubject(ctx context.Context, by Caller, project cairn.ID, in Trial) (importSubject, error) {
	if project == 0 && in.Subject == cairn.RunIdeas {
		fields, err := a.templateFields(ctx, by, in.Template)
		return ideaSubject{fields}, err
	}
	if err := a.mayImport(by, in.Subject, project); err != nil {
		return nil, err
	}
	return a.subjectOf(ctx, by, in.Subject, project)
}

// templateFields are the fields of a project that would be made from a template.
func (a *App) templateFields(ctx context.Context, by Caller, name string) ([]cairn.Field, error) {
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
