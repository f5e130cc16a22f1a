package demo

import "cairn"

// View is a saved view; everything is named, built-in attributes by their
// reference.
type View struct {
	Name, Icon, Description string
	// Section of the sidebar, "" for none.
	Section string
	// ColorBy is the field that colours what no rule does.
	ColorBy string
	// Timeline is how a timeline shows it; other views are lists.
	Timeline *Timeline
	Columns  []string
	Filter   Filter
	// Where is a condition in the expression language, with names in braces.
	Where   string
	Sort    []Sort
	Group   []Group
	Rollups []Rollup
	Colors  []Color
	// Matrix makes it a matrix, Tree a tree; without either it is a list. The
	// tree's roll-ups name fields.
	Matrix *Matrix
	// Board makes it a board.
	Board *Board
	Tree  *cairn.TreeLayout
}

// Matrix is the layout of a matrix by names.
type Matrix struct {
	X, Y string
	// LogX draws X logarithmically.
	LogX        bool
	Size, Color string
	// DivideX and DivideY are where the quadrants meet.
	DivideX, DivideY float64
}

// Board is how a board looks; Limits are of its columns, by option.
type Board struct {
	Card, Cover string
	Limits      map[string]int
}

// Filter is a filter tree by names.
type Filter struct {
	All, Any []Filter
	Field    string
	Op       cairn.FilterOp
	// Names are options, people's keys ("me" for the viewer) or labels; otherwise
	// Value is the operand as JSON.
	Names []string
	Value string
}

// Sort is a sort key.
type Sort struct {
	Field string
	Desc  bool
}

// Group is a grouping; Unit is set for dates and intervals.
type Group struct {
	Field     string
	ShowEmpty bool
	Unit      string
}

// Rollup is a summary of a field.
type Rollup struct {
	Field string
	Op    cairn.RollupOp
}

// Color colours ideas; Field names the one cell, "" the whole row.
type Color struct {
	When         Filter
	Color, Field string
}

func anyOf(field string, names ...string) Filter {
	return Filter{Field: field, Op: cairn.OpAnyOf, Names: names}
}

func noneOf(field string, names ...string) Filter {
	return Filter{Field: field, Op: cairn.OpNoneOf, Names: names}
}

func is(field string, op cairn.FilterOp, value string) Filter {
	return Filter{Field: field, Op: op, Value: value}
}

