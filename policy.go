package cairn

import (
	"maps"
	"slices"
)

// Verb is something a person may or may not do.
type Verb string

// The verbs.
const (
	// Workspace-wide.
	AdministerWorkspace Verb = "administer the workspace"
	InvitePeople        Verb = "invite people"
	SeePeople           Verb = "see the people of the workspace"
	CreateProject       Verb = "create projects"
	ChangeAccount       Verb = "change your own account"
	SeeTemplates        Verb = "see the project templates"
	DeleteTemplate      Verb = "delete project templates"
	SeeCustomers        Verb = "see the customers"
	ChangeCustomers     Verb = "add and edit customers"
	DefineCustomers     Verb = "change the fields of customers and delete customers"
	SeeInbox            Verb = "see your inbox"
	KeepInbox           Verb = "keep your inbox"
	KeepHooks           Verb = "keep the webhooks of the workspace"

	// In a project.
	ReadProject    Verb = "read the project"
	ExportProject  Verb = "export the project"
	ChangeProject  Verb = "change the project's settings, fields and members"
	DeleteProject  Verb = "delete the project"
	ImportIdeas    Verb = "import ideas"
	SeeImports     Verb = "see the imports"
	ImportInsights Verb = "import insights"
	// KeepInsightImport maps, commits and takes back an import that is there.
	KeepInsightImport Verb = "change and undo this import of insights"
	SeeInsightImports Verb = "see the imports of insights"
	SaveTemplate      Verb = "save the project as a template"
	ChangeLocked      Verb = "change a locked view"
	KeepFavorites     Verb = "keep favourite views"
	KeepVisits        Verb = "remember when you saw a view"
	WatchThings       Verb = "watch ideas, views and the project"
	ShowPresence      Verb = "show others what you are looking at"
	ChangeViews       Verb = "change views"
	CreateIdea        Verb = "add ideas"
	EditIdea          Verb = "edit ideas"
	EditOpenField     Verb = "edit a field that is open to contributors"
	ArchiveIdea       Verb = "archive ideas"
	DeleteIdea        Verb = "delete ideas"
	LinkIdea          Verb = "link ideas"
	MergeIdeas        Verb = "merge ideas"
	CommentIdea       Verb = "comment"
	AttachFile        Verb = "attach files"
	DeleteFile        Verb = "delete this file"
	VoteForIdea       Verb = "vote"
	EditComment       Verb = "edit this comment"
	DeleteComment     Verb = "delete this comment"
	ReadHistory       Verb = "read the history"
	RestoreHistory    Verb = "restore an earlier value"
	SayWhy            Verb = "say why you made this change"
	AddInsight        Verb = "add insights"
	EditInsight       Verb = "edit this insight"
	LinkInsight       Verb = "link insights to ideas"
	UnlinkInsight     Verb = "take this insight off an idea"

	KeepProjectHooks Verb = "keep the webhooks of the project"
)

// Actor is who asks.
type Actor struct {
	// User is zero for nobody: a request without an account.
	User ID
	// System is Cairn itself and the command line on the machine: may do all.
	System bool
	// Admin administers the workspace.
	Admin bool
	// ReadOnly is set for read-scoped tokens.
	ReadOnly bool
}

// Target is what it is about.
type Target struct {
	// InProject says that the verb is about a project.
	InProject bool
	// Role is the actor's own role in the project (see EffectiveRole).
	Role Role
	// Archived projects are read-only until they are restored.
	Archived bool
	// Author wrote the comment or made the thing in question.
	Author ID
}

// EffectiveRole is a person's role in a project: what the access level gives to
// every member, raised but never lowered by the role given to them. Workspace
// administrators administer every project.
func EffectiveRole(a Actor, access Access, given Role) Role {
	if a.System || a.Admin {
		return RoleAdmin
	}
	if a.User == 0 {
		return RoleNone
	}
	base := RoleNone
	switch access {
	case AccessOpen:
		base = RoleEditor
	case AccessLimited:
		base = RoleContributor
	}
	return max(base, given)
}

