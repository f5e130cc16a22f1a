package app

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"cairn"
	"cairn/internal/store"
)

// Directory holds the workspace's small things in memory: people, projects,
// members and views. It moves only by applying change sets.
type Directory struct {
	mu        sync.RWMutex
	workspace cairn.Workspace
	users     map[cairn.ID]cairn.User
	projects  map[cairn.ID]cairn.Project
	keys      map[string]cairn.ID
	members   map[cairn.ID]map[cairn.ID]cairn.Member // by project, then person
	views     map[cairn.ID]map[cairn.ID]cairn.View   // by project, then id
	sections  map[cairn.ID]map[cairn.ID]cairn.Section
	favorites map[cairn.ID]map[cairn.ID]cairn.Favorite
	entities  map[cairn.ID]cairn.Entity // what the above were read from
	rev       atomic.Uint64
}

func newDirectory() *Directory {
	return &Directory{
		users:     make(map[cairn.ID]cairn.User),
		projects:  make(map[cairn.ID]cairn.Project),
		keys:      make(map[string]cairn.ID),
		members:   make(map[cairn.ID]map[cairn.ID]cairn.Member),
		views:     make(map[cairn.ID]map[cairn.ID]cairn.View),
		sections:  make(map[cairn.ID]map[cairn.ID]cairn.Section),
		favorites: make(map[cairn.ID]map[cairn.ID]cairn.Favorite),
		entities:  make(map[cairn.ID]cairn.Entity),
	}
}

// kinds are what the directory holds.
func (d *Directory) kinds() []cairn.Kind {
	return []cairn.Kind{
		cairn.KindWorkspace, cairn.KindUser, cairn.KindProject, cairn.KindMember, cairn.KindView,
		cairn.KindSection, cairn.KindFavorite,
	}
}

func (d *Directory) load(ctx context.Context, st store.Store) error {
	_, err := st.Scan(ctx, store.Query{Kinds: d.kinds()}, func(e cairn.Entity) error {
		d.mu.Lock()
		defer d.mu.Unlock()
		// A set may have been applied before the scan reached the entity.
		if old, ok := d.entities[e.ID]; ok && old.Version > e.Version {
			return nil
		}
		return d.put(e)
	})
	d.rev.Add(1)
	return err
}

// apply moves the directory forward.
func (d *Directory) apply(sets []cairn.ChangeSet) {
	d.mu.Lock()
	defer d.mu.Unlock()
	touched := false
	for i := range sets {
		for _, c := range sets[i].Changes {
			if slices.Contains(d.kinds(), c.Kind) {
				d.change(&sets[i], c)
				touched = true
			}
		}
	}
	if touched {
		d.rev.Add(1)
	}
}

func (d *Directory) change(set *cairn.ChangeSet, c cairn.Change) {
	old, known := d.entities[c.ID]
	if known && old.Version > set.Seq {
		return
	}
	if c.Deleted() {
		d.drop(c.ID)
		return
	}
	e, ok := store.Applied(old, set, c)
	if !ok {
		return
	}
	// A malformed entity cannot come from the use cases, which validate; it is
	// left out rather than taking the server down.
	_ = d.put(e)
}

func (d *Directory) put(e cairn.Entity) error {
	d.drop(e.ID)
	switch e.Kind {
	case cairn.KindWorkspace:
		w := cairn.Workspace{ID: e.ID, Version: e.Version}
		if err := e.Attrs.Decode(&w); err != nil {
			return err
		}
		d.workspace = w
	case cairn.KindUser:
		u := cairn.User{ID: e.ID, Version: e.Version}
		if err := e.Attrs.Decode(&u); err != nil {
			return err
		}
		d.users[e.ID] = u
	case cairn.KindProject:
		p := cairn.Project{ID: e.ID, Version: e.Version}
		if err := e.Attrs.Decode(&p); err != nil {
			return err
		}
		d.projects[e.ID] = p
		d.keys[p.Key] = e.ID
	case cairn.KindMember:
		m := cairn.Member{ID: e.ID, Project: e.Project}
		if err := e.Attrs.Decode(&m); err != nil {
			return err
		}
		inner(d.members, e.Project)[m.User] = m
	case cairn.KindView:
		v := cairn.View{ID: e.ID, Project: e.Project, Version: e.Version}
		if err := e.Attrs.Decode(&v); err != nil {
			return err
		}
		inner(d.views, e.Project)[e.ID] = v
	case cairn.KindSection:
		s := cairn.Section{ID: e.ID, Project: e.Project, Version: e.Version}
		if err := e.Attrs.Decode(&s); err != nil {
			return err
		}
		inner(d.sections, e.Project)[e.ID] = s
	case cairn.KindFavorite:
		f := cairn.Favorite{ID: e.ID, Project: e.Project, View: e.Parent}
		if err := e.Attrs.Decode(&f); err != nil {
			return err
		}
		inner(d.favorites, e.Project)[e.ID] = f
	default:
		return nil
	}
	d.entities[e.ID] = e
	return nil
}

