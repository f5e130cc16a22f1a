package app

import (
	"context"

	"cairn"
)

// About names what is talked about, and what files are attached to: an idea, a
// view or an insight.
type About struct {
	Kind cairn.Kind
	ID   cairn.ID
}

// about authorises a verb on what is talked about and returns its project. An
// insight that was merged leads to its whole.
func (a *App) about(ctx context.Context, by Caller, on *About, verb cairn.Verb) (cairn.Project, error) {
	switch on.Kind {
	case cairn.KindIdea:
		return a.readableIdea(ctx, by, on.ID, verb)
	case cairn.KindView:
		v, err := a.View(by, on.ID)
		if err != nil {
			return cairn.Project{}, err
		}
		return a.mayIn(by, v.Project, verb)
	case cairn.KindInsight:
		i, err := a.homeInsight(by, on.ID)
		if err != nil {
			return cairn.Project{}, err
		}
		on.ID = i.ID
		return a.mayIn(by, i.Project, verb)
	}
	return cairn.Project{}, cairn.NotFound("What it is about")
}

// homeInsight finds an insight for who reads its home: what is said there is not
// for those who know it only by an idea (EVD-9).
func (a *App) homeInsight(by Caller, id cairn.ID) (cairn.Insight, error) {
	i, foreign, err := a.readableInsight(by, id)
	if err == nil && foreign {
		err = cairn.Forbidden("This insight belongs to a project that you cannot see; its people talk about it there")
	}
	return i, err
}

// discussed names all that comments on something hang on, and files: a thing and
// its parts (MRG-3, EVD-24).
func (a *App) discussed(ctx context.Context, on About) []cairn.ID {
	switch on.Kind {
	case cairn.KindIdea:
		return a.withParts(ctx, on.ID)
	case cairn.KindInsight:
		return a.evidence.familyOf(on.ID)
	}
	return []cairn.ID{on.ID}
}

// insightTalk counts the comments on an insight and its parts, for who may read
// them, and its files.
func (a *App) insightTalk(ctx context.Context, out *InsightInfo) error {
	family := a.evidence.familyOf(out.ID)
	out.Files = a.files.attached(family)
	if out.Foreign {
		return nil
	}
	st, err := a.states.get(ctx, out.Project)
	if err == nil {
		out.Comments = st.state.Said(family)
	}
	return err
}
