package app

import (
	"context"
	"errors"

	"cairn/internal/importer"
)

// A batch of an import becomes one change set: at most so many ideas and
// comments, and about so many bytes, so that other writers wait a moment only.
const (
	importBatch      = 400
	importBatchBytes = 1 << 20
)

// importBatchOf is what one change set is made of.
type importBatchOf struct {
	drafts []drafted
	// past are drafts that were dealt with before an interruption and have
	// problems to report.
	past []drafted
	// fresh rows were read, refused ones included, up to the row last.
	fresh, last int
	// options and people that the drafts are the first to need.
	options []freshOption
	people  []*importPerson
	types   []*importType
	// customers are those who are to be added, fills the values that others lack.
	customers []*bookEntry
	fills     []bookFill
}

type freshOption struct {
	field  *importField
	option *importOption
}

// importReading reads a file, converts it and hands it on in batches: one
// goroutine reads, one converts, and the caller's takes what comes.
type importReading struct {
	leaf importer.Leaf
	src  importer.Source
	work importWork
	// skip passes over the first rows, which were dealt with before.
	skip int
}

var errImportStopped = errors.New("the import was stopped")

// each calls take for every batch, in the order of the file.
func (r *importReading) each(ctx context.Context, take func(*importBatchOf) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	rows := make(chan []importer.Row, 2)
	batches := make(chan *importBatchOf, 2)
	read := make(chan error, 1)
	go func() {
		defer close(rows)
		read <- r.read(ctx, rows)
	}()
	go func() {
		defer close(batches)
		r.convert(ctx, rows, batches)
	}()
	var taken error
	for b := range batches {
		if taken == nil {
			if taken = take(b); taken != nil {
				cancel(errImportStopped)
			}
		}
	}
	err := <-read
	switch {
	case taken != nil:
		return taken
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return importError(err)
}

// read sends the rows of the file in pieces.
func (r *importReading) read(ctx context.Context, out chan<- []importer.Row) error {
	const piece = 64
	var rows []importer.Row
	send := func() error {
		if len(rows) == 0 {
			return nil
		}
		select {
		case out <- rows:
			rows = nil
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	size := 0
	err := r.leaf.Rows(ctx, r.src, r.work.file(), func(row importer.Row) error {
		rows = append(rows, row)
		for _, cell := range row.Cells {
			for _, v := range cell {
				size += len(v)
			}
		}
		if len(rows) < piece && size < importBatchBytes/4 {
			return ctx.Err()
		}
		size = 0
		return send()
	})
	if err != nil {
		return err
	}
	return send()
}

// convert turns rows into drafts and cuts them into batches.
func (r *importReading) convert(ctx context.Context, in <-chan []importer.Row, out chan<- *importBatchOf) {
	b, units, bytes := &importBatchOf{}, 0, 0
	gather := r.work.gatherer()
	send := func() {
		gather(b)
		select {
		case out <- b:
		case <-ctx.Done():
		}
		b, units, bytes = &importBatchOf{}, 0, 0
	}
	for rows := range in {
		for i := range rows {
			d := r.work.draft(&rows[i])
			b.last = d.base().number
			if b.last <= r.skip {
				if len(d.base().problems) > 0 {
					b.past = append(b.past, d)
				}
				continue
			}
			b.fresh++
			b.drafts = append(b.drafts, d)
			units += d.units()
			bytes += d.size()
			if units >= importBatch || bytes >= importBatchBytes {
				send()
			}
		}
	}
	if b.last > 0 {
		send()
	}
}

// freshMarks remember how far the plan's new options and people were handed on.
type freshMarks struct {
	options []int
	people  int
	types   int
}

func newFreshMarks(p *importPlan) *freshMarks {
	m := &freshMarks{options: make([]int, len(p.fields)), people: len(p.people.fresh), types: len(p.types.fresh)}
	for i, f := range p.fields {
		m.options[i] = len(f.fresh)
	}
	return m
}

// gatherer gives batches the options, people and types that are new.
func (p *importPlan) gatherer() func(*importBatchOf) {
	marks := newFreshMarks(p)
	return func(b *importBatchOf) { marks.take(p, b) }
}

// take gives a batch what is new since the one before.
func (m *freshMarks) take(p *importPlan, b *importBatchOf) {
	for i, f := range p.fields {
		for _, o := range f.fresh[m.options[i]:] {
			b.options = append(b.options, freshOption{f, o})
		}
		m.options[i] = len(f.fresh)
	}
	b.people = p.people.fresh[m.people:len(p.people.fresh):len(p.people.fresh)]
	m.people = len(p.people.fresh)
	b.types = p.types.fresh[m.types:len(p.types.fresh):len(p.types.fresh)]
	m.types = len(p.types.fresh)
}

// importReadingOf prepares to read a run's file.
func (a *App) importReadingOf(src importer.Source, work importWork) (*importReading, error) {
	leaf, err := a.leafFor(work.file().Format, nil, src.Name())
	if err != nil {
		return nil, err
	}
	return &importReading{leaf: leaf, src: src, work: work}, nil
}
