package app

import (
	"context"
	"errors"
	"fmt"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/store"
)

// CommitImport begins to write a run's ideas and returns at once; the work goes
// on behind. A run that was interrupted or failed goes on where it stopped.
func (a *App) CommitImport(ctx context.Context, by Caller, id cairn.ID) (ImportRun, error) {
	run, err := a.importRun(ctx, by, id)
	if err != nil {
		return ImportRun{}, err
	}
	if err := mayCommit(run); err != nil {
		return ImportRun{}, err
	}
	_, reading, err := a.prepareImport(ctx, by, run.Run)
	if err != nil {
		return ImportRun{}, err
	}
	by.Group, by.Origin, by.Reason = run.Group(), run.Group(), "Import of "+run.FileName
	begin := importBegin{app: a, by: by, seen: run, work: reading.work}
	job := &importJob{app: a, reading: reading}
	if run.Project != 0 {
		st, err := a.states.get(ctx, run.Project)
		if err != nil {
			return ImportRun{}, err
		}
		begin.state, job.state, job.index = st.state, st.state, st.index
	}
	if _, err := a.write(ctx, by, run.Project, begin.run); err != nil {
		return ImportRun{}, err
	}
	by.Once = ""
	job.by, job.run = by, begin.now
	// The file is read on when the request is over.
	reading.src = a.importSource(a.imports.ctx, run.ID, run.FileName, run.Size)
	a.imports.start(id, job.commit)
	return ImportRun{Run: begin.now}, nil
}

func mayCommit(run ImportRun) error {
	switch {
	case run.State.Idle(), run.State == cairn.RunFailed, run.State == cairn.RunCommitting && run.Interrupted:
		return nil
	case run.State == cairn.RunUndoing && run.Interrupted:
		return cairn.Conflict("The undo of %q was interrupted. Finish it first: undo the import again", run.FileName)
	}
	return notIdle(run.Run)
}

// importBegin is the first transaction of a commit: it takes the run and makes
// the fields.
type importBegin struct {
	app   *App
	by    Caller
	seen  ImportRun
	work  importWork
	state *engine.State // of the project; nil for the workspace
	now   cairn.Run
}

func (b *importBegin) run(tx store.Tx) error {
	if err := b.alone(tx); err != nil {
		return err
	}
	if err := b.work.prepare(tx, b); err != nil {
		return err
	}
	first := int64(0)
	if b.seen.Project != 0 {
		var err error
		if first, err = tx.Numbers(b.seen.Project, 0); err != nil {
			return err
		}
	}
	err := changeRun(tx, b.seen.ID, func(r *cairn.Run) error {
		if r.Attempt != b.seen.Attempt || r.State != b.seen.State {
			return notIdle(*r)
		}
		if r.State.Idle() {
			r.Counts, r.Done, r.Begun, r.Back, r.Reverted, r.Kept, r.First = cairn.RunCounts{}, 0, tx.Seq(), 0, 0, 0, first
		}
		r.State, r.Error = cairn.RunCommitting, ""
		r.Attempt++
		b.now = *r
		return nil
	})
	if err != nil {
		return err
	}
	return tx.PutPrivate(b.app.imports.lease(b.seen.ID, tx.Now()))
}

// alone refuses while another import of the project is unfinished.
func (b *importBegin) alone(tx store.Tx) error {
	return tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindRun}, Project: b.seen.Project}, func(e cairn.Entity) error {
		other, err := runOf(e)
		if err == nil && other.ID != b.seen.ID && other.Project == b.seen.Project && (other.State == cairn.RunCommitting || other.State == cairn.RunUndoing) {
			err = cairn.Conflict("The import of %q is not finished. Wait for it, or resume or undo it if it was interrupted", other.FileName)
		}
		return err
	})
}

// prepare makes the fields that the project lacks.
func (p *importPlan) prepare(tx store.Tx, b *importBegin) error {
	position := 0.0
	for _, f := range b.state.Fields() {
		position = max(position, f.Position)
	}
	for _, f := range p.fields {
		if !f.make {
			continue
		}
		position++
		made := cairn.Field{Name: f.Name, Type: f.Type, Position: position}
		for _, o := range f.fresh {
			made.Options = append(made.Options, cairn.Option{Name: o.name, Color: o.color})
		}
		id, err := createField(tx, b.state, b.seen.Project, &made)
		if err != nil {
			return fmt.Errorf("make the field %s: %w", f.Name, err)
		}
		f.ID = id
		for i, o := range f.fresh {
			o.id = made.Options[i].ID
		}
	}
	return nil
}

// importJob writes one run.
type importJob struct {
	app     *App
	by      Caller
	run     cairn.Run
	reading *importReading
	// Of the project; nil for the workspace.
	index *indexer
	state *engine.State
}

