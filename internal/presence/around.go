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
	// Editing is what is being edited: of the idea, and for a tab that shows a view
	// of any idea of its project.
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
	Idea  cairn.ID `json:"idea"`
	Field string   `json:"field"`
}

// Around tells who else is where a tab is, once each; may says whether a person
// may see the project. Nobody who may not is told, or told of.
func (b *Book) Around(tab Tab, may func(user, project cairn.ID) bool) Around {
	near := b.near(tab)
	out, project := near.Around, near.project
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
	out.InView = peopleOf(near.view, asked)
	out.InIdea = peopleOf(near.idea, asked)
	out.Editing = editorsOf(near.editing, out.Idea, asked)
	return out
}

// around is what a tab may be told of, before anybody's rights are asked.
type around struct {
	Around
	project    cairn.ID
	view, idea []cairn.ID
	editing    []Editor
}

// near copies who is where a tab is, and who edits what it shows, without the
// person's own tabs.
func (b *Book) near(tab Tab) (out around) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s, ok := b.tabs[tab.User][tab.Name]
	if !ok {
		return out
	}
	out.project, out.View, out.Idea = s.place.Project, s.place.View, s.place.Idea
	others := func(id cairn.ID) (list []cairn.ID) {
		for o := range b.at[id] {
			if o.tab.User != tab.User && o.place.Project == s.place.Project {
				list = append(list, o.tab.User)
			}
		}
		return list
	}
	out.view, out.idea = others(out.View), others(out.Idea)
	for o := range b.editing[out.project] {
		if o.tab.User != tab.User && (out.View != 0 || o.place.Idea == out.Idea) {
			out.editing = append(out.editing, Editor{o.tab.User, o.place.Idea, o.place.Field})
		}
	}
	return out
}

func peopleOf(list []cairn.ID, may func(cairn.ID) bool) People {
	out := People{People: make([]cairn.ID, 0, len(list))}
	for _, user := range list {
		if may(user) {
			out.People = append(out.People, user)
		}
	}
	slices.Sort(out.People)
	out.People = slices.Compact(out.People)
	if more := len(out.People) - MaxPeople; more > 0 {
		out.People, out.More = out.People[:MaxPeople], more
	}
	return out
}

// editorsOf orders who is editing, those of the idea first.
func editorsOf(list []Editor, idea cairn.ID, may func(cairn.ID) bool) []Editor {
	out := append([]Editor{}, list...)
	out = slices.DeleteFunc(out, func(e Editor) bool { return !may(e.User) })
	elsewhere := func(e Editor) int {
		if e.Idea == idea {
			return 0
		}
		return 1
	}
	slices.SortFunc(out, func(a, b Editor) int {
		return cmp.Or(cmp.Compare(elsewhere(a), elsewhere(b)), cmp.Compare(a.Idea, b.Idea), cmp.Compare(a.Field, b.Field), cmp.Compare(a.User, b.User))
	})
	out = slices.Compact(out)
	return out[:min(len(out), MaxPeople)]
}
