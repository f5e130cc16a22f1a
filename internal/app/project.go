package app

import (
	"cmp"
	"context"
	"strings"

	"cairn"
	"cairn/internal/store"
)

// ProjectInfo is a project as one person sees it.
type ProjectInfo struct {
	cairn.Project
	Role cairn.Role
	// Ideas is how many live ideas it has; -1 while it is loading.
	Ideas int
}

// Projects returns the projects the caller may read, by name.
func (a *App) Projects(by Caller) []ProjectInfo {
	var out []ProjectInfo
	for _, p := range a.dir.Projects() {
		if t := a.target(by, p); cairn.Can(by.Actor, cairn.ReadProject, t) {
			out = append(out, a.projectInfo(p, t.Role))
		}
	}
	return out
}

func (a *App) projectInfo(p cairn.Project, role cairn.Role) ProjectInfo {
	info := ProjectInfo{Project: p, Role: role, Ideas: -1}
	if st := a.states.peek(p.ID); st != nil {
		info.Ideas = st.state.Live()
	}
	return info
}

// Project returns the project with that key if the caller may read it.
func (a *App) Project(by Caller, key string) (ProjectInfo, error) {
	p, ok := a.dir.ProjectByKey(strings.ToUpper(key))
	if !ok {
		return ProjectInfo{}, a.unknownProject(by, key)
	}
	if _, err := a.mayIn(by, p.ID, cairn.ReadProject); err != nil {
		return ProjectInfo{}, err
	}
	return a.projectInfo(p, a.target(by, p).Role), nil
}

func (a *App) unknownProject(by Caller, key string) error {
	if by.User == 0 && !by.System {
		return cairn.Errorf(cairn.CodeUnauthenticated, "Sign in first")
	}
	return cairn.NotFound("The project " + strings.ToUpper(key))
}

// NewProject is what a project starts from.
type NewProject struct {
	Name, Key, Description, Icon, Template string
	Access                                 cairn.Access
	Demo                                   bool
	// Samples adds the template's sample ideas.
	Samples bool
}

// CreateProject makes a project with the fields and views of its template. The
// person who makes it administers it.
func (a *App) CreateProject(ctx context.Context, by Caller, in NewProject) (ProjectInfo, error) {
	if err := a.may(by, cairn.CreateProject); err != nil {
		return ProjectInfo{}, err
	}
	from, err := a.originNamed(ctx, in.Template)
	if err != nil {
		return ProjectInfo{}, err
	}
	p := cairn.Project{
		Name: strings.TrimSpace(in.Name), Key: strings.ToUpper(strings.TrimSpace(in.Key)), Description: in.Description,
		Icon: in.Icon, Template: from.name, Access: cmp.Or(in.Access, from.access, cairn.AccessOpen), Demo: in.Demo,
	}
	if err := p.Validate(); err != nil {
		return ProjectInfo{}, err
	}
	_, err = a.write(ctx, by, 0, func(tx store.Tx) error {
		attrs, err := cairn.AttrsOf(p)
		if err != nil {
			return err
		}
		if p.ID, err = tx.Create(cairn.Entity{Kind: cairn.KindProject, Attrs: attrs}); err != nil {
			return err
		}
		tx.InProject(p.ID)
		if by.User != 0 {
			if err := createMember(tx, p.ID, by.User, cairn.RoleAdmin); err != nil {
				return err
			}
		}
		t := newTemplating(tx, by, p.ID)
		if !in.Samples {
			from.builtin.Samples = nil
		}
		if err := t.start(from, &p); err != nil {
			return err
		}
		made, err := tx.Entity(p.ID)
		if err != nil {
			return err
		}
		return putAttrs(tx, made, p)
	})
	if err != nil {
		return ProjectInfo{}, err
	}
	if _, err := a.states.get(ctx, p.ID); err != nil {
		return ProjectInfo{}, err
	}
	return a.Project(by, p.Key)
}

