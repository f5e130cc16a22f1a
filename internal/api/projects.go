package api

import (
	"context"

	"cairn"
	"cairn/internal/app"
)

// Project is a project on the wire.
type Project struct {
	ID      cairn.ID `json:"id"`
	Version int64    `json:"version"`
	cairn.Project
	Role  string `json:"role" enum:"none,viewer,contributor,editor,admin" doc:"Your own role"`
	Ideas int    `json:"ideas" doc:"How many live ideas it has; -1 while it is loading"`
}

func projectOut(p app.ProjectInfo) Project {
	return Project{ID: p.ID, Version: p.Version, Project: p.Project, Role: p.Role.String(), Ideas: p.Ideas}
}

// Person is a person as every member of the workspace sees them.
type Person struct {
	ID          cairn.ID `json:"id"`
	Version     int64    `json:"version"`
	Name        string   `json:"name"`
	Email       string   `json:"email,omitempty"`
	Admin       bool     `json:"admin,omitempty"`
	Disabled    bool     `json:"disabled,omitempty"`
	Placeholder bool     `json:"placeholder,omitempty" doc:"Known from an import, without an account"`
}

func personOut(u cairn.User) Person {
	return Person{u.ID, u.Version, u.Name, u.Email, u.Admin, u.Disabled, u.Placeholder}
}

// Workspace is what the web app starts with.
type Workspace struct {
	Name     string    `json:"name"`
	Me       Person    `json:"me"`
	People   []Person  `json:"people"`
	Projects []Project `json:"projects"`
	Seq      int64     `json:"seq" doc:"The position in the log that this answer reflects"`
}

type none struct{}

type workspaceOut struct{ Body Workspace }

func (s *server) getWorkspace(ctx context.Context, _ *none) (*workspaceOut, error) {
	by := callerOf(ctx)
	seq := s.app.Log().Position()
	out := &workspaceOut{Body: Workspace{Name: s.app.Directory().Workspace().Name, Seq: seq, People: []Person{}, Projects: []Project{}}}
	for _, u := range s.app.Directory().Users() {
		out.Body.People = append(out.Body.People, personOut(u))
		if u.ID == by.User {
			out.Body.Me = personOut(u)
		}
	}
	for _, p := range s.app.Projects(by) {
		out.Body.Projects = append(out.Body.Projects, projectOut(p))
	}
	return out, nil
}

type projectsOut struct {
	Body struct {
		Projects []Project `json:"projects"`
	}
}

func (s *server) listProjects(ctx context.Context, _ *none) (*projectsOut, error) {
	out := &projectsOut{}
	out.Body.Projects = []Project{}
	for _, p := range s.app.Projects(callerOf(ctx)) {
		out.Body.Projects = append(out.Body.Projects, projectOut(p))
	}
	return out, nil
}

type projectOutput struct{ Body Project }

type createProjectIn struct {
	Body struct {
		Name        string `json:"name"`
		Key         string `json:"key" doc:"2 to 10 letters and digits, such as INS"`
		Description string `json:"description,omitempty"`
		Icon        string `json:"icon,omitempty"`
		Template    string `json:"template,omitempty" doc:"See /templates; default blank"`
		Access      string `json:"access,omitempty" enum:"open,limited,private" doc:"Default open"`
		Samples     bool   `json:"samples,omitempty" doc:"Add the template's sample ideas"`
	}
}

func (s *server) createProject(ctx context.Context, in *createProjectIn) (*projectOutput, error) {
	b := in.Body
	p, err := s.app.CreateProject(ctx, callerOf(ctx), app.NewProject{
		Name: b.Name, Key: b.Key, Description: b.Description, Icon: b.Icon, Template: b.Template, Access: cairn.Access(b.Access), Samples: b.Samples,
	})
	if err != nil {
		return nil, err
	}
	return &projectOutput{projectOut(p)}, nil
}

// ProjectPage is a project with what its screens need.
type ProjectPage struct {
	Project
	Fields []Field `json:"fields"`
	Views  []View  `json:"views"`
	// Types are the types of ideas.
	Types []IdeaType `json:"types" doc:"The types of ideas, in their order"`
	// Sections gather the views in the sidebar.
	Sections []Section `json:"sections"`
	// Favorites are the views that the reader keeps at hand, in their order.
	Favorites []cairn.ID `json:"favorites" doc:"The views that you keep at hand, in your order"`
	Seq       int64      `json:"seq"`
}

// ProjectIn is the path parameter that names a project.
type ProjectIn struct {
	Project string `path:"project" doc:"The project's key"`
}

type projectPageOut struct{ Body ProjectPage }

func (s *server) getProject(ctx context.Context, in *ProjectIn) (*projectPageOut, error) {
	by := callerOf(ctx)
	seq := s.app.Log().Position()
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	fields, err := s.app.Fields(ctx, by, p.ID)
	if err != nil {
		return nil, err
	}
	views, err := s.app.Views(by, p.ID)
	if err != nil {
		return nil, err
	}
	types, err := s.ideaTypes(ctx, by, p.ID)
	if err != nil {
		return nil, err
	}
	if p, err = s.app.Project(by, in.Project); err != nil { // loaded now: knows its number of ideas
		return nil, err
	}
	out := &projectPageOut{Body: ProjectPage{Project: projectOut(p), Fields: []Field{}, Views: []View{}, Types: types, Sections: []Section{}, Seq: seq}}
	for _, f := range fields {
		out.Body.Fields = append(out.Body.Fields, fieldOut(f))
	}
	for _, v := range views {
		out.Body.Views = append(out.Body.Views, viewOut(v))
	}
	sections, err := s.app.Sections(by, p.ID)
	if err != nil {
		return nil, err
	}
	for _, section := range sections {
		out.Body.Sections = append(out.Body.Sections, sectionOut(section))
	}
	if out.Body.Favorites, err = s.app.Favorites(by, p.ID); err != nil {
		return nil, err
	}
	return out, nil
}

type updateProjectIn struct {
	ProjectIn
	IfMatch
	Body struct {
		Name        *string             `json:"name,omitempty"`
		Key         *string             `json:"key,omitempty"`
		Description *string             `json:"description,omitempty"`
		Icon        *string             `json:"icon,omitempty"`
		Access      *string             `json:"access,omitempty" enum:"open,limited,private"`
		Archived    *bool               `json:"archived,omitempty"`
		DefaultView *cairn.ID           `json:"defaultView,omitempty"`
		Reasons     *[]cairn.ReasonRule `json:"reasons,omitempty" doc:"About which changes of ideas people are asked why; replaces the list"`
		Version     int64               `json:"version,omitempty" doc:"What you last saw; refused when it changed meanwhile"`
	}
}

func (s *server) updateProject(ctx context.Context, in *updateProjectIn) (*projectOutput, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	b := in.Body
	version, err := in.version(b.Version)
	if err != nil {
		return nil, err
	}
	patch := app.ProjectPatch{
		Name: b.Name, Key: b.Key, Description: b.Description, Icon: b.Icon,
		Archived: b.Archived, DefaultView: b.DefaultView, Reasons: b.Reasons, Version: version,
	}
	if b.Access != nil {
		access := cairn.Access(*b.Access)
		patch.Access = &access
	}
	if p, err = s.app.UpdateProject(ctx, by, p.ID, patch); err != nil {
		return nil, err
	}
	return &projectOutput{projectOut(p)}, nil
}

func (s *server) deleteProject(ctx context.Context, in *ProjectIn) (*none, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	return nil, s.app.DeleteProject(ctx, by, p.ID)
}
