package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// Budgets, in lines and parameters. Tests and generated files are exempt.
const (
	MaxFileLines     = 600
	MaxFunctionLines = 100
	MaxParameters    = 4 // a context.Context in front is not counted
)

// impure are the standard packages through which a pure package could reach the outside.
var impure = []string{"os", "net", "database", "syscall", "log", "io/fs", "io/ioutil", "embed", "runtime/debug"}

// harmless are packages below them that only compute on text and addresses.
var harmless = []string{"net/mail", "net/netip", "net/textproto", "net/url"}

// clock are the functions of package time that read or wait for the clock.
var clock = []string{"Now", "Since", "Until", "After", "AfterFunc", "Sleep", "Tick", "NewTimer", "NewTicker"}

// checkPure finds I/O, the clock and goroutines.
func checkPure(tree Tree, pkg Package) []Problem {
	const remedy = "The package is marked pure: take the value as a parameter and let the caller do this"
	var problems []Problem
	for _, file := range pkg.Files {
		for _, spec := range file.AST.Imports {
			target := importPath(spec)
			isImpure := slices.ContainsFunc(impure, func(name string) bool {
				return target == name || strings.HasPrefix(target, name+"/")
			})
			if isImpure && !slices.Contains(harmless, target) {
				problems = append(problems, Problem{tree.at(spec.Pos()), "imports " + target, remedy})
			}
		}
		ast.Inspect(file.AST, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.GoStmt:
				problems = append(problems, Problem{tree.at(node.Pos()), "starts a goroutine", remedy})
			case *ast.SelectorExpr:
				if owner, ok := node.X.(*ast.Ident); ok && owner.Name == "time" && slices.Contains(clock, node.Sel.Name) {
					problems = append(problems, Problem{tree.at(node.Pos()), "uses time." + node.Sel.Name, remedy})
				}
			}
			return true
		})
	}
	return problems
}

// checkDocs finds a missing package comment and exported names without a comment.
func checkDocs(tree Tree, pkg Package) []Problem {
	var problems []Problem
	documented := len(pkg.Files) == 0 || slices.ContainsFunc(pkg.Files, func(file File) bool {
		return strings.TrimSpace(file.AST.Doc.Text()) != ""
	})
	if !documented {
		problems = append(problems, Problem{pkg.Path, "the package has no comment",
			"Say above one package clause what it is for and where to start reading"})
	}
	for _, file := range pkg.Files {
		if file.AST.Name.Name == "main" {
			continue
		}
		for _, decl := range file.AST.Decls {
			for _, name := range undocumented(decl) {
				problems = append(problems, Problem{tree.at(name.Pos()), name.Name + " is exported and has no comment",
					"Say in one sentence what it is: shapes, units, errors"})
			}
		}
	}
	return problems
}

// undocumented returns the exported names that a declaration introduces without a comment.
func undocumented(decl ast.Decl) []*ast.Ident {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Name.IsExported() && decl.Doc == nil && exportedReceiver(decl) {
			return []*ast.Ident{decl.Name}
		}
	case *ast.GenDecl:
		if decl.Doc != nil {
			return nil
		}
		var names []*ast.Ident
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				if spec.Name.IsExported() && spec.Doc == nil && spec.Comment == nil {
					names = append(names, spec.Name)
				}
			case *ast.ValueSpec:
				if spec.Doc == nil && spec.Comment == nil {
					names = append(names, slices.DeleteFunc(slices.Clone(spec.Names), func(name *ast.Ident) bool { return !name.IsExported() })...)
				}
			}
		}
		return names
	}
	return nil
}

// exportedReceiver tells whether a function is free or a method of an exported type.
func exportedReceiver(decl *ast.FuncDecl) bool {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return true
	}
	exported := true
	ast.Inspect(decl.Recv.List[0].Type, func(node ast.Node) bool {
		if name, ok := node.(*ast.Ident); ok {
			exported = name.IsExported()
			return false // the first name is the receiver's type; type parameters follow
		}
		return true
	})
	return exported
}

// checkSizes finds files and functions that outgrew their budget.
func checkSizes(tree Tree, pkg Package) []Problem {
	var problems []Problem
	for _, file := range pkg.Files {
		if file.Lines > MaxFileLines {
			problems = append(problems, Problem{file.Path, fmt.Sprintf("%d lines, at most %d", file.Lines, MaxFileLines),
				"Split it by noun or by step"})
		}
		for _, decl := range file.AST.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if lines := tree.lines(fn); lines > MaxFunctionLines {
				problems = append(problems, Problem{tree.at(fn.Pos()), fmt.Sprintf("%s has %d lines, at most %d", fn.Name.Name, lines, MaxFunctionLines),
					"Give its steps names and make them functions"})
			}
			if n := parameters(fn); n > MaxParameters {
				problems = append(problems, Problem{tree.at(fn.Pos()), fmt.Sprintf("%s has %d parameters, at most %d", fn.Name.Name, n, MaxParameters),
					"Make them a struct"})
			}
		}
	}
	return problems
}

