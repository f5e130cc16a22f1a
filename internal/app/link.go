package app

import (
	"context"
	"slices"

	"cairn"
	"cairn/internal/store"
)

// LinkEnd is an idea at one end of a link. Of an idea that the reader may not
// see, Hidden is all there is to know.
type LinkEnd struct {
	ID       cairn.ID
	Project  cairn.ID
	Key      string
	Title    string
	Archived bool
	Hidden   bool
}

// LinkInfo is a link with its ends as one reader may see them.
type LinkInfo struct {
	cairn.Link
	Source, Target LinkEnd
}

// Links returns the links that leave or reach an idea, oldest first. Links from
// projects that the caller may not read are left out.
func (a *App) Links(ctx context.Context, by Caller, idea cairn.ID) ([]LinkInfo, error) {
	if _, err := a.readableIdea(ctx, by, idea, cairn.ReadProject); err != nil {
		return nil, err
	}
	var links []cairn.Link
	for _, part := range a.withParts(ctx, idea) { // of parts, those from other projects
		links = append(links, a.links.of(part)...)
	}
	return a.linkInfos(ctx, by, links)
}

// ProjectLinks returns the links that leave or reach the ideas of a project,
// oldest first; with dependencies, only those that order ideas in time.
func (a *App) ProjectLinks(ctx context.Context, by Caller, project cairn.ID, only LinkFilter) ([]LinkInfo, error) {
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return nil, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return nil, err
	}
	links := a.links.inProject(project, st.state.Has)
	if only == OnlyDependencies {
		links = slices.DeleteFunc(links, func(l cairn.Link) bool { return !l.Dependency() })
	}
	return a.linkInfos(ctx, by, links)
}

// LinkFilter says which links of a project are wanted.
type LinkFilter string

// The filters.
const (
	AllLinks         LinkFilter = ""
	OnlyDependencies LinkFilter = "dependencies"
)

func (a *App) linkInfos(ctx context.Context, by Caller, links []cairn.Link) ([]LinkInfo, error) {
	out := make([]LinkInfo, 0, len(links))
	for _, l := range links {
		if !a.MayRead(by, l.Project) {
			continue
		}
		source, there, err := a.linkEnd(ctx, by, l.Project, l.From)
		if err != nil {
			return nil, err
		}
		if !there {
			continue
		}
		target, there, err := a.linkEnd(ctx, by, l.Project, l.To)
		if err != nil {
			return nil, err
		}
		if there {
			out = append(out, LinkInfo{Link: l, Source: source, Target: target})
		}
	}
	return out, nil
}

// linkEnd describes one end for a reader; likely is the project that it probably
// belongs to. there is false when the idea is gone.
func (a *App) linkEnd(ctx context.Context, by Caller, likely, idea cairn.ID) (end LinkEnd, there bool, err error) {
	project := likely
	ok := false
	if st := a.states.peek(likely); st != nil {
		ok = st.state.Has(idea)
		idea = st.state.Whole(idea)
	}
	if !ok {
		idea = a.wholeOf(ctx, idea)
	}
	if !ok {
		project, ok = a.states.holding(idea)
	}
	if !ok { // not loaded yet, or deleted
		e, err := a.store.Entity(ctx, idea)
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			return LinkEnd{}, false, nil
		}
		if err != nil {
			return LinkEnd{}, false, err
		}
		project = e.Project
	}
	p, err := a.mayIn(by, project, cairn.ReadProject)
	if err != nil {
		return LinkEnd{ID: idea, Hidden: true}, true, nil
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return LinkEnd{}, false, err
	}
	title, number, ok := st.state.Title(idea)
	return LinkEnd{
		ID: idea, Project: project, Key: cairn.IdeaKey(p.Key, number), Title: title, Archived: st.state.Archived(idea),
	}, ok, nil
}

// NewLink is what a link starts from.
type NewLink struct {
	To   cairn.ID
	Type cairn.LinkType
	Lag  int
}

