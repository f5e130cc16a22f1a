package app

import (
	"context"

	"cairn"
	"cairn/internal/store"
)

// MergeInsight makes one insight part of another of the same project. The part
// keeps its wording, source, links, comments and files; read, counted and linked
// is the whole. The caller may edit both.
func (a *App) MergeInsight(ctx context.Context, by Caller, part, into cairn.ID) (InsightInfo, error) {
	p, err := a.editableInsight(by, part)
	if err != nil {
		return InsightInfo{}, err
	}
	whole, err := a.editableInsight(by, a.evidence.wholeOf(into))
	if err != nil {
		return InsightInfo{}, err
	}
	switch {
	case whole.ID == part:
		return InsightInfo{}, cairn.Invalid("part", "An insight cannot be merged into itself or into a part of it")
	case whole.Project != p.Project:
		return InsightInfo{}, cairn.Invalid("part", "Only insights at home in the same project are merged")
	}
	if n := len(a.evidence.linksOfInsight(part)) + len(a.evidence.linksOfInsight(whole.ID)); n > cairn.MaxInsightLinks {
		return InsightInfo{}, cairn.Errorf(cairn.CodeTooLarge, "Together they belong to %d ideas, more than the %d that one may; take them off some first", n, cairn.MaxInsightLinks)
	}
	return a.joinInsight(ctx, by, p, whole.ID)
}

// TakeOutInsight makes a part an insight of its own again.
func (a *App) TakeOutInsight(ctx context.Context, by Caller, whole, part cairn.ID) (InsightInfo, error) {
	i, ok := a.evidence.insight(part)
	if !ok || i.MergedInto == 0 || part == a.evidence.wholeOf(part) || a.evidence.wholeOf(whole) != a.evidence.wholeOf(part) {
		if _, _, err := a.readableInsight(by, whole); err != nil {
			return InsightInfo{}, err
		}
		return InsightInfo{}, cairn.NotFound("The part of this insight")
	}
	if _, foreign, err := a.readableInsight(by, part); err != nil || foreign {
		if err == nil {
			err = cairn.Forbidden("This insight belongs to a project that you cannot see; its people can take it apart")
		}
		return InsightInfo{}, err
	}
	if _, err := a.mayBy(by, i.Project, cairn.EditInsight, i.CreatedBy); err != nil {
		return InsightInfo{}, err
	}
	return a.joinInsight(ctx, by, i, 0)
}

// joinInsight writes what an insight is part of, and tells all whom it concerns.
func (a *App) joinInsight(ctx context.Context, by Caller, part cairn.Insight, whole cairn.ID) (InsightInfo, error) {
	by.Group = a.grouped(by.Group)
	concerned := []cairn.ID{part.ID, part.MergedInto, whole}
	_, err := a.write(ctx, by, part.Project, func(tx store.Tx) error {
		e, err := tx.Entity(part.ID)
		if err != nil {
			return err
		}
		if part, err = cairn.InsightOf(e); err != nil {
			return err
		}
		if whole != 0 {
			if part.MergedInto != 0 {
				return cairn.Conflict("“%s” was merged into another insight already", part.Title)
			}
			if err := insightFits(tx, part.ID, whole); err != nil {
				return err
			}
		}
		part.MergedInto = whole
		next, err := part.Entity()
		if err != nil {
			return err
		}
		return tx.Put(next)
	})
	if err != nil {
		return InsightInfo{}, err
	}
	told := make(map[cairn.ID]bool)
	for _, id := range concerned {
		i, ok := a.evidence.insight(a.evidence.wholeOf(id))
		if !ok || told[i.ID] {
			continue
		}
		told[i.ID] = true
		if err := a.spreadInsight(ctx, by, i); err != nil {
			return InsightInfo{}, err
		}
	}
	return a.Insight(ctx, by, part.ID)
}

// insightFits checks that an insight can be part of another as they stand in the
// store: that one is there, and not part of this one.
func insightFits(tx store.Tx, part, whole cairn.ID) error {
	for at := whole; at != 0; {
		if at == part {
			return cairn.Conflict("An insight cannot be merged into itself or into a part of it")
		}
		e, err := tx.Entity(at)
		if err != nil {
			return err
		}
		i, err := cairn.InsightOf(e)
		if err != nil {
			return err
		}
		at = i.MergedInto
	}
	return nil
}
