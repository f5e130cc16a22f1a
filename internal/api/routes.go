package api

import "net/http"

const (
	get  = http.MethodGet
	post = http.MethodPost
	put  = http.MethodPut
	pat  = http.MethodPatch
	del  = http.MethodDelete
)

// routes is the contents page of the API: every operation, once. Paths are below
// /api/v1.
func (s *server) routes() []endpoint {
	all := [][]endpoint{
		s.accountRoutes(), s.peopleRoutes(), s.projectRoutes(), s.fieldRoutes(), s.treeRoutes(), s.viewRoutes(),
		s.ideaRoutes(), s.linkRoutes(), s.timelineRoutes(), s.commentRoutes(), s.fileRoutes(), s.presenceRoutes(), s.inboxRoutes(), s.mailRoutes(), s.hookRoutes(), s.voteRoutes(), s.historyRoutes(), s.sinceRoutes(), s.searchRoutes(),
		s.similarRoutes(), s.mergeRoutes(), s.hygieneRoutes(), s.insightRoutes(), s.customerRoutes(), s.importRoutes(), s.exportRoutes(),
	}
	var out []endpoint
	for _, group := range all {
		out = append(out, group...)
	}
	return out
}

func (s *server) projectRoutes() []endpoint {
	const tag = "Projects"
	return []endpoint{
		route(op{id: "get-workspace", method: get, path: "/workspace", tag: tag, about: "The workspace, its people and projects: what the web app starts with"}, s.getWorkspace),
		route(op{id: "list-templates", method: get, path: "/templates", tag: tag, about: "Templates a project can start from"}, s.listTemplates),
		route(op{id: "save-template", method: post, path: "/projects/{project}/template", tag: tag, status: 201, about: "Save a project's form as a template for new projects: all but its ideas"}, s.saveTemplate),
		route(op{id: "delete-template", method: del, path: "/templates/{template}", tag: tag, status: 204, about: "Delete a saved template; projects made from it stay"}, s.deleteTemplate),
		route(op{id: "list-projects", method: get, path: "/projects", tag: tag, about: "The projects you may read"}, s.listProjects),
		route(op{id: "create-project", method: post, path: "/projects", tag: tag, status: 201, about: "Make a project from a template"}, s.createProject),
		route(op{id: "get-project", method: get, path: "/projects/{project}", tag: tag, about: "A project with its fields, views and your role"}, s.getProject),
		route(op{id: "update-project", method: pat, path: "/projects/{project}", tag: tag, about: "Change a project's settings"}, s.updateProject),
		route(op{id: "remove-samples", method: del, path: "/projects/{project}/samples", tag: tag, status: 204, about: "Delete the sample ideas that came with the template"}, s.removeSamples),
		route(op{id: "delete-project", method: del, path: "/projects/{project}", tag: tag, status: 204, about: "Delete a project with everything in it"}, s.deleteProject),
	}
}

func (s *server) fieldRoutes() []endpoint {
	const tag = "Fields"
	return []endpoint{
		route(op{id: "list-field-types", method: get, path: "/field-types", tag: tag, about: "Field types with their capabilities and filter operators"}, s.listFieldTypes),
		route(op{id: "list-deleted-fields", method: get, path: "/projects/{project}/deleted-fields", tag: tag, about: "Deleted fields that can be restored"}, s.listDeletedFields),
		route(op{id: "create-field", method: post, path: "/projects/{project}/fields", tag: tag, status: 201, about: "Add a field"}, s.createField),
		route(op{id: "update-field", method: pat, path: "/fields/{field}", tag: tag, about: "Change a field's definition"}, s.updateField),
		route(op{id: "delete-field", method: del, path: "/fields/{field}", tag: tag, about: "Delete a field; restoring it brings its values back"}, s.deleteField),
		route(op{id: "restore-field", method: post, path: "/fields/{field}/restore", tag: tag, about: "Bring a deleted field back"}, s.restoreField),
		route(op{id: "retype-field", method: post, path: "/fields/{field}/retype", tag: tag, about: "Change a field's type, or preview what would convert and what would be lost"}, s.retypeField),
		route(op{id: "check-formula", method: post, reads: true, path: "/projects/{project}/formula", tag: tag, about: "Check a formula before it is saved and preview it on real ideas"}, s.checkFormula),
		route(op{id: "list-functions", method: get, path: "/formula/functions", tag: tag, about: "The functions of the expression language"}, s.listFunctions),
		route(op{id: "list-formula-templates", method: get, path: "/formula/templates", tag: tag, about: "Ready-made formulas such as RICE, ICE and WSJF"}, s.listFormulaTemplates),
	}
}