// lines returns how many source lines a function takes.
func (t Tree) lines(fn *ast.FuncDecl) int {
	return t.fset.Position(fn.End()).Line - t.fset.Position(fn.Pos()).Line + 1
}

// parameters counts the parameters of a function without a leading context.
func parameters(fn *ast.FuncDecl) int {
	n := 0
	for i, field := range fn.Type.Params.List {
		if sel, ok := field.Type.(*ast.SelectorExpr); ok && i == 0 && sel.Sel.Name == "Context" {
			continue
		}
		n += max(1, len(field.Names))
	}
	return n
}

// checkHabits finds init functions, boolean parameters of exported functions and package
// variables that change after their declaration.
func checkHabits(tree Tree, pkg Package) []Problem {
	var problems []Problem
	for _, file := range pkg.Files {
		for _, decl := range file.AST.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if fn.Name.Name == "init" && fn.Recv == nil {
				problems = append(problems, Problem{tree.at(fn.Pos()), "has an init function", "Build the value where main wires the program"})
			}
			if fn.Name.IsExported() && exportedReceiver(fn) && hasBool(fn) {
				problems = append(problems, Problem{tree.at(fn.Pos()), fn.Name.Name + " takes a boolean parameter",
					"Make two functions, a named type, or a field of an options struct"})
			}
		}
		for _, pos := range changedGlobals(file) {
			problems = append(problems, Problem{tree.at(pos), "changes a package variable", "Keep the state in a value that main creates"})
		}
	}
	return problems
}

// hasBool tells whether a function has a parameter of type bool.
func hasBool(fn *ast.FuncDecl) bool {
	return slices.ContainsFunc(fn.Type.Params.List, func(field *ast.Field) bool {
		name, ok := field.Type.(*ast.Ident)
		return ok && name.Name == "bool"
	})
}

// changedGlobals returns where a function assigns to a package variable of the same file. The
// parser resolves names within one file, which is where such an assignment nearly always is.
func changedGlobals(file File) []token.Pos {
	globals := map[any]bool{}
	for _, decl := range file.AST.Decls {
		if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.VAR {
			for _, spec := range gen.Specs {
				globals[spec] = true
			}
		}
	}
	var found []token.Pos
	check := func(target ast.Expr) {
		name := base(target)
		if name != nil && name.Obj != nil && globals[name.Obj.Decl] {
			found = append(found, target.Pos())
		}
	}
	ast.Inspect(file.AST, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.AssignStmt:
			for _, target := range node.Lhs {
				check(target)
			}
		case *ast.IncDecStmt:
			check(node.X)
		}
		return true
	})
	return found
}

// base returns the variable that an assignment target belongs to: x of x, x.f, x[i], *x.
func base(target ast.Expr) *ast.Ident {
	for {
		switch expr := target.(type) {
		case *ast.Ident:
			return expr
		case *ast.SelectorExpr:
			target = expr.X
		case *ast.IndexExpr:
			target = expr.X
		case *ast.StarExpr:
			target = expr.X
		case *ast.ParenExpr:
			target = expr.X
		default:
			return nil
		}
	}
}

// Goals for the 95th percentile of sizes over the whole repository, in lines.
const (
	GoalFileLines     = 400
	GoalFunctionLines = 50
	// enough is how many sizes there must be before a percentile says anything.
	enough = 40
)

// CheckGoals looks at all packages together: most files and functions stay well below the budgets.
func CheckGoals(tree Tree) []Problem {
	var files, functions []int
	for _, pkg := range tree.Packages {
		for _, file := range pkg.Files {
			files = append(files, file.Lines)
			for _, decl := range file.AST.Decls {
				if fn, ok := decl.(*ast.FuncDecl); ok {
					functions = append(functions, tree.lines(fn))
				}
			}
		}
	}
	var problems []Problem
	for _, goal := range []struct {
		what  string
		sizes []int
		most  int
	}{{"files", files, GoalFileLines}, {"functions", functions, GoalFunctionLines}} {
		if p95 := percentile95(goal.sizes); len(goal.sizes) >= enough && p95 > goal.most {
			problems = append(problems, Problem{"all packages", fmt.Sprintf("one in twenty %s has %d lines or more, the goal is %d", goal.what, p95, goal.most),
				"Split the longest ones"})
		}
	}
	return problems
}

// percentile95 returns the size that 95 % of the sizes do not exceed; 0 for none.
func percentile95(sizes []int) int {
	if len(sizes) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(sizes))
	return sorted[(len(sorted)*95+99)/100-1]
}