// CreateLink links an idea to another one. The caller may edit the source's
// project and read the target's.
func (a *App) CreateLink(ctx context.Context, by Caller, from cairn.ID, in NewLink) (LinkInfo, error) {
	p, err := a.readableIdea(ctx, by, from, cairn.LinkIdea)
	if err != nil {
		return LinkInfo{}, err
	}
	if _, err := a.readableIdea(ctx, by, in.To, cairn.ReadProject); err != nil {
		return LinkInfo{}, err
	}
	l := cairn.Link{Project: p.ID, From: from, To: in.To, Type: in.Type, Lag: in.Lag, CreatedBy: by.User}
	if err := l.Validate(); err != nil {
		return LinkInfo{}, err
	}
	if a.links.outgoing(from) >= cairn.MaxLinks {
		return LinkInfo{}, cairn.Errorf(cairn.CodeTooLarge, "The idea has %d links, which is the most that one can have; remove some first", cairn.MaxLinks)
	}
	_, err = a.write(ctx, by, p.ID, func(tx store.Tx) error {
		if err := a.checkLink(tx, by, l); err != nil {
			return err
		}
		l.CreatedAt = tx.Now()
		e, err := l.Entity()
		if err != nil {
			return err
		}
		if l.ID, err = tx.Create(e); err != nil {
			return err
		}
		l.Version = tx.Seq()
		return touchEnds(tx, by, l)
	})
	if err != nil {
		return LinkInfo{}, err
	}
	return a.linkInfo(ctx, by, l)
}

func (a *App) linkInfo(ctx context.Context, by Caller, l cairn.Link) (LinkInfo, error) {
	infos, err := a.linkInfos(ctx, by, []cairn.Link{l})
	if err == nil && len(infos) == 0 {
		err = cairn.NotFound("The link")
	}
	if err != nil {
		return LinkInfo{}, err
	}
	return infos[0], nil
}

// LinkPatch changes what is not nil.
type LinkPatch struct {
	Type *cairn.LinkType
	Lag  *int
	// Version, when not 0, is what the caller last saw of the link.
	Version int64
}

// UpdateLink changes what a link says.
func (a *App) UpdateLink(ctx context.Context, by Caller, id cairn.ID, in LinkPatch) (LinkInfo, error) {
	l, err := a.editableLink(by, id)
	if err != nil {
		return LinkInfo{}, err
	}
	_, err = a.write(ctx, by, l.Project, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		if err := checkVersion(e, in.Version); err != nil {
			return err
		}
		if l, err = cairn.LinkOf(e); err != nil {
			return err
		}
		before := l
		set(&l.Type, in.Type)
		set(&l.Lag, in.Lag)
		if in.Type != nil && !l.Dependency() {
			l.Lag = 0
		}
		if l.Type == before.Type && l.Lag == before.Lag {
			return nil
		}
		if err := l.Validate(); err != nil {
			return err
		}
		if err := a.checkLink(tx, by, l); err != nil {
			return err
		}
		if e, err = l.Entity(); err != nil {
			return err
		}
		l.Version = tx.Seq()
		if err := tx.Put(e); err != nil {
			return err
		}
		return touchEnds(tx, by, l)
	})
	if err != nil {
		return LinkInfo{}, err
	}
	return a.linkInfo(ctx, by, l)
}

// DeleteLink removes a link.
func (a *App) DeleteLink(ctx context.Context, by Caller, id cairn.ID) error {
	l, err := a.editableLink(by, id)
	if err != nil {
		return err
	}
	_, err = a.write(ctx, by, l.Project, func(tx store.Tx) error {
		if err := tx.Delete(id); err != nil {
			return err
		}
		return touchEnds(tx, by, l)
	})
	return err
}

func (a *App) editableLink(by Caller, id cairn.ID) (cairn.Link, error) {
	l, ok := a.links.get(id)
	if !ok {
		return l, cairn.NotFound("The link")
	}
	_, err := a.mayIn(by, l.Project, cairn.LinkIdea)
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		err = cairn.NotFound("The link")
	}
	return l, err
}