func (s *server) viewRoutes() []endpoint {
	const tag = "Views"
	return []endpoint{
		route(op{id: "create-view", method: post, path: "/projects/{project}/views", tag: tag, status: 201, about: "Save a view"}, s.createView),
		route(op{id: "list-view-templates", method: get, path: "/projects/{project}/view-templates", tag: tag, about: "Templates of views, with the project's fields that fit"}, s.listViewTemplates),
		route(op{id: "create-view-from-template", method: post, path: "/projects/{project}/view-templates/{template}", tag: tag, status: 201, about: "Make a view from a template, and the fields that it lacks"}, s.createFromTemplate),
		route(op{id: "update-view", method: put, path: "/views/{view}", tag: tag, about: "Replace a view's definition"}, s.updateView),
		route(op{id: "patch-view", method: pat, path: "/views/{view}", tag: tag, about: "Change parts of a view, or its place in the sidebar; what is left out stays"}, s.patchView),
		route(op{id: "delete-view", method: del, path: "/views/{view}", tag: tag, status: 204, about: "Delete a view"}, s.deleteView),
		route(op{id: "get-view-result", method: get, path: "/views/{view}/result", tag: tag, answer: ViewResult{}, about: "A window of a saved view's result"}, s.getViewResult),
		route(op{id: "keep-favorite", method: put, path: "/views/{view}/favorite", tag: tag, status: 204, about: "Keep a view at hand, for yourself"}, s.keepFavorite),
		route(op{id: "drop-favorite", method: del, path: "/views/{view}/favorite", tag: tag, status: 204, about: "No longer keep a view at hand"}, s.dropFavorite),
		route(op{id: "create-section", method: post, path: "/projects/{project}/sections", tag: tag, status: 201, about: "Add a section to the sidebar"}, s.createSection),
		route(op{id: "update-section", method: pat, path: "/sections/{section}", tag: tag, about: "Rename or move a section"}, s.updateSection),
		route(op{id: "delete-section", method: del, path: "/sections/{section}", tag: tag, status: 204, about: "Delete a section; its views stay"}, s.deleteSection),
		route(op{id: "query-ideas", method: post, reads: true, path: "/projects/{project}/query", tag: tag, answer: ViewResult{}, about: "A window of any query's result, such as an unsaved view"}, s.queryIdeas),
		route(op{id: "rank-ideas", method: post, reads: true, path: "/projects/{project}/uncertainty", tag: tag, about: "How sure the order of a query's ideas is: chances of the top N, ties, what to find out next"}, s.rankIdeas),
		route(op{id: "score-spreads", method: post, reads: true, path: "/projects/{project}/uncertainty/spreads", tag: tag, about: "Where the scores of some ideas may lie"}, s.scoreSpreads),
		route(op{id: "rank-ties", method: post, reads: true, path: "/projects/{project}/uncertainty/ties", tag: tag, about: "Which ideas of a whole order are a coin toss apart"}, s.rankTies),
		route(op{id: "rank-reweigh", method: post, reads: true, path: "/projects/{project}/uncertainty/weights/try", tag: tag, about: "The top N with other weights, changing nothing"}, s.rankReweigh),
		route(op{id: "rank-sensitivity", method: post, reads: true, path: "/projects/{project}/uncertainty/weights", tag: tag, about: "How far the weights of a weighted score may move before the top N changes"}, s.rankSensitivity),
		route(op{id: "rank-cut", method: post, reads: true, path: "/projects/{project}/uncertainty/cut", tag: tag, about: "Where a capacity ends in a ranked list, and how likely each idea fits"}, s.rankCut),
		route(op{id: "rank-compare", method: post, reads: true, path: "/projects/{project}/uncertainty/compare", tag: tag, about: "The same ideas ranked by two fields: what moves, and why"}, s.rankCompare),
	}
}

func (s *server) ideaRoutes() []endpoint {
	const tag = "Ideas"
	return []endpoint{
		route(op{id: "create-idea", method: post, path: "/projects/{project}/ideas", tag: tag, status: 201, about: "Add an idea"}, s.createIdea),
		route(op{id: "get-idea", method: get, path: "/ideas/{idea}", tag: tag, about: "An idea by key (INS-12) or id, with its description and computed fields"}, s.getIdea),
		route(op{id: "update-idea", method: pat, path: "/ideas/{idea}", tag: tag, about: "Change an idea; what is left out stays"}, s.updateIdea),
		route(op{id: "delete-idea", method: del, path: "/ideas/{idea}", tag: tag, status: 204, about: "Delete an idea and its comments; undo brings them back"}, s.deleteIdea),
		route(op{id: "bulk-update-ideas", method: post, path: "/projects/{project}/ideas/bulk", tag: tag, about: "Change many ideas in one step, all or none"}, s.bulkUpdateIdeas),
		route(op{id: "explain-value", method: get, path: "/ideas/{idea}/explain/{field}", tag: tag, about: "How a formula field came to its value"}, s.explainValue),
	}
}

func (s *server) voteRoutes() []endpoint {
	const tag = "Votes"
	return []endpoint{
		route(op{id: "list-idea-votes", method: get, path: "/ideas/{idea}/votes", tag: tag, about: "Who voted for an idea, and why"}, s.listIdeaVotes),
		route(op{id: "vote", method: put, path: "/ideas/{idea}/votes/{field}", tag: tag, about: "Give an idea some of your votes, or take them back"}, s.vote),
		route(op{id: "list-my-votes", method: get, path: "/projects/{project}/votes", tag: tag, about: "Your votes in a project and what is left of your budget"}, s.listMyVotes),
	}
}

func (s *server) historyRoutes() []endpoint {
	const tag = "History"
	return []endpoint{
		route(op{id: "get-history", method: get, path: "/ideas/{idea}/history", tag: tag, about: "Who changed what, when and why, newest first"}, s.getHistory),
		route(op{id: "restore-value", method: post, path: "/ideas/{idea}/restore", tag: tag, about: "Give one attribute the value it had before a change"}, s.restoreValue),
		route(op{id: "say-why", method: put, path: "/groups/{group}/reason", tag: tag, status: 204, about: "Say afterwards why you made a change, in one line"}, s.sayWhy),
		route(op{id: "undo", method: post, path: "/undo", tag: tag, about: "Take back a group of changes; undoing that again is a redo"}, s.undo),
	}
}

func (s *server) searchRoutes() []endpoint {
	return []endpoint{
		route(op{id: "search", method: get, path: "/search", tag: "Search", about: "Find ideas by words of title, description and comments, or by key; if wanted, insights and customers too"}, s.search),
	}
}