// Can is every permission rule. It is pure: what it needs to know is in its
// arguments.
func Can(a Actor, v Verb, t Target) bool {
	if a.User == 0 && !a.System {
		return false
	}
	rule, known := rules[v]
	if !known || rule.project != t.InProject {
		return false
	}
	if a.ReadOnly && !rule.read {
		return false
	}
	if a.System {
		return true
	}
	if !rule.project {
		return a.Admin || !rule.admin
	}
	if t.Archived && !rule.read && !rule.evenArchived {
		return false
	}
	if rule.own && t.Author != 0 && t.Author == a.User && t.Role >= RoleContributor {
		return true
	}
	return rule.role != RoleNone && t.Role >= rule.role
}

// rule says who may use a verb.
type rule struct {
	project      bool // about a project, else about the workspace
	read         bool // open to read-scoped tokens and in archived projects
	admin        bool // workspace: administrators only
	role         Role // project: the least role; RoleNone means nobody but by own
	own          bool // project: the author may as well
	evenArchived bool // project: also while it is archived
}

// rules is the table; nothing changes it.
var rules = map[Verb]rule{
	AdministerWorkspace: {admin: true},
	InvitePeople:        {admin: true},
	SeePeople:           {read: true},
	CreateProject:       {},
	ChangeAccount:       {},
	SeeTemplates:        {read: true},
	DeleteTemplate:      {admin: true},
	SeeCustomers:        {read: true},
	ChangeCustomers:     {},
	DefineCustomers:     {admin: true},
	SeeInbox:            {read: true},
	KeepInbox:           {},
	KeepHooks:           {admin: true},

	ReadProject:    {project: true, read: true, role: RoleViewer},
	ExportProject:  {project: true, read: true, role: RoleViewer},
	ReadHistory:    {project: true, read: true, role: RoleViewer},
	ChangeProject:  {project: true, role: RoleAdmin, evenArchived: true},
	DeleteProject:  {project: true, role: RoleAdmin, evenArchived: true},
	ImportIdeas:    {project: true, role: RoleAdmin},
	SeeImports:     {project: true, read: true, role: RoleAdmin},
	ImportInsights: {project: true, role: RoleContributor},

	KeepInsightImport: {project: true, role: RoleEditor, own: true},
	SeeInsightImports: {project: true, read: true, role: RoleContributor},

	ChangeViews:    {project: true, role: RoleEditor},
	SaveTemplate:   {project: true, role: RoleAdmin, evenArchived: true},
	ChangeLocked:   {project: true, role: RoleAdmin},
	KeepFavorites:  {project: true, role: RoleViewer, evenArchived: true},
	KeepVisits:     {project: true, role: RoleViewer, evenArchived: true},
	WatchThings:    {project: true, role: RoleViewer, evenArchived: true},
	ShowPresence:   {project: true, role: RoleViewer, evenArchived: true},
	CreateIdea:     {project: true, role: RoleContributor},
	EditIdea:       {project: true, role: RoleEditor},
	EditOpenField:  {project: true, role: RoleContributor},
	ArchiveIdea:    {project: true, role: RoleEditor},
	DeleteIdea:     {project: true, role: RoleAdmin},
	LinkIdea:       {project: true, role: RoleEditor},
	MergeIdeas:     {project: true, role: RoleEditor},
	CommentIdea:    {project: true, role: RoleContributor},
	AttachFile:     {project: true, role: RoleContributor},
	DeleteFile:     {project: true, role: RoleEditor, own: true},
	VoteForIdea:    {project: true, role: RoleContributor},
	EditComment:    {project: true, own: true},
	DeleteComment:  {project: true, role: RoleAdmin, own: true},
	RestoreHistory: {project: true, role: RoleEditor},
	SayWhy:         {project: true, own: true},
	AddInsight:     {project: true, role: RoleContributor},
	EditInsight:    {project: true, role: RoleEditor, own: true},
	LinkInsight:    {project: true, role: RoleContributor},
	UnlinkInsight:  {project: true, role: RoleEditor, own: true},

	KeepProjectHooks: {project: true, role: RoleAdmin, evenArchived: true},
}

// Verbs returns every verb that the policy knows, in the order of their names,
// for tests and documents.
func Verbs() []Verb { return slices.Sorted(maps.Keys(rules)) }