// commit does all the work and leaves the run in a state that says how it ended.
func (j *importJob) commit(ctx context.Context) {
	defer j.app.holdLease(ctx, j.run.ID)()
	if j.index != nil {
		defer j.index.hold()()
	}
	t, err := j.app.reported(ctx, j.run.ID, func(t *importTally) error { return j.all(ctx, t) })
	if err == nil {
		err = j.app.putImportPart(ctx, j.run.ID, importResult, t.result)
	}
	if ctx.Err() != nil {
		return // Cairn is stopping: the run is interrupted
	}
	end := cairn.RunCommitted
	if err != nil {
		end = cairn.RunFailed
		j.app.logger.Error("an import stopped", "import", j.run.ID, "err", err)
	}
	// The end is written even when what failed was this context.
	_, werr := j.app.write(context.WithoutCancel(ctx), j.by, j.run.Project, func(tx store.Tx) error {
		return changeRun(tx, j.run.ID, func(r *cairn.Run) error {
			if r.Attempt != j.run.Attempt {
				return errSuperseded
			}
			r.State, r.FinishedAt, r.Error = end, tx.Now(), failureText(err)
			if err == nil {
				r.Counts, r.Done = t.result.Counts, r.Rows
			}
			return nil
		})
	})
	if werr != nil {
		j.app.logger.Error("the end of an import was not recorded", "import", j.run.ID, "err", werr)
	}
}

var errSuperseded = cairn.Errorf(cairn.CodeConflict, "The import was taken over by somebody else who resumed or undid it")

// failureText is what people are told of a failure.
func failureText(err error) string {
	if err == nil {
		return ""
	}
	if known, ok := errors.AsType[*cairn.Error](importError(err)); ok {
		return known.Message
	}
	return "Something failed on the server; its log says what. What was imported until then is complete: resume the import or undo it"
}

// all imports what of the file has not been imported.
func (j *importJob) all(ctx context.Context, t *importTally) error {
	work := j.reading.work
	m, err := work.meet(ctx, j.app, j.run.Project)
	if err != nil {
		return err
	}
	j.reading.skip = j.run.Done
	t.result.Counts = j.run.Counts
	work.begin(&t.result.Counts)
	err = j.reading.each(ctx, func(b *importBatchOf) error {
		if err := m.ahead(ctx, j, b); err != nil {
			return err
		}
		t.batch(b)
		steps, err := t.match(ctx, m, b)
		if err != nil {
			return err
		}
		_, err = j.app.write(ctx, j.by, j.run.Project, func(tx store.Tx) error {
			if err := j.progress(tx, b.last, t.result.Counts); err != nil {
				return err
			}
			return m.write(tx, j, importWriting{b, steps})
		})
		return err
	})
	if err == nil {
		err = m.rest(ctx, t, j)
	}
	if err == nil {
		work.list(&t.result)
	}
	return err
}

// progress moves the run on, in the same transaction as its ideas: a run that is
// interrupted knows exactly how far it came.
func (j *importJob) progress(tx store.Tx, last int, counts cairn.RunCounts) error {
	err := changeRun(tx, j.run.ID, func(r *cairn.Run) error {
		if r.Attempt != j.run.Attempt || r.State != cairn.RunCommitting {
			return errSuperseded
		}
		r.Done, r.Counts = max(r.Done, last), counts
		return nil
	})
	if err != nil {
		return err
	}
	return tx.PutPrivate(j.app.imports.lease(j.run.ID, tx.Now()))
}

// ahead adds the people that a batch needs, who belong to the workspace and so
// have a change set of their own.
func (m *importMatcher) ahead(ctx context.Context, j *importJob, b *importBatchOf) error {
	if len(b.people) == 0 {
		return nil
	}
	by := j.by
	by.Group = importPeopleGroup(j.run.ID)
	_, err := j.app.write(ctx, by, 0, func(tx store.Tx) error {
		for _, who := range b.people {
			u := cairn.User{Name: who.name, Email: who.email, Placeholder: true, CreatedAt: tx.Now()}
			if who.email != "" { // somebody may have come by that address meanwhile
				id, err := tx.Lookup(cairn.Key{Scope: cairn.ScopeEmail, Name: who.email})
				if err != nil {
					return err
				}
				if who.id = id; id != 0 {
					continue
				}
			}
			attrs, err := cairn.AttrsOf(u)
			if err != nil {
				return err
			}
			if who.id, err = tx.Create(cairn.Entity{Kind: cairn.KindUser, Attrs: attrs}); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// importPeopleGroup is the group of the change sets that add a run's people.
func importPeopleGroup(run cairn.ID) string { return "import-people:" + run.String() }