func (d *Directory) drop(id cairn.ID) {
	e, ok := d.entities[id]
	if !ok {
		return
	}
	delete(d.entities, id)
	switch e.Kind {
	case cairn.KindUser:
		delete(d.users, id)
	case cairn.KindProject:
		if d.keys[d.projects[id].Key] == id {
			delete(d.keys, d.projects[id].Key)
		}
		delete(d.projects, id)
	case cairn.KindMember:
		for user, m := range d.members[e.Project] {
			if m.ID == id {
				delete(d.members[e.Project], user)
			}
		}
	case cairn.KindView:
		delete(d.views[e.Project], id)
	case cairn.KindSection:
		delete(d.sections[e.Project], id)
	case cairn.KindFavorite:
		delete(d.favorites[e.Project], id)
	}
}

func inner[V any](m map[cairn.ID]map[cairn.ID]V, key cairn.ID) map[cairn.ID]V {
	if m[key] == nil {
		m[key] = make(map[cairn.ID]V)
	}
	return m[key]
}

// Rev grows with every change of the directory.
func (d *Directory) Rev() uint64 { return d.rev.Load() }

// Workspace returns the one workspace; its ID is 0 before it was made.
func (d *Directory) Workspace() cairn.Workspace {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.workspace
}

// Name returns a person's name, "" for an unknown one.
func (d *Directory) Name(id cairn.ID) string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.users[id].Name
}

// User returns one person.
func (d *Directory) User(id cairn.ID) (cairn.User, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	u, ok := d.users[id]
	return u, ok
}

// UserByEmail returns the person with that address, in its clean form.
func (d *Directory) UserByEmail(email string) (cairn.User, bool) {
	return d.findUser(func(u cairn.User) bool { return u.Email != "" && u.Email == email })
}

func (d *Directory) findUser(match func(cairn.User) bool) (cairn.User, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	for _, u := range d.users {
		if match(u) {
			return u, true
		}
	}
	return cairn.User{}, false
}

// Users returns everybody, by name.
func (d *Directory) Users() []cairn.User {
	d.mu.RLock()
	defer d.mu.RUnlock()
	out := make([]cairn.User, 0, len(d.users))
	for _, u := range d.users {
		out = append(out, u)
	}
	slices.SortFunc(out, func(x, y cairn.User) int {
		return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	return out
}

// HasAdmin reports whether anybody administers the workspace yet.
func (d *Directory) HasAdmin() bool {
	_, ok := d.findUser(func(u cairn.User) bool { return u.Admin && !u.Disabled })
	return ok
}

// Project returns one project.
func (d *Directory) Project(id cairn.ID) (cairn.Project, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	p, ok := d.projects[id]
	return p, ok
}

// ProjectByKey returns the project with that key, in capitals.
func (d *Directory) ProjectByKey(key string) (cairn.Project, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	p, ok := d.projects[d.keys[key]]
	return p, ok
}

// Projects returns every project, by name.
func (d *Directory) Projects() []cairn.Project {
	d.mu.RLock()
	defer d.mu.RUnlock()
	out := make([]cairn.Project, 0, len(d.projects))
	for _, p := range d.projects {
		out = append(out, p)
	}
	slices.SortFunc(out, func(x, y cairn.Project) int {
		return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	return out
}

func (d *Directory) projectIDs() []cairn.ID {
	var ids []cairn.ID
	for _, p := range d.Projects() {
		ids = append(ids, p.ID)
	}
	return ids
}

// GivenRole is the role that a person was given in a project, RoleNone if none.
func (d *Directory) GivenRole(project, user cairn.ID) cairn.Role {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.members[project][user].Role
}

// Members returns the people who were given a role in a project, by person.
func (d *Directory) Members(project cairn.ID) []cairn.Member {
	d.mu.RLock()
	defer d.mu.RUnlock()
	out := make([]cairn.Member, 0, len(d.members[project]))
	for _, m := range d.members[project] {
		out = append(out, m)
	}
	slices.SortFunc(out, func(x, y cairn.Member) int { return cmp.Compare(x.User, y.User) })
	return out
}

// View returns one view.
func (d *Directory) View(id cairn.ID) (cairn.View, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	v, ok := d.views[d.entities[id].Project][id]
	return v, ok
}

// Views returns a project's views by position.
func (d *Directory) Views(project cairn.ID) []cairn.View {
	d.mu.RLock()
	defer d.mu.RUnlock()
	out := make([]cairn.View, 0, len(d.views[project]))
	for _, v := range d.views[project] {
		out = append(out, v)
	}
	slices.SortFunc(out, func(x, y cairn.View) int {
		return cmp.Or(cmp.Compare(x.Position, y.Position), cmp.Compare(x.ID, y.ID))
	})
	return out
}

// Section returns one section of a project's views.
func (d *Directory) Section(id cairn.ID) (cairn.Section, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	s, ok := d.sections[d.entities[id].Project][id]
	return s, ok
}

// Sections returns a project's sections of views by position.
func (d *Directory) Sections(project cairn.ID) []cairn.Section {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return slices.SortedFunc(maps.Values(d.sections[project]), func(x, y cairn.Section) int {
		return cmp.Or(cmp.Compare(x.Position, y.Position), cmp.Compare(x.ID, y.ID))
	})
}

// Favorites returns a person's favourites in a project by position.
func (d *Directory) Favorites(project, user cairn.ID) []cairn.Favorite {
	d.mu.RLock()
	defer d.mu.RUnlock()
	var out []cairn.Favorite
	for _, f := range d.favorites[project] {
		if f.User == user {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(x, y cairn.Favorite) int {
		return cmp.Or(cmp.Compare(x.Position, y.Position), cmp.Compare(x.ID, y.ID))
	})
	return out
}