func views() []View {
	open := noneOf("Roadmap", "Done", "Won't do")
	late := Color{When: Filter{All: []Filter{is("Decide by", cairn.OpOverdue, ""), open}}, Color: "red", Field: "Decide by"}
	legal := Color{When: is("Needs legal review", cairn.OpIs, "true"), Color: "purple", Field: "Needs legal review"}
	return []View{
		{
			Name: "All ideas", Icon: "list", Description: "Everything, in the order in which we want to talk about it.",
			Columns: []string{"Roadmap", "Status", "Area", "Priority", "Team votes", "Impact", "Effort", "Owner", "Labels"},
			Colors:  []Color{late},
		},
		{
			Name: "Roadmap", Section: "Roadmap", Icon: "map", Description: "What we work on now, next and later, the most valuable first.",
			Columns: []string{"In one line", "Status", "Goals", "Priority", "Target", "Owner"},
			Filter:  noneOf("Roadmap", "Won't do"),
			Sort:    []Sort{{"Priority", true}}, Group: []Group{{Field: "Roadmap", ShowEmpty: true}},
			Rollups: []Rollup{{"Effort", cairn.RollupSum}},
		},
		{
			Name: "Roadmap board", Section: "Roadmap", Icon: "layers", Description: "The same as cards: drag them on when they are ready. Now takes 20 ideas, then it is full.",
			Columns: []string{"Owner", "Area", "Status", "Impact", "Effort"},
			Filter:  Filter{Field: "Roadmap", Op: cairn.OpNotEmpty}, Group: []Group{{Field: "Roadmap", ShowEmpty: true}},
			Rollups: []Rollup{{"Effort", cairn.RollupSum}},
			Board:   &Board{Cover: "Goals", Limits: map[string]int{"Now": 20}},
		},
		{
			Name: "Stages by quarter", Section: "Roadmap", Icon: "calendar-range", Description: "What is meant for which quarter, and how far each area is with it.",
			Columns: []string{"Owner", "Priority", "Effort", "Goals"},
			Filter:  Filter{Field: "Target", Op: cairn.OpNotEmpty}, Sort: []Sort{{"Priority", true}},
			Group:   []Group{{Field: "Target", Unit: "quarter", ShowEmpty: true}, {Field: "Status"}},
			Rollups: []Rollup{{"Effort", cairn.RollupSum}},
			Board:   &Board{Card: "detailed"},
		},
		{
			Name: "RICE", Section: "Priorities", Icon: "gauge", Description: "Score here. Ideas with missing inputs are marked.",
			Columns: []string{"RICE", "Reach", "Impact", "Confidence", "Effort", "Evidence", "Roadmap"},
			Filter:  open, Sort: []Sort{{"RICE", true}},
			Rollups: []Rollup{{"Reach", cairn.RollupMedian}, {"Impact", cairn.RollupAverage}, {"Effort", cairn.RollupSum}, {"Confidence", cairn.RollupAverage}},
			Colors:  []Color{{When: is("Confidence", cairn.OpLt, "50"), Color: "amber", Field: "Confidence"}},
		},
		{
			Name: "Quick wins", Section: "Priorities", Icon: "zap", Description: "Much for little: impact 3 and more, ten days and less.",
			Columns: []string{"Impact", "Effort", "RICE", "Requests", "Status", "Owner"},
			ColorBy: "Roadmap",
			Where:   "{Impact} >= 3 and {Effort} <= 10", Filter: open, Sort: []Sort{{"Effort", false}, {"Impact", true}},
		},
		{
			Name: "Impact × effort", Section: "Priorities", Icon: "target", Description: "Where the quick wins are. Drag an idea and both of its values change.",
			Columns: []string{"Status", "Owner", "RICE"},
			Filter:  open,
			Matrix:  &Matrix{X: "Effort", LogX: true, Y: "Impact", Size: "Reach", Color: "Roadmap", DivideX: 12, DivideY: 2.5},
		},
		{
			Name: "By area and stage", Section: "Discovery", Icon: "layers", Description: "Where the work of each area stands.",
			Columns: []string{"Priority", "Effort", "Owner", "Target"},
			Filter:  open, Sort: []Sort{{"Priority", true}}, Group: []Group{{Field: "Area"}, {Field: "Status", ShowEmpty: true}},
			Rollups: []Rollup{{"Effort", cairn.RollupSum}, {"Priority", cairn.RollupMax}},
		},
		{
			Name: "Decisions", Section: "Discovery", Icon: "calendar-clock", Description: "Ideas that wait for a yes or a no, the next one first.",
			Columns: []string{"Decide by", "Hypothesis", "Confidence", "Needs legal review", "Owner"},
			Filter:  Filter{All: []Filter{{Field: "Decide by", Op: cairn.OpNotEmpty}, open}},
			Sort:    []Sort{{"Decide by", false}}, Group: []Group{{Field: "Decide by", Unit: "month"}}, Colors: []Color{late, legal},
		},
		plan(),
		{
			Name: "Timeline by quarter", Section: "Roadmap", Icon: "calendar-range", Description: "What should be ready when.",
			Columns: []string{"Target", "Roadmap", "Status", "Effort", "Owner"},
			Filter:  Filter{Field: "Target", Op: cairn.OpNotEmpty}, Sort: []Sort{{"Target", false}},
			Group: []Group{{Field: "Target", Unit: "quarter"}}, Rollups: []Rollup{{"Effort", cairn.RollupSum}},
		},
		{
			Name: "My ideas", Icon: "user", Description: "What you drive or help with.",
			Columns: []string{"Roadmap", "Status", "Priority", "Target", "Contributors"},
			Filter:  Filter{All: []Filter{{Any: []Filter{anyOf("Owner", "me"), anyOf("Contributors", "me")}}, open}}, Sort: []Sort{{"Priority", true}},
		},
		{
			Name: "Opportunity tree", Section: "Discovery", Icon: "network", Description: "From the outcomes we want to the experiments that we run. What is not in the tree yet lies beside it.",
			Columns: []string{"Roadmap", "Total effort"}, Filter: open,
			Tree: &cairn.TreeLayout{Rollups: []cairn.Rollup{{Field: "Impact", Op: cairn.RollupMax}}},
		},
		{
			Name: "To be scored", Section: "Priorities", Icon: "circle-help", Description: "Ideas that lack an impact, an effort or a confidence.",
			Columns: []string{"Impact", "Confidence", "Effort", "Reach", "Requests", "Owner", "createdAt"},
			Filter: Filter{Any: []Filter{
				{Field: "Impact", Op: cairn.OpEmpty}, {Field: "Effort", Op: cairn.OpEmpty}, {Field: "Confidence", Op: cairn.OpEmpty},
			}},
			Sort: []Sort{{"createdAt", true}},
		},
		{
			Name: "Legal review", Section: "Discovery", Icon: "scale", Description: "Everything that Nadia has to see before we promise it.",
			Columns: []string{"Roadmap", "Status", "Goals", "Owner", "Target", "Research"},
			Filter:  Filter{All: []Filter{is("Needs legal review", cairn.OpIs, "true"), open}}, Group: []Group{{Field: "Roadmap"}},
		},
	}
}