func createMember(tx store.Tx, project, user cairn.ID, role cairn.Role) error {
	attrs, err := cairn.AttrsOf(cairn.Member{User: user, Role: role})
	if err != nil {
		return err
	}
	_, err = tx.Create(cairn.Entity{Kind: cairn.KindMember, Project: project, Attrs: attrs})
	return err
}

// ProjectPatch changes what is not nil.
type ProjectPatch struct {
	Name, Key, Description, Icon *string
	Access                       *cairn.Access
	Archived                     *bool
	DefaultView                  *cairn.ID
	Reasons                      *[]cairn.ReasonRule
	// Version, when not 0, is what the caller last saw; a newer one is a conflict.
	Version int64
}

// UpdateProject changes a project's settings.
func (a *App) UpdateProject(ctx context.Context, by Caller, id cairn.ID, in ProjectPatch) (ProjectInfo, error) {
	if _, err := a.mayIn(by, id, cairn.ChangeProject); err != nil {
		return ProjectInfo{}, err
	}
	if err := a.checkReasons(ctx, id, in.Reasons); err != nil {
		return ProjectInfo{}, err
	}
	var p cairn.Project
	_, err := a.write(ctx, by, id, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		if err := checkVersion(e, in.Version); err != nil {
			return err
		}
		p = cairn.Project{ID: id}
		if err := e.Attrs.Decode(&p); err != nil {
			return err
		}
		set(&p.Name, in.Name)
		set(&p.Key, in.Key)
		set(&p.Description, in.Description)
		set(&p.Icon, in.Icon)
		set(&p.Access, in.Access)
		set(&p.Archived, in.Archived)
		set(&p.DefaultView, in.DefaultView)
		set(&p.Reasons, in.Reasons)
		p.Name, p.Key = strings.TrimSpace(p.Name), strings.ToUpper(strings.TrimSpace(p.Key))
		if err := p.Validate(); err != nil {
			return err
		}
		return putAttrs(tx, e, p)
	})
	if err != nil {
		return ProjectInfo{}, err
	}
	return a.Project(by, p.Key)
}

// DeleteProject removes a project with everything in it. Its last form stays in
// the log.
func (a *App) DeleteProject(ctx context.Context, by Caller, id cairn.ID) error {
	if _, err := a.mayIn(by, id, cairn.DeleteProject); err != nil {
		return err
	}
	_, err := a.write(ctx, by, id, func(tx store.Tx) error {
		var ids, hooks []cairn.ID
		if err := tx.Scan(store.Query{Project: id}, func(e cairn.Entity) error {
			ids = append(ids, e.ID)
			if e.Kind == cairn.KindHook {
				hooks = append(hooks, e.ID)
			}
			return nil
		}); err != nil {
			return err
		}
		for _, hook := range hooks {
			if err := dropHookRecords(tx, hook); err != nil {
				return err
			}
		}
		for _, child := range ids {
			if err := tx.Delete(child); err != nil {
				return err
			}
		}
		return tx.Delete(id)
	})
	return err
}

// set assigns *v to dst when there is a v.
func set[T any](dst *T, v *T) {
	if v != nil {
		*dst = *v
	}
}

// putAttrs writes a typed noun back to its entity.
func putAttrs(tx store.Tx, e cairn.Entity, noun any) error {
	attrs, err := cairn.AttrsOf(noun)
	if err != nil {
		return err
	}
	e.Attrs = attrs
	return tx.Put(e)
}

// deleteOne deletes an entity that must be of a kind; what names it where it is
// not there.
func deleteOne(tx store.Tx, id cairn.ID, kind cairn.Kind, what string) error {
	e, err := tx.Entity(id)
	if err != nil || e.Kind != kind {
		return cairn.NotFound(what)
	}
	return tx.Delete(id)
}

// checkVersion is the optimistic lock of a whole entity.
func checkVersion(e cairn.Entity, seen int64) error {
	if seen != 0 && seen != e.Version {
		return cairn.Conflict("This was changed meanwhile: you last saw version %d and it is now version %d. Load it again and repeat your change", seen, e.Version)
	}
	return nil
}
