package app

import (
	"context"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/importer"
	"cairn/internal/store"
)

// SavedMappings returns a project's saved mappings, newest first.
func (a *App) SavedMappings(ctx context.Context, by Caller, project cairn.ID) ([]cairn.Mapping, error) {
	if _, err := a.mayIn(by, project, cairn.SeeImports); err != nil {
		return nil, err
	}
	return a.savedMappings(ctx, project)
}

func (a *App) savedMappings(ctx context.Context, project cairn.ID) ([]cairn.Mapping, error) {
	out := []cairn.Mapping{}
	_, err := a.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindMapping}, Project: project}, func(e cairn.Entity) error {
		m := cairn.Mapping{ID: e.ID, Project: e.Project, Version: e.Version}
		err := e.Attrs.Decode(&m)
		out = append(out, m)
		return err
	})
	slices.Reverse(out)
	return out, err
}

// SaveMapping keeps a mapping under a name for later files of the same format.
// One of the same name and format is replaced.
func (a *App) SaveMapping(ctx context.Context, by Caller, project cairn.ID, m cairn.Mapping) (cairn.Mapping, error) {
	if _, err := a.mayIn(by, project, cairn.ImportIdeas); err != nil {
		return m, err
	}
	m.Name = strings.Join(strings.Fields(m.Name), " ")
	switch n := len([]rune(m.Name)); {
	case n == 0:
		return m, cairn.Invalid("name", "A saved mapping needs a name")
	case n > 120:
		return m, cairn.Invalid("name", "The name of a saved mapping has at most 120 characters; this one has %d", n)
	case m.Format == "":
		return m, cairn.Invalid("format", "Say which format the mapping is for: %s", a.formatNames())
	case len(m.Columns) > importer.MaxColumns:
		return m, cairn.Invalid("columns", "A mapping has at most %d columns; this one has %d", importer.MaxColumns, len(m.Columns))
	}
	if err := m.Validate(); err != nil {
		return m, err
	}
	if err := checkZone(m.Options.TimeZone); err != nil {
		return m, err
	}
	_, err := a.write(ctx, by, project, func(tx store.Tx) error {
		var same cairn.Entity
		err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindMapping}, Project: project}, func(e cairn.Entity) error {
			if strings.EqualFold(e.Attrs.Text("name"), m.Name) && e.Attrs.Text("format") == m.Format {
				same = e
			}
			return nil
		})
		if err != nil {
			return err
		}
		m.Project, m.Version = project, tx.Seq()
		if same.ID != 0 {
			m.ID = same.ID
			return putAttrs(tx, same, m)
		}
		attrs, err := cairn.AttrsOf(m)
		if err != nil {
			return err
		}
		m.ID, err = tx.Create(cairn.Entity{Kind: cairn.KindMapping, Project: project, Attrs: attrs})
		return err
	})
	return m, err
}

// DeleteMapping removes a saved mapping of a project.
func (a *App) DeleteMapping(ctx context.Context, by Caller, project, id cairn.ID) error {
	if _, err := a.mayIn(by, project, cairn.ImportIdeas); err != nil {
		return err
	}
	_, err := a.write(ctx, by, project, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil || e.Kind != cairn.KindMapping || e.Project != project {
			return cairn.NotFound("The saved mapping")
		}
		return tx.Delete(id)
	})
	return err
}

// applySaved uses the mapping of the last import of the same source, so that the
// same file again changes nothing, or else the newest saved mapping for the
// format; both only when they know exactly the file's columns.
func (a *App) applySaved(ctx context.Context, project cairn.ID, src importer.Source, plan *storedPlan, subject importSubject) error {
	of := plan.Mapping.Subject
	mappings, err := a.mappingsOfSource(ctx, project, of, plan.Survey)
	if err != nil {
		return err
	}
	var saved []cairn.Mapping
	if project != 0 {
		if saved, err = a.savedMappings(ctx, project); err != nil {
			return err
		}
	}
	for _, m := range append(mappings, saved...) {
		if m.Subject != of || m.Format != plan.Survey.Format || !sameColumns(m.Columns, plan.Survey) {
			continue
		}
		fitted, err := a.remap(ctx, src, plan, remapping{m, subject})
		if err != nil {
			continue // made for fields that are gone: the proposal stands
		}
		*plan = *fitted
		return nil
	}
	return nil
}

// lookBack is how many runs are searched for one of the same source.
const lookBack = 20

// mappingsOfSource returns the mapping of the last run that was committed from
// the same source, if there is one.
func (a *App) mappingsOfSource(ctx context.Context, project cairn.ID, of cairn.RunSubject, s *importer.Survey) ([]cairn.Mapping, error) {
	var runs []cairn.ID
	err := a.eachRun(ctx, project, func(run cairn.Run) {
		if run.Subject == of && run.State == cairn.RunCommitted && run.Format == s.Format {
			runs = append(runs, run.ID)
		}
	})
	if err != nil {
		return nil, err
	}
	slices.Reverse(runs)
	for _, id := range runs[:min(lookBack, len(runs))] {
		plan, err := a.storedPlan(ctx, id)
		if err != nil {
			return nil, err
		}
		if plan.Survey.SourceKey == s.SourceKey {
			return []cairn.Mapping{plan.Mapping}, nil
		}
	}
	return nil, nil
}

// sameColumns reports whether a mapping names every column of a file and no
// other.
func sameColumns(columns []cairn.MappedColumn, s *importer.Survey) bool {
	if len(columns) != len(s.Columns) {
		return false
	}
	for _, c := range columns {
		if s.Column(c.Column) == nil {
			return false
		}
	}
	return true
}
