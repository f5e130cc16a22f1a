package presence

import (
	"cmp"
	"slices"

	"cairn"
)

// MaxPeople is how many people at one place are named; the others are counted.
const MaxPeople = 50

// Around is who else is where a tab is.
type Around struct {
	View   cairn.ID `json:"view,omitempty"`
	Idea   cairn.ID `json:"idea,omitempty"`
	InView People   `json:"inView"`
	InIdea People   `json:"inIdea"`
	// Editing is what is being edited of the idea.
	Editing []Editor `json:"editing"`
}

// People are some of those at a place, and how many more there are.
type People struct {
	People []cairn.ID `json:"people"`
	More   int        `json:"more,omitempty"`
}

// Editor is somebody who is editing something of an idea.
type Editor struct {
	User  cairn.ID `json:"user"`
	Field string   `json:"field"`
}

// Around tells who else is where a tab is, once each; may says whether a person
// may see the project. Nobody who may not is told, or told of.
func (b *Book) Around(tab Tab, may func(user, project cairn.ID) bool) Around {
	view, idea, out := b.near(tab)
	project := out.project
	if project == 0 || !may(tab.User, project) {
		return Around{InView: People{People: []cairn.ID{}}, InIdea: People{People: []cairn.ID{}}, Editing: []Editor{}}
	}
	allowed := make(map[cairn.ID]bool)
	asked := func(user cairn.ID) bool {
		yes, known := allowed[user]
		if !known {
			yes = may(user, project)
			allowed[user] = yes
		}
		return yes
	}
	out.InView = peopleOf(view, asked)
	out.InIdea = peopleOf(idea, asked)
	out.Editing = editorsOf(idea, asked)
	return out.Around
}

// found is one other tab at a place.
type found struct {
	user  cairn.ID
	field string
}

type aroundIn struct {
	Around
	project cairn.ID
}

// near copies who is where a tab is, without the person's own tabs.
func (b *Book) near(tab Tab) (view, idea []found, out aroundIn) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s, ok := b.tabs[tab.User][tab.Name]
	if !ok {
		return nil, nil, out
	}
	out.project, out.View, out.Idea = s.place.Project, s.place.View, s.place.Idea
	others := func(id cairn.ID) (list []found) {
		for o := range b.at[id] {
			if o.tab.User == tab.User || o.place.Project != s.place.Project {
				continue
			}
			f := found{user: o.tab.User}
			if o.place.Idea == id {
				f.field = o.place.Field
			}
			list = append(list, f)
		}
		return list
	}
	return others(out.View), others(out.Idea), out
}

func peopleOf(list []found, may func(cairn.ID) bool) People {
	out := People{People: make([]cairn.ID, 0, len(list))}
	for _, f := range list {
		if may(f.user) {
			out.People = append(out.People, f.user)
		}
	}
	slices.Sort(out.People)
	out.People = slices.Compact(out.People)
	if more := len(out.People) - MaxPeople; more > 0 {
		out.People, out.More = out.People[:MaxPeople], more
	}
	return out
}

func editorsOf(list []found, may func(cairn.ID) bool) []Editor {
	out := []Editor{}
	for _, f := range list {
		if f.field != "" && may(f.user) {
			out = append(out, Editor{f.user, f.field})
		}
	}
	slices.SortFunc(out, func(a, b Editor) int { return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.User, b.User)) })
	out = slices.Compact(out)
	return out[:min(len(out), MaxPeople)]
}
